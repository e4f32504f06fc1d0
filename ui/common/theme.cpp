// SPDX-License-Identifier: MIT
#include "ui/common/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOption>

#include <cmath>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

const auto portalService = u"org.freedesktop.portal.Desktop"_s;
const auto portalPath = u"/org/freedesktop/portal/desktop"_s;
const auto portalInterface = u"org.freedesktop.portal.Settings"_s;
const auto appearance = u"org.freedesktop.appearance"_s;
const auto colorScheme = u"color-scheme"_s;

/// The roles that Fusion paints with; the rest follows from them.
struct Colors
{
    QRgb window, base, alternate, text, dim, button, highlight, highlighted, link, tip, tipText;
    QRgb light, midlight, mid, dark, shadow;
};

QPalette makePalette(const Colors &colors)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, QRgb color) {
        palette.setColor(role, QColor(color));
    };
    set(QPalette::Window, colors.window);
    set(QPalette::WindowText, colors.text);
    set(QPalette::Base, colors.base);
    set(QPalette::AlternateBase, colors.alternate);
    set(QPalette::Text, colors.text);
    set(QPalette::PlaceholderText, colors.dim);
    set(QPalette::Button, colors.button);
    set(QPalette::ButtonText, colors.text);
    set(QPalette::BrightText, 0xffffff);
    set(QPalette::Highlight, colors.highlight);
    set(QPalette::HighlightedText, colors.highlighted);
    set(QPalette::Link, colors.link);
    set(QPalette::LinkVisited, colors.link);
    set(QPalette::ToolTipBase, colors.tip);
    set(QPalette::ToolTipText, colors.tipText);
    set(QPalette::Light, colors.light);
    set(QPalette::Midlight, colors.midlight);
    set(QPalette::Mid, colors.mid);
    set(QPalette::Dark, colors.dark);
    set(QPalette::Shadow, colors.shadow);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(colors.dim));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(colors.mid));
    return palette;
}

/// Relative luminance. @see https://www.w3.org/TR/WCAG21/#dfn-relative-luminance
double luminance(const QColor &color)
{
    const auto channel = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF())
        + 0.0722 * channel(color.blueF());
}

bool isDarkPalette(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Window))
        < luminance(palette.color(QPalette::WindowText));
}

/// The line around a field: between text and ground, so that it is seen on either theme's. Fusion has
/// the ground's own colour darkened, which on a dark one is no line.
QColor frameColor(const QPalette &palette)
{
    const double share = isDarkPalette(palette) ? 0.42 : 0.58; // of the text
    const QColor text = palette.color(QPalette::WindowText);
    const QColor ground = palette.color(QPalette::Window);
    const auto mix = [share](double a, double b) { return a * share + b * (1 - share); };
    return QColor::fromRgbF(float(mix(text.redF(), ground.redF())),
                            float(mix(text.greenF(), ground.greenF())),
                            float(mix(text.blueF(), ground.blueF())));
}

/// Fusion with the few metrics and lines that a window to read and write in wants.
class PostdeskStyle final : public QProxyStyle
{
public:
    PostdeskStyle()
        : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
    {}

    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override
    {
        switch (hint) {
        case SH_UnderlineShortcut: // what Alt and a letter do is seen before Alt is pressed
            return 1;
        case SH_DialogButtonBox_ButtonsHaveIcons: // the words say it
            return 0;
        default:
            return QProxyStyle::styleHint(hint, option, widget, data);
        }
    }

    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override
    {
        // A column's name stands over its values, which have this margin.
        return metric == PM_HeaderMargin ? 6 : QProxyStyle::pixelMetric(metric, option, widget);
    }

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override
    {
        switch (element) {
        case PE_Frame:
        case PE_FrameLineEdit:
            if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option))
                return drawFramed(element, *frame, painter, widget);
            break;
        case PE_IndicatorCheckBox:
        case PE_IndicatorRadioButton:
            if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
                return drawFramed(element, *button, painter, widget);
            break;
        default:
            break;
        }
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }

private:
    template<typename Option>
    void drawFramed(PrimitiveElement element, Option option, QPainter *painter,
                    const QWidget *widget) const
    {
        // Fusion makes the line of this role, by darker(140).
        option.palette.setColor(QPalette::Window, frameColor(option.palette).lighter(140));
        QProxyStyle::drawPrimitive(element, &option, painter, widget);
    }
};

} // namespace

std::optional<ThemeChoice> themeChoice(QStringView name)
{
    if (name == u"system")
        return ThemeChoice::System;
    if (name == u"light")
        return ThemeChoice::Light;
    if (name == u"dark")
        return ThemeChoice::Dark;
    return std::nullopt;
}

QPalette lightPalette()
{
    return makePalette({.window = 0xf3f4f6,
                        .base = 0xffffff,
                        .alternate = 0xf7f8fa,
                        .text = 0x1f2328,
                        .dim = 0x636b74,
                        .button = 0xf3f4f6,
                        .highlight = 0x1f63b5,
                        .highlighted = 0xffffff,
                        .link = 0x1a5fb4,
                        .tip = 0x2b3036,
                        .tipText = 0xf3f4f6,
                        .light = 0xffffff,
                        .midlight = 0xe6e8eb,
                        .mid = 0xc3c8ce,
                        .dark = 0x9aa1a9,
                        .shadow = 0x6b7178});
}

QPalette darkPalette()
{
    return makePalette({.window = 0x23272c,
                        .base = 0x1b1e22,
                        .alternate = 0x20242a,
                        .text = 0xe4e6ea,
                        .dim = 0x99a1ab,
                        .button = 0x2e3339,
                        .highlight = 0x2f6fbe,
                        .highlighted = 0xffffff,
                        .link = 0x78b0f2,
                        .tip = 0xe4e6ea,
                        .tipText = 0x1f2328,
                        .light = 0x3d434b,
                        .midlight = 0x343a41,
                        .mid = 0x4b525b,
                        .dark = 0x15181b,
                        .shadow = 0x0c0e10});
}

ToneColors toneColors(ToneKind tone, const QPalette &palette)
{
    const bool dark = isDarkPalette(palette);
    switch (tone) {
    case ToneKind::Information:
        return dark ? ToneColors{QColor(0x22384f), QColor(0xe4eefb)}
                    : ToneColors{QColor(0xe3eefb), QColor(0x15304f)};
    case ToneKind::Question:
        return dark ? ToneColors{QColor(0x453a1c), QColor(0xf8eed2)}
                    : ToneColors{QColor(0xfdf3d3), QColor(0x453500)};
    case ToneKind::Problem:
        return dark ? ToneColors{QColor(0x4c2729), QColor(0xfbe3e3)}
                    : ToneColors{QColor(0xfde6e5), QColor(0x5b1512)};
    }
    return {};
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

Theme::Theme(Portal portal, QObject *parent)
    : QObject(parent)
    , m_portal(portal)
    , m_platformIsDark(isDarkPalette(QApplication::palette()))
{
    QApplication::setStyle(new PostdeskStyle);
}

void Theme::apply(ThemeChoice choice)
{
    m_choice = choice;
    if (choice == ThemeChoice::System && m_portal == Portal::Ask) {
        m_portal = Portal::Ignore; // once: from now on it tells us
        askPortal();
    }
    update();
}

bool Theme::isDark() const
{
    switch (m_choice) {
    case ThemeChoice::Light:
        return false;
    case ThemeChoice::Dark:
        return true;
    case ThemeChoice::System:
        break;
    }
    return m_portalIsDark.value_or(m_platformIsDark);
}

void Theme::onPortalSetting(const QString &space, const QString &key, const QDBusVariant &value)
{
    if (space != appearance || key != colorScheme)
        return;
    // 0: no preference, 1: dark, 2: light
    switch (value.variant().toUInt()) {
    case 1:
        m_portalIsDark = true;
        break;
    case 2:
        m_portalIsDark = false;
        break;
    default:
        m_portalIsDark.reset();
    }
    update();
}

void Theme::askPortal()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(portalService, portalPath, portalInterface, u"SettingChanged"_s, this,
                SLOT(onPortalSetting(QString, QString, QDBusVariant)));
    QDBusMessage call
        = QDBusMessage::createMethodCall(portalService, portalPath, portalInterface, u"Read"_s);
    call << appearance << colorScheme;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isError())
            return; // no portal: the palette has decided
        // Read() wraps the value twice.
        QVariant value = reply.value().variant();
        if (value.canConvert<QDBusVariant>())
            value = value.value<QDBusVariant>().variant();
        onPortalSetting(appearance, colorScheme, QDBusVariant(value));
    });
}

void Theme::update()
{
    const QPalette palette = isDark() ? darkPalette() : lightPalette();
    if (palette != QApplication::palette())
        QApplication::setPalette(palette);
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/common/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QCommandLinkButton>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QPainter>
#include <QProxyStyle>
#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOption>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

const auto portalService = u"org.freedesktop.portal.Desktop"_s;
const auto portalPath = u"/org/freedesktop/portal/desktop"_s;
const auto portalInterface = u"org.freedesktop.portal.Settings"_s;
const auto appearance = u"org.freedesktop.appearance"_s;
const auto colorScheme = u"color-scheme"_s;
const auto moreContrast = u"contrast"_s;

/// In the order of ThemeChoice.
constexpr std::array choiceNames{"system", "light", "dark", "high-contrast"};

/// The line around a field: between text and ground, so that it is seen on either theme's. Fusion has
/// the ground's own colour darkened, which on a dark one is no line.
QColor frameColor(const QPalette &palette)
{
    const double share = isHighContrast(palette) ? 1 : isDark(palette) ? 0.42 : 0.58; // of the text
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
        const int usual = QProxyStyle::pixelMetric(metric, option, widget);
        switch (metric) {
        case PM_HeaderMargin: // a column's name stands over its values, which have this margin
            return 6;
        case PM_IndicatorWidth: // beside text three times as large they would be specks
        case PM_IndicatorHeight:
        case PM_ExclusiveIndicatorWidth:
        case PM_ExclusiveIndicatorHeight:
        case PM_SmallIconSize:
        case PM_ButtonIconSize:
            return int(usual * textScale());
        case PM_ScrollBarExtent: // to be hit, but it takes room from what is read
            return int(usual * std::min(textScale(), 1.6));
        default:
            return usual;
        }
    }

    /// Qt shows what has the focus once Tab was pressed; here the keyboard leads from the start.
    void polish(QWidget *widget) override
    {
        QProxyStyle::polish(widget);
        if (widget->isWindow())
            widget->installEventFilter(this);
    }
    using QProxyStyle::polish;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Show || event->type() == QEvent::WindowActivate)
            static_cast<QWidget *>(watched)->setAttribute(Qt::WA_KeyboardFocusChange);
        return QProxyStyle::eventFilter(watched, event);
    }

    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                           const QWidget *widget) const override
    {
        const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        if (type != CT_PushButton || !button || button->text.isEmpty())
            return size;
        // Fusion's has three pixels beside the text, whatever its size.
        const int air = button->fontMetrics.averageCharWidth();
        return size.expandedTo({contents.width() + 2 * air, 0});
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
        case PE_PanelButtonCommand:
            if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
                button && isHighContrast(button->palette))
                drawFramed(element, *button, painter, widget);
            else
                QProxyStyle::drawPrimitive(element, option, painter, widget);
            if (option->state & State_HasFocus)
                drawFocus(*option, painter);
            return;
        case PE_FrameFocusRect: {
            // What is selected says it by itself, and these draw it around all of them.
            const auto *push = qobject_cast<const QPushButton *>(widget);
            const bool isAround = qobject_cast<const QComboBox *>(widget)
                || (push && !push->isFlat() && !qobject_cast<const QCommandLinkButton *>(widget));
            if (qobject_cast<const QAbstractItemView *>(widget))
                break;
            if (!isAround)
                drawFocus(*option, painter);
            return;
        }
        case PE_FrameMenu:
        case PE_PanelTipLabel:
            if (isHighContrast(option->palette)) {
                painter->setPen(frameColor(option->palette));
                painter->setBrush(Qt::NoBrush);
                if (element == PE_PanelTipLabel)
                    painter->setBrush(option->palette.toolTipBase());
                painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
                return;
            }
            break;
        default:
            break;
        }
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }

    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override
    {
        const bool isHeader = element == CE_HeaderSection || element == CE_HeaderEmptyArea;
        if (isHeader && isHighContrast(option->palette)) {
            // Fusion's is a slope between two shades of the ground, and black has none.
            const QRect rect = option->rect;
            painter->fillRect(rect, option->palette.button());
            painter->setPen(frameColor(option->palette));
            painter->drawLine(rect.bottomLeft(), rect.bottomRight());
            if (element == CE_HeaderSection && option->direction == Qt::RightToLeft)
                painter->drawLine(rect.topLeft(), rect.bottomLeft());
            else if (element == CE_HeaderSection)
                painter->drawLine(rect.topRight(), rect.bottomRight());
            return;
        }
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        constexpr State chosen = State_Selected | State_Enabled;
        if (element == CE_MenuItem && item && !item->icon.isNull()
            && (item->state & chosen) == chosen) {
            // Fusion's is that of an item which isn't chosen, in ink on the selection.
            QStyleOptionMenuItem inked = *item;
            const int side = pixelMetric(PM_SmallIconSize, option, widget);
            const double ratio = widget ? widget->devicePixelRatioF() : 1;
            inked.icon = item->icon.pixmap(QSize(side, side), ratio, QIcon::Selected);
            return QProxyStyle::drawControl(element, &inked, painter, widget);
        }
        QProxyStyle::drawControl(element, option, painter, widget);
    }

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override
    {
        if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option);
            box && control == CC_ComboBox && isHighContrast(box->palette)) {
            QStyleOptionComboBox framed = *box;
            framed.palette.setColor(QPalette::Window, frameColor(box->palette).lighter(140));
            QProxyStyle::drawComplexControl(control, &framed, painter, widget);
        } else {
            QProxyStyle::drawComplexControl(control, option, painter, widget);
        }
        if ((control == CC_ComboBox || control == CC_SpinBox) && option->state & State_HasFocus)
            drawFocus(*option, painter);
    }

private:
    /// Of all text, against that of 100 %.
    static double textScale()
    {
        constexpr double usualHeight = 16;
        return std::max(1.0, QFontMetrics(QApplication::font()).height() / usualHeight);
    }

    /// Fusion's is a line whose colour is mixed with the ground.
    static void drawFocus(const QStyleOption &option, QPainter *painter)
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(option.palette.color(QPalette::Active, QPalette::Highlight), 2));
        painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 2, 2);
        painter->restore();
    }

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
    for (std::size_t i = 0; i < choiceNames.size(); ++i) {
        if (name == QLatin1StringView(choiceNames.at(i)))
            return ThemeChoice(i);
    }
    return std::nullopt;
}

QString themeName(ThemeChoice choice)
{
    return QString::fromLatin1(choiceNames.at(std::size_t(choice)));
}

Theme::Theme(Portal portal, QObject *parent)
    : QObject(parent)
    , m_portal(portal)
    , m_platformIsDark(ui::isDark(QApplication::palette()))
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

QPalette Theme::palette() const
{
    switch (m_choice) {
    case ThemeChoice::Light:
        return lightPalette();
    case ThemeChoice::Dark:
        return darkPalette();
    case ThemeChoice::HighContrast:
        return darkContrastPalette();
    case ThemeChoice::System:
        break;
    }
    const bool isDark = m_portalIsDark.value_or(m_platformIsDark);
    if (m_portalHasContrast)
        return isDark ? darkContrastPalette() : lightContrastPalette();
    return isDark ? darkPalette() : lightPalette();
}

void Theme::onPortalSetting(const QString &space, const QString &key, const QDBusVariant &value)
{
    if (space != appearance)
        return;
    const uint wish = value.variant().toUInt();
    if (key == colorScheme && (wish == 1 || wish == 2)) // 1: dark, 2: light, else no preference
        m_portalIsDark = wish == 1;
    else if (key == colorScheme)
        m_portalIsDark.reset();
    else if (key == moreContrast)
        m_portalHasContrast = wish == 1;
    update();
}

void Theme::askPortal()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(portalService, portalPath, portalInterface, u"SettingChanged"_s, this,
                SLOT(onPortalSetting(QString, QString, QDBusVariant)));
    for (const QString &key : {colorScheme, moreContrast}) {
        QDBusMessage call
            = QDBusMessage::createMethodCall(portalService, portalPath, portalInterface, u"Read"_s);
        call << appearance << key;
        auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, key] {
            watcher->deleteLater();
            const QDBusPendingReply<QDBusVariant> reply = *watcher;
            if (reply.isError())
                return; // no portal, or one that doesn't know it: the palette has decided
            // Read() wraps the value twice.
            QVariant value = reply.value().variant();
            if (value.canConvert<QDBusVariant>())
                value = value.value<QDBusVariant>().variant();
            onPortalSetting(appearance, key, QDBusVariant(value));
        });
    }
}

void Theme::update()
{
    if (palette() != QApplication::palette())
        QApplication::setPalette(palette());
}

} // namespace ui

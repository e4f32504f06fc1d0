// SPDX-License-Identifier: MIT
#include "ui/common/icon.h"
#include "ui/common/markdowncolors.h"
#include "ui/common/messagebar.h"
#include "ui/common/theme.h"
#include "ui/common/toast.h"
#include "ui/editor/storedtextedit.h"
#include "ui/table/recorddelegate.h"
#include "ui/table/uniformtableview.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QHeaderView>
#include <QLineEdit>
#include <QMetaEnum>
#include <QPainter>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QStyleOptionMenuItem>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;

class TestTheme final : public QObject
{
    Q_OBJECT

private:
    /// Of a pixel in @p part of @p image with @p ground.
    static double mostContrast(const QImage &image, const QRect &part, const QColor &ground)
    {
        double most = 0;
        for (int x = part.left(); x <= part.right(); ++x) {
            for (int y = part.top(); y <= part.bottom(); ++y)
                most = std::max(most, ui::contrast(image.pixelColor(x, y), ground));
        }
        return most;
    }

    /// Against one of the colours a few pixels away from @p at, the one with most contrast.
    static double besideOthers(const QImage &image, const QPoint &at)
    {
        constexpr int far = 4;
        const QRect around = QRect(at - QPoint(far, far), at + QPoint(far, far)) & image.rect();
        return mostContrast(image, around, image.pixelColor(at));
    }

private slots:
    void textCanBeRead_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::addColumn<double>("least");
        QTest::newRow("light") << ui::lightPalette() << 4.5;
        QTest::newRow("dark") << ui::darkPalette() << 4.5;
        QTest::newRow("light, high contrast") << ui::lightContrastPalette() << 7.0;
        QTest::newRow("dark, high contrast") << ui::darkContrastPalette() << 7.0;
    }

    /// Every text on every ground that it is painted on.
    void textCanBeRead()
    {
        QFETCH(QPalette, palette);
        QFETCH(double, least);
        QList<std::tuple<QString, QColor, QColor>> pairs;
        using Role = QPalette::ColorRole;
        const auto name = [](auto role) {
            return QString::fromLatin1(QMetaEnum::fromType<decltype(role)>().valueToKey(role));
        };
        const std::pair<Role, QList<Role>> roles[] = {
            {Role::WindowText, {Role::Window}},
            {Role::Text, {Role::Base, Role::AlternateBase, Role::Window, Role::Button}},
            {Role::ButtonText, {Role::Button, Role::Window}},
            // Notes and counters of a form stand on the window, commands that can't be used in lists.
            {Role::PlaceholderText, {Role::Base, Role::AlternateBase, Role::Window}},
            {Role::HighlightedText, {Role::Highlight}},
            {Role::ToolTipText, {Role::ToolTipBase}},
            {Role::Link, {Role::Base, Role::AlternateBase, Role::Window}},
            {Role::LinkVisited, {Role::Base, Role::Window}},
        };
        for (const auto group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled}) {
            for (const auto &[text, grounds] : roles) {
                for (const Role ground : grounds)
                    pairs.append({name(group) + u' ' + name(text) + u" on "_s + name(ground),
                                  palette.color(group, text), palette.color(group, ground)});
            }
        }
        for (const auto kind :
             {ui::ToneKind::Information, ui::ToneKind::Question, ui::ToneKind::Problem}) {
            const ui::ToneColors tone = ui::toneColors(kind, palette);
            pairs.append({u"message %1"_s.arg(int(kind)), tone.text, tone.background});
        }
        const ui::ToneColors hit = ui::hitColors(palette);
        pairs.append({u"hit in a cell"_s, hit.text, hit.background});
        pairs.append({u"hit in a text"_s, palette.color(Role::Text), ui::foundColor(palette)});
        const ui::DiffColors diff = ui::diffColors(palette);
        pairs.append({u"removed"_s, diff.removedText, diff.removedBackground});
        pairs.append({u"added"_s, diff.addedText, diff.addedBackground});
        // A body that can only be read stands on the window; a hit in the manual may be in a link.
        const ui::MarkdownColors parts = ui::markdownColors(palette);
        const QList<QColor> texts = parts.textColors() << palette.color(Role::Text);
        for (const QColor &text : texts) {
            pairs.append({u"in a text "_s + text.name(), text, palette.color(Role::Base)});
            pairs.append({u"in code "_s + text.name(), text, parts.codeGround});
            pairs.append(
                {u"markup to read only "_s + text.name(), text, palette.color(Role::Window)});
        }
        pairs.append(
            {u"link that was found"_s, palette.color(Role::Link), ui::foundColor(palette)});
        pairs.append({u"hit in the current hit's post"_s, palette.color(Role::HighlightedText),
                      palette.color(Role::Highlight)});
        // A deleted row, and "(empty)": dimmed, on each ground of a row.
        for (const auto &[text, ground] :
             {std::pair(Role::Text, Role::Base), std::pair(Role::Text, Role::AlternateBase),
              std::pair(Role::HighlightedText, Role::Highlight)})
            pairs.append({u"dimmed on "_s + name(ground),
                          ui::RecordDelegate::dimmed(palette.color(text), palette.color(ground)),
                          palette.color(ground)});

        QStringList weak;
        for (const auto &[what, text, ground] : std::as_const(pairs)) {
            // What is dimmed or coloured on purpose stays so where contrast is high, and can be read.
            const bool isOnPurpose = what.startsWith(u"dimmed"_s) || what.startsWith(u"in "_s)
                || what.startsWith(u"markup"_s);
            const double wanted = isOnPurpose ? 4.5 : least;
            if (const double found = ui::contrast(text, ground); found < wanted)
                weak << u"%1: %2 (%3 on %4)"_s.arg(what).arg(found).arg(text.name(), ground.name());
        }
        QVERIFY2(weak.isEmpty(), qPrintable(weak.join(u'\n')));
    }

    void signsCanBeSeen_data() { textCanBeRead_data(); }

    /// WCAG wants 3:1 of what is no text and says something.
    void signsCanBeSeen()
    {
        QFETCH(QPalette, palette);
        const QColor base = palette.color(QPalette::Base);
        for (const QColor &ground : {base, palette.color(QPalette::Window)})
            QVERIFY(ui::contrast(ui::markdownColors(palette).misspelt, ground) >= 3);
        // The frame of the focus: of a panel, of the current cell, of one that is selected.
        const QColor highlight = palette.color(QPalette::Highlight);
        for (const auto ground : {QPalette::Base, QPalette::AlternateBase, QPalette::Window})
            QVERIFY2(ui::contrast(highlight, palette.color(ground)) >= 3,
                     qPrintable(QString::number(ground)));
        QVERIFY(ui::contrast(palette.color(QPalette::HighlightedText), highlight) >= 3);
        QVERIFY(ui::hitColors(palette).background != palette.color(QPalette::Highlight));
    }

    void theFocusIsSeen_data() { textCanBeRead_data(); }

    /// On whatever can have it, from the start: something becomes visible, with 3:1.
    void theFocusIsSeen()
    {
        QFETCH(QPalette, palette);
        const ui::Theme theme(ui::Theme::Portal::Ignore); // its style
        QApplication::setPalette(palette);
        QWidget window;
        window.resize(400, 300);
        auto *other = new QLineEdit(&window);
        other->move(0, 270);
        auto *tool = new QToolButton(&window);
        tool->setText(u"x"_s);
        tool->setAutoRaise(true);
        auto *box = new QComboBox(&window);
        box->addItem(u"One"_s);
        auto *text = new ui::StoredTextEdit(ui::StoredTextDocument::Lines::Shown, &window);
        auto *toast = new ui::Toast(&window);
        auto *push = new QPushButton(u"Press"_s, &window);
        push->setAutoDefault(false);
        const QList<QWidget *> widgets{new QLineEdit(&window),
                                       push,
                                       new QCheckBox(u"Tick"_s, &window),
                                       new QSpinBox(&window),
                                       box,
                                       tool,
                                       text,
                                       toast};
        window.show();
        toast->show(u"Done"_s, ui::Toast::Offer::Nothing);
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QStringList unseen;
        for (QWidget *widget : widgets) {
            for (QWidget *each : widgets)
                each->setVisible(each == widget);
            widget->setGeometry(20, 20, 160, 60);
            other->setFocus();
            const QImage without = window.grab().toImage();
            widget->setFocus();
            QVERIFY(widget->hasFocus());
            const QImage with = window.grab().toImage();
            double best = 0;
            const QRect place = widget->geometry();
            for (int x = 0; x < 200; ++x) {
                for (int y = 0; y < 100; ++y) {
                    // A caret blinks, and is as small as a letter.
                    if (place.adjusted(4, 4, -4, -4).contains(x, y)
                        && widget->testAttribute(Qt::WA_InputMethodEnabled))
                        continue;
                    // What was there and what is there now.
                    if (with.pixel(x, y) != without.pixel(x, y))
                        best = std::max(
                            best,
                            std::min(ui::contrast(with.pixelColor(x, y), without.pixelColor(x, y)),
                                     besideOthers(with, {x, y})));
                }
            }
            if (best < 3)
                unseen << QLatin1StringView(widget->metaObject()->className()) + u' '
                        + QString::number(best);
        }
        QVERIFY2(unseen.isEmpty(), qPrintable(unseen.join(u", "_s)));
    }

    void iconsOfMessagesAndMenusAreSeen_data() { textCanBeRead_data(); }

    void iconsOfMessagesAndMenusAreSeen()
    {
        QFETCH(QPalette, palette);
        const ui::Theme theme(ui::Theme::Portal::Ignore); // its style
        QApplication::setPalette(palette);
        using Tone = ui::MessageBar::Tone;
        for (const Tone tone : {Tone::Information, Tone::Question, Tone::Problem}) {
            ui::MessageBar bar;
            bar.resize(400, 40);
            bar.show(tone, u"i"_s);
            const QColor ground = bar.palette().color(QPalette::Window);
            const QImage image = bar.grab().toImage();
            QVERIFY2(mostContrast(image, QRect(10, 8, 24, 24), ground) >= 3, "left");
            QVERIFY2(mostContrast(image, QRect(366, 10, 20, 20), ground) >= 3, "right");
        }
        QStyleOptionMenuItem item;
        item.palette = palette;
        item.rect = QRect(0, 0, 200, 28);
        item.state = QStyle::State_Enabled | QStyle::State_Selected | QStyle::State_Active;
        item.menuItemType = QStyleOptionMenuItem::Normal;
        item.icon = ui::icon(u"save"_s);
        item.maxIconWidth = 24;
        QImage image(item.rect.size(), QImage::Format_RGB32);
        QPainter painter(&image);
        QApplication::style()->drawControl(QStyle::CE_MenuItem, &item, &painter);
        painter.end();
        const double found
            = mostContrast(image, QRect(4, 4, 24, 20), palette.color(QPalette::Highlight));
        QVERIFY2(found >= 3, qPrintable(QString::number(found)));
    }

    void fieldsAndTicksHaveALine_data() { textCanBeRead_data(); }

    /// WCAG wants 3:1 of what shows where something can be put in.
    void fieldsAndTicksHaveALine()
    {
        QFETCH(QPalette, palette);
        const ui::Theme theme(ui::Theme::Portal::Ignore); // its style
        QApplication::setPalette(palette);
        QLineEdit line;
        line.resize(80, 30);
        QCheckBox box;
        box.resize(30, 30);
        for (QWidget *widget : {static_cast<QWidget *>(&line), static_cast<QWidget *>(&box)}) {
            const QImage image = widget->grab().toImage();
            double best = 0;
            for (int x = 0; x < image.width() / 2; ++x)
                best = std::max(best,
                                ui::contrast(image.pixelColor(x, image.height() / 2),
                                             palette.color(QPalette::Window)));
            // The inside alone has 1.1.
            QVERIFY2(best >= 3, qPrintable(QString::number(best)));
        }
    }

    void contrastIsWcags()
    {
        QCOMPARE(ui::contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(ui::contrast(Qt::red, Qt::red), 1.0);
    }

    void aChosenThemeIsApplied()
    {
        ui::Theme theme(ui::Theme::Portal::Ignore);
        theme.apply(ui::ThemeChoice::Dark);
        QVERIFY(theme.isDark());
        QCOMPARE(QApplication::palette().color(QPalette::Base),
                 ui::darkPalette().color(QPalette::Base));
        theme.apply(ui::ThemeChoice::Light);
        QVERIFY(!theme.isDark());
        QCOMPARE(QApplication::palette().color(QPalette::Base),
                 ui::lightPalette().color(QPalette::Base));
        theme.apply(ui::ThemeChoice::HighContrast);
        QVERIFY(theme.isDark());
        QVERIFY(ui::isHighContrast(QApplication::palette()));
    }

    void palettesAreToldApart()
    {
        QVERIFY(!ui::isDark(ui::lightPalette()));
        QVERIFY(ui::isDark(ui::darkPalette()));
        QVERIFY(!ui::isDark(ui::lightContrastPalette()));
        QVERIFY(ui::isDark(ui::darkContrastPalette()));
        QVERIFY(!ui::isHighContrast(ui::lightPalette()));
        QVERIFY(!ui::isHighContrast(ui::darkPalette()));
        QVERIFY(ui::isHighContrast(ui::lightContrastPalette()));
        QVERIFY(ui::isHighContrast(ui::darkContrastPalette()));
    }

    void aButtonHasALineWhereContrastIsHigh()
    {
        ui::Theme theme(ui::Theme::Portal::Ignore);
        theme.apply(ui::ThemeChoice::HighContrast);
        QPushButton button(u"Press"_s);
        QComboBox choice;
        choice.addItem(u"One"_s);
        for (QWidget *widget : {static_cast<QWidget *>(&button), static_cast<QWidget *>(&choice)}) {
            widget->resize(120, 32);
            const QImage image = widget->grab().toImage();
            double best = 0; // at the left edge, where no text is
            for (int x = 0; x < 4; ++x)
                best = std::max(best, ui::contrast(image.pixelColor(x, 16), Qt::black));
            QVERIFY2(best >= 7, qPrintable(QString::number(best)));
        }
    }

    /// Rows and columns are told apart by lines, which have no ground of their own to stand on.
    void aListHasLinesWhereContrastIsHigh()
    {
        ui::Theme theme(ui::Theme::Portal::Ignore);
        theme.apply(ui::ThemeChoice::HighContrast);
        QStandardItemModel model(3, 2);
        ui::UniformTableView view;
        view.setModel(&model);
        view.resize(300, 200);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const auto mostOf = [](const QImage &image, const QLine &line) {
            double most = 0;
            for (int x = line.x1(); x <= line.x2(); ++x) {
                for (int y = line.y1(); y <= line.y2(); ++y)
                    most = std::max(most, ui::contrast(image.pixelColor(x, y), Qt::black));
            }
            return most;
        };
        const QImage rows = view.viewport()->grab().toImage();
        QVERIFY2(mostOf(rows, QLine(290, 1, 290, 60)) >= 3, "between rows");
        const QImage header = view.horizontalHeader()->grab().toImage();
        const int end = view.horizontalHeader()->sectionSize(0) - 1;
        QVERIFY2(mostOf(header, QLine(end, 8, end, 8)) >= 3, "between columns");
        QVERIFY2(mostOf(header, QLine(4, header.height() - 1, 4, header.height() - 1)) >= 3,
                 "under the header");
    }

    void namesAreKnown()
    {
        QCOMPARE(ui::themeChoice(u"high-contrast"), ui::ThemeChoice::HighContrast);
        QCOMPARE(ui::themeName(ui::ThemeChoice::HighContrast), u"high-contrast"_s);
        QCOMPARE(ui::themeName(ui::ThemeChoice::System), u"system"_s);
        QCOMPARE(ui::themeChoice(u"dark"), ui::ThemeChoice::Dark);
        QCOMPARE(ui::themeChoice(u"light"), ui::ThemeChoice::Light);
        QCOMPARE(ui::themeChoice(u"system"), ui::ThemeChoice::System);
        QVERIFY(!ui::themeChoice(u"pink"));
    }

    void iconsFollowThePalette()
    {
        const auto inkOf = [](const QIcon &icon) {
            const QImage image = icon.pixmap(48, 48).toImage();
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    if (qAlpha(image.pixel(x, y)) == 255)
                        return QColor(image.pixel(x, y));
                }
            }
            return QColor();
        };
        ui::Theme theme(ui::Theme::Portal::Ignore);
        for (const auto choice :
             {ui::ThemeChoice::Light, ui::ThemeChoice::Dark, ui::ThemeChoice::HighContrast}) {
            theme.apply(choice);
            QCOMPARE(inkOf(ui::icon(u"save"_s)),
                     QApplication::palette().color(QPalette::WindowText));
        }
        QVERIFY(ui::icon(u"nosuchicon"_s).isNull());
    }

    void everyIconIsSeen_data() { textCanBeRead_data(); }

    /// All that is drawn of each, not its most visible part alone.
    void everyIconIsSeen()
    {
        QFETCH(QPalette, palette);
        QApplication::setPalette(palette);
        const QStringList names = QDir(u":/icons"_s).entryList({u"*.svg"_s});
        QVERIFY(names.size() > 15);
        QStringList unseen;
        for (const QString &name : names) {
            if (name == u"postdesk.svg"_s)
                continue; // the program's own, which is a picture
            const QImage image = ui::icon(name.chopped(4)).pixmap(48, 48).toImage();
            bool isDrawn = false;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    const QColor color = image.pixelColor(x, y);
                    if (color.alpha() < 255)
                        continue;
                    isDrawn = true;
                    if (ui::contrast(color, palette.color(QPalette::Window)) < 3)
                        unseen << u"%1: %2"_s.arg(name, color.name());
                }
            }
            if (!isDrawn)
                unseen << name + u" is empty"_s;
        }
        unseen.removeDuplicates();
        QVERIFY2(unseen.isEmpty(), qPrintable(unseen.join(u'\n')));
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"

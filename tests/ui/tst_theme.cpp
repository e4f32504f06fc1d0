// SPDX-License-Identifier: MIT
#include "ui/common/icon.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QTest>

using namespace Qt::StringLiterals;

class TestTheme final : public QObject
{
    Q_OBJECT

private slots:
    void textCanBeRead_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << ui::lightPalette();
        QTest::newRow("dark") << ui::darkPalette();
    }

    void textCanBeRead()
    {
        QFETCH(QPalette, palette);
        using Role = QPalette::ColorRole;
        const std::pair<Role, Role> pairs[] = {
            {Role::WindowText, Role::Window},       {Role::Text, Role::Base},
            {Role::Text, Role::AlternateBase},      {Role::ButtonText, Role::Button},
            {Role::PlaceholderText, Role::Base},    {Role::HighlightedText, Role::Highlight},
            {Role::ToolTipText, Role::ToolTipBase}, {Role::Link, Role::Base},
        };
        for (const auto &[text, ground] : pairs) {
            const double found = ui::contrast(palette.color(text), palette.color(ground));
            QVERIFY2(found >= 4.5, qPrintable(u"%1 on %2: %3"_s.arg(text).arg(ground).arg(found)));
        }
        for (const auto tone :
             {ui::ToneKind::Information, ui::ToneKind::Question, ui::ToneKind::Problem}) {
            const ui::ToneColors colors = ui::toneColors(tone, palette);
            QVERIFY(ui::contrast(colors.text, colors.background) >= 4.5);
        }
    }

    void fieldsAndTicksHaveALine_data() { textCanBeRead_data(); }

    /// WCAG wants 3:1 of what shows where something can be put in.
    void fieldsAndTicksHaveALine()
    {
        QFETCH(QPalette, palette);
        ui::Theme theme(ui::Theme::Portal::Ignore);
        theme.apply(palette == ui::darkPalette() ? ui::ThemeChoice::Dark : ui::ThemeChoice::Light);
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
    }

    void namesAreKnown()
    {
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
        for (const auto choice : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
            theme.apply(choice);
            QCOMPARE(inkOf(ui::icon(u"save"_s)),
                     QApplication::palette().color(QPalette::WindowText));
        }
        QVERIFY(ui::icon(u"nosuchicon"_s).isNull());
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"

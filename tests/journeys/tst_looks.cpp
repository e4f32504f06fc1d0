// SPDX-License-Identifier: MIT
#include "app/post.h"
#include "tests/journeys/journey.h"
#include "ui/common/palettes.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QDirIterator>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

/// Every source file of the program.
QStringList sources()
{
    QStringList files;
    for (const QString &folder : {u"app"_s, u"ui"_s}) {
        QDirIterator walk(QStringLiteral(POSTDESK_SOURCE_DIR) + u'/' + folder,
                          {u"*.cpp"_s, u"*.h"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext())
            files << walk.next();
    }
    return files;
}

} // namespace

/// How the window looks: themes, and no box that stops the work.
class TestLooks final : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { QApplication::setPalette(ui::lightPalette()); }

    void aThemeIsChosenAndRemembered_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << u"light"_s << ui::lightPalette();
        QTest::newRow("dark") << u"dark"_s << ui::darkPalette();
        QTest::newRow("high contrast") << u"high-contrast"_s << ui::darkContrastPalette();
    }

    void aThemeIsChosenAndRemembered()
    {
        QFETCH(QString, name);
        QFETCH(QPalette, palette);
        QTemporaryDir folder;
        const QString id = u"view.theme."_s + name;
        const auto action = [&id](app::Application &application) {
            return application.window().actions().action(QLatin1StringView(id.toLatin1()));
        };
        app::Options options;
        options.configFolder = folder.path();
        options.isTestMode = true; // asks no portal
        const orm::Table table = orm::Mapper::of<app::Post>().table();
        {
            app::Application application(options, table);
            QVERIFY(!action(application)->isChecked());
            action(application)->trigger();
            QVERIFY(action(application)->isChecked());
            QCOMPARE(QApplication::palette(), palette);
        }
        QApplication::setPalette(ui::lightPalette());
        app::Application again(options, table);
        QVERIFY(action(again)->isChecked());
        QCOMPARE(QApplication::palette(), palette);
    }

    /// The palette finds them by a few letters, with no key of their own.
    void aThemeIsFoundInThePalette()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+Shift+P"_s);
        journey.type(u"dark"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(QApplication::palette(), ui::darkPalette());
    }

    /// Nothing is modal but the choosers of files, and menus go by themselves.
    void noBoxStopsTheWork()
    {
        static const QRegularExpression modal(
            u"QMessageBox|QInputDialog|QErrorMessage|QProgressDialog|QColorDialog|setModal\\s*\\("
            "|setWindowModality|QFileDialog::get|(?:^|[^.\\w])exec\\(\\)|(?:\\.|->)exec\\("_s,
            QRegularExpression::MultilineOption);
        QStringList boxes;
        const QStringList files = sources();
        QVERIFY(files.size() > 200);
        for (const QString &path : files) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            int number = 0;
            for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
                ++number;
                const QString code = line.section(u"//"_s, 0, 0);
                if (!code.contains(modal))
                    continue;
                boxes << u"%1:%2: %3"_s.arg(path.section(u'/', -3)).arg(number).arg(code.trimmed());
            }
        }
        // A menu under the pointer or a field, and the program itself.
        boxes.removeIf([](const QString &line) {
            static const QRegularExpression known(u"menu\\.exec\\(|QApplication::exec\\(\\)"_s);
            return line.contains(known);
        });
        QVERIFY2(boxes.isEmpty(), qPrintable(boxes.join(u'\n')));
    }
};

QTEST_MAIN(TestLooks)
#include "tst_looks.moc"

// SPDX-License-Identifier: MIT
#include "app/post.h"
#include "tests/journeys/journey.h"
#include "ui/common/palettes.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/statusbar.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QDirIterator>
#include <QLabel>
#include <QRegularExpression>
#include <QTextEdit>

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

    /// What stands there already takes the colours of the theme that is chosen.
    void problemsFollowTheTheme()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+2, End"_s);
        journey.type(QString(250, u'x'));
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY(journey.isShown(u"fieldProblem"_s));
        QTRY_VERIFY(journey.isShown(u"messageBar"_s));
        const std::pair<const char *, QPalette> themes[]
            = {{"view.theme.dark", ui::darkPalette()},
               {"view.theme.high-contrast", ui::darkContrastPalette()},
               {"view.theme.light", ui::lightPalette()}};
        for (const auto &[id, palette] : themes) {
            journey.window().actions().action(QLatin1StringView(id))->trigger();
            const ui::ToneColors tone = ui::toneColors(ui::ToneKind::Problem, palette);
            for (const auto &name : {u"messageBar"_s, u"fieldProblem"_s, u"fieldCounter"_s}) {
                const QWidget *found = nullptr;
                for (const QWidget *each : journey.window().findChildren<QWidget *>(name)) {
                    if (each->isVisible())
                        found = found ? found : each;
                }
                QVERIFY2(found, qPrintable(name));
                QTRY_COMPARE(found->palette().color(QPalette::Window), tone.background);
                QCOMPARE(found->palette().color(QPalette::WindowText), tone.text);
                QCOMPARE(found->palette().color(QPalette::Base), palette.color(QPalette::Base));
            }
        }
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

    /// Where there is nothing it is said what can be done, or will fill it.
    void emptyStatesSayWhatToDoNext()
    {
        QStringList silent;
        const auto wants = [&silent](const char *place, const QString &text, const QString &next) {
            if (!text.contains(next))
                silent << u"%1: \"%2\" says nothing of %3"_s.arg(QString::fromLatin1(place), text,
                                                                 next);
        };
        Journey journey(u"CREATE TABLE posts (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(255),"
                        " content TEXT, created_at DATETIME)"_s);
        const auto trigger = [&journey](QLatin1StringView id) {
            journey.window().actions().action(id)->trigger();
        };
        const auto label = [&journey](const QString &name) {
            const auto *found = journey.window().findChild<QLabel *>(name);
            return found ? found->text() : QString();
        };
        journey.start(QString());
        QTRY_VERIFY(journey.isShown(u"welcomePage"_s));
        QTRY_COMPARE(journey.focus(), u"openSampleButton"_s);
        const QAction *recent = journey.window().actions().action("file.recent"_L1);
        wants("no database, and none before", ui::Actions::reasonWhyNot(*recent), u"before"_s);
        const QAction *save = journey.window().actions().action("file.save"_L1);
        wants("nothing to save in", ui::Actions::reasonWhyNot(*save), u"No database is open"_s);

        journey.start(journey.database().file(), app::Options::Access::ReadOnly);
        QTRY_VERIFY(journey.window().isSettled());
        wants("empty table, read only", journey.view().placeholderText(), u"Ctrl+O"_s);
        journey.start();
        QTRY_VERIFY(journey.window().isSettled());
        wants("empty table", journey.view().placeholderText(), u"Ctrl+N"_s);
        wants("no post", label(u"editorEmpty"_s), u"in the list"_s);
        trigger("post.trash"_L1);
        QTRY_VERIFY(journey.isShown(u"historyPanel"_s));
        wants("no deleted posts", diff(journey), u"brought back"_s);
        journey.press(u"Esc"_s);
        const QAction *review = journey.window().actions().action("file.review"_L1);
        wants("nothing to review", ui::Actions::reasonWhyNot(*review), u"Everything is saved"_s);
        trigger("filter.saveView"_L1);
        QTRY_VERIFY(journey.isShown(u"viewsPopup"_s));
        const auto *views = journey.window().findChild<QWidget *>(u"viewsPopup"_s);
        QString texts;
        for (const QLabel *part : views->findChildren<QLabel *>())
            texts += part->text();
        wants("no views", texts, u"Enter saves"_s);
        journey.press(u"Esc, Ctrl+Shift+P"_s);
        journey.type(u"xqz"_s);
        wants("no command", label(u"paletteNothing"_s), u"Try fewer"_s);
        journey.press(u"Esc, Ctrl+Shift+O"_s);
        QTRY_VERIFY(journey.isShown(u"recentDialog"_s));
        journey.type(u"xqz"_s);
        wants("no such database", label(u"recentNothing"_s), u"Ctrl+O"_s);
        journey.press(u"Esc, Ctrl+N"_s);
        journey.type(u"First"_s);
        journey.press(u"Ctrl+1, F12"_s);
        QTRY_VERIFY(journey.isShown(u"historyPanel"_s));
        wants("no history", diff(journey), u"From the next one on"_s);
        journey.press(u"Esc, F9"_s);
        const auto *preview = journey.window().findChild<QTextEdit *>(u"previewView"_s);
        QTRY_VERIFY(preview && preview->isVisible());
        QTRY_VERIFY(preview->document()->isEmpty());
        wants("empty preview", preview->placeholderText(), u"shown here"_s);
        journey.press(u"F9, Ctrl+F"_s);
        journey.type(u"before:2000"_s);
        QTRY_VERIFY(journey.window().isSettled());
        wants("no hits", journey.view().placeholderText(), u"Esc"_s);
        QVERIFY2(silent.isEmpty(), qPrintable(u'\n' + silent.join(u'\n')));
    }

    void nothingShiftsWhenSomethingTakesLong()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        auto *bar = journey.window().findChild<ui::StatusBar *>();
        const int height = bar->height();
        bar->setTask(u"Saving 61 %"_s, ui::StatusBar::Task::CanBeCancelled);
        QVERIFY(journey.isShown(u"cancelTaskButton"_s));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QCOMPARE(bar->height(), height);
        QCOMPARE(bar->sizeHint().height(), height);
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
        // The program itself.
        boxes.removeIf(
            [](const QString &line) { return line.contains(u"QApplication::exec()"_s); });
        QVERIFY2(boxes.isEmpty(), qPrintable(boxes.join(u'\n')));
    }

private:
    /// What the panel of versions shows beside its list.
    static QString diff(Journey &journey)
    {
        const auto *shown = journey.window().findChild<QTextEdit *>(u"historyDiff"_s);
        (void)QTest::qWaitFor([shown] { return shown && !shown->toPlainText().isEmpty(); });
        return shown ? shown->toPlainText() : QString();
    }
};

QTEST_MAIN(TestLooks)
#include "tst_looks.moc"

// SPDX-License-Identifier: MIT
//
// What a user does to many posts at once, in the real window: bench_many [--rows N | --file FILE] [--list]. Of each it prints
// how long it took, and how long the event loop did not turn meanwhile. See README.md.
#include "tests/benchmarks/desk.h"
#include "tests/support/makeposts.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QAction>
#include <QApplication>
#include <QCommandLineParser>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace {

/// The window on as many posts as can be changed at once, all of them selected.
class Many
{
public:
    Many(const QString &folder, const QString &file)
        : m_file(file)
        , m_desk(folder, file)
    {
        QElapsedTimer timer;
        timer.start();
        m_desk.waitForFirstPaint(timer);
        waitFor([this] { return isAtRest(); });
    }

    /// Runs all, in an order that leaves nothing behind for the next.
    void run()
    {
        m_desk.press(Qt::Key_A, Qt::ControlModifier);
        measure(u"fill"_s, [this] {
            m_desk.view().setFocus();
            act(u"post.editCell"_s);
            QTest::keyClicks(QApplication::focusWidget(), u"Same"_s);
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        });
        measureWays(u"fill"_s);
        history().undo();
        rest();
        measure(u"batch edit, opened and read"_s, [this] { act(u"post.editMany"_s); });
        measure(u"batch edit"_s, [this] {
            QTest::keyClicks(field(u"batch_title"_s), u"{title} (old)"_s);
            QTest::keyClick(field(u"batch_title"_s), Qt::Key_Return, Qt::ControlModifier);
        });
        measureWays(u"batch edit"_s);
        measure(u"replace in posts, listed"_s, [this] {
            act(u"edit.replacePosts"_s);
            QTest::keyClicks(field(u"replaceFind"_s), u"ka"_s);
            QTest::keyClicks(field(u"replaceWith"_s), u"ko"_s);
            QTest::keyClick(field(u"replaceWith"_s), Qt::Key_Return);
        });
        measure(u"replace in posts"_s, [this] {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        });
        measureWays(u"replace in posts"_s);
        m_desk.view().setFocus();
        measure(u"duplicate"_s, [this] { act(u"post.duplicate"_s); });
        measureWays(u"duplicate"_s);
        m_desk.press(Qt::Key_A, Qt::ControlModifier);
        measure(u"delete"_s, [this] { act(u"post.delete"_s); });
        measureWays(u"delete"_s);
        measure(u"copy"_s, [this] { act(u"edit.copy"_s); });
        for (int format = 0; format < 6; ++format)
            measureCopyAs(format);
        measure(u"copy"_s, [this] { act(u"edit.copy"_s); });
        measure(u"paste rows"_s, [this] { act(u"edit.paste"_s); });
        measureWays(u"paste rows"_s);
        m_desk.press(Qt::Key_A, Qt::ControlModifier);
        act(u"post.editMany"_s);
        rest();
        QTest::keyClicks(field(u"batch_title"_s), u"{title} (old)"_s);
        QTest::keyClick(field(u"batch_title"_s), Qt::Key_Return, Qt::ControlModifier);
        rest();
        m_desk.view().setFocus();
        measure(u"revert"_s, [this] { act(u"post.revert"_s); });
        measure(u"revert, undone"_s, [this] { history().undo(); });
        writeOutside("UPDATE posts SET title = title || '!'");
        measure(u"save, each in conflict"_s, [this] { act(u"file.save"_s); });
        writeOutside("UPDATE posts SET title = substr(title, 1, length(title) - 1)");
        measure(u"save, their panel open"_s, [this] { act(u"file.save"_s); });
        measure(u"a saved step undone"_s, [this] { history().undo(); });
        measure(u"discard all"_s, [this] { act(u"file.discardAll"_s); });
        m_desk.close();
    }

    /// Replacing in more posts than can be pending: how the hits are listed.
    void list()
    {
        const auto find = [this](const QString &word) {
            act(u"edit.replacePosts"_s);
            auto *edit = static_cast<QLineEdit *>(field(u"replaceFind"_s));
            edit->setText(word);
            static_cast<QLineEdit *>(field(u"replaceWith"_s))->setText(u"ko"_s);
            QTest::keyClick(edit, Qt::Key_Return);
        };
        const auto status = [this] {
            return static_cast<QLabel *>(field(u"replaceStatus"_s))->text().toLocal8Bit();
        };
        const double before = residentMegabytes();
        for (const QString &word : {u"zzzzz"_s, u"solduest"_s, u"ka"_s}) {
            measure(u"listed: "_s + word, [&] { find(word); });
            std::printf("  %s; %.0f MB more\n", status().constData(), residentMegabytes() - before);
        }
        find(u"zzzzz"_s);
        QElapsedTimer timer;
        timer.start();
        waitFor([&timer] { return timer.elapsed() > 1000; });
        measure(u"given up after a second"_s, [this] { act(u"tools.cancel"_s); });
        std::printf("  %s\n", status().constData());
        m_desk.close();
    }

private:
    ui::EditHistory &history() { return m_desk.window().workspace()->history(); }
    bool isAtRest()
    {
        const ui::Journal *journal = m_desk.window().workspace()->journal();
        return m_desk.window().isSettled() && m_desk.model().isCounted()
            && (!journal || journal->isWritten());
    }
    void rest()
    {
        waitFor([this] { return isAtRest(); });
    }
    void act(const QString &id) { m_desk.window().findChild<QAction *>(id)->trigger(); }
    QWidget *field(const QString &name) { return m_desk.window().findChild<QWidget *>(name); }

    void measure(const QString &what, const std::function<void()> &act)
    {
        rest();
        QCoreApplication::processEvents();
        m_watchdog.forget();
        QElapsedTimer timer;
        timer.start();
        act();
        waitFor([this] { return m_desk.window().isSettled(); });
        const double time = milliseconds(timer);
        rest();
        const QString line = u"| %1 | %2 s | %3 s | %4 ms | %5 ms | %6 ms |"_s.arg(what, -30)
                                 .arg(time / 1000, 6, 'f', 2)
                                 .arg(milliseconds(timer) / 1000, 6, 'f', 2)
                                 .arg(m_watchdog.longest(), 6, 'f', 0)
                                 .arg(m_watchdog.longestBusy(), 6, 'f', 0)
                                 .arg(m_watchdog.median(), 6, 'f', 1);
        std::fputs(line.toLocal8Bit().append('\n').constData(), stdout);
        std::fflush(stdout);
    }

    /// Back, again, and back.
    void measureWays(const QString &what)
    {
        measure(what + u", undone"_s, [this] { history().undo(); });
        measure(what + u", redone"_s, [this] { history().redo(); });
        history().undo();
        rest();
    }

    /// As another program does it.
    void writeOutside(const char *statement)
    {
        rest();
        sqlite3 *database = nullptr;
        sqlite3_open(m_file.toLocal8Bit().constData(), &database);
        sqlite3_busy_timeout(database, 10'000);
        if (sqlite3_exec(database, statement, nullptr, nullptr, nullptr) != SQLITE_OK)
            std::printf("  %s: %s\n", statement, sqlite3_errmsg(database));
        sqlite3_close(database);
    }

    void measureCopyAs(int format)
    {
        QString name;
        measure(u"copy as, format %1"_s.arg(format + 1), [this, format] {
            act(u"edit.copyAs"_s);
            auto *menu = m_desk.window().findChild<QMenu *>(u"copyAsMenu"_s);
            QAction *action = menu->actions().at(format);
            menu->close();
            action->trigger();
        });
    }

    const QString m_file;
    Desk m_desk;
    Watchdog m_watchdog;
};

int run(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({u"rows"_s, u"Posts in the database that is made."_s, u"N"_s, u"100000"_s});
    parser.addOption({u"list"_s, u"Only list hits: made for more posts than can be pending."_s});
    parser.addOption(
        {u"file"_s, u"A database to work on, instead of one that is made."_s, u"FILE"_s});
    parser.process(application);
    const QTemporaryDir folder;
    const bool isGiven = parser.isSet(u"file"_s);
    const QString file = isGiven ? parser.value(u"file"_s) : folder.filePath(u"posts.db"_s);
    if (!isGiven && !makePosts(file, parser.value(u"rows"_s).toLongLong()))
        return 1;
    std::puts("| at once | until it is done | and journalled | stood still for at most | of it "
              "busy | median |");
    std::puts("| --- | --- | --- | --- | --- | --- |");
    Many many(folder.path(), file);
    if (parser.isSet(u"list"_s))
        many.list();
    else
        many.run();
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    try {
        return run(argc, argv);
    } catch (const ToldToEnd &) {
        return 1;
    }
}

// SPDX-License-Identifier: MIT
//
// What a user does to many posts at once, in the real window: bench_many [--rows N]. Of each it prints
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
#include <QLineEdit>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

/// The window on as many posts as can be changed at once, all of them selected.
class Many
{
public:
    Many(const QString &folder, const QString &file)
        : m_desk(folder, file)
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
            m_desk.press(Qt::Key_F2);
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
        measure(u"save"_s, [this] { act(u"file.save"_s); });
        measure(u"a saved step undone"_s, [this] { history().undo(); });
        measure(u"discard all"_s, [this] { act(u"file.discardAll"_s); });
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
        const QString line = u"| %1 | %2 s | %3 s | %4 ms | %5 ms |"_s.arg(what, -30)
                                 .arg(time / 1000, 6, 'f', 2)
                                 .arg(milliseconds(timer) / 1000, 6, 'f', 2)
                                 .arg(m_watchdog.longest(), 6, 'f', 0)
                                 .arg(m_watchdog.longestBusy(), 6, 'f', 0);
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

    Desk m_desk;
    Watchdog m_watchdog;
};

} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({u"rows"_s, u"Posts in the database that is made."_s, u"N"_s, u"100000"_s});
    parser.process(application);
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"posts.db"_s);
    if (!makePosts(file, parser.value(u"rows"_s).toLongLong()))
        return 1;
    std::puts(
        "| at once | until it is done | and journalled | stood still for at most | of it busy |");
    std::puts("| --- | --- | --- | --- | --- |");
    Many(folder.path(), file).run();
    return 0;
}

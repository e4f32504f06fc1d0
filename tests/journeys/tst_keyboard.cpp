// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/common/mnemonics.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/palette/commandlistmodel.h"
#include "ui/table/recordtableview.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QDialog>
#include <QListView>
#include <QTranslator>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace {

/// A state of the window: how one gets there from the list, and which part is then there.
struct Place
{
    const char *name;
    const char *keys; ///< as Journey::press() takes them, or none
    const char *part; ///< object name of what is then visible
    const char *action = nullptr; ///< what is triggered after the keys, where there is no key
    std::function<void(Journey &)> before = {}; ///< what has to be there, or to be done, first
};

void retitle(Journey &journey, const QString &title)
{
    journey.press(u"F2"_s);
    journey.type(title);
    journey.press(u"Return"_s);
    QTRY_VERIFY(journey.window().workspace()->edits().changeCount() > 0);
}

void makeConflict(Journey &journey)
{
    retitle(journey, u"Mine"_s);
    journey.press(u"Down"_s);
    retitle(journey, u"Mine, too"_s);
    QTRY_VERIFY(journey.window().isSettled());
    QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Theirs' WHERE id = 500"_s), 0);
    journey.press(u"Ctrl+S"_s);
    QTRY_VERIFY(journey.isShown(u"conflictPanel"_s));
}

void save(Journey &journey)
{
    journey.press(u"Ctrl+S"_s);
    // Not by what the status bar says, which is in the language of the test.
    QTRY_COMPARE(journey.window().workspace()->edits().changeCount(), 0);
    QTRY_VERIFY(journey.window().isSettled());
}

/// Every panel, popup, bar and dialog that is ours.
const QList<Place> &places()
{
    static const QList<Place> all{
        {"list", "", "postsView"},
        {"search", "Ctrl+F", "searchEdit"},
        {"title", "Ctrl+2", "titleEdit"},
        {"body", "Ctrl+3", "bodyEdit"},
        {"preview", "F9, Ctrl+3", "previewView"},
        {"find bar", "Ctrl+3, Ctrl+F", "findBar"},
        {"replace bar", "Ctrl+3, Ctrl+H", "findBar"},
        {"review", "Del, Ctrl+Shift+R", "reviewPanel"},
        {"conflicts", "", "conflictPanel", nullptr, makeConflict},
        {"what can't be saved", "", "messageBar", nullptr,
         [](Journey &journey) {
             retitle(journey, QString(260, u'x'));
             journey.press(u"Down"_s);
             retitle(journey, u"Mine"_s);
             journey.press(u"Ctrl+S"_s);
             QTRY_VERIFY(journey.isShown(u"messageBar"_s));
         }},
        {"nothing to go back to", "F12", "historyPanel"},
        {"history", "F12", "historyPanel", nullptr,
         [](Journey &journey) {
             retitle(journey, u"Another"_s);
             save(journey);
         }},
        {"replace in posts", "Ctrl+Shift+H", "replacePanel"},
        {"hits to replace", "", "replacePanel", nullptr,
         [](Journey &journey) {
             journey.press(u"Ctrl+Shift+H"_s);
             QTRY_VERIFY(journey.isShown(u"replacePanel"_s));
             journey.type(u"paragraph"_s);
             journey.press(u"Tab"_s);
             journey.type(u"section"_s);
             journey.press(u"Return"_s);
             const auto *hits = journey.window().findChild<QAbstractItemView *>(u"replaceList"_s);
             QTRY_VERIFY(hits && hits->model()->rowCount() > 0);
         }},
        {"edit together", "Shift+Down, Ctrl+E", "batchPanel"},
        {"columns", "F4", "columnsPopup"},
        {"go to", "Ctrl+L", "goToPopup"},
        {"palette", "Ctrl+Shift+P", "paletteDialog"},
        {"recent", "Ctrl+Shift+O", "recentDialog"},
        {"filter", "Ctrl+Shift+L", "filterPopup"},
        {"quick look", "Space", "peekPopup"},
        {"details", "Alt+Return", "peekPopup"},
        {"copy as", "Ctrl+Shift+C", nullptr},
        {"key map", "Ctrl+Shift+K", "keysDialog"},
        {"help", "F1", nullptr},
        {"settings", "Ctrl+,", "preferencesDialog"},
        {"save a copy", "Ctrl+Shift+S", nullptr},
        {"save view", "", "viewsPopup", "filter.saveView"},
        {"search index", "", "searchIndexPanel", "tools.searchIndex"},
        {"order index", "", "orderIndexPanel", "tools.orderIndex",
         [](Journey &journey) {
             journey.window().findChild<QAction *>(u"view.sort.title"_s)->trigger();
             QTRY_COMPARE(journey.cell(0, u"title"_s), u"Post number 1"_s);
         }},
        {"empty trash", "", "historyPanel", "post.trash"},
        {"deleted posts", "", "historyPanel", "post.trash",
         [](Journey &journey) {
             journey.press(u"Del"_s);
             save(journey);
         }},
        {"toast", "Del, F6, F6", "toast"},
        {"recover bar", "", "recoverBar", nullptr,
         [](Journey &journey) {
             retitle(journey, u"Mine"_s);
             journey.press(u"Ctrl+Q"_s);
             QTRY_VERIFY(!journey.window().isVisible());
             journey.start();
             QTRY_VERIFY(journey.isShown(u"recoverBar"_s));
         }},
        {"spelling", "", nullptr, nullptr,
         [](Journey &journey) {
             journey.press(u"Ctrl+3"_s);
             QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
             journey.type(u"bookk "_s);
             journey.press(u"Ctrl+Home, F7"_s);
         }},
    };
    return all;
}

QString doublesIn(const QWidget &window)
{
    QStringList doubles;
    const ui::Mnemonics found = ui::mnemonicsOf(window, nullptr, ui::Seen::Now);
    for (const QKeySequence &key : found.uniqueKeys()) {
        if (found.count(key) > 1)
            doubles << key.toString(QKeySequence::PortableText) + u": "_s
                    + QStringList(found.values(key)).join(u" / "_s);
    }
    return doubles.join(u'\n');
}

QString whereIs(const QWidget *widget)
{
    if (!widget)
        return u"nowhere"_s;
    return widget->objectName() + u" ("_s + QLatin1StringView(widget->metaObject()->className())
        + u')';
}

/// Some of it can be seen; of what scrolls, some of its inside, which may cover all of it.
bool isSeen(const QWidget *widget)
{
    const auto *area = qobject_cast<const QAbstractScrollArea *>(widget);
    return widget->isVisible()
        && (!widget->visibleRegion().isEmpty()
            || (area && !area->viewport()->visibleRegion().isEmpty()));
}

} // namespace

/// Hands on the keyboard: what holds for all keys, in every state of the window.
class TestKeyboard final : public QObject
{
    Q_OBJECT

private:
    static void addPlaces()
    {
        QTest::addColumn<int>("place");
        for (int i = 0; i < places().size(); ++i)
            QTest::newRow(places().at(i).name) << i;
    }

    /// @returns the window that is then active: a dialog, or the program's
    static QWidget *goTo(Journey &journey)
    {
        const int number = *static_cast<int *>(QTest::qData("place", qMetaTypeId<int>()));
        const Place &place = places().at(number);
        const QString part = QString::fromLatin1(place.part ? place.part : "");
        if (place.before)
            place.before(journey);
        for (const QString &key :
             QString::fromLatin1(place.keys).split(u", "_s, Qt::SkipEmptyParts)) {
            // What a key waits for: an action that its row or the change before makes possible.
            if (!QTest::qWaitFor([&journey] { return journey.window().isSettled(); }))
                qFatal("the window does not settle");
            journey.press(key);
        }
        if (place.action)
            journey.window().actions().action(QLatin1StringView(place.action))->trigger();
        if (!part.isEmpty() && !QTest::qWaitFor([&] { return journey.isShown(part); }))
            qFatal("%s is not there", qPrintable(part));
        QWidget *window = &journey.window();
        for (auto *dialog : journey.window().findChildren<QDialog *>()) {
            if (dialog->isVisible())
                window = dialog;
        }
        if (!QTest::qWaitForWindowActive(window))
            qFatal("not active");
        if (!QTest::qWaitFor([window] {
                const QWidget *focus = QApplication::focusWidget();
                return QApplication::activePopupWidget() || (focus && focus->window() == window);
            }))
            qFatal("nothing has the focus");
        return window;
    }

    static void open(Journey &journey)
    {
        journey.start();
        QTRY_START_STATE(journey);
    }

private slots:
    void mnemonicsAreUniqueWhereverOneIs_data()
    {
        QTest::addColumn<int>("place");
        QTest::addColumn<QString>("language");
        for (const char *language : {"en", "de"}) {
            for (int i = 0; i < places().size(); ++i)
                QTest::addRow("%s, %s", places().at(i).name, language)
                    << i << QString::fromLatin1(language);
        }
    }

    void mnemonicsAreUniqueWhereverOneIs()
    {
        QFETCH(QString, language);
        QTranslator translator;
        QVERIFY(translator.load(u":/translations/postdesk_"_s + language));
        QCoreApplication::installTranslator(&translator);
        Journey journey;
        open(journey);
        const QWidget *window = goTo(journey);
        QCOMPARE(doublesIn(*window), QString());
        if (window != &journey.window())
            QCOMPARE(doublesIn(journey.window()), QString());
        else
            QVERIFY(ui::mnemonicsOf(*window, nullptr, ui::Seen::Now).size() >= 7); // the menus'
    }

    void tabComesBackAndIsSeen_data() { addPlaces(); }

    /// Tab and Shift+Tab never end in a widget that keeps them, and each stop is visible.
    void tabComesBackAndIsSeen()
    {
        Journey journey;
        open(journey);
        const QWidget *window = goTo(journey);
        if (QApplication::activePopupWidget())
            return; // a menu has no Tab
        constexpr int mostLinks = 40;
        QStringList there;
        for (const QString &key : {u"Tab"_s, u"Shift+Tab"_s}) {
            const QWidget *first = QApplication::focusWidget();
            QVERIFY(first);
            QStringList visited;
            bool isBack = false;
            for (int step = 0; step < 300 && !isBack; ++step) {
                const QWidget *before = QApplication::focusWidget();
                journey.press(key);
                const QWidget *now = QApplication::focusWidget();
                QVERIFY2(now, qPrintable(visited.join(u", "_s)));
                QCOMPARE(now->window(), window);
                QVERIFY2(QTest::qWaitFor([now] { return isSeen(now); }),
                         qPrintable(whereIs(now) + u" after "_s + whereIs(before)));
                visited << whereIs(now);
                // A page with links has several stops in one widget.
                isBack = now == first && (before != first || step >= mostLinks);
            }
            QVERIFY2(isBack,
                     qPrintable(key + u" from "_s + whereIs(first) + u" never comes back: "_s
                                + visited.join(u", "_s)));
            // The same stops on the way back.
            visited.sort();
            visited.removeDuplicates();
            if (there.isEmpty())
                there = visited;
            else
                QCOMPARE(visited, there);
        }
    }

    void escLeadsBackToTheList_data() { addPlaces(); }

    /// At most a few times, wherever one is, without a change and without closing the window.
    void escLeadsBackToTheList()
    {
        Journey journey;
        open(journey);
        goTo(journey);
        const QString pending = journey.pending();
        for (int step = 0; step < 4 && journey.focus() != u"postsView"_s; ++step) {
            if (QWidget *popup = QApplication::activePopupWidget())
                QTest::keyClick(popup, Qt::Key_Escape);
            else
                journey.press(u"Esc"_s);
            if (!QApplication::focusWidget()
                || QApplication::focusWidget()->window() != &journey.window())
                journey.activate();
        }
        QCOMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.pending(), pending);
        QVERIFY(journey.window().isVisible());
    }

    void paneKeysGoRound()
    {
        Journey journey;
        open(journey);
        journey.press(u"F6"_s);
        QTRY_COMPARE(journey.focus(), u"titleEdit"_s);
        journey.press(u"F6"_s);
        QCOMPARE(journey.focus(), u"searchEdit"_s);
        journey.press(u"F6"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Shift+F6, Shift+F6"_s);
        QTRY_COMPARE(journey.focus(), u"titleEdit"_s);
        journey.press(u"F9, F6"_s); // the preview is a pane of its own
        QTRY_COMPARE(journey.focus(), u"previewView"_s);
        journey.press(u"F6"_s);
        QCOMPARE(journey.focus(), u"searchEdit"_s);
        journey.press(u"F6, F9"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Esc, Del"_s); // a toast, and a review
        QTRY_VERIFY(!journey.toast().isEmpty());
        journey.press(u"F6, F6"_s);
        QCOMPARE(journey.focus(), u"toast"_s);
        journey.press(u"Esc, Ctrl+Shift+R"_s);
        QTRY_VERIFY(journey.isShown(u"reviewPanel"_s));
        const auto *panel = journey.window().findChild<QWidget *>(u"reviewPanel"_s);
        journey.press(u"Shift+F6"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"F6"_s);
        QVERIFY(panel->isAncestorOf(QApplication::focusWidget()));
    }

    void aMessageIsAPaneOfItsOwn()
    {
        Journey journey;
        open(journey);
        journey.press(u"F6, Ctrl+A"_s);
        journey.type(QString(256, u'x'));
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY(!journey.message().isEmpty());
        const auto *bar = journey.window().findChild<QWidget *>(u"messageBar"_s);
        constexpr int panes = 4; // with the search, the list and the form
        bool isReached = false;
        for (int i = 0; i < panes && !isReached; ++i) {
            journey.press(u"F6"_s);
            isReached = bar->isAncestorOf(QApplication::focusWidget());
        }
        QVERIFY(isReached);
        journey.press(u"Esc"_s);
        QTRY_COMPARE(journey.message(), QString());
    }

    /// Nobody stands before a grey command without being told why.
    void whatIsGreySaysWhy_data()
    {
        QTest::addColumn<QString>("state");
        for (const char *state : {"no database", "rows", "no rows", "nothing found", "read only",
                                  "in the search", "in the title", "in the body", "changed"})
            QTest::newRow(state) << QString::fromLatin1(state);
    }

    void whatIsGreySaysWhy()
    {
        QFETCH(QString, state);
        Journey journey(state == u"no rows"_s
                            ? TestDatabase::data(u"f500.sql"_s) + u"DELETE FROM posts;"_s
                            : TestDatabase::data(u"f500.sql"_s));
        // What each says when it can act.
        QHash<QString, QString> notes;
        journey.start();
        QTRY_VERIFY(journey.window().workspace());
        const orm::Table table = journey.window().workspace()->table();
        const ui::Actions able(table);
        for (const ui::ActionSpec &spec : ui::Actions::specs())
            notes.insert(QLatin1StringView(spec.id),
                         able.action(QLatin1StringView(spec.id))->toolTip());

        if (state == u"no database"_s)
            journey.press(u"Ctrl+W"_s);
        else if (state == u"read only"_s)
            journey.start(journey.database().file(), app::Options::Access::ReadOnly);
        QTRY_VERIFY(journey.window().isSettled());
        if (state == u"nothing found"_s) {
            journey.press(u"Ctrl+F"_s);
            journey.type(u"nowhere to be found"_s);
            QTRY_COMPARE(journey.counts(), u"0 of 500 posts"_s);
        } else if (state == u"in the search"_s) {
            journey.press(u"Ctrl+F"_s);
        } else if (state == u"in the title"_s) {
            journey.press(u"Ctrl+2"_s);
        } else if (state == u"in the body"_s) {
            journey.press(u"Ctrl+3"_s);
        } else if (state == u"changed"_s) {
            journey.press(u"Del"_s);
        }
        QTRY_VERIFY(journey.window().isSettled());

        QList<QAction *> all = journey.window().actions().sortActions();
        for (const ui::ActionSpec &spec : ui::Actions::specs())
            all << journey.window().actions().action(QLatin1StringView(spec.id));
        QStringList silent;
        for (const QAction *action : std::as_const(all)) {
            const QString reason = ui::Actions::reasonWhyNot(*action);
            const bool isReason = !reason.isEmpty() && reason != notes.value(action->objectName())
                && reason != ui::Actions::plain(action->text());
            if (!action->isEnabled() && !isReason)
                silent << action->objectName() + u": "_s + reason;
        }
        QCOMPARE(silent.join(u'\n'), QString());

        // And the palette says the same; with its line, which has the focus then, others can act.
        QHash<QString, bool> isAble;
        for (const QAction *action : std::as_const(all))
            isAble.insert(action->objectName(), action->isEnabled());
        journey.press(u"Ctrl+Shift+P"_s);
        QTRY_COMPARE(journey.focus(), u"paletteInput"_s);
        const auto *list = journey.window().findChild<QListView *>(u"paletteList"_s);
        QHash<QString, QString> said;
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            const QModelIndex index = list->model()->index(row, 0);
            said.insert(index.data().toString(),
                        index.data(ui::CommandListModel::ReasonRole).toString());
        }
        for (const QAction *action : std::as_const(all)) {
            const QString text = ui::Actions::plain(action->text());
            if (action->objectName() == u"app.escape"_s)
                continue;
            QVERIFY2(said.contains(text), qPrintable(action->objectName()));
            QVERIFY2(said.value(text).isEmpty() == isAble.value(action->objectName()),
                     qPrintable(action->objectName()));
        }
    }
};

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"

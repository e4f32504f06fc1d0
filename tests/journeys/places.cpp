// SPDX-License-Identifier: MIT
#include "tests/journeys/places.h"

#include "ui/common/messagebar.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/table/recordtableview.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace {

const auto schema
    = u"CREATE TABLE posts (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(255) NOT NULL,"
      " content TEXT NOT NULL, created_at DATETIME DEFAULT CURRENT_TIMESTAMP)"_s;

class Visit
{
public:
    Visit(const QSize &size, const Look &look)
        : m_size(size)
        , m_look(look)
    {}

    void all()
    {
        for (const auto part : {&Visit::empty, &Visit::list, &Visit::editor, &Visit::popups,
                                &Visit::panels, &Visit::changes, &Visit::conflict}) {
            if (!QTest::currentTestFailed())
                (this->*part)();
        }
    }

private:
    void start(Journey &journey, app::Options::Access access = app::Options::Access::ReadWrite)
    {
        journey.start(journey.database().file(), access);
        journey.window().resize(m_size);
        QTRY_START_STATE(journey);
    }

    /// Calls m_look when @p name shows and nothing is on its way.
    void look(Journey &journey, const QString &name, const QString &place)
    {
        if (!name.isEmpty())
            QTRY_VERIFY2(journey.isShown(name), qPrintable(place));
        QTRY_VERIFY2(journey.window().isSettled(), qPrintable(place));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QCoreApplication::processEvents();
        m_look(journey, place);
    }

    static void trigger(Journey &journey, QLatin1StringView id)
    {
        journey.window().actions().action(id)->trigger();
    }

    /// Of the panel that replaces; one that was closed may be there for a moment.
    static int hitCount(Journey &journey)
    {
        for (const auto *list :
             journey.window().findChildren<QAbstractItemView *>(u"replaceList"_s)) {
            if (list->isVisible())
                return list->model()->rowCount();
        }
        return -1;
    }

    /// By the column that is the @p number -th of the table.
    static void sort(Journey &journey, int number)
    {
        journey.window().actions().sortActions().at(number)->trigger();
    }

    void empty()
    {
        Journey journey(schema);
        journey.start(QString());
        journey.window().resize(m_size);
        look(journey, u"welcomePage"_s, u"welcome page"_s);
        journey.start();
        journey.window().resize(m_size);
        look(journey, u"postsView"_s, u"empty database"_s);
        trigger(journey, "post.trash"_L1);
        look(journey, u"historyPanel"_s, u"empty trash"_s);
        journey.press(u"Esc"_s);
        journey.press(u"Ctrl+L"_s);
        look(journey, u"goToPopup"_s, u"nowhere to go"_s);
        journey.press(u"Esc, Ctrl+1"_s);
        trigger(journey, "filter.saveView"_L1);
        look(journey, u"viewsPopup"_s, u"no views"_s);
        journey.press(u"Esc, Ctrl+1"_s);
        trigger(journey, "tools.orderIndex"_L1);
        look(journey, u"orderIndexPanel"_s, u"order of nothing"_s);
        journey.press(u"Esc, Ctrl+1"_s);
        trigger(journey, "file.review"_L1); // greyed: nothing happens
        look(journey, {}, u"nothing to review"_s);
    }

    void list()
    {
        Journey journey;
        start(journey, app::Options::Access::ReadOnly);
        look(journey, u"messageBar"_s, u"read only"_s);
        start(journey);
        look(journey, u"postsView"_s, u"list"_s);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"49"_s);
        QTRY_COMPARE(journey.view().model()->rowCount(), 15);
        look(journey, {}, u"hits"_s);
        journey.press(u"Alt+Down"_s);
        look(journey, u"operatorsMenu"_s, u"operators of a search"_s);
        journey.press(u"Esc, Ctrl+A"_s);
        journey.type(u"nowhere"_s);
        QTRY_COMPARE(journey.view().model()->rowCount(), 0);
        look(journey, {}, u"nothing found"_s);
        journey.press(u"Ctrl+A"_s);
        journey.type(u"before:never"_s);
        look(journey, u"searchProblem"_s, u"a search that is wrong"_s);
        journey.press(u"Ctrl+A"_s);
        journey.press(u"Del"_s);
        QTRY_COMPARE(journey.view().model()->rowCount(), 500);
        journey.press(u"Ctrl+1, Shift+Down, Del"_s);
        look(journey, u"toast"_s, u"toast"_s);
    }

    void editor()
    {
        Journey journey;
        start(journey);
        journey.press(u"Ctrl+2, End"_s);
        journey.type(QString(250, u'x'));
        journey.press(u"Ctrl+S"_s);
        look(journey, u"fieldProblem"_s, u"problem under a field"_s);
        journey.press(u"Ctrl+3, Ctrl+H"_s);
        journey.type(u"paragraph"_s);
        look(journey, u"findBar"_s, u"find bar"_s);
        journey.press(u"Ctrl+A"_s);
        journey.type(u"nowhere"_s);
        look(journey, u"findBar"_s, u"not in this text"_s);
        journey.press(u"Esc, F9"_s);
        look(journey, u"previewView"_s, u"preview"_s);
        journey.press(u"Ctrl+3, Ctrl+A, Del"_s);
        look(journey, u"previewView"_s, u"empty preview"_s);
        journey.press(u"Ctrl+Z, F9"_s);
        trigger(journey, "view.focusMode"_L1);
        look(journey, u"bodyEdit"_s, u"writing focus"_s);
        journey.press(u"Esc, Esc"_s);
        journey.window().setWindowState(Qt::WindowNoState);
        journey.window().resize(m_size);
        trigger(journey, "view.layout"_L1);
        look(journey, {}, u"the other layout"_s);
    }

    void popups()
    {
        Journey journey;
        start(journey);
        const std::pair<const char *, const char *> keys[] = {
            {"F4", "columnsPopup"},
            {"Ctrl+L", "goToPopup"},
            {"Space", "peekPopup"},
            {"Alt+Return", "peekPopup"},
            {"Ctrl+,", "preferencesDialog"},
            {"Ctrl+Shift+O", "recentDialog"},
            {"Ctrl+Shift+P", "paletteDialog"},
            {"Ctrl+Shift+L", "filterPopup"},
            {"Ctrl+Shift+K", "keysDialog"},
            {"F1", "helpDialog"},
        };
        for (const auto &[key, popup] : keys) {
            const QString name = QString::fromLatin1(popup);
            journey.press(QString::fromLatin1(key));
            look(journey, name,
                 name + (qstrcmp(key, "Alt+Return") == 0 ? u" details"_s : QString()));
            QWidget *focus = QApplication::focusWidget();
            QTest::keyClick(focus ? focus : &journey.window(), Qt::Key_Escape);
            QTRY_VERIFY2(!journey.isShown(name), popup);
            journey.activate();
            journey.press(u"Ctrl+1"_s);
        }
        journey.press(u"Ctrl+Shift+P"_s);
        journey.type(u"xqz"_s);
        look(journey, u"paletteNothing"_s, u"no command"_s);
        journey.press(u"Esc, Ctrl+1"_s);
        trigger(journey, "filter.saveView"_L1);
        QTRY_VERIFY(journey.isShown(u"viewsPopup"_s));
        journey.type(u"Mine"_s);
        journey.press(u"Return"_s);
        trigger(journey, "filter.saveView"_L1);
        look(journey, u"viewsPopup"_s, u"views"_s);
        journey.press(u"Esc, Ctrl+1, F2"_s);
        journey.type(u"In the list"_s);
        look(journey, {}, u"cell editor"_s);
        journey.press(u"Esc"_s);
        for (const auto &[id, name] : {std::pair("edit.copyAs"_L1, u"copyAsMenu"_s),
                                       std::pair("tools.spellLanguage"_L1, u"languageMenu"_s)}) {
            trigger(journey, id);
            look(journey, name, name);
            journey.press(u"Esc"_s);
        }
    }

    void panels()
    {
        Journey journey;
        start(journey);
        trigger(journey, "tools.searchIndex"_L1);
        look(journey, u"searchIndexPanel"_s, u"search index"_s);
        journey.press(u"Esc, Ctrl+1"_s);
        sort(journey, 1);
        QTRY_VERIFY(journey.window().isSettled());
        trigger(journey, "tools.orderIndex"_L1);
        look(journey, u"orderIndexPanel"_s, u"order index"_s);
        journey.press(u"Esc, Ctrl+1, Alt+0, Ctrl+1, Shift+Down, Ctrl+E"_s);
        look(journey, u"batchPanel"_s, u"batch"_s);
        journey.press(u"Esc, Ctrl+1, Ctrl+Shift+H"_s);
        QTRY_VERIFY(journey.isShown(u"replacePanel"_s));
        journey.type(u"paragraph"_s);
        journey.press(u"Tab"_s);
        journey.type(u"section"_s);
        journey.press(u"Return"_s);
        QTRY_VERIFY(hitCount(journey) > 0);
        look(journey, {}, u"replace"_s);
        journey.press(u"Esc, Ctrl+1, Ctrl+Shift+H"_s);
        journey.press(u"Ctrl+A"_s);
        journey.type(u"nowhere"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(hitCount(journey), 0);
        look(journey, u"replacePanel"_s, u"nothing to replace"_s);
        journey.press(u"Esc, Ctrl+1, F12"_s);
        look(journey, u"historyPanel"_s, u"empty history"_s);
        journey.press(u"Esc, Ctrl+1, F2"_s);
        journey.type(u"Another"_s);
        journey.press(u"Return, Ctrl+S"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"F12"_s);
        look(journey, u"historyPanel"_s, u"history"_s);
        journey.press(u"Esc, Ctrl+1, Del, Ctrl+S"_s);
        QTRY_VERIFY(journey.view().model()->rowCount() < 500);
        trigger(journey, "post.trash"_L1);
        look(journey, u"historyPanel"_s, u"trash"_s);
    }

    void changes()
    {
        Journey journey;
        start(journey);
        journey.press(u"F2"_s);
        journey.type(u"Changed"_s);
        journey.press(u"Return, Down, Del, Ctrl+N"_s);
        journey.type(u"New"_s);
        journey.press(u"Ctrl+1, Ctrl+Shift+R"_s);
        look(journey, u"reviewPanel"_s, u"review"_s);
        journey.press(u"Esc"_s);
        journey.stop();
        journey.start(); // what was typed comes back
        journey.window().resize(m_size);
        look(journey, u"postsView"_s, u"pending rows"_s);
    }

    void conflict()
    {
        Journey journey;
        start(journey);
        journey.press(u"F2"_s);
        journey.type(u"Mine"_s);
        journey.press(u"Return"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QTRY_COMPARE(OtherProgram(journey.database())
                         .run(u"UPDATE posts SET title = 'Theirs' WHERE id = 500"_s),
                     0); // it waits for nobody, and the window may just be looking
        journey.press(u"Ctrl+S"_s);
        look(journey, u"conflictPanel"_s, u"conflict"_s);
    }

    QSize m_size;
    const Look &m_look;
};

} // namespace

void visitAllPlaces(const QSize &size, const Look &look)
{
    Visit(size, look).all();
}

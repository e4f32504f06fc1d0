// SPDX-License-Identifier: MIT
#include "ui/mainwindow/recentcontroller.h"

#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/windowstate.h"
#include "ui/palette/commandpalette.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// "~/blog" for /home/ann/blog
QString homely(const QString &path)
{
    const QString home = QDir::homePath();
    return path == home || path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

} // namespace

RecentController::RecentController(const Actions &actions, WindowState &state, QWidget *area,
                                   Open open)
    : QObject(area)
    , m_state(state)
    , m_open(std::move(open))
    , m_list(new CommandPalette(area,
                                {.name = u"recent"_s,
                                 .title = tr("Databases"),
                                 .hint = tr("A few letters of a database that was open before"),
                                 .nothing = tr("No database that was open before is called so. "
                                               "Ctrl+O opens any other.")}))
{
    connect(actions.action("file.recent"_L1), &QAction::triggered, this, &RecentController::open);
}

void RecentController::add(const orm::DatabaseUrl &url, const QString &name)
{
    // A URL's text never has its password.
    m_state.addRecentDatabase({url.isSqlite() ? url.database : url.toString(), name});
}

void RecentController::open()
{
    if (m_list->isOpen()) {
        m_list->close(); // the same key again
        return;
    }
    QList<Command> commands;
    for (const WindowState::Database &database : m_state.recentDatabases()) {
        const bool isFile = !database.url.contains(u"://"_s);
        const QString place
            = isFile ? homely(QFileInfo(database.url).absolutePath()) : database.url;
        //: A database and the folder or server it is in: "blog.db in ~/sites"
        commands << Command{.id = database.url,
                            .text = tr("%1 in %2").arg(database.name, place),
                            .keys = {},
                            .reasonWhyNot = {},
                            .run = [this, url = database.url] { m_open(url); }};
    }
    m_list->open(commands, {});
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/mainwindow/opencontroller.h"

#include "core/mapping/metadata.h"
#include "ui/common/counting.h"
#include "ui/common/messagebar.h"
#include "ui/common/toast.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Makes the table; a file that was not there or empty is ours, and gets the journal mode in which
/// readers and writers don't wait for each other. That of somebody else's database stays.
std::function<void(orm::Session &)> makeTable(const orm::Table &table)
{
    return [table](orm::Session &session) {
        orm::Connection &connection = session.connection();
        if (connection.sqlite() && orm::tableNames(connection).isEmpty())
            connection.scalar(u"PRAGMA journal_mode = WAL"_s);
        orm::MetaData meta;
        meta.add(table);
        meta.createAll(connection);
    };
}

constexpr qsizetype maxOffered = 4; ///< databases of a folder that get a button

/// Those of the usual names that really are databases, the last changed first.
QStringList databasesIn(const QString &folder)
{
    QStringList files;
    const QFileInfoList entries
        = QDir(folder).entryInfoList({u"*.db"_s, u"*.sqlite"_s, u"*.sqlite3"_s, u"*.db3"_s},
                                     QDir::Files | QDir::Readable, QDir::Time);
    for (const QFileInfo &entry : entries) {
        QFile file(entry.absoluteFilePath());
        if (file.open(QIODevice::ReadOnly) && file.read(16) == QByteArray("SQLite format 3\0", 16))
            files << file.fileName();
    }
    return files;
}

} // namespace

OpenController::OpenController(const orm::Table &table, const QString &journals,
                               MessageBar &messageBar, Toast &toast, QWidget *window, Guard guard,
                               DatabaseOpener::OnOpened onOpened)
    : QObject(window)
    , m_table(table)
    , m_messageBar(messageBar)
    , m_toast(toast)
    , m_window(window)
    , m_guard(std::move(guard))
    , m_onOpened(std::move(onOpened))
    , m_opener(
          table, journals,
          [this](std::unique_ptr<Workspace> workspace) { this->onOpened(std::move(workspace)); },
          [this](const OpenRefusal &refusal) { onRefused(refusal); })
    , m_instances(table, journals)
{
    connect(&m_instances, &InstanceGuard::raiseRequested, this, &OpenController::raiseRequested);
    connect(&m_opener, &DatabaseOpener::progressChanged, this, &OpenController::progressChanged);
}

void OpenController::setKnownName(const orm::DatabaseUrl &url, const QString &name)
{
    m_names.insert(url.toString(), name);
}

void OpenController::setSortOf(std::function<QStringList(const orm::DatabaseUrl &)> sortOf)
{
    m_sortOf = std::move(sortOf);
}

void OpenController::setHeadStart(std::unique_ptr<DatabaseLook> look)
{
    m_opener.setHeadStart(std::move(look));
}

void OpenController::open(const QString &text, Workspace::Access access, InstanceGuard::Wish wish)
{
    const std::optional<orm::DatabaseUrl> url = DatabaseOpener::urlOf(text);
    if (!url) {
        complain(tr("“%1” names no database. It can be a file, such as blog.db, or a URL, such as "
                    "sqlite:///blog.db.")
                     .arg(text));
        return;
    }
    if (!url->isSqlite()) {
        complain(tr("Databases of the kind “%1” can't be opened yet, only SQLite files can.")
                     .arg(url->scheme));
        return;
    }
    const OpenRequest request{.url = *url, .name = {}, .access = access, .wish = wish};
    if (QFileInfo(url->database).isDir())
        openFolder(request);
    else
        open(request);
}

void OpenController::open(OpenRequest request)
{
    if (request.name.isEmpty())
        request.name = m_names.value(request.url.toString());
    if (m_sortOf)
        request.sort = m_sortOf(request.url);
    const auto open = [this, request](bool isElsewhere) {
        emit othersAsked(isElsewhere);
        if (!isElsewhere) {
            m_guard([this, request] { m_opener.open(request); });
            return;
        }
        m_opener.setHeadStart({});
        m_toast.show(
            tr("%1 is open in another window, which is in front now.")
                .arg(request.name.isEmpty() ? DatabaseOpener::nameOf(request.url) : request.name));
        emit refused();
    };
    // Any number of windows may read.
    if (request.access == Workspace::Access::ReadOnly)
        open(false);
    else
        m_instances.askOther(request.url, request.wish, open);
}

void OpenController::openLocked(Workspace &workspace)
{
    m_isLockedOut = true;
    open({.url = workspace.url(), .name = workspace.name(), .access = Workspace::Access::ReadOnly});
}

void OpenController::serve(Workspace *workspace)
{
    if (workspace)
        m_instances.serve(workspace->url());
    else
        m_instances.stop();
}

// --------------------------------------------------------------------------------- choosing files

void OpenController::chooseDatabase(const QString &folder)
{
    choose(Choose::Existing, folder);
}

void OpenController::chooseNewDatabase()
{
    if (!m_table.isMapped()) {
        complain(tr("A new database can't be made for the table %1. Start Postdesk without --table "
                    "to make one.")
                     .arg(m_table.name));
        return;
    }
    choose(Choose::New, {});
}

void OpenController::choose(Choose what, const QString &folder)
{
    if (m_dialog)
        m_dialog->close();
    m_dialog = new QFileDialog(m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->setObjectName(u"fileDialog"_s);
    // Any file: what can't be opened is said in the window, not in a box over the box.
    m_dialog->setFileMode(QFileDialog::AnyFile);
    m_dialog->setOption(QFileDialog::DontConfirmOverwrite); // nothing is ever overwritten
    m_dialog->setNameFilters(
        {tr("SQLite databases (*.db *.sqlite *.sqlite3 *.db3)"), tr("All files (*)")});
    const QString home = QStandardPaths::writableLocation(QStandardPaths::HomeLocation);
    m_dialog->setDirectory(!folder.isEmpty() ? folder : m_folder.isEmpty() ? home : m_folder);
    if (what == Choose::Existing) {
        m_dialog->setWindowTitle(tr("Open database"));
        m_dialog->setAcceptMode(QFileDialog::AcceptOpen);
    } else {
        m_dialog->setWindowTitle(tr("New database"));
        m_dialog->setAcceptMode(QFileDialog::AcceptSave);
        m_dialog->setDefaultSuffix(u"db"_s);
        m_dialog->setLabelText(QFileDialog::Accept, tr("Create"));
    }
    connect(m_dialog, &QFileDialog::fileSelected, this, [this, what](const QString &file) {
        m_folder = QFileInfo(file).absolutePath();
        if (what == Choose::New)
            create(file);
        else
            open(file, Workspace::Access::ReadWrite);
    });
    m_dialog->open();
}

/// Few databases are buttons, the last used first; more are for the file chooser.
void OpenController::openFolder(const OpenRequest &request)
{
    const QString folder = request.url.database;
    const QStringList files = databasesIn(folder);
    const auto openFile = [this, request](const QString &file) {
        OpenRequest inside = request;
        inside.url.database = file;
        inside.name.clear();
        open(inside);
    };
    if (files.size() == 1) {
        openFile(files.first());
        return;
    }
    QList<MessageBar::Choice> choices;
    for (const QString &file : files.first(std::min(files.size(), maxOffered))) {
        QString name = QFileInfo(file).fileName();
        choices.append({name.replace(u'&', u"&&"_s), [openFile, file] { openFile(file); }});
    }
    choices.append({files.isEmpty() ? tr("Open a database…") : tr("Another…"),
                    [this, folder] { chooseDatabase(folder); }});
    const QString name = QDir(folder).dirName();
    m_messageBar.show(MessageBar::Tone::Question,
                      files.isEmpty()
                          ? tr("%1 is a folder, and there is no database in it.").arg(name)
                          : tr("%1 is a folder with %2 databases. Which one is to be opened?")
                                .arg(name)
                                .arg(files.size()),
                      choices, MessageBar::Focus::FirstButton);
    emit refused();
}

void OpenController::create(const QString &file)
{
    const QFileInfo there(file);
    if (there.exists() && there.size() > 0) {
        m_messageBar.show(
            MessageBar::Tone::Question,
            tr("There is a file %1 already, and it stays as it is. Press Enter to "
               "open it.")
                .arg(there.fileName()),
            {{tr("Open it"), [this, file] { open(file, Workspace::Access::ReadWrite); }},
             {tr("Choose another name"), [this] { chooseNewDatabase(); }}},
            MessageBar::Focus::FirstButton);
        return;
    }
    open({.url = orm::DatabaseUrl::sqlite(there.absoluteFilePath()),
          .name = {},
          .access = Workspace::Access::ReadWrite,
          .prepare = makeTable(m_table)});
}

// ----------------------------------------------------------------------------------- what came out

void OpenController::onOpened(std::unique_ptr<Workspace> workspace)
{
    if (m_messageBar.isOpen())
        m_messageBar.close();
    if (workspace->url().isSqlite())
        m_folder = QFileInfo(workspace->url().database).absolutePath();
    const OpenRequest again{.url = workspace->url(), .name = workspace->name()};
    m_onOpened(std::move(workspace));
    if (std::exchange(m_isLockedOut, false))
        m_messageBar.show(
            MessageBar::Tone::Information,
            tr("%1 is open in another window, which does not answer, so here it can only be read.")
                .arg(again.name),
            {{tr("&Try again"), [this, again] { open(again); }}});
}

void OpenController::onRefused(const OpenRefusal &refusal)
{
    m_isLockedOut = false;
    using Reason = OpenRefusal::Reason;
    switch (refusal.reason) {
    case Reason::NoFile:
        if (refusal.request.prepare) {
            complain(refusal.text);
            break;
        }
        [[fallthrough]];
    case Reason::EmptyFile:
    case Reason::NoTable:
        offerTable(refusal);
        break;
    case Reason::IsFolder:
        openFolder(refusal.request);
        break;
    case Reason::Cancelled:
        m_toast.show(refusal.text);
        break;
    case Reason::NoFolder:
    case Reason::NoPermission:
    case Reason::Failed:
        complain(refusal.text);
        break;
    }
    emit refused();
}

void OpenController::offerTable(const OpenRefusal &refusal)
{
    if (!m_table.isMapped()) { // as a copy of what was shown it would lack its checks and triggers
        complain(tr("%1 has no table named %2.").arg(refusal.request.name, m_table.name));
        return;
    }
    if (refusal.request.access == Workspace::Access::ReadOnly) {
        complain(tr("%1 has no table named %2, and it can only be read.")
                     .arg(refusal.request.name, m_table.name));
        return;
    }
    OpenRequest request = refusal.request;
    request.prepare = makeTable(m_table);
    const QString text = refusal.reason == OpenRefusal::Reason::NoFile
        ? tr("Create it")
        : tr("Create the %1 table").arg(m_table.name);
    m_messageBar.show(MessageBar::Tone::Question, refusal.text,
                      {{text, [this, request] { open(request); }}}, MessageBar::Focus::FirstButton);
}

void OpenController::complain(const QString &text)
{
    m_messageBar.show(MessageBar::Tone::Problem, text,
                      {{tr("Open another…"), [this] { chooseDatabase(); }}});
}

} // namespace ui

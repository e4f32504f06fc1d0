// SPDX-License-Identifier: MIT
#include "ui/mainwindow/databaseopener.h"

#include "core/session/deliver.h"
#include "ui/common/errortext.h"

#include <QFile>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace ui {

orm::ConnectionOptions DatabaseOpener::connectionOptions(Workspace::Access access)
{
    orm::ConnectionOptions options;
    options.access = access == Workspace::Access::ReadOnly
        ? orm::ConnectionOptions::Access::ReadOnly
        : orm::ConnectionOptions::Access::ReadWrite;
    options.create = orm::ConnectionOptions::Create::Never;
    options.busyTimeout = std::chrono::hours(24 * 7);
    return options;
}

std::optional<orm::DatabaseUrl> DatabaseOpener::urlOf(const QString &text)
{
    std::optional<orm::DatabaseUrl> url;
    if (text.startsWith(u"file:"_s)) {
        const QString file = QUrl(text, QUrl::TolerantMode).toLocalFile();
        if (!file.isEmpty())
            url = orm::DatabaseUrl::sqlite(file);
    } else if (text.contains(u"://"_s)) {
        url = orm::DatabaseUrl::parse(text);
    } else {
        url = orm::DatabaseUrl::sqlite(text);
    }
    if (!url || url->isMemory())
        return {};
    // Said once, here: the worker's idea of the current folder doesn't count.
    if (url->isSqlite())
        url->database = QFileInfo(url->database).absoluteFilePath();
    return url;
}

QString DatabaseOpener::nameOf(const orm::DatabaseUrl &url)
{
    if (url.isSqlite() && !url.isMemory())
        return QFileInfo(url.database).fileName();
    return url.database.isEmpty() ? url.toString() : url.database;
}

DatabaseOpener::DatabaseOpener(const orm::Table &table, const QString &journals, OnOpened onOpened,
                               OnRefused onRefused, QObject *parent)
    : QObject(parent)
    , m_table(table)
    , m_journals(journals)
    , m_onOpened(std::move(onOpened))
    , m_onRefused(std::move(onRefused))
{}

DatabaseOpener::~DatabaseOpener() = default;

void DatabaseOpener::open(const OpenRequest &request)
{
    takeLook().reset();
    m_request = request;
    if (m_request.name.isEmpty())
        m_request.name = nameOf(request.url);

    m_look = std::exchange(m_headStart, nullptr);
    const bool isWanted = m_look && !request.prepare && m_look->request().url == request.url
        && m_look->request().access == request.access;
    if (!isWanted)
        m_look = std::make_unique<DatabaseLook>(m_table, m_request);
    connect(&m_look->worker(), &orm::DatabaseThread::waiting, this, [this] {
        if (!std::exchange(m_isWaiting, true))
            emit progressChanged();
    });
    connect(&m_look->worker(), &orm::DatabaseThread::waitingEnded, this, [this] {
        if (std::exchange(m_isWaiting, false))
            emit progressChanged();
    });
    // Answers to a look that was given up meanwhile are nobody's.
    DatabaseLook *asked = m_look.get();
    orm::deliver(
        asked->found(), this,
        [this, asked](const DatabaseLook::Found &found) {
            if (asked == m_look.get())
                finish(found);
        },
        [this, asked](const orm::Error &error) {
            if (asked == m_look.get())
                fail(error);
        });
    emit progressChanged();
}

void DatabaseOpener::cancel()
{
    if (m_look)
        refuse(OpenRefusal::Reason::Cancelled, tr("Opening %1 was cancelled.").arg(m_request.name));
}

void DatabaseOpener::finish(const DatabaseLook::Found &look)
{
    using Reason = OpenRefusal::Reason;
    const QString &name = m_request.name;
    if (!look.live.exists) {
        if (look.isReadOnly)
            m_request.access = Workspace::Access::ReadOnly; // the table can't be made there
        if (look.hasOtherTables)
            refuse(Reason::NoTable,
                   tr("%1 has no table named %2. Press Enter to create it; nothing else in it is "
                      "touched.")
                       .arg(name, m_table.name));
        else
            refuse(Reason::EmptyFile,
                   tr("%1 is empty. Press Enter to create the %2 table in it.")
                       .arg(name, m_table.name));
        return;
    }
    if (look.live.table.primaryKey().isEmpty()) {
        refuse(Reason::Failed,
               tr("The table %1 in %2 has no key, so its rows can't be told apart. Choose another "
                  "file with Ctrl+O.")
                   .arg(m_table.name, name));
        return;
    }
    // A journal is written beside a SQLite file, so its folder counts, too.
    const orm::DatabaseUrl &url = m_request.url;
    const bool isLocked = look.isReadOnly
        || (url.isSqlite() && !url.isMemory()
            && !QFileInfo(QFileInfo(url.database).absolutePath()).isWritable());
    const auto access
        = m_request.access == Workspace::Access::ReadOnly || isLocked || !look.live.hasUniqueKey
        ? Workspace::Access::ReadOnly
        : Workspace::Access::ReadWrite;
    auto worker = takeLook()->takeWorker();
    worker->disconnect(this);
    emit progressChanged();
    m_onOpened(std::make_unique<Workspace>(std::move(worker), look.live, name, access, m_journals,
                                           look.dataVersion, look.firstRows));
}

void DatabaseOpener::fail(const orm::Error &error)
{
    using Reason = OpenRefusal::Reason;
    const QString &name = m_request.name;
    const orm::DatabaseUrl &url = m_request.url;
    const auto *operational = dynamic_cast<const orm::OperationalError *>(&error);
    const bool isUnopened
        = operational && operational->reason() == orm::OperationalError::Reason::CannotOpen;
    if (isUnopened && url.isSqlite() && !url.isMemory()) {
        const QFileInfo file(url.database);
        const QFileInfo folder(file.absolutePath());
        if (file.isDir())
            return refuse(Reason::IsFolder,
                          tr("%1 is a folder. Choose a database in it.").arg(name));
        if (!folder.exists())
            return refuse(Reason::NoFolder,
                          tr("%1 can't be opened: there is no folder %2. Choose another file.")
                              .arg(name, folder.filePath()));
        if (!folder.isExecutable())
            return refuse(Reason::NoPermission,
                          tr("%1 can't be opened: you may not enter the folder %2.")
                              .arg(name, folder.filePath()));
        if (!file.exists())
            return refuse(Reason::NoFile,
                          m_request.prepare
                              ? tr("%1 can't be made: you may not write to the folder %2. "
                                   "Choose another one.")
                                    .arg(name, folder.filePath())
                              : tr("There is no %1 yet. Press Enter to create it.").arg(name));
        // Tried, not asked: what QFileInfo says is about the user who started the program.
        if (QFile probe(url.database); !probe.open(QIODevice::ReadOnly))
            return refuse(Reason::NoPermission,
                          tr("%1 can't be opened: you may not read it. Ask its owner, or change "
                             "the file's permissions.")
                              .arg(name));
    }
    refuse(error.kind() == orm::Error::Kind::Cancelled ? Reason::Cancelled : Reason::Failed,
           errorText(error, name));
}

void DatabaseOpener::refuse(OpenRefusal::Reason reason, const QString &text)
{
    takeLook().reset();
    emit progressChanged();
    m_onRefused({.request = m_request, .reason = reason, .text = text});
}

std::unique_ptr<DatabaseLook> DatabaseOpener::takeLook()
{
    m_isWaiting = false;
    return std::move(m_look);
}

} // namespace ui

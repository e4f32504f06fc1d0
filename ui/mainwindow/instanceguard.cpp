// SPDX-License-Identifier: MIT
#include "ui/mainwindow/instanceguard.h"

#include "core/engine/databaseurl.h"
#include "ui/changes/journal.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr char raise[] = "raise";
constexpr char raised[] = "raised";
constexpr char newRecord[] = "new"; ///< the third word, after the token, which may be empty
/// How the desktop knows that it was the user who asked for a window, so that it lets it to the front.
constexpr char activationToken[] = "XDG_ACTIVATION_TOKEN";

} // namespace

InstanceGuard::InstanceGuard(const orm::Table &table, const QString &journals, QObject *parent)
    : QObject(parent)
    , m_table(table)
    , m_journals(journals)
{}

/// The journal's lock files are what two windows would share, so the sockets are named after them.
QStringList InstanceGuard::socketsOf(const orm::DatabaseUrl &url) const
{
    const QFileInfo folder(m_journals);
    const QString data = QFileInfo(folder.absolutePath()).canonicalFilePath();
    const JournalPlace place = Journal::place(data + u'/' + folder.fileName(), url, m_table);
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    QStringList names;
    for (const QString &lock : {place.lockFile(), place.databaseLockFile()}) {
        if (lock.isEmpty())
            continue;
        const QByteArray hash = QCryptographicHash::hash(lock.toUtf8(), QCryptographicHash::Sha256);
        const QString name = u"postdesk-"_s + QString::fromLatin1(hash.toHex().first(16));
        names << (runtime.isEmpty() ? name : QDir(runtime).filePath(name));
    }
    return names;
}

void InstanceGuard::serve(const orm::DatabaseUrl &url)
{
    stop();
    if (m_journals.isEmpty())
        return;
    m_served = socketsOf(url);
    for (const QString &name : std::as_const(m_served)) {
        auto *server = new QLocalServer(this);
        m_servers.append(server);
        server->setSocketOptions(QLocalServer::UserAccessOption);
        connect(server, &QLocalServer::newConnection, this,
                [this, server] { onConnection(server); });
        // In place of a socket that one who was killed has left. Where it can't listen, another start
        // finds the journal locked.
        server->listen(name);
    }
}

void InstanceGuard::stop()
{
    qDeleteAll(std::exchange(m_servers, {}));
    m_served.clear();
}

void InstanceGuard::onConnection(QLocalServer *server)
{
    while (QLocalSocket *socket = server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (!socket->canReadLine())
                return;
            const QList<QByteArray> words = socket->readLine(1024).chopped(1).split(' ');
            if (words.first() != raise)
                return;
            if (words.size() > 1)
                qputenv(activationToken, words.at(1));
            emit raiseRequested(words.value(2) == newRecord ? Wish::NewRecord : Wish::Nothing);
            socket->write(QByteArray(raised) + '\n');
            socket->flush();
        });
    }
}

void InstanceGuard::askOther(const orm::DatabaseUrl &url, Wish wish,
                             const std::function<void(bool isRaised)> &then)
{
    delete m_socket.data();
    QStringList names = m_journals.isEmpty() ? QStringList() : socketsOf(url);
    names.removeIf([this](const QString &name) { return m_served.contains(name); });
    ask(names, wish, then);
}

/// One after the other, as a name is nobody's, or that of a window.
void InstanceGuard::ask(QStringList names, Wish wish,
                        const std::function<void(bool isRaised)> &then)
{
    if (names.isEmpty()) {
        then(false);
        return;
    }
    const QString name = names.takeFirst();
    auto *socket = new QLocalSocket(this);
    m_socket = socket;
    const auto answer = [this, socket, names, wish, then](bool isRaised) {
        if (m_socket != socket)
            return; // it has answered already
        m_socket.clear();
        socket->disconnect(this);
        socket->deleteLater();
        if (isRaised)
            then(true);
        else
            ask(names, wish, then);
    };
    connect(socket, &QLocalSocket::connected, this, [socket, wish] {
        QByteArray line = QByteArray(raise) + ' ' + qgetenv(activationToken);
        if (wish == Wish::NewRecord)
            line += QByteArray(" ") + newRecord;
        socket->write(line + '\n');
    });
    connect(socket, &QLocalSocket::readyRead, this, [socket, answer] {
        if (socket->canReadLine())
            answer(socket->readLine(1024).trimmed() == raised);
    });
    connect(socket, &QLocalSocket::errorOccurred, this, [answer] { answer(false); });
    connect(socket, &QLocalSocket::disconnected, this, [answer] { answer(false); });
    QTimer::singleShot(patience, socket, [answer] { answer(false); });
    socket->connectToServer(name);
}

} // namespace ui

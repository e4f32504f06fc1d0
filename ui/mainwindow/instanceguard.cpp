// SPDX-License-Identifier: MIT
#include "ui/mainwindow/instanceguard.h"

#include "core/engine/databaseurl.h"
#include "core/schema/table.h"
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

InstanceGuard::InstanceGuard(const QString &journals, QObject *parent)
    : QObject(parent)
    , m_journals(journals)
{}

/// The journal's lock file is what two windows would share, so the socket is named after it.
QString InstanceGuard::socketOf(const orm::DatabaseUrl &url) const
{
    const QFileInfo folder(m_journals);
    const QString data = QFileInfo(folder.absolutePath()).canonicalFilePath();
    const QString lock
        = Journal::place(data + u'/' + folder.fileName(), url, orm::Table()).lockFile();
    const QByteArray hash = QCryptographicHash::hash(lock.toUtf8(), QCryptographicHash::Sha256);
    const QString name = u"postdesk-"_s + QString::fromLatin1(hash.toHex().first(16));
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return runtime.isEmpty() ? name : QDir(runtime).filePath(name);
}

void InstanceGuard::serve(const orm::DatabaseUrl &url)
{
    stop();
    if (m_journals.isEmpty())
        return;
    m_served = socketOf(url);
    m_server = new QLocalServer(this);
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server, &QLocalServer::newConnection, this, &InstanceGuard::onConnection);
    // In place of a socket that one who was killed has left. Where it can't listen, another start finds
    // the journal locked.
    m_server->listen(m_served);
}

void InstanceGuard::stop()
{
    delete std::exchange(m_server, nullptr);
    m_served.clear();
}

void InstanceGuard::onConnection()
{
    while (QLocalSocket *socket = m_server->nextPendingConnection()) {
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
    const QString name = m_journals.isEmpty() ? QString() : socketOf(url);
    if (name.isEmpty() || name == m_served) {
        then(false);
        return;
    }
    auto *socket = new QLocalSocket(this);
    m_socket = socket;
    const auto answer = [this, socket, then](bool isRaised) {
        if (m_socket != socket)
            return; // it has answered already
        m_socket.clear();
        socket->disconnect(this);
        socket->deleteLater();
        then(isRaised);
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

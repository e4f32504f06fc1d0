// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <chrono>
#include <functional>

class QLocalServer;

namespace orm {
struct DatabaseUrl;
}

namespace ui {

/// Keeps to one window per table of a database: the window that has one open answers on a local socket, and comes
/// to the front when another start wants the same database, by whatever path.
///
/// It only knows of windows that keep their journals in the same folder. That a window can't write into
/// another one's journal is up to the journal's lock; this is how one gets to that window.
class InstanceGuard final : public QObject
{
    Q_OBJECT

public:
    /// What another start wants of the window besides that it comes to the front.
    enum class Wish { Nothing, NewRecord };

    /// How long a window may take to answer before it counts as one that doesn't.
    static constexpr std::chrono::milliseconds patience{2000};

    /// @param table the one that this window shows of any database
    /// @param journals the folder of the journals; empty: there are no others
    InstanceGuard(const orm::Table &table, const QString &journals, QObject *parent = nullptr);

    /// Answers for the database at @p url from now on, and for no other. To call while its journal is
    /// locked, as it takes the place of whoever was killed while answering.
    void serve(const orm::DatabaseUrl &url);
    void stop();

    /// Asks the window that has the database at @p url open to come to the front and do @p wish, and
    /// runs @p then: at once where there is none, or with whether it did. A question that is still
    /// open is given up.
    void askOther(const orm::DatabaseUrl &url, Wish wish,
                  const std::function<void(bool isRaised)> &then);
    bool isAsking() const { return m_socket != nullptr; }

signals:
    /// Another start wants what this window has open.
    void raiseRequested(Wish wish);

private:
    QStringList socketsOf(const orm::DatabaseUrl &url) const;
    void ask(QStringList names, Wish wish, const std::function<void(bool isRaised)> &then);
    void onConnection(QLocalServer *server);

    const orm::Table m_table;
    QString m_journals;
    QList<QLocalServer *> m_servers;
    QStringList m_served; ///< their sockets
    QPointer<QObject> m_socket; ///< of a question that is still open
};

} // namespace ui

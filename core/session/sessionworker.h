// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/databasethread.h"
#include "core/session/session.h"

namespace orm {

/// The one thread that has a Session: saves, imports, and what asks for data_version.
///
/// Its saves are durable (synchronous=FULL, the connection's default). The Session is made by the
/// first task and dies in the thread; what it has not committed is then rolled back. To cancel a
/// save call interrupt() and not QFuture::cancel(): only so one learns whether it was too late.
class SessionWorker final : public DatabaseThread
{
    Q_OBJECT

public:
    /// So long after a write others are let alone.
    static constexpr std::chrono::milliseconds quiet{200};
    static constexpr std::chrono::seconds longestWait{4};

    explicit SessionWorker(const DatabaseUrl &url, const ConnectionOptions &options = {},
                           QObject *parent = nullptr);

    /// Runs @p task, `Result task(orm::Session &)`, in the thread after those that wait already.
    template<typename Task>
    auto run(Task task) -> QFuture<std::invoke_result_t<Task &, Session &>>
    {
        return DatabaseThread::run([holder = m_holder, task = std::move(task)](
                                       Connection &) mutable { return task(*holder->session); });
    }
    /// What orm::dataVersion() says of the Session's connection, so that own saves never count.
    /// Nothing if another program has the database locked just now: it is not waited for; nor while one
    /// writes that this question could be in the way of, for longestWait at most. @see isBeingWritten()
    QFuture<std::optional<qint64>> dataVersion();

private:
    /// Filled, used and emptied in the thread.
    struct Holder
    {
        Session *session = nullptr;
        std::optional<std::chrono::steady_clock::time_point> writingSince; ///< as dataVersion() saw
    };

    explicit SessionWorker(const DatabaseUrl &url, const ConnectionOptions &options,
                           const std::shared_ptr<Holder> &holder, QObject *parent);
    static Opener opener(const std::shared_ptr<Holder> &holder);

    std::shared_ptr<Holder> m_holder;
};

} // namespace orm

// SPDX-License-Identifier: MIT
#include "core/session/sessionworker.h"

#include "core/engine/dataversion.h"

using namespace Qt::StringLiterals;

namespace orm {

SessionWorker::SessionWorker(const DatabaseUrl &url, const ConnectionOptions &options,
                             QObject *parent)
    : SessionWorker(url, options, std::make_shared<Holder>(), parent)
{}

SessionWorker::SessionWorker(const DatabaseUrl &url, const ConnectionOptions &options,
                             const std::shared_ptr<Holder> &holder, QObject *parent)
    : DatabaseThread(u"SessionWorker"_s, url, options, opener(holder), parent)
    , m_holder(holder)
{}

QFuture<std::optional<qint64>> SessionWorker::dataVersion()
{
    return DatabaseThread::run([this, holder = m_holder](Connection &connection) {
        using Clock = std::chrono::steady_clock;
        std::optional<qint64> version;
        if (isBeingWritten(connection, quiet)) {
            if (!holder->writingSince)
                holder->writingSince = Clock::now();
            if (Clock::now() - *holder->writingSince < longestWait)
                return version;
        }
        holder->writingSince.reset();
        runWithoutWaiting([&] { version = orm::dataVersion(connection); });
        return version;
    });
}

DatabaseThread::Opener SessionWorker::opener(const std::shared_ptr<Holder> &holder)
{
    return [holder](const Engine &engine) {
        auto session = std::make_shared<Session>(engine);
        Connection &connection = session->connection();
        holder->session = session.get();
        // the thread keeps the connection, and with it the Session that owns it
        return std::shared_ptr<Connection>(std::move(session), &connection);
    };
}

} // namespace orm

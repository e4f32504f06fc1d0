// SPDX-License-Identifier: MIT
#include "core/session/databasethread.h"

#include "core/engine/dataversion.h"
#include "core/error.h"
#include "core/logging.h"

#include <QScopeGuard>
#include <QThread>

#include <sqlite3.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace orm {

namespace {

constexpr int stepsPerProgress = 1000; // some 20 µs: seldom enough to cost nothing

/// A statement that a task has left open would keep its read lock, and other programs from
/// writing, until somebody runs it again.
void resetOpenStatements(Connection &connection)
{
    sqlite3 *handle = connection.sqlite();
    if (!handle || connection.inTransaction())
        return;
    for (sqlite3_stmt *statement = sqlite3_next_stmt(handle, nullptr); statement;
         statement = sqlite3_next_stmt(handle, statement)) {
        if (sqlite3_stmt_busy(statement))
            sqlite3_reset(statement);
    }
}

} // namespace

DatabaseThread::DatabaseThread(const QString &name, const DatabaseUrl &url,
                               const ConnectionOptions &options, Opener opener, QObject *parent)
    : QObject(parent)
    , m_name(name)
    , m_url(url)
    , m_options(options)
    , m_opener(std::move(opener))
    , m_thread(QThread::create([this] { loop(); }))
    , m_optimisticReader([this] { return connectHelper(ConnectionOptions::Access::Unlocked); },
                         [this](std::chrono::microseconds time) { pause(time); })
{
    setObjectName(name);
    m_thread->setObjectName(name);
    m_thread->start();
}

DatabaseThread::~DatabaseThread()
{
    stop();
}

void DatabaseThread::stop()
{
    std::deque<std::unique_ptr<Job>> dropped;
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
        interruptCurrent();
        dropped.swap(m_queue);
    }
    m_wake.notify_all();
    m_thread->wait();
    // the promises of the dropped jobs cancel their futures as they die
}

QFuture<void> DatabaseThread::open()
{
    return run([](Connection &) {});
}

void DatabaseThread::append(std::unique_ptr<Job> job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isStopping)
            return; // the job dies, and its future is cancelled
        m_queue.push_back(std::move(job));
    }
    m_wake.notify_all();
}

void DatabaseThread::interrupt()
{
    {
        const std::lock_guard lock(m_mutex);
        interruptCurrent();
    }
    m_wake.notify_all();
}

bool DatabaseThread::interrupt(const QFutureInterfaceBase &future)
{
    std::unique_ptr<Job> dropped;
    {
        const std::lock_guard lock(m_mutex);
        if (m_current && m_current->future() == future) {
            interruptCurrent();
            m_wake.notify_all();
            return true;
        }
        for (auto job = m_queue.begin(); job != m_queue.end(); ++job) {
            if ((*job)->future() == future) {
                dropped = std::move(*job);
                m_queue.erase(job);
                break;
            }
        }
    }
    if (!dropped)
        return false;
    dropped->fail(std::make_exception_ptr(CancelledError()));
    dropped->finish();
    return true;
}

void DatabaseThread::interruptCurrent()
{
    // The job bears the mark, and its own statements ask for it: so it cannot hit the next one, as
    // the flag that sqlite3_interrupt() sets could.
    if (!m_current)
        return;
    m_current->isInterrupted = true;
    if (m_interruptible)
        m_interruptible->interrupt();
}

bool DatabaseThread::isStopRequested() const
{
    return m_isStopping || (m_current && (m_current->isInterrupted || m_current->isCanceled()));
}

void DatabaseThread::checkStop() const
{
    if (isStopRequested())
        throw CancelledError();
}

void DatabaseThread::pause(std::chrono::microseconds time)
{
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, time, [this] { return isStopRequested(); });
    }
    checkStop();
}

bool DatabaseThread::runWithin(Budget budget, const std::function<void()> &work)
{
    m_isBudgetSpent = false;
    m_budget = budget;
    m_budgetEnd = std::chrono::steady_clock::now() + budget.time;
    const auto end = qScopeGuard([this] { m_budget.reset(); });
    try {
        work();
    } catch (const OperationalError &error) {
        if (m_isBudgetSpent && error.reason() == OperationalError::Reason::Interrupted)
            return false;
        throw;
    }
    return true;
}

bool DatabaseThread::runWithoutWaiting(const std::function<void()> &work)
{
    m_isImpatient = true;
    const auto end = qScopeGuard([this] { m_isImpatient = false; });
    try {
        work();
    } catch (const OperationalError &error) {
        if (error.reason() == OperationalError::Reason::Busy)
            return false;
        throw;
    }
    return true;
}

void DatabaseThread::loop()
{
    while (true) {
        std::unique_ptr<Job> job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_isStopping || !m_queue.empty(); });
            if (m_isStopping)
                break;
            job = std::move(m_queue.front());
            m_queue.pop_front();
            if (job->isCanceled())
                continue; // the dying promise ends its future
            m_current = job.get();
        }
        runJob(*job);
        {
            const std::lock_guard lock(m_mutex);
            m_current = nullptr;
        }
        endWaiting();
        job->finish();
    }
    close();
}

void DatabaseThread::runJob(Job &job)
{
    m_thousandSteps = 0;
    try {
        try {
            job.run(connection());
        } catch (const OperationalError &error) {
            const bool isGivenUp = error.reason() == OperationalError::Reason::Interrupted
                || error.reason() == OperationalError::Reason::Busy;
            if (isGivenUp && isStopRequested())
                throw CancelledError();
            throw;
        } catch (const Error &) {
            throw;
        } catch (const std::exception &error) { // out of memory, mostly: the GUI knows only Error
            qCWarning(lcSql) << "a task failed:" << error.what();
            throw OperationalError(OperationalError::Reason::Other,
                                   QString::fromUtf8(error.what()));
        }
    } catch (...) {
        job.fail(std::current_exception());
    }
    if (m_connection)
        resetOpenStatements(*m_connection);
}

Connection &DatabaseThread::connection()
{
    if (m_connection)
        return *m_connection;
    ConnectionOptions options = m_options;
    options.onBusy = [this](std::chrono::milliseconds waited) { return onBusy(waited); };
    const Engine engine = Engine::create(m_url, options);
    m_connection = m_opener ? m_opener(engine) : engine.connect();
    if (sqlite3 *handle = m_connection->sqlite()) {
        sqlite3_progress_handler(handle, stepsPerProgress, onProgress, this);
    } else {
        const std::lock_guard lock(m_mutex);
        m_interruptible = m_connection.get();
    }
    return *m_connection;
}

std::shared_ptr<Connection> DatabaseThread::connectHelper(ConnectionOptions::Access access)
{
    ConnectionOptions options = m_options;
    options.access = access;
    options.create = ConnectionOptions::Create::Never;
    options.onBusy = [this](std::chrono::milliseconds waited) {
        return !isStopRequested() && (!m_options.onBusy || m_options.onBusy(waited));
    };
    const bool isOwn = QThread::currentThread() == m_thread.get();
    try {
        std::shared_ptr<Connection> made = Engine::create(m_url, options).connect();
        if (sqlite3 *handle = made->sqlite())
            sqlite3_progress_handler(handle, stepsPerProgress,
                                     isOwn ? onProgress : onHelperProgress, this);
        if (isOwn)
            made->setTrace([this](const QString &sql) { m_connection->trace(sql); });
        return made;
    } catch (const Error &error) {
        qCInfo(lcSql) << "without a helper:" << error.message();
        return {};
    }
}

int DatabaseThread::onHelperProgress(void *self)
{
    return static_cast<const DatabaseThread *>(self)->isStopRequested() ? 1 : 0;
}

void DatabaseThread::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_interruptible = nullptr;
    }
    if (m_connection && m_connection->sqlite())
        sqlite3_progress_handler(m_connection->sqlite(), 0, nullptr, nullptr); // let it roll back
    m_optimisticReader.close();
    m_connection.reset();
}

bool DatabaseThread::onBusy(std::chrono::milliseconds waited)
{
    if (m_isImpatient || isStopRequested() || (m_options.onBusy && !m_options.onBusy(waited)))
        return false;
    if (waited < m_lastWaiting)
        m_lastWaiting = 0ms; // another wait
    if (waited >= quietWait && (!m_isWaiting || waited - m_lastWaiting >= waitingInterval)) {
        m_isWaiting = true;
        m_lastWaiting = waited;
        emit waiting(waited);
    }
    return true;
}

void DatabaseThread::endWaiting()
{
    if (!std::exchange(m_isWaiting, false))
        return;
    m_lastWaiting = 0ms;
    emit waitingEnded();
}

int DatabaseThread::onProgress(void *data)
{
    auto *self = static_cast<DatabaseThread *>(data);
    self->m_thousandSteps.fetch_add(stepsPerProgress / 1000, std::memory_order_relaxed);
    self->endWaiting(); // a statement that runs waits no more
    if (self->isStopRequested())
        return 1;
    if (self->m_budget) {
        --self->m_budget->thousandSteps;
        self->m_isBudgetSpent = self->m_budget->thousandSteps < 0
            || std::chrono::steady_clock::now() >= self->m_budgetEnd;
        return self->m_isBudgetSpent ? 1 : 0;
    }
    return 0;
}

} // namespace orm

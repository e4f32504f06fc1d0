// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/engine.h"
#include "core/session/optimisticreader.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <type_traits>
#include <variant>

class QThread;

namespace orm {

/// A thread with one connection, and tasks that it runs one after the other: the base of
/// SessionWorker, PageReader and OrderReader. Its QThread bears the name that it is given.
///
/// The connection is opened by the first task, in the thread, and closed there when this object
/// dies: what runs then is interrupted, what waits is dropped and its future cancelled. A database
/// that could not be opened fails the task that wanted it and is tried again by the next one.
///
/// A task that throws fails its future with what it threw. A future that is cancelled before its
/// task began is skipped; cancelled while it runs, the task is interrupted and its answer is lost.
/// Whoever must know whether it was too late, as for a save, calls interrupt() instead: then the
/// future has either the task's result or CancelledError, which means that nothing was done.
class DatabaseThread : public QObject
{
    Q_OBJECT

public:
    /// Makes the connection, in the thread. The default is Engine::connect().
    using Opener = std::function<std::shared_ptr<Connection>(const Engine &engine)>;

    /// Before this time a wait for a lock is not worth a word; then waiting() comes so often.
    static constexpr std::chrono::milliseconds quietWait{300};
    static constexpr std::chrono::milliseconds waitingInterval{250};

    DatabaseThread(const QString &name, const DatabaseUrl &url,
                   const ConnectionOptions &options = {}, Opener opener = {},
                   QObject *parent = nullptr);
    ~DatabaseThread() override;

    const DatabaseUrl &url() const { return m_url; }

    /// Runs @p task, `Result task(Connection &)`, in the thread after those that wait already.
    template<typename Task>
    auto run(Task task) -> QFuture<std::invoke_result_t<Task &, Connection &>>
    {
        return enqueue(std::make_unique<SingleJob<Task>>(std::move(task)));
    }
    /// Runs @p task, `void task(Connection &, QPromise<Result> &)`, which adds many results.
    template<typename Result, typename Task>
    QFuture<Result> runStream(Task task)
    {
        return enqueue(std::make_unique<StreamJob<Result, Task>>(std::move(task)));
    }
    /// Opens the connection; fails with why it can't be opened.
    QFuture<void> open();

    /// How much the statements of the running task have done, in thousand steps of SQLite's virtual
    /// machine. From any thread.
    qint64 thousandSteps() const { return m_thousandSteps; }

    /// Interrupts the running task, also where it waits for a lock; does nothing if none runs.
    /// A task that begins later is never touched. From any thread.
    void interrupt();
    /// Interrupts exactly the task of @p future, or takes it out of the queue; it then fails with
    /// CancelledError. From any thread. @returns false if it was over already
    template<typename Result>
    bool interrupt(const QFuture<Result> &future)
    {
        return interrupt(QFutureInterfaceBase::get(future));
    }

signals:
    /// The running task has waited so long for another program's lock; comes again while it waits.
    void waiting(std::chrono::milliseconds waited);
    /// After waiting(): the lock was got, or the wait was given up.
    void waitingEnded();

protected:
    /// How much work a statement may do before it is given up.
    struct Budget
    {
        int thousandSteps = 0; ///< of SQLite's virtual machine
        std::chrono::milliseconds time{0};
    };

    /// Ends the thread. Derived classes whose tasks use their members call it in their destructor.
    void stop();

    // For tasks, in the thread:
    /// Whether the running task was interrupted or cancelled, or the thread is to end.
    bool isStopRequested() const;
    /// @throws CancelledError isStopRequested()
    void checkStop() const;
    /// Lets other programs write for a while. @throws CancelledError
    void pause(std::chrono::microseconds time);
    /// Another connection, for this thread or one that helps the running task and makes it: its statements
    /// stop with the task. Null if the database can't be opened once more. From any thread.
    std::shared_ptr<Connection> connectHelper(ConnectionOptions::Access access);
    std::shared_ptr<Connection> connectHelper() { return connectHelper(m_options.access); }
    /// For readings that keep nobody from writing.
    OptimisticReader &optimisticReader() { return m_optimisticReader; }
    /// Runs @p work, whose statements are interrupted when @p budget is spent; without limit where
    /// the database is no SQLite. @returns false if it was, and the work is then half done
    bool runWithin(Budget budget, const std::function<void()> &work);
    /// Runs @p work, which gives up at once where it would wait for another program's lock: nobody
    /// asked for it. SQLite only. @returns false if it did
    bool runWithoutWaiting(const std::function<void()> &work);

private:
    /// A task with its promise; the queue knows nothing of its types.
    class Job
    {
    public:
        Job() = default;
        virtual ~Job() = default;
        Q_DISABLE_COPY_MOVE(Job)

        virtual QFutureInterfaceBase future() const = 0;
        virtual bool isCanceled() const = 0;
        virtual void run(Connection &connection) = 0;
        virtual void fail(const std::exception_ptr &error) = 0;
        /// Hands the result over. Not before the thread has let go of the job: whoever waited for
        /// the future may then interrupt() or end the thread.
        virtual void finish() = 0;

        std::atomic_bool isInterrupted = false;
    };

    template<typename ResultType>
    class JobOf : public Job
    {
    public:
        using Result = ResultType;

        JobOf() { promise.start(); }
        QFutureInterfaceBase future() const override
        {
            return QFutureInterfaceBase::get(promise.future());
        }
        bool isCanceled() const override { return promise.isCanceled(); }
        void fail(const std::exception_ptr &error) override { promise.setException(error); }
        void finish() override { promise.finish(); }

        QPromise<Result> promise;
    };

    template<typename Task>
    class SingleJob final : public JobOf<std::invoke_result_t<Task &, Connection &>>
    {
    public:
        using Result = std::invoke_result_t<Task &, Connection &>;

        explicit SingleJob(Task task)
            : m_task(std::move(task))
        {}
        void run(Connection &connection) override
        {
            if constexpr (std::is_void_v<Result>)
                m_task(connection);
            else
                m_result.emplace(m_task(connection));
        }
        void finish() override
        {
            if constexpr (!std::is_void_v<Result>) {
                if (m_result)
                    this->promise.addResult(std::move(*m_result));
            }
            this->promise.finish();
        }

    private:
        using Stored = std::conditional_t<std::is_void_v<Result>, std::monostate, Result>;

        Task m_task;
        std::optional<Stored> m_result;
    };

    template<typename Result, typename Task>
    class StreamJob final : public JobOf<Result>
    {
    public:
        explicit StreamJob(Task task)
            : m_task(std::move(task))
        {}
        void run(Connection &connection) override { m_task(connection, this->promise); }

    private:
        Task m_task;
    };

    template<typename ConcreteJob>
    auto enqueue(std::unique_ptr<ConcreteJob> job)
    {
        auto future = job->promise.future();
        append(std::move(job));
        return future;
    }
    void append(std::unique_ptr<Job> job);
    bool interrupt(const QFutureInterfaceBase &future);
    void interruptCurrent(); // with the mutex held

    // In the thread
    void loop();
    void runJob(Job &job);
    Connection &connection();
    void close();
    bool onBusy(std::chrono::milliseconds waited);
    void endWaiting();
    static int onProgress(void *self);
    static int onHelperProgress(void *self);

    const QString m_name;
    const DatabaseUrl m_url;
    const ConnectionOptions m_options;
    const Opener m_opener;

    std::unique_ptr<QThread> m_thread;
    mutable std::mutex m_mutex; ///< guards the queue, and who is current
    std::condition_variable m_wake;
    std::deque<std::unique_ptr<Job>> m_queue;
    Job *m_current = nullptr; ///< read without the mutex by its own thread alone
    Connection *m_interruptible = nullptr; ///< set where there is no progress handler
    std::atomic_bool m_isStopping = false;
    std::atomic<qint64> m_thousandSteps = 0;

    // Of the thread alone
    std::shared_ptr<Connection> m_connection;
    OptimisticReader m_optimisticReader;
    std::chrono::milliseconds m_lastWaiting{0};
    bool m_isWaiting = false;
    std::optional<Budget> m_budget;
    std::chrono::steady_clock::time_point m_budgetEnd;
    bool m_isBudgetSpent = false;
    bool m_isImpatient = false; ///< within runWithoutWaiting()
};

} // namespace orm

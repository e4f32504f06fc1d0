// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/engine.h"
#include "core/session/bulk.h"
#include "core/session/changeset.h"
#include "core/session/identitymap.h"
#include "core/session/load.h"
#include "core/session/merge.h"
#include "core/session/ref.h"
#include "core/session/rowtuple.h"
#include "core/session/savepoint.h"
#include "core/session/transactionlog.h"

#include <functional>
#include <optional>
#include <vector>

namespace orm {

class GraphFlush;
class NoAutoflush;
class StatementPlans;
class UnitOfWork;
template<typename T>
class Query;

/// What a flush compares before it changes or deletes a row that somebody else may have changed.
enum class StaleCheck {
    /// The version column, where the table has one, and that the row is still there.
    VersionColumn,
    /// Without a version column: also that the columns to be changed (of a delete: all) are as they
    /// were loaded. Costs a SELECT by key for each such row, in the transaction.
    OldValues,
};

/// Whether a relationship may be read for one object alone, when it is first asked for.
enum class LazyLoads {
    Allow,
    Refuse, ///< InvalidRequestError: finds the loop that would send a statement for each object
};

/// How a Session behaves; SQLAlchemy's defaults.
struct SessionOptions
{
    bool autoflush = true; ///< queries flush pending changes first
    bool expireOnCommit = true; ///< objects are read again after a commit
    StaleCheck staleCheck = StaleCheck::VersionColumn;
    LazyLoads lazyLoads = LazyLoads::Allow;
};

/// A conversation with one database: an identity map, a unit of work and a transaction that begins
/// by itself. Lives and is used in one thread. Left without commit(), it rolls back.
///
/// Where it differs from SQLAlchemy: assigning an equal value does not make an object dirty; values
/// that can't be written are refused before any SQL, and such a flush needs no rollback(); a new
/// object whose INSERT was undone loses the key that the database had given it; one unique value may
/// move between rows in one flush; begin() gives a scope; a stored value that a member can't hold
/// makes that one object unreadable (DataError on access), not the query that came across it.
/// @see SQLAlchemy, orm.Session
class Session
{
public:
    using Hook = std::function<void(Session &)>;

    explicit Session(const Engine &engine, const SessionOptions &options = {});
    ~Session();
    Q_DISABLE_COPY_MOVE(Session)

    /// The connection, opened by the first call. @throws OperationalError it can't be opened
    Connection &connection();

    // Objects

    /// Puts an object into the session; commit() inserts it. Adding twice is adding once.
    /// @throws InvalidRequestError it belongs to another session, was deleted, or another object
    /// with its key is here
    template<typename T>
    Ref<T> add(T value)
    {
        return add(make<T>(std::move(value)));
    }
    template<typename T>
    Ref<T> add(const Ref<T> &ref)
    {
        addInstance(ref.instance());
        return ref;
    }
    template<typename T>
    QList<Ref<T>> addAll(std::vector<T> values)
    {
        QList<Ref<T>> refs;
        refs.reserve(static_cast<qsizetype>(values.size()));
        const Mapper &mapper = Mapper::of<T>();
        for (T &value : values) {
            InstancePointer state(new Instance<T>(mapper, std::move(value)));
            addInstance(*state);
            refs.append(Ref<T>(std::move(state)));
        }
        return refs;
    }
    template<typename T>
    void addAll(const QList<Ref<T>> &refs)
    {
        for (const Ref<T> &ref : refs)
            add(ref);
    }
    /// Marks a persistent object for deletion. @throws InvalidRequestError it is not persisted
    void remove(const AnyRef &ref) { removeInstance(ref.instance()); }
    /// The object with this key: from the identity map without SQL, else from the database; null
    /// if there is none. One argument for each column of the key, in the order of the mapping.
    template<typename T, typename... Parts>
    requires(!std::same_as<Parts, Key> && ...) Ref<T> get(const Parts &...key)
    {
        return get<T>(detail::makeKey<T>(key...));
    }
    /// @throws InvalidRequestError the key has another number of columns
    template<typename T>
    Ref<T> get(const Key &key, Load load = Load::KeepLoaded)
    {
        return Ref<T>(getInstance(Mapper::of<T>(), key, load));
    }
    /// Of any mapper: get(Mapper::of(table), Key::integer(7)).
    AnyRef get(const Mapper &mapper, const Key &key, Load load = Load::KeepLoaded)
    {
        return AnyRef(getInstance(mapper, key, load));
    }
    /// @throws NoResultFound there is none
    template<typename T, typename... Parts>
    Ref<T> getOne(const Parts &...key)
    {
        Ref<T> ref = get<T>(key...);
        if (!ref)
            throw NoResultFound(QStringLiteral("No row was found for the key"));
        return ref;
    }
    /// Objects from SQL as it stands, which must return the mapped columns by their names.
    template<typename T>
    QList<Ref<T>> fromSql(const QString &sql, const QList<StoredValue> &values = {})
    {
        return Query<T>(*this).fromSql(sql, values).all();
    }
    template<typename T>
    Query<T> query()
    {
        return Query<T>(*this);
    }
    /// Of any mapper; its conditions are made at run time: Expression::column(u"title"_s) …
    Query<AnyObject> query(const Mapper &mapper);
    /// The object of this session with the key of @p ref, with its values: of a detached object all
    /// of them, of a transient one those that are set (an empty optional is not). Without such a
    /// row a new one. @p ref itself does not come into the session.
    /// @throws StaleDataError @p ref's version is not the row's
    template<typename T>
    Ref<T> merge(const Ref<T> &ref)
    {
        return Ref<T>(detail::merge(*this, ref.instance()));
    }
    template<typename T>
    Ref<T> merge(T value)
    {
        return merge(make<T>(std::move(value)));
    }
    /// INSERT … ON CONFLICT: if a row has the same values in the @p conflict columns already (none
    /// named: the primary key), its other columns get those that are set. At once, not by a flush.
    /// @see SQLAlchemy, Insert.on_conflict_do_update
    template<auto... conflict, typename T>
    Ref<T> upsert(const T &value)
    {
        const Mapper &mapper = Mapper::of<T>();
        return Ref<T>(detail::upsert(*this, mapper, &value,
                                     {mapper.columnOf(detail::memberTag<conflict>)...}));
    }

    bool contains(const AnyRef &ref) const { return containsInstance(ref.instance()); }
    /// Whether a flush would write the object's values.
    bool isModified(const AnyRef &ref) const { return isModifiedInstance(ref.instance()); }
    /// Forgets loaded values: the next access reads them again. Unflushed changes are lost.
    /// @throws InvalidRequestError the object is not persistent in this session
    void expire(const AnyRef &ref) { expireInstance(ref.instance()); }
    void expireAll();
    /// expire() and read at once. @throws InvalidRequestError as expire(), or the row is gone
    void refresh(const AnyRef &ref) { refreshInstance(ref.instance()); }
    /// Takes an object out of the session; it keeps its values.
    void expunge(const AnyRef &ref) { expungeInstance(ref.instance()); }
    void expungeAll();
    /// Makes an object one that never had a row: it keeps its values, and add() will insert it.
    static void makeTransient(const AnyRef &ref) { makeTransientInstance(ref.instance()); }

    /// Added, not flushed; in the order of add(). Of AnyObject: those of all classes, here and below.
    template<typename T>
    QList<Ref<T>> newObjects() const
    {
        checkThread();
        return refsOf<T>(m_new);
    }
    /// Changed, not flushed.
    template<typename T>
    QList<Ref<T>> dirtyObjects() const
    {
        checkThread();
        QList<Ref<T>> refs = refsOf<T>(m_touched);
        refs.removeIf([this](const Ref<T> &ref) { return !isModified(ref); });
        return refs;
    }
    /// Marked by remove(), not flushed.
    template<typename T>
    QList<Ref<T>> deletedObjects() const
    {
        checkThread();
        return refsOf<T>(m_deleted);
    }
    qsizetype newCount() const
    {
        checkThread();
        return static_cast<qsizetype>(m_new.size());
    }
    qsizetype identityCount() const
    {
        checkThread();
        return m_identityMap.size();
    }

    // SQL as it stands. Values are bound to its `?`, never pasted: bound(7, u"x"_s)

    /// Writes, in the session's transaction. Loaded objects know nothing of it. @returns rows written
    qint64 execute(const QString &sql, const QList<StoredValue> &values = {});
    /// Reads rows as tuples: session.rows<qint64, QString>(u"SELECT id, name FROM …"_s)
    template<typename... Values>
    QList<std::tuple<Values...>> rows(const QString &sql, const QList<StoredValue> &values = {})
    {
        QList<std::tuple<Values...>> all;
        readRows({sql, values}, sizeof...(Values), [&all](const PreparedStatement &row) {
            all.append(detail::readTuple<Values...>(row));
        });
        return all;
    }
    /// The one value of the one row; nothing if there is no row, or NULL.
    /// @throws MultipleResultsFound
    template<typename Value>
    std::optional<Value> scalar(const QString &sql, const QList<StoredValue> &values = {})
    {
        const auto all = rows<std::optional<Value>>(sql, values);
        if (all.size() > 1)
            detail::throwMultiple();
        return all.isEmpty() ? std::nullopt : std::get<0>(all.first());
    }

    // Transactions

    /// Begins a transaction for a scope; it begins by itself otherwise. On SQLite BEGIN is sent by
    /// the first write, and then as BEGIN IMMEDIATE; reading sends none.
    /// @throws InvalidRequestError one is begun already
    [[nodiscard]] SessionTransaction begin();
    /// Writes what is pending.
    /// @throws DataError, IntegrityError a value can't be written: refused before any SQL, nothing
    /// has happened; or OperationalError::Busy because another program writes: try again
    /// @throws IntegrityError, StaleDataError, OperationalError from the database: everything since
    /// begin, or since the innermost savepoint, was rolled back, and rollback() must be called
    /// before going on
    void flush();
    /// flush() and COMMIT.
    /// @throws OperationalError::Busy other programs read: nothing is lost, commit() again or roll
    /// back; else as flush()
    void commit();
    /// Gives up what is uncommitted: new objects leave the session, deleted ones come back, and
    /// all read their stored values again.
    void rollback();
    bool inTransaction() const
    {
        checkThread();
        return m_isBegun;
    }
    bool inNestedTransaction() const
    {
        checkThread();
        return m_log.depth() > 1;
    }
    /// A savepoint; rolls back to it when left without commit(). Flushes first.
    [[nodiscard]] Savepoint beginNested();
    /// Until the end of its scope, queries don't flush.
    [[nodiscard]] NoAutoflush noAutoflush();

    /// Writes edits that are values, not objects, in one short transaction of their own: checks
    /// inside it that nobody else changed what they are based on, then sends the least SQL.
    /// @returns all committed, or the problems and nothing written
    /// @throws OperationalError nothing was written, except when the answer to COMMIT was lost
    /// @throws InvalidRequestError a transaction is begun or objects are pending
    CommitResult apply(const ChangeSet &changes, const BeforeCommit &beforeCommit = {});

    // Hooks, called in the order they were added. One that throws fails what it is called by. In
    // those of a flush, flush(), commit() and rollback() are refused, and queries don't flush.

    void onBeforeFlush(Hook hook) { addHook(m_beforeFlush, std::move(hook)); }
    void onAfterFlush(Hook hook) { addHook(m_afterFlush, std::move(hook)); }
    /// After the flush and before COMMIT; what it changes is flushed, too.
    void onBeforeCommit(Hook hook) { addHook(m_beforeCommit, std::move(hook)); }
    void onAfterCommit(Hook hook) { addHook(m_afterCommit, std::move(hook)); }
    void onAfterRollback(Hook hook) { addHook(m_afterRollback, std::move(hook)); }

    // For Ref, Query and the unit of work

    void addInstance(InstanceState &state);
    void removeInstance(InstanceState &state);
    InstancePointer getInstance(const Mapper &mapper, const Key &key, Load load);
    bool containsInstance(const InstanceState &state) const;
    bool isModifiedInstance(const InstanceState &state) const;
    void expireInstance(InstanceState &state);
    void refreshInstance(InstanceState &state);
    void expungeInstance(InstanceState &state);
    void expungeAlone(InstanceState &state);
    static void makeTransientInstance(InstanceState &state);
    /// The object of the row that @p statement stands on. If a value can't be held by its member, the
    /// object stays expired and tells so on each access.
    InstancePointer load(const Mapper &mapper, const PreparedStatement &statement,
                         Load load = Load::KeepLoaded, RowPart part = {});
    /// The object in the identity map, or null.
    InstanceState *findLoaded(const Mapper &mapper, const Key &key) const
    {
        return m_identityMap.find(mapper, key);
    }
    const SessionOptions &options() const { return m_options; }
    quint32 epoch() const { return m_epoch; } ///< of expireAll()
    /// add() without what the object is linked to.
    void addAlone(InstanceState &state);
    /// A relationship of the object was changed: the next flush looks at it.
    void noteRelinked(InstanceState &state);
    /// Reads the values again. @returns false if the row is gone
    bool reload(InstanceState &state);
    bool isExpired(const InstanceState &state) const { return state.epoch != m_epoch; }
    void touch(InstanceState &state);
    /// Called when the last Ref of a clean object goes.
    /// @returns false if the session keeps it, as a spare, or because this is not the session's thread
    bool evict(InstanceState &state);
    /// How many objects whose last Ref has gone are kept to be used again: allocating an object and
    /// its texts costs as much as reading it. Nobody can tell the difference.
    void setMostSpares(size_t most);
    /// flush() if autoflush is on; begins the transaction. Before each query.
    void aboutToRead();
    /// The same before SQL that writes, with BEGIN.
    void aboutToWrite();
    /// After an error of such SQL: whether the database has ended the transaction by itself.
    void noteFailedWrite();
    /// A statement beside the flush has changed or deleted this row.
    void rowWasChanged(const Mapper &mapper, const Key &key);
    void rowWasDeleted(const Mapper &mapper, const Key &key);
    bool knows(const Mapper &mapper) const { return m_identityMap.contains(mapper); }
    /// The statement with its values bound, to be stepped.
    [[nodiscard]] StatementLease run(const CompiledStatement &compiled);
    void readRows(const CompiledStatement &statement, size_t columns,
                  const std::function<void(const PreparedStatement &)> &row);
    void checkThread() const;

private:
    friend class GraphFlush;
    friend class NoAutoflush;
    friend class Savepoint;
    friend class SessionTransaction;
    friend class UnitOfWork;

    template<typename T>
    static QList<Ref<T>> refsOf(const std::vector<InstancePointer> &states)
    {
        QList<Ref<T>> refs;
        for (const InstancePointer &state : states) {
            bool isWanted = true;
            if constexpr (!std::same_as<T, AnyObject>)
                isWanted = &state->mapper() == &Mapper::of<T>();
            if (isWanted)
                refs.append(Ref<T>(state));
        }
        return refs;
    }

    void checkActive() const;
    void addHook(std::vector<Hook> &hooks, Hook hook) const
    {
        checkThread();
        hooks.push_back(std::move(hook));
    }
    /// expungeAll() of a session that may be dying in another thread.
    void detachAll();
    InstancePointer newInstance(const Mapper &mapper);
    void checkNotBusy(const char *what) const;
    /// BEGIN, before the first write.
    void beginWriting();
    void flushAll();
    void fail() noexcept;
    void runHooks(const std::vector<Hook> &hooks);
    void releaseSavepoint(quint32 number);
    void rollbackSavepoint(quint32 number);
    void undoObjects(size_t frame);
    std::vector<InstancePointer> insertedSince(quint32 number) const;
    void endTransaction();
    void enter(InstanceState &state);
    void leave(InstanceState &state, ObjectState as);
    void discardChanges(InstanceState &state);
    bool hasPending() const
    {
        return !m_new.empty() || !m_touched.empty() || !m_deleted.empty() || !m_relinked.empty();
    }

    Engine m_engine;
    SessionOptions m_options;
    std::shared_ptr<Connection> m_connection;
    std::unique_ptr<StatementPlans> m_plans; ///< with the connection
    std::unique_ptr<UnitOfWork> m_unitOfWork;
    Qt::HANDLE m_thread;
    IdentityMap m_identityMap;
    std::vector<std::unique_ptr<InstanceState>> m_spares;
    size_t m_mostSpares = 1;
    std::vector<InstancePointer> m_new; ///< in the order of add()
    std::vector<InstancePointer> m_touched; ///< with a snapshot
    std::vector<InstancePointer> m_deleted; ///< marked, in the order of remove()
    std::vector<InstancePointer> m_relinked; ///< with a changed relationship; none of m_new
    TransactionLog m_log;
    quint32 m_epoch = 1;
    quint32 m_transactionNumber = 0;
    int m_noAutoflush = 0;
    bool m_isBegun = false;
    bool m_needsRollback = false; ///< a flush failed, and what is in the database is taken back
    bool m_isFlushing = false;
    bool m_isCommitting = false;
    std::vector<Hook> m_beforeFlush;
    std::vector<Hook> m_afterFlush;
    std::vector<Hook> m_beforeCommit;
    std::vector<Hook> m_afterCommit;
    std::vector<Hook> m_afterRollback;
};

/// For its scope, queries of the session don't flush. @see Session::noAutoflush
class NoAutoflush
{
public:
    explicit NoAutoflush(Session &session)
        : m_session(session)
    {
        m_session.checkThread();
        ++m_session.m_noAutoflush;
    }
    ~NoAutoflush() { --m_session.m_noAutoflush; }
    Q_DISABLE_COPY_MOVE(NoAutoflush)

private:
    Session &m_session;
};

} // namespace orm

#include "core/session/query.h"

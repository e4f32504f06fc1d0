// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/flushplan.h"
#include "core/session/graphflush.h"
#include "core/session/statementplans.h"

#include <optional>

namespace orm {

class Session;
class StatementPlans;

/// One flush: looks at everything before any SQL, then writes it by a FlushPlan, then lets the
/// objects follow.
/// @see Fowler, Patterns of Enterprise Application Architecture: Unit of Work
class UnitOfWork
{
public:
    explicit UnitOfWork(Session &session);

    /// Finds what is to be written and checks it. Nothing is sent and no object is changed.
    /// @returns false if there is nothing
    /// @throws DataError, IntegrityError it can't be written
    bool prepare();
    /// Sends it. After an error the objects are as they were, but for generated values in new and
    /// changed ones, which rollback() takes back.
    void write();

private:
    void validate(const FlushPlan::TableWork &work) const;
    void insertInTurn(InstanceState &state);
    void insert(InstanceState &state);
    static void readReturned(const StatementPlans::Insert &plan, const PreparedStatement &row,
                             InstanceState &state);
    void update(const FlushPlan::TableWork &work, size_t count);
    void update(const FlushPlan::Change &change);
    void removeAll();
    void remove(InstanceState &state);
    /// Sees to it that the row is as it was loaded, where the session is to check that by values.
    void checkUnchanged(InstanceState &state, quint64 columns);
    [[noreturn]] void throwStale(InstanceState &state, const QString &message);
    void followInserts();
    void followUpdates();
    void followDeletes();

    Session &m_session;
    GraphFlush m_graph;
    std::optional<FlushPlan> m_plan;
    std::vector<size_t> m_updated; ///< how many of each table's updates are sent
};

} // namespace orm

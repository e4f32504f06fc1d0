// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/mapper.h"

#include <QHash>
#include <QList>

#include <vector>

namespace orm {

/// What one flush writes, in the order in which it does.
///
/// Tables come parents first, by their foreign keys. In each: new rows in the order of add(), then
/// changed ones by key; at the end the deletes by key, children first. That order is left only where
/// a unique value or key moves from one row to another: who gives it away is written before who gets
/// it; and where a row refers to one that would come later.
class FlushPlan
{
public:
    struct Change
    {
        InstanceState *state = nullptr;
        quint64 columns = 0; ///< changed by the user, as bits
    };
    struct TableWork
    {
        const Mapper *mapper = nullptr;
        std::vector<InstanceState *> earlyDeletes; ///< before everything else; children first
        std::vector<InstanceState *> inserts;
        std::vector<Change> updates;
        /// How many of the updates must be done before an insert that takes what they give away.
        QHash<const InstanceState *, size_t> updatesBefore;
        std::vector<InstanceState *> deletes;
        bool isSorted = true; ///< updates and deletes came in the order of their keys
    };

    /// Only changed objects among @p touched are written.
    /// @throws IntegrityError rows exchange a unique value in a circle, which no order can write
    FlushPlan(const std::vector<InstancePointer> &news, const std::vector<InstancePointer> &touched,
              const std::vector<InstancePointer> &deleted);

    const std::vector<TableWork> &tables() const { return m_tables; } ///< parents first
    bool isEmpty() const;
    /// Whether tables refer to themselves or to each other in a circle, so that rows are to be deleted
    /// in an order of their own.
    bool hasCircles() const { return m_hasCircles; }
    /// Whether inserts wait for updates: a table has updatesBefore.
    bool hasWaiting() const { return m_hasWaiting; }

    /// Columns in which the object differs from its snapshot, as bits.
    static quint64 changedColumns(const InstanceState &state);

private:
    /// An update takes a unique value from another row.
    struct Taking
    {
        size_t giver = 0; ///< the update of that one
        QList<int> columns;
    };
    using Takings = std::vector<std::vector<Taking>>; ///< of each update

    TableWork &workOf(const Mapper &mapper);
    void sortTables();
    void untangle(TableWork &work);
    static std::vector<size_t> orderOf(const TableWork &work, const Takings &takings);
    void deleteChildrenEarly();

    std::vector<TableWork> m_tables;
    bool m_hasCircles = false;
    bool m_hasWaiting = false;
};

} // namespace orm

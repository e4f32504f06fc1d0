// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/mapper.h"

#include <memory>
#include <vector>

namespace orm {

class Connection;

/// The statements of a session's flushes and gets, prepared once for each mapper and set of columns.
/// Sets of columns are bits of a number: bit(0) is the first column.
class StatementPlans
{
public:
    /// INSERT … RETURNING what isn't sent; but of a key alone that is the rowid the connection knows,
    /// for which RETURNING would open a table in memory for each row. Where the dialect has no
    /// RETURNING, readBack is asked afterwards.
    struct Insert
    {
        quint64 sent = 0; ///< columns bound
        quint64 expressions = 0; ///< columns filled by their SQL default
        std::vector<size_t> returned; ///< columns read back, in this order
        bool returnsRowid = false; ///< the key is all that is read back, and by lastInsertId()
        std::unique_ptr<PreparedStatement> statement;
        std::unique_ptr<PreparedStatement>
            readBack; ///< SELECT of returned, by the key or the rowid
        bool isFoundByRowid = false; ///< of readBack: not all of the key is sent
    };
    /// UPDATE … WHERE key, and version where there is one.
    struct Update
    {
        quint64 changed = 0; ///< columns bound
        bool isReadBack = false; ///< the database computes a value, too
        std::unique_ptr<PreparedStatement> statement;
    };

    explicit StatementPlans(Connection &connection);
    ~StatementPlans();
    Q_DISABLE_COPY_MOVE(StatementPlans)

    static constexpr quint64 bit(size_t column) { return quint64(1) << column; }

    /// All columns of one row by its key.
    PreparedStatement &select(const Mapper &mapper);
    /// DELETE of one row by its key, and version where there is one.
    PreparedStatement &remove(const Mapper &mapper);
    Insert &insert(const Mapper &mapper, quint64 sent, quint64 expressions);
    Update &update(const Mapper &mapper, quint64 changed);

    /// Binds the key that @p state is known by, from @p index on. @returns the next index
    static int bindIdentity(PreparedStatement &statement, int index, const InstanceState &state);

private:
    struct PerMapper;

    PerMapper &of(const Mapper &mapper);
    QString condition(const Mapper &mapper) const;
    QString versionCondition(const Mapper &mapper) const;

    Connection &m_connection;
    std::vector<std::unique_ptr<PerMapper>> m_mappers; ///< the one used last in front
};

} // namespace orm

// SPDX-License-Identifier: MIT

// What applyChanges() has left behind, looked up afterwards.

#include "core/session/applychanges.h"
#include "core/session/rowreader.h"

#include <QHash>
#include <QSet>

namespace orm {

std::optional<CommitResult> settle(Connection &connection, const Table &table,
                                   const CommitResult &prepared)
{
    const RowReader reader(connection, table);
    QList<Key> keys;
    for (const CommittedRow &row : prepared.rows)
        keys.append(row.key);
    QHash<Key, Record> stored;
    reader.readKeys(keys, RowReader::Cut::None, [&stored](const Key &key, const Record &record) {
        stored.insert(key, record);
    });
    QSet<Key> insertedAgain;
    for (const CommittedRow &row : prepared.rows) {
        if (row.kind == RowChange::Kind::Insert)
            insertedAgain.insert(row.key);
    }

    bool isAllThere = !prepared.rows.isEmpty();
    bool hasInserted = false;
    for (const CommittedRow &row : prepared.rows) {
        const auto found = stored.constFind(row.key);
        const bool isThere = found != stored.constEnd();
        if (row.kind == RowChange::Kind::Delete) {
            isAllThere = isAllThere && (!isThere || insertedAgain.contains(row.key));
            continue;
        }
        const bool isSame = isThere && *found == row.row;
        isAllThere = isAllThere && isSame;
        if (row.kind != RowChange::Kind::Insert)
            continue;
        if (!isThere || found->values.size() != row.row.values.size())
            continue;
        int same = 0;
        int given = 0;
        for (int i = 0; i < row.row.values.size(); ++i) {
            if (table.columns.value(i).isPrimaryKey || row.row.values.at(i).isNull())
                continue;
            ++given;
            same += found->values.at(i) == row.row.values.at(i) ? 1 : 0;
        }
        hasInserted = hasInserted || 2 * same > given;
    }
    if (isAllThere || hasInserted)
        return prepared;
    return {};
}

} // namespace orm

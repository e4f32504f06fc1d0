// SPDX-License-Identifier: MIT
#include "core/session/changeset.h"

namespace orm {

QHash<Key, Key> CommitResult::renamedKeys() const
{
    QHash<Key, Key> renamed;
    for (const CommittedRow &row : rows) {
        if (row.kind != RowChange::Kind::Delete && !row.requested.isTemporary()
            && row.key != row.requested)
            renamed.insert(row.requested, row.key);
    }
    return renamed;
}

} // namespace orm

// SPDX-License-Identifier: MIT
#include "ui/changes/journallookup.h"

#include "core/session/applychanges.h"
#include "core/session/rowreader.h"
#include "core/session/session.h"
#include "ui/changes/rowidentity.h"

#include <QSet>

namespace ui {

JournalLookup lookUpRows(orm::Session &session, const orm::Table &table,
                         const JournalContents &contents)
{
    using Found = JournalLookup::Found;
    using Prepared = JournalLookup::Prepared;
    JournalLookup lookup;
    QSet<orm::Key> saved;
    if (contents.prepared) {
        const bool isCommitted
            = orm::settle(session.connection(), table, contents.prepared->result).has_value();
        lookup.prepared = isCommitted ? Prepared::Committed : Prepared::RolledBack;
        for (const orm::RowChange &sent : contents.prepared->sent.rows) {
            if (isCommitted)
                saved.insert(sent.key);
        }
    }
    QHash<orm::Key, orm::Record> seen;
    for (const auto &[key, row] : contents.rows) {
        if (!row.isNew && !saved.contains(key)) {
            seen.insert(key, row.isDeleted ? row.whole : row.snapshot);
            lookup.rows.insert(key, Found::Gone);
        }
    }
    const orm::RowReader reader(session.connection(), table);
    reader.readKeys(seen.keys(), orm::RowReader::Cut::None,
                    [&](const orm::Key &key, const orm::Record &record) {
                        const bool isSame = isSameRow(table, seen.value(key), record);
                        lookup.rows.insert(key, isSame ? Found::Same : Found::Other);
                    });
    return lookup;
}

} // namespace ui

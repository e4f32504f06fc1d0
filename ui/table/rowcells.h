// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "core/schema/table.h"

#include <QCoreApplication>
#include <QString>

namespace ui {

class EditBuffer;
class RecordCache;

/// What there is to show in the cells of rows: the pending value, else the committed one.
class RowCells
{
    Q_DECLARE_TR_FUNCTIONS(ui::RowCells)

public:
    struct Cell
    {
        orm::StoredValue value;
        bool isLoaded = false;
        bool isPending = false;
        bool isUntouched = false; ///< of a new row: its default will be stored
        bool isTruncated = false; ///< or of a row that isn't all here
    };

    /// Borrows all three, which outlive this; @p table may become another.
    RowCells(const orm::Table &table, const EditBuffer &edits, const RecordCache &cache)
        : m_table(table)
        , m_edits(edits)
        , m_cache(cache)
    {}

    Cell at(const orm::Key &key, int column) const;
    QString displayText(const Cell &cell, int column) const;
    QString toolTip(const orm::Key &key, const Cell &cell, int column) const;

private:
    const orm::Table &m_table;
    const EditBuffer &m_edits;
    const RecordCache &m_cache;
};

} // namespace ui

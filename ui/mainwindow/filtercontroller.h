// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace ui {

class Actions;
class FilterPopup;
class RecordsPane;

/// The filter of the list's current column: a part of the search, asked for under the column's title.
class FilterController final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype maxValues = 50; ///< offered to choose from
    static constexpr qsizetype longestValue = 80; ///< characters of one that is offered

    /// Borrows both, which outlive this.
    FilterController(RecordsPane &pane, const Actions &actions, QObject *parent = nullptr);

    /// Asks for the filter of the current column.
    void open();

private:
    QStringList values(int column) const;

    RecordsPane &m_pane;
    FilterPopup *m_popup;
    int m_column = -1; ///< of the table
};

} // namespace ui

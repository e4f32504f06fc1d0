// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

#include <QObject>

class QGridLayout;
class QLabel;
class QWidget;

namespace ui {

class FieldEditor;

/// What stands in a form for one column: label, editor, the problem under it and, where the text has a
/// limit, the counter right of it.
class FieldRow final : public QObject
{
    Q_OBJECT

public:
    /// Adds itself below what @p grid has, which is of three columns: labels, fields, counters.
    /// @param index of the column in its table
    /// @param corner stands right of the label of a text of several lines; may be nullptr
    FieldRow(const orm::Column &column, int index, QGridLayout *grid, QWidget *corner,
             QWidget *parent);

    int index() const { return m_index; }
    const orm::Column &column() const { return m_column; }
    FieldEditor &editor() const { return *m_editor; }
    QWidget *widget() const;

    /// Shows @p text under the field; nothing if it is empty.
    void setProblem(const QString &text);
    /// Counts the characters again.
    void updateCounter();
    /// Shows no count, as there is no row.
    void clearCounter();
    /// Takes over palette and font of what it stands in.
    void updateLook();

private:
    void addPage(QGridLayout *grid, QLabel *label, QWidget *corner);
    void addLine(QGridLayout *grid, QLabel *label);
    QLabel *makeCounter(QWidget *parent) const;
    void updatePage();

    orm::Column m_column;
    int m_index;
    FieldEditor *m_editor;
    QLabel *m_problem;
    QLabel *m_counter = nullptr; ///< nullptr if the text has no limit
};

} // namespace ui

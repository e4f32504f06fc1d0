// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

#include <QCoreApplication>

#include <functional>
#include <optional>
#include <variant>

namespace ui {

/// A text made of each row's own values: "{title} (old)". {n} counts the rows, "{{" is a brace.
class Formula final
{
    Q_DECLARE_TR_FUNCTIONS(ui::Formula)

public:
    /// The columns are @p table's, by their names in any case.
    Formula(const QString &text, const orm::Table &table);

    /// What is wrong with it, in a sentence; empty if it is well.
    const QString &problem() const { return m_problem; }
    /// The column that it is, and nothing more: "{title}". Its NULL is no empty text.
    std::optional<int> onlyColumn() const;
    /// @param value the row's value of a column
    /// @param number of the row among those that are edited, from 1 on
    QString expand(const std::function<QString(int column)> &value, qint64 number) const;

private:
    struct Number
    {};
    using Part = std::variant<QString, int, Number>; ///< as it stands, a column, the row's number

    QList<Part> m_parts;
    QString m_problem;
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"
#include "ui/search/searchquery.h"
#include "ui/table/rowsearch.h"

#include <QHash>
#include <QSet>

namespace ui {

/// The one place that decides whether a row is what a SearchQuery looks for, with an index and
/// without, and for rows with edits as well.
class Matcher final : public RowSearch
{
public:
    /// @param states of the rows that have one, for `is:`, as they are now
    Matcher(SearchQuery query, const orm::Table &table, QHash<orm::Key, RowState> states = {});

    QList<int> columns() const override { return m_columns; }
    bool matches(const orm::Key &key, const QList<orm::ValueView> &values,
                 const orm::StopCheck &isStopped) const override;
    using orm::RowFilter::matches;
    std::optional<QList<orm::Key>> candidates() const override;
    QList<QList<orm::NeededText>> neededTexts() const override;
    QList<QPair<int, int>> hits(int column, const QString &text) const override;

private:
    /// What a term is asked about.
    struct Row
    {
        const orm::Key &key;
        const QList<orm::ValueView> &values;
        const orm::StopCheck &isStopped;
    };

    bool holds(const SearchQuery::Text &term, const Row &row) const;
    bool holds(const SearchQuery::Pattern &term, const Row &row) const;
    bool holds(const SearchQuery::Id &term, const Row &row) const;
    bool holds(const SearchQuery::Time &term, const Row &row) const;
    bool holds(const SearchQuery::Words &term, const Row &row) const;
    bool holds(const SearchQuery::State &term, const Row &row) const;
    const orm::ValueView &valueOf(int column, const Row &row) const
    {
        return row.values.at(m_places.at(column));
    }

    SearchQuery m_query;
    QHash<orm::Key, RowState> m_states;
    QList<int> m_columns;
    QList<int> m_places; ///< of a table's column in the values that are handed in, or -1
    QSet<int> m_otherwiseShown; ///< columns whose cells show something else than is stored
};

} // namespace ui

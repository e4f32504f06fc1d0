// SPDX-License-Identifier: MIT
#include "ui/search/matcher.h"

#include "core/schema/datetimecodec.h"
#include "ui/editor/markdown/wordcount.h"
#include "ui/search/textdecoding.h"

#include <QDateTime>

#include <algorithm>

namespace ui {

namespace {

/// Dear to decide last: a row is mostly decided before.
int price(const SearchQuery::Term &term)
{
    if (std::holds_alternative<SearchQuery::Words>(term))
        return 3;
    if (std::holds_alternative<SearchQuery::Pattern>(term))
        return 2;
    return std::holds_alternative<SearchQuery::Text>(term) ? 1 : 0;
}

int price(const SearchQuery::Condition &condition)
{
    int highest = 0;
    for (const SearchQuery::Term &term : condition.anyOf)
        highest = std::max(highest, price(term));
    return highest;
}

bool hasBytes(const orm::ValueView &value)
{
    return value.storage == orm::StorageClass::Text || value.storage == orm::StorageClass::Blob;
}

/// As it reads; empty for NULL. @p digits keeps a number's text
QByteArrayView textOf(const orm::ValueView &value, QByteArray &digits)
{
    switch (value.storage) {
    case orm::StorageClass::Text:
    case orm::StorageClass::Blob:
        return value.bytes;
    case orm::StorageClass::Integer:
        digits = QByteArray::number(value.integer);
        return digits;
    case orm::StorageClass::Real:
        digits = orm::StoredValue::real(value.real).toString().toUtf8();
        return digits;
    case orm::StorageClass::Null:
        break;
    }
    return {};
}

QList<int> columnsOf(const SearchQuery::Term &term)
{
    if (const auto *text = std::get_if<SearchQuery::Text>(&term))
        return text->columns;
    if (const auto *pattern = std::get_if<SearchQuery::Pattern>(&term))
        return pattern->columns;
    if (const auto *time = std::get_if<SearchQuery::Time>(&term))
        return {time->column};
    if (const auto *words = std::get_if<SearchQuery::Words>(&term))
        return {words->column};
    return {};
}

} // namespace

Matcher::Matcher(SearchQuery query, const orm::Table &table, QHash<orm::Key, RowState> states)
    : m_query(std::move(query))
    , m_states(std::move(states))
    , m_places(table.columns.size(), -1)
{
    std::stable_sort(m_query.conditions.begin(), m_query.conditions.end(),
                     [](const auto &a, const auto &b) { return price(a) < price(b); });
    for (const SearchQuery::Condition &condition : std::as_const(m_query.conditions)) {
        for (const SearchQuery::Term &term : condition.anyOf) {
            for (const int column : columnsOf(term)) {
                if (m_places.at(column) >= 0)
                    continue;
                m_places[column] = static_cast<int>(m_columns.size());
                m_columns.append(column);
            }
        }
    }
    for (int i = 0; i < table.columns.size(); ++i) {
        if (!table.columns.at(i).type.isText())
            m_otherwiseShown.insert(i);
    }
}

bool Matcher::matches(const orm::Key &key, const QList<orm::ValueView> &values,
                      const orm::StopCheck &isStopped) const
{
    const Row row{key, values, isStopped};
    return std::all_of(
        m_query.conditions.cbegin(), m_query.conditions.cend(),
        [&](const SearchQuery::Condition &condition) {
            const bool holdsAny = std::any_of(
                condition.anyOf.cbegin(), condition.anyOf.cend(), [&](const auto &any) {
                    return std::visit([&](const auto &term) { return holds(term, row); }, any);
                });
            return holdsAny != condition.isNegated;
        });
}

bool Matcher::holds(const SearchQuery::Text &term, const Row &row) const
{
    QByteArray digits;
    return std::any_of(term.columns.cbegin(), term.columns.cend(), [&](int column) {
        return term.text.isIn(textOf(valueOf(column, row), digits), row.isStopped);
    });
}

bool Matcher::holds(const SearchQuery::Pattern &term, const Row &row) const
{
    QByteArray digits;
    return std::any_of(term.columns.cbegin(), term.columns.cend(), [&](int column) {
        return term.pattern.isIn(textOf(valueOf(column, row), digits), row.isStopped);
    });
}

bool Matcher::holds(const SearchQuery::Id &term, const Row &row) const
{
    return row.key.isInteger() && row.key.number() >= term.first && row.key.number() <= term.last;
}

bool Matcher::holds(const SearchQuery::Time &term, const Row &row) const
{
    const orm::ValueView &value = valueOf(term.column, row);
    if (!hasBytes(value))
        return false;
    const QDateTime time = orm::datetimecodec::parseDateTime(value.bytes);
    if (!time.isValid())
        return false;
    const qint64 instant = time.toMSecsSinceEpoch();
    return instant >= term.from && instant < term.to;
}

bool Matcher::holds(const SearchQuery::Words &term, const Row &row) const
{
    QByteArray digits;
    const auto text = decodeUnlessStopped(textOf(valueOf(term.column, row), digits), row.isStopped);
    const qint64 count = countWords(text, row.isStopped);
    return count >= term.least && count <= term.most;
}

bool Matcher::holds(const SearchQuery::State &term, const Row &row) const
{
    return m_states.value(row.key, RowState::Clean) == term.state;
}

std::optional<QList<orm::Key>> Matcher::candidates() const
{
    std::optional<QList<orm::Key>> fewest;
    for (const SearchQuery::Condition &condition : m_query.conditions) {
        const bool isKnown = !condition.isNegated
            && std::all_of(condition.anyOf.cbegin(), condition.anyOf.cend(), [](const auto &term) {
                   const auto *id = std::get_if<SearchQuery::Id>(&term);
                   return (id && id->last == id->first)
                       || std::holds_alternative<SearchQuery::State>(term);
               });
        if (!isKnown)
            continue;
        QSet<orm::Key> keys;
        for (const SearchQuery::Term &term : condition.anyOf) {
            if (const auto *id = std::get_if<SearchQuery::Id>(&term)) {
                keys.insert(orm::Key::integer(id->first));
                continue;
            }
            const RowState state = std::get<SearchQuery::State>(term).state;
            for (auto row = m_states.cbegin(); row != m_states.cend(); ++row) {
                if (*row == state && !row.key().isTemporary())
                    keys.insert(row.key());
            }
        }
        if (!fewest || keys.size() < fewest->size())
            fewest = keys.values();
    }
    return fewest;
}

QList<QList<orm::NeededText>> Matcher::neededTexts() const
{
    QList<QList<orm::NeededText>> needed;
    for (const SearchQuery::Condition &condition : m_query.conditions) {
        QList<orm::NeededText> group;
        for (const SearchQuery::Term &term : condition.anyOf) {
            if (const auto *text = std::get_if<SearchQuery::Text>(&term))
                group.append({text->columns, text->text.characters()});
        }
        if (!condition.isNegated && group.size() == condition.anyOf.size())
            needed.append(group);
    }
    return needed;
}

QList<QPair<int, int>> Matcher::hits(int column, const QString &text) const
{
    QList<QPair<int, int>> found;
    if (m_otherwiseShown.contains(column))
        return found;
    for (const SearchQuery::Condition &condition : m_query.conditions) {
        for (const SearchQuery::Term &term : condition.anyOf) {
            if (condition.isNegated || !columnsOf(term).contains(column))
                continue;
            if (const auto *wanted = std::get_if<SearchQuery::Text>(&term)) {
                found += wanted->text.hitsIn(text);
            } else if (const auto *pattern = std::get_if<SearchQuery::Pattern>(&term)) {
                found += pattern->pattern.hitsIn(text);
            }
        }
    }
    // What several words hit is one hit.
    std::sort(found.begin(), found.end());
    QList<QPair<int, int>> joined;
    for (const auto &[start, length] : std::as_const(found)) {
        if (!joined.isEmpty() && start <= joined.last().first + joined.last().second)
            joined.last().second
                = std::max(joined.last().second, start + length - joined.last().first);
        else
            joined.append({start, length});
    }
    return joined;
}

} // namespace ui

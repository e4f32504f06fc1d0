// SPDX-License-Identifier: MIT
#include "ui/changes/savedrows.h"

#include <utility>

namespace ui {

orm::Key SavedRows::resolve(const orm::Key &key) const
{
    return key.isTemporary() ? keyOf(key) : key;
}

orm::Key SavedRows::keyOf(const orm::Key &identity) const
{
    const orm::Key key = m_moved.value(identity, identity);
    return m_stored.value(key, key);
}

orm::Key SavedRows::identity(const orm::Key &key) const
{
    const orm::Key known = m_identities.value(key, key);
    return m_origins.value(known, known);
}

void SavedRows::move(const orm::Key &identity, const orm::Key &temporary)
{
    m_moved.insert(identity, temporary);
    m_origins.insert(temporary, identity);
}

void SavedRows::setIdentity(const orm::Key &key, const orm::Key &identity)
{
    const orm::Key known = m_moved.value(identity, identity); // as keyOf() looks it up
    if (known == key) {
        m_identities.remove(key);
        return;
    }
    m_identities.insert(key, known);
    m_stored.insert(known, key);
}

void SavedRows::rename(const QHash<orm::Key, orm::Key> &keys,
                       const std::function<orm::Key()> &stranger)
{
    struct Row
    {
        orm::Key key; ///< from now on
        orm::Key identity; ///< not what move() made of it
        std::optional<Stored> stored;
        QList<Conversion> conversions;
        QHash<int, orm::StoredValue> merged;
    };
    QList<Row> rows;
    for (auto renamed = keys.cbegin(); renamed != keys.cend(); ++renamed) {
        const orm::Key &old = renamed.key();
        Row row{renamed.value(), m_identities.value(old, old), {}, {}, m_merged.value(old)};
        if (const auto stored = m_rows.constFind(old); stored != m_rows.cend())
            row.stored = *stored;
        row.conversions = m_conversions.value(old);
        rows.append(row);
    }
    for (auto renamed = keys.cbegin(); renamed != keys.cend(); ++renamed) {
        m_identities.remove(renamed.key());
        forget(renamed.key());
    }
    for (const Row &row : std::as_const(rows)) {
        forget(row.key);
        m_stored.remove(row.identity);
        setIdentity(row.key, row.identity);
        if (row.stored)
            m_rows.insert(row.key, *row.stored);
        if (!row.conversions.isEmpty())
            m_conversions.insert(row.key, row.conversions);
        if (!row.merged.isEmpty())
            m_merged.insert(row.key, row.merged);
    }
    for (auto renamed = keys.cbegin(); renamed != keys.cend(); ++renamed) {
        const orm::Key &old = renamed.key();
        if (m_stored.contains(old) && !m_identities.contains(old))
            setIdentity(old, stranger());
    }
}

void SavedRows::store(const orm::Key &key, const orm::Record &row)
{
    m_rows.insert(key, {row, m_count});
    const auto merged = m_merged.find(key);
    if (merged == m_merged.end())
        return;
    for (auto value = merged->begin(); value != merged->end(); ++value) {
        if (value.key() < row.values.size())
            value.value() = row.values.at(value.key());
    }
}

void SavedRows::setMerged(const orm::Key &key, int column, const orm::StoredValue &theirs)
{
    m_merged[key].insert(column, theirs);
}

std::optional<orm::StoredValue> SavedRows::merged(const orm::Key &key, int column) const
{
    const auto row = m_merged.constFind(key);
    if (row == m_merged.cend() || !row->contains(column))
        return {};
    return row->value(column);
}

std::optional<orm::Record> SavedRows::stored(const orm::Key &key, int seen) const
{
    const auto found = m_rows.constFind(key);
    if (found == m_rows.cend() || found->save <= seen)
        return {};
    return found->row;
}

void SavedRows::addConversion(const orm::Key &key, int column, const orm::StoredValue &sent,
                              const orm::StoredValue &stored)
{
    QList<Conversion> &conversions = m_conversions[key];
    conversions.removeIf([&](const Conversion &conversion) {
        return conversion.column == column && conversion.sent == sent;
    });
    if (sent != stored)
        conversions.append({column, sent, stored});
    if (conversions.isEmpty())
        m_conversions.remove(key);
}

orm::StoredValue SavedRows::asStored(const orm::Key &key, int column,
                                     const orm::StoredValue &value) const
{
    const auto found = m_conversions.constFind(key);
    if (found != m_conversions.cend()) {
        for (const Conversion &conversion : *found) {
            if (conversion.column == column && conversion.sent == value)
                return conversion.stored;
        }
    }
    return value;
}

void SavedRows::forget(const orm::Key &key)
{
    m_rows.remove(key);
    m_conversions.remove(key);
    m_merged.remove(key);
}

std::optional<SavedRows::Deleted> SavedRows::buried(const orm::Key &identity) const
{
    const auto found = m_buried.constFind(identity);
    return found == m_buried.cend() ? std::nullopt : std::optional(*found);
}

} // namespace ui

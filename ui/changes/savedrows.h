// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"

#include <QHash>

#include <functional>
#include <optional>

namespace ui {

/// What the saves of this session did to rows, so that undo can go past them: which row is which
/// after stored keys were given, changed and used again, how rows were stored, and what was deleted.
class SavedRows
{
public:
    /// A row that a save deleted, as it is to come back.
    struct Deleted
    {
        orm::Record row; ///< as it was stored
        QHash<int, orm::StoredValue> edits; ///< over it, not saved
        QList<orm::DependentRow> dependents;
    };

    /// Saves committed so far.
    int count() const { return m_count; }
    void beginSave() { ++m_count; }

    /// The stored key of a row that was new; @p key itself where nothing is known.
    orm::Key resolve(const orm::Key &key) const;
    /// The key under which @p identity is to be found now, see identity().
    orm::Key keyOf(const orm::Key &identity) const;
    /// What the row that is stored as @p key now was first known by: a temporary key, or the stored key
    /// that it had before it was renamed; @p key itself if neither is.
    orm::Key identity(const orm::Key &key) const;
    /// From now on the row stored as @p key is @p identity.
    void setIdentity(const orm::Key &key, const orm::Key &identity);
    /// @p identity lost its key to another row and is new again, as @p temporary.
    void move(const orm::Key &identity, const orm::Key &temporary);

    /// Stored rows have other keys now, by those that they had; keys may go round. What has such a key
    /// from now on is another row: @p stranger gives it a temporary key that was never used.
    void rename(const QHash<orm::Key, orm::Key> &keys, const std::function<orm::Key()> &stranger);

    /// @p key was stored like this.
    void store(const orm::Key &key, const orm::Record &row);
    /// The whole row as a save left it, if that was after the @p seen th.
    std::optional<orm::Record> stored(const orm::Key &key, int seen = 0) const;
    /// The database made something else of a value that was sent, e.g. a number of text.
    void addConversion(const orm::Key &key, int column, const orm::StoredValue &sent,
                       const orm::StoredValue &stored);
    /// @p value, or what the database made of it.
    orm::StoredValue asStored(const orm::Key &key, int column, const orm::StoredValue &value) const;

    /// Another program wrote @p theirs into a field with an edit, and the two were brought together.
    void setMerged(const orm::Key &key, int column, const orm::StoredValue &theirs);
    /// What the field holds since, as far as is known; nothing where nothing was brought together.
    std::optional<orm::StoredValue> merged(const orm::Key &key, int column) const;

    /// Nothing is stored as @p key any more.
    void forget(const orm::Key &key);
    /// @p identity was deleted by a save, or went without having been stored (then with no row).
    void bury(const orm::Key &identity, const Deleted &deleted)
    {
        m_buried.insert(identity, deleted);
    }
    std::optional<Deleted> buried(const orm::Key &identity) const;

private:
    struct Stored
    {
        orm::Record row;
        int save = 0;
    };
    struct Conversion
    {
        int column = 0;
        orm::StoredValue sent;
        orm::StoredValue stored;
    };

    int m_count = 0;
    QHash<orm::Key, orm::Key> m_stored; ///< identity → stored
    QHash<orm::Key, orm::Key>
        m_identities; ///< stored → identity: a temporary key, or the first one
    QHash<orm::Key, orm::Key> m_moved; ///< identity → temporary; rare
    QHash<orm::Key, orm::Key> m_origins; ///< and back
    QHash<orm::Key, Stored> m_rows;
    QHash<orm::Key, QList<Conversion>> m_conversions; ///< rare
    QHash<orm::Key, QHash<int, orm::StoredValue>> m_merged; ///< by column; rare
    QHash<orm::Key, Deleted> m_buried; ///< by identity
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/links.h"

#include <functional>
#include <vector>

namespace orm {

class Session;

/// The part of a flush that is about relationships: what is deleted along, which foreign key gets
/// whose key and when, the rows of association tables.
/// @see UnitOfWork
class GraphFlush
{
public:
    using Insert = std::function<void(InstanceState &)>;

    /// One step of a deletion: the row itself, or first a foreign key in it that is set to NULL.
    struct DeleteStep
    {
        InstanceState *state = nullptr;
        KeyColumns unlinked = {}; ///< its columns; none: the row
    };

    explicit GraphFlush(Session &session);

    /// Marks what is deleted along and sets the foreign keys that are known. Reads what of that was
    /// never loaded; writes nothing.
    /// @throws IntegrityError a foreign key that must have a value would lose it
    void resolve();
    bool hasAssociations() const { return !m_associated.empty(); }

    /// Columns that get the key of an object which isn't inserted yet, as bits.
    static quint64 deferredColumns(const InstanceState &state);
    /// Inserts @p state by @p insert, those that it refers to before it.
    /// @throws FlushError rows refer to each other in a circle of foreign keys that can't be NULL
    void insertInOrder(InstanceState &state, const Insert &insert);
    /// Inserts by @p insert what @p state, which is there already, is to refer to.
    void insertParents(InstanceState &state, const Insert &insert);
    /// Sets the foreign keys of @p state to the keys of those that it refers to, as far as these are
    /// there.
    void syncForeignKeys(InstanceState &state);
    /// Foreign keys that had to wait for a row, and association rows.
    void writeRest();
    /// The objects follow what was written.
    void settle();

    /// Children before their parents, by the foreign keys of the rows.
    /// @throws FlushError as insertInOrder()
    static std::vector<DeleteStep> orderDeletes(const std::vector<InstanceState *> &states);
    void unlink(const DeleteStep &step);

private:
    struct LateKey
    {
        InstanceState *state = nullptr;
        KeyColumns columns;
    };

    /// A foreign key whose row has to be inserted before that of @p state, or null.
    Links::Parent *nextParent(const InstanceState &state) const;
    void insertNow(InstanceState &state, const Insert &insert);
    bool look();
    bool cascadeDeletes(size_t &done);
    void writeForeignKey(InstanceState &state, KeyColumns columns, bool clear);
    void writeAssociations();

    Session &m_session;
    std::vector<InstanceState *> m_ready; ///< with foreign keys that can be set before any INSERT
    std::vector<InstanceState *> m_associated; ///< with association rows to be written
    std::vector<LateKey> m_late;
};

} // namespace orm

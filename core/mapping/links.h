// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/instancestate.h"
#include "core/mapping/keycolumns.h"

#include <QVarLengthArray>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace orm {

struct RelationshipMapping;

/// What the relationships of one object tie it to, and how long that keeps objects in memory.
///
/// A link keeps its target, but not for ever: linked objects are one family, and when the last Ref to
/// any of a family goes, all of it goes, circles of parents and children, too. An object that no other
/// is linked to goes at once with its own last Ref. Families that were linked once stay one family
/// while they live, so that no search through the graph is ever needed.
///
/// An object that is linked to nothing itself is in no circle. With one link to it, as most of a loaded
/// collection have, it needs neither Links nor a family: the one that is linked to it holds it. So may a
/// new child be held, which has no member for its parent: the collection that it is in stands for its
/// foreign key, until something else is to be known of it or the collection is forgotten.
class Links : public Pooled
{
public:
    /// Whom a foreign key of the object refers to, where that is known or was changed.
    struct Parent
    {
        KeyColumns columns; ///< the foreign key, in the object's mapper
        bool isChanged = false; ///< the foreign key follows with the next flush
        bool isLate = false; ///< of a flush: the foreign key is written by a second UPDATE
        InstanceState *target = nullptr;
        const RelationshipMapping *collection = nullptr; ///< the parent's, if it has one
    };
    /// The objects of one ToMany.
    struct Collection
    {
        const RelationshipMapping *relationship = nullptr;
        bool isLoaded = false; ///< items is all there is, else what was added
        PoolVector<InstanceState *> items; ///< each linked
        PoolVector<InstanceState *> added; ///< since it was loaded or flushed; among items
        PoolVector<InstanceState *> removed; ///< the same, linked as well

        bool isChanged() const { return !added.empty() || !removed.empty(); }
    };
    class Parents;
    /// How far a flush has come with the object's INSERT.
    enum class Insertion : quint8 { None, Running, Done };

    /// @p holder, which may be null, has held the owner until now.
    Links(InstanceState &owner, Links *holder);
    ~Links();
    Q_DISABLE_COPY_MOVE(Links)

    /// Also of one without links of its own.
    static Parents parentsOf(const InstanceState &state);
    /// In whose collection it was put by addChild(); null if its parents are known otherwise.
    static const InstanceState *holderOf(const InstanceState &state)
    {
        return state.m_heldAs ? &state.m_links->m_owner : nullptr;
    }

    InstanceState &owner() { return m_owner; }
    std::span<Parent> parents()
    {
        return {m_parents.data(), static_cast<size_t>(m_parents.size())};
    }
    std::span<Collection> collections() { return m_collections; }
    Parent *findParent(KeyColumns columns);
    Collection *findCollection(const RelationshipMapping &relationship);
    Collection &collection(const RelationshipMapping &relationship);

    /// The foreign key @p columns refers to @p target, which may be null.
    Parent &setParent(KeyColumns columns, InstanceState *target);
    void forgetParent(KeyColumns columns); ///< what the foreign key says counts again
    void addItem(Collection &collection, InstanceState &item);
    /// Adds a new @p item that nothing is linked to yet, and whose foreign key the collection stands for.
    void addChild(Collection &collection, InstanceState &item);
    /// Those that were added so get links of their own.
    void releaseChildren();
    /// @returns false if it was not in it
    bool takeItem(Collection &collection, const InstanceState &item);
    void addRemoved(Collection &collection, InstanceState &item);
    /// @returns false if it was not among them
    bool takeRemoved(Collection &collection, InstanceState &item);
    /// Unlinks all.
    void clear();
    /// Whether any link leads to @p state.
    static bool isLinkedTo(const InstanceState &state);
    /// All that was changed is flushed.
    void settle();
    /// What was linked is to be written as if it were new.
    void unsettle();
    bool isChanged() const;

    quint32 epoch = 0; ///< of the session's expiry when this was true
    Insertion insertion = Insertion::None;
    bool isNoted = false; ///< the session has it among those to be flushed

private:
    friend class InstanceState;
    struct Family;

    void link(InstanceState &to);
    static void unlink(InstanceState &to);
    static void letGo(InstanceState &state);
    static void join(Family &a, Family &b);
    static void forgetRemoved(Collection &collection);
    /// Nobody holds @p state any more. @returns whether anybody did
    static bool endHold(InstanceState &state);
    std::vector<InstanceState *> targets() const;
    Family &family();

    void enter(Family &family);
    void rejoin();
    void leave();
    void leaveFamily();
    void abandon();

    InstanceState &m_owner;
    Family *m_family = nullptr; ///< null while nothing was ever linked
    Links *m_previous = nullptr; ///< in the family
    Links *m_next = nullptr;
    quint32 m_incoming = 0; ///< links of others to this one
    QVarLengthArray<Parent, 1> m_parents; ///< most objects have one
    PoolVector<Collection> m_collections;
};

/// The foreign keys of an object as its links say them, to be looked at.
class Links::Parents
{
public:
    const Parent *begin() const { return m_held ? &*m_held : m_own.data(); }
    const Parent *end() const { return begin() + (m_held ? 1 : m_own.size()); }
    /// Null if nothing is known of it.
    const Parent *find(KeyColumns columns) const;

private:
    friend class Links;

    std::optional<Parent> m_held; ///< what the collection that holds the object says
    std::span<const Parent> m_own;
};

} // namespace orm

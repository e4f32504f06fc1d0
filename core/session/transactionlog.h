// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/instancestate.h"

#include <QString>

#include <vector>

namespace orm {

/// What a session's flushes have done to objects since BEGIN and since each SAVEPOINT, so that they
/// can follow a rollback.
///
/// Each BEGIN or SAVEPOINT opens a frame with a number that is greater than all before. Inserted
/// objects bear the number of the frame that inserted them, so that they need no list; deleted ones
/// and those with a changed key are kept here.
class TransactionLog
{
public:
    struct Entry
    {
        enum class Kind { Deleted, KeyChanged };

        Kind kind = Kind::Deleted;
        InstancePointer state;
        Key before; ///< of KeyChanged: the key it had
    };

    size_t depth() const { return m_frames.size(); } ///< 0: no transaction; 1: no savepoint in it
    quint32 open(const QString &savepoint = {}); ///< @returns the new frame's number
    quint32 number() const { return m_frames.back().number; } ///< of the innermost frame
    quint32 numberAt(size_t frame) const { return m_frames[frame].number; }
    const QString &savepointAt(size_t frame) const { return m_frames[frame].savepoint; }
    /// Index of the frame with this number; depth() if there is none.
    size_t indexOf(quint32 number) const;

    void reserve(size_t entries); ///< so many are to be appended
    void append(Entry entry) { m_frames.back().entries.push_back(std::move(entry)); }
    /// Frame @p frame and those inside become part of the one around them.
    void release(size_t frame);
    /// Drops frame @p frame and those inside. @returns their entries, oldest first
    std::vector<Entry> take(size_t frame);

private:
    struct Frame
    {
        quint32 number = 0;
        QString savepoint; ///< empty for BEGIN
        std::vector<Entry> entries;
    };

    std::vector<Frame> m_frames;
    quint32 m_lastNumber = 0;
};

} // namespace orm

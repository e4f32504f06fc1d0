// SPDX-License-Identifier: MIT
#pragma once

#include "ui/changes/journalfile.h"

namespace ui {

/// Which pending rows the file has and how, so that only what is new is appended: it turns states of
/// rows into the entries that bring a reader there.
///
/// A change of fields builds upon an earlier entry, the anchor, and not upon the last one: so one that
/// is damaged takes no later one with it. When it gets long, and upon the last one would be shorter (the
/// user types elsewhere), the last one is written again and becomes the anchor.
class JournalMirror
{
public:
    /// Bytes up to which a change may grow before another anchor is looked for.
    static constexpr qsizetype longChange = 1024;
    /// Entries up to this size are written again before others build upon them.
    static constexpr qsizetype largeEntry = 64 * 1024;

    /// The entries that make a row what @p row is, or take it out; none if it is so already.
    QByteArrayList entries(const orm::Key &key, const std::optional<PendingRow> &row);
    /// All rows as they are, one entry each, for a new file.
    QByteArrayList allEntries();
    /// What was read from a file; changes of these rows don't build upon it.
    void set(const JournalContents &contents);
    /// A save took them out; its own entry says so.
    void forget(const QList<orm::Key> &keys);
    bool isEmpty() const { return m_rows.isEmpty(); }

private:
    struct Row
    {
        PendingRow anchor;
        PendingRow last;
        quint64 anchorVersion = 0; ///< 0: the file has none that can be built upon
        quint64 lastVersion = 0;
        QByteArray lastEntry; ///< where small enough to be written again
        QByteArray anchorEntry; ///< the same, until it was
    };

    QByteArray rowEntry(const orm::Key &key, Row &row);
    static QByteArray fieldsEntry(const orm::Key &key, const Row &row, const QByteArray &fields);

    QHash<orm::Key, Row> m_rows;
    quint64 m_lastVersion = 0;
};

} // namespace ui

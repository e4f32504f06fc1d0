// SPDX-License-Identifier: MIT
#pragma once

#include "ui/changes/pendingrow.h"

#include <QHash>
#include <QStringList>

namespace ui {

// The journal's file: a line for whoever looks into it, then frames, appended one after the other.
//
//     frame    marker (4 bytes) salt (4) size (4) CRC-32C of salt, size and payload (4) payload
//     payload  entries: kind (1 byte), size, what it holds (journalcodec)
//
// A frame counts whole or not at all. Where one is torn or damaged the reader goes on at the next
// marker and salt, which is drawn for each file so that a journal pasted into a text is no journal.
// An entry that others build upon is in the file twice, once where it came and once before the first of
// them; so any one damaged frame costs no more than what it says itself.

/// What an entry says. Their numbers stay; a reader skips those that it doesn't know.
enum class JournalEntry : quint8 {
    Table = 1, ///< format, database, table, its columns' names; what follows is by these columns
    Row = 2, ///< key, version, a pending row
    Fields = 3, ///< key, version, the version it builds upon, the fields that differ from that
    Gone = 4, ///< key, version: the row is no longer pending
    Prepared = 5, ///< a save, before its COMMIT
    Committed = 6, ///< its id, the keys that it took out
    Abandoned = 7, ///< its id: it was rolled back
    OpenField = 8,
    Versions = 9, ///< key, what saves did to it
};

constexpr int journalFormat = 1;

/// Of which database and table a journal is.
struct JournalSubject
{
    QString database; ///< canonical path, or a URL without its password
    QString table;
    QStringList columns;
    bool operator==(const JournalSubject &) const = default;
};

QByteArray journalFileBegin(); ///< the line
quint32 crc32c(QByteArrayView bytes, quint32 before = 0);
QByteArray journalEntry(JournalEntry kind, const QByteArray &content);
/// @param entries one or more journalEntry(), which count together
QByteArray journalFrame(const QByteArray &entries, quint32 salt);
QByteArray tableEntry(const JournalSubject &subject);

/// What a journal's file holds.
struct JournalContents
{
    int format = 0; ///< 0: none was found
    JournalSubject subject; ///< as the file says
    QList<std::pair<orm::Key, PendingRow>> rows; ///< in order
    std::optional<PreparedCommit>
        prepared; ///< a save of which it isn't known whether it got through
    OpenField openField;
    QHash<orm::Key, QList<RowVersion>> versions; ///< oldest first

    quint32 salt = 0;
    quint64 lastVersion = 0;
    quint64 lastOrder = 0;
    quint64 lastCommit = 0;
    qint64 goodSize = 0; ///< up to where frames can be read
    int damages = 0; ///< places before goodSize that could not be read
    int lost = 0; ///< entries that build upon something that is not there
    bool hasTornEnd = false; ///< something after goodSize can't be read
    QStringList lostColumns; ///< that are gone from the table and had pending values
};

/// Reads a journal's file. Never fails: whatever is damaged is left out and counted.
class JournalReader
{
public:
    enum class Versions { Skip, Read };

    /// What is by other columns is brought into the order of @p subject's, by name.
    JournalReader(const JournalSubject &subject, Versions versions);

    void read(QByteArrayView bytes);
    JournalContents take();

private:
    /// A row as the entries so far have it. The last Fields waits as bytes: with large texts it is
    /// dear to make the row of it, and most are followed by the next one.
    struct Row
    {
        quint64 anchorVersion = 0;
        PendingRow anchor;
        quint64 version = 0; ///< of the last entry
        QByteArray fields; ///< over the anchor, where version is another
    };

    void readFrame(QByteArrayView entries);
    bool readEntry(JournalEntry kind, QByteArrayView content);
    bool readTable(QByteArrayView content);
    bool readRow(QByteArrayView content);
    bool readFields(QByteArrayView content);
    bool readGone(QByteArrayView content);
    bool readCommitted(QByteArrayView content);
    void addVersions(const PreparedCommit &commit);
    static bool settle(Row &row);
    void setColumns(const QStringList &columns);

    JournalSubject m_wanted;
    Versions m_versions;
    QHash<orm::Key, Row> m_rows;
    quint64 m_settled = 0; ///< the last save that was committed or abandoned
    JournalContents m_contents;
};

/// The whole record as a save found it, from what it was sent and what it stored.
orm::Record recordBefore(const orm::RowChange &sent, const orm::CommittedRow &row);

} // namespace ui

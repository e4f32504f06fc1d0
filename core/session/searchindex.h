// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

#include <QMetaType>
#include <QStringList>

#include <optional>

namespace orm {

class Connection;

/// What there is of a table's SearchIndex.
struct SearchIndexReport
{
    enum class State {
        Absent,
        Partial, ///< its building was interrupted; or is going on
        Ready,
        Stale, ///< it lacks triggers, rows, or is of another form: not to be used
    };

    State state = State::Absent;
    int percent = 0; ///< built so far, of Partial
    bool operator==(const SearchIndexReport &) const = default;
};

/// The full-text index that a database's owner may have made for one table: SQLite's FTS5 with
/// trigrams of the searched columns. It only names rows that may match; the filter decides.
///
/// All its objects are named postdesk_search_<table>…: the index itself, three triggers that keep it
/// true whoever writes, a table of one row that says up to which key it is built, and a view of
/// nothing. The triggers leave rows behind that key alone, so the web app may write while the index is
/// being built, and what a killed program leaves is half an index that is true as far as it goes.
///
/// Rowids only, so detail and column sizes are left out. Texts that FTS5 can't take apart as we do (with
/// a NUL in them, numbers with a fraction, blobs) or that would take it long have a mark in place of
/// their trigrams and are found by every search. The external content is that view because of
/// `INSERT OR REPLACE`: it makes FTS5 take the content's row out first, which is the new one already, and
/// on a nearly empty index that fails as "malformed". It must not name the table either, else a
/// migration that rebuilds the table could not rename it.
/// @see https://www.sqlite.org/fts5.html#external_content_tables
class SearchIndex
{
public:
    enum class Obstacle {
        None,
        OtherDatabase, ///< not SQLite
        NoModule, ///< this SQLite has no FTS5, or one without trigrams
        NoRowid, ///< the table has no integer key
        NoText, ///< there is nothing to search
    };

    /// Where a text is longer it is found by every search, in bytes: the web app's commit has to wait
    /// for the trigrams.
    static constexpr int longestText = 256 * 1024;

    /// Borrows @p connection. @p table as it is in the database
    SearchIndex(Connection &connection, const Table &table);

    Obstacle obstacle() const;
    const QList<int> &columns() const { return m_columns; } ///< that are searched
    SearchIndexReport look() const;
    /// What it will take on disk for @p rows, judged by the newest.
    qint64 expectedBytes(qint64 rows) const;
    /// Whether the newest rows, and some others, are found by what they hold. Triggers may have been
    /// gone, or switched off, for a while.
    bool holdsSample() const;

    /// Rows that have a trigram which begins with one of @p beginnings, a character or two each; nothing
    /// if there are more than @p limit. Short words are found so, that FTS5 itself can't be asked for.
    std::optional<QList<qint64>> rowsWith(const QStringList &beginnings, qint64 limit) const;

    /// One object of the schema.
    struct Object
    {
        QString type; ///< "table", "view", "trigger"
        QString name;
        QString sql; ///< as sqlite_schema has it
        bool operator==(const Object &) const = default;
    };
    /// In the order in which they are made.
    QList<Object> objects() const;

    QString table() const { return m_quoted; } ///< quoted, as are the following
    QString key() const { return m_key; } ///< of the table
    QString index() const;
    QString state() const; ///< the table of one row, whose column is "reached"
    QString segments() const; ///< FTS5's own table, which has all the bytes
    QStringList columnNames() const;
    /// What of the column @p name, e.g. `new."title"`, is indexed.
    static QString indexed(const QString &name);

private:
    bool isFound(qint64 key, const QString &text) const;
    QString quoted(const QString &ending) const;

    Connection &m_connection;
    const Table &m_table;
    QList<int> m_columns;
    QString m_name; ///< not quoted
    QString m_quoted;
    QString m_key;
};

} // namespace orm

Q_DECLARE_METATYPE(orm::SearchIndexReport)

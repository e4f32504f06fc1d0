// SPDX-License-Identifier: MIT
#include "core/session/searchindex.h"

#include "core/dialect/dialect.h"
#include "core/engine/connection.h"
#include "core/engine/statementlease.h"
#include "core/error.h"
#include "core/session/searchexpression.h"

#include <QRandomGenerator>
#include <QSet>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

constexpr int sampled = 12; ///< of the newest rows, and of any
constexpr int sampledCharacters = 64;

} // namespace

SearchIndex::SearchIndex(Connection &connection, const Table &table)
    : m_connection(connection)
    , m_table(table)
    , m_columns(table.searchedColumns())
    , m_name(u"postdesk_search_"_s + table.name)
    , m_quoted(connection.dialect().quote(table.name))
{
    if (table.hasIntegerKey())
        m_key = connection.dialect().quote(table.columns.at(table.primaryKey().first()).name);
}

QString SearchIndex::quoted(const QString &ending) const
{
    return m_connection.dialect().quote(m_name + ending);
}

QString SearchIndex::index() const
{
    return quoted({});
}

QString SearchIndex::state() const
{
    return quoted(u"_state"_s);
}

QString SearchIndex::segments() const
{
    return quoted(u"_data"_s);
}

QStringList SearchIndex::columnNames() const
{
    QStringList names;
    for (const int column : m_columns)
        names.append(m_connection.dialect().quote(m_table.columns.at(column).name));
    return names;
}

QString SearchIndex::indexed(const QString &name)
{
    // The two characters at the end make each character of a text the first of a trigram, so that
    // words of one or two letters are the beginning of one.
    const QString whole = name + u" || char(%1, %1)"_s.arg(searchexpression::endMark);
    return u"CASE WHEN typeof(%1) IN ('null', 'integer') THEN %2 "
           "WHEN typeof(%1) = 'text' AND instr(%1, char(0)) = 0 AND length(CAST(%1 AS BLOB)) <= %3 "
           "THEN %2 ELSE char(%4, %4, %4) END"_s.arg(name, whole)
               .arg(longestText)
               .arg(searchexpression::alwaysFound);
}

QList<SearchIndex::Object> SearchIndex::objects() const
{
    const QStringList names = columnNames();
    const QString all = names.join(u", "_s);
    const auto valuesOf = [&names](const QString &row) {
        QStringList values;
        for (const QString &name : names)
            values.append(indexed(row + name));
        return values.join(u", "_s);
    };
    const QString reached = u"(SELECT reached FROM %1)"_s.arg(state());
    const QString add = u"INSERT INTO %1(rowid, %2) SELECT new.%3, %4 WHERE new.%3 <= %5"_s.arg(
        index(), all, m_key, valuesOf(u"new."_s), reached);
    const QString take
        = u"INSERT INTO %1(%1, rowid, %2) SELECT 'delete', old.%3, %4 WHERE old.%3 <= %5"_s.arg(
            index(), all, m_key, valuesOf(u"old."_s), reached);
    QStringList nothing;
    for (const QString &name : names)
        nothing.append(u"NULL AS "_s + name);

    const auto trigger = [this](const QString &ending, const QString &event, const QString &body) {
        return Object{u"trigger"_s, m_name + ending,
                      u"CREATE TRIGGER %1 AFTER %2 ON %3 BEGIN %4; END"_s.arg(quoted(ending), event,
                                                                              m_quoted, body)};
    };
    return {
        {u"view"_s, m_name + u"_nothing"_s,
         u"CREATE VIEW %1 AS SELECT NULL AS rowid, %2 WHERE 0"_s.arg(quoted(u"_nothing"_s),
                                                                     nothing.join(u", "_s))},
        {u"table"_s, m_name,
         u"CREATE VIRTUAL TABLE %1 USING fts5(%2, content='%3', tokenize='trigram', detail=none, "
         "columnsize=0)"_s.arg(index(), all,
                               QString(m_name + u"_nothing"_s).replace(u'\'', u"''"_s))},
        {u"table"_s, m_name + u"_state"_s,
         u"CREATE TABLE %1 (reached INTEGER NOT NULL)"_s.arg(state())},
        trigger(u"_insert"_s, u"INSERT"_s, add),
        trigger(u"_update"_s, u"UPDATE OF %1, %2"_s.arg(m_key, all), take + u"; "_s + add),
        trigger(u"_delete"_s, u"DELETE"_s, take),
    };
}

SearchIndex::Obstacle SearchIndex::obstacle() const
{
    if (!m_connection.url().isSqlite())
        return Obstacle::OtherDatabase;
    if (m_columns.isEmpty())
        return Obstacle::NoText;
    if (m_key.isEmpty()
        || !m_connection.isRowid(m_table.name,
                                 m_table.columns.at(m_table.primaryKey().first()).name))
        return Obstacle::NoRowid;
    // Tried and not asked: a module may be there and not know trigrams. Of the temporary database,
    // which is this connection's alone.
    try {
        m_connection.execute(
            u"CREATE VIRTUAL TABLE temp.postdesk_search_probe USING fts5(t, tokenize='trigram')"_s);
        m_connection.execute(u"DROP TABLE temp.postdesk_search_probe"_s);
    } catch (const ProgrammingError &) {
        return Obstacle::NoModule;
    }
    return Obstacle::None;
}

SearchIndexReport SearchIndex::look() const
{
    using State = SearchIndexReport::State;
    if (!m_connection.url().isSqlite() || m_key.isEmpty() || m_columns.isEmpty())
        return {};
    const QList<Object> wanted = objects();
    QList<Object> found;
    {
        PreparedStatement &statement = m_connection.cached(
            u"SELECT type, name, sql FROM main.sqlite_schema WHERE name IN (?, ?, ?, ?, ?, ?)"_s);
        const StatementRun run(statement);
        for (int i = 0; i < wanted.size(); ++i)
            statement.bindText(i, wanted.at(i).name);
        while (statement.step())
            found.append(
                {statement.columnText(0), statement.columnText(1), statement.columnText(2)});
    }
    if (found.isEmpty())
        return {};
    const bool isWhole = found.size() == wanted.size()
        && std::ranges::all_of(wanted,
                               [&found](const Object &object) { return found.contains(object); });
    if (!isWhole)
        return {State::Stale};
    const StoredValue reached = m_connection.scalar(u"SELECT reached FROM "_s + state());
    if (reached.storageClass() != StorageClass::Integer)
        return {State::Stale};
    if (reached.toInteger() == std::numeric_limits<qint64>::max())
        return {State::Ready};
    const auto edge = [this](const QString &function) {
        return double(m_connection.scalar(u"SELECT %1(%2) FROM %3"_s.arg(function, m_key, m_quoted))
                          .toInteger());
    };
    const double first = edge(u"min"_s);
    const double rows = edge(u"max"_s) - first + 1;
    const double share = (double(reached.toInteger()) - first + 1) / rows;
    return {State::Partial, int(std::clamp(share * 100, 0.0, 99.0))};
}

qint64 SearchIndex::expectedBytes(qint64 rows) const
{
    constexpr double share = 0.45; // of the texts' bytes, as measured
    QStringList lengths;
    const QStringList names = columnNames();
    for (const QString &name : names)
        lengths.append(
            u"coalesce(min(length(CAST(%1 AS BLOB)), %2), 0)"_s.arg(name).arg(longestText));
    const double each
        = m_connection
              .scalar(u"SELECT CAST(avg(n) AS INTEGER) FROM (SELECT %1 AS n FROM %2 "
                      "ORDER BY %3 DESC LIMIT 500)"_s.arg(lengths.join(u" + "_s), m_quoted, m_key))
              .toInteger();
    constexpr qint64 least = 64 * 1024; // its tables alone
    return std::max(least, qint64(each * double(rows) * share));
}

bool SearchIndex::holdsSample() const
{
    QStringList values;
    const QStringList names = columnNames();
    for (const QString &name : names)
        values.append(indexed(name));
    const QString select = u"SELECT %1, %2 FROM %3 "_s.arg(m_key, values.join(u", "_s), m_quoted);
    struct Sample
    {
        qint64 key = 0;
        QStringList texts;
    };
    QList<Sample> samples;
    const auto take = [&](PreparedStatement &statement) {
        while (statement.step()) {
            Sample sample{statement.columnInteger(0), {}};
            for (int i = 0; i < names.size(); ++i)
                sample.texts.append(statement.columnText(1 + i));
            samples.append(sample);
        }
    };
    {
        PreparedStatement &newest
            = m_connection.cached(select + u"ORDER BY %1 DESC LIMIT %2"_s.arg(m_key).arg(sampled));
        const StatementRun run(newest);
        take(newest);
    }
    if (samples.size() == sampled) {
        const qint64 first
            = m_connection.scalar(u"SELECT min(%1) FROM %2"_s.arg(m_key, m_quoted)).toInteger();
        const double span = double(samples.first().key) - double(first);
        PreparedStatement &any
            = m_connection.cached(select + u"WHERE %1 >= ? ORDER BY %1 LIMIT 1"_s.arg(m_key));
        for (int i = 0; i < sampled; ++i) {
            const StatementRun run(any);
            any.bindInteger(0, first + qint64(span * QRandomGenerator::global()->generateDouble()));
            take(any);
        }
    }
    return std::ranges::all_of(samples, [this](const Sample &sample) {
        return std::ranges::all_of(sample.texts, [&](const QString &text) {
            // What is no UTF-8 FTS5 reads another way
            const bool isAskable = !text.isEmpty() && !text.contains(QChar::ReplacementCharacter);
            return !isAskable || isFound(sample.key, text);
        });
    });
}

std::optional<QList<qint64>> SearchIndex::rowsWith(const QStringList &beginnings,
                                                   qint64 limit) const
{
    // A view of the index's own terms, which is of this connection alone
    const QString name
        = u"temp."_s + m_connection.dialect().quote(u"postdesk_terms_"_s + m_table.name);
    m_connection.execute(u"CREATE VIRTUAL TABLE IF NOT EXISTS %1 USING fts5vocab('main', %2, "
                         "'instance')"_s.arg(name, index()));
    constexpr qint64 trigramsOfARow = 8; // that begin so, in most texts
    qint64 looks = limit > std::numeric_limits<qint64>::max() / trigramsOfARow
        ? limit
        : limit * trigramsOfARow;
    QSet<qint64> rows;
    for (const QString &beginning : beginnings) {
        // As bytes: all that begins so is before the character U+10FFFF behind it
        PreparedStatement &statement
            = m_connection.cached(u"SELECT doc FROM %1 WHERE term >= ? AND term <= ?"_s.arg(name));
        const StatementRun run(statement);
        statement.bindText(0, beginning);
        statement.bindText(1, beginning + QString::fromUcs4(U"\U0010FFFF", 1));
        while (statement.step()) {
            rows.insert(statement.columnInteger(0));
            if (rows.size() > limit || --looks < 0)
                return {};
        }
    }
    return QList<qint64>(rows.cbegin(), rows.cend());
}

/// By the beginning and the end of what was indexed.
bool SearchIndex::isFound(qint64 key, const QString &text) const
{
    for (const QString &part : {text.left(sampledCharacters), text.right(sampledCharacters)}) {
        const std::u32string characters = part.toStdU32String();
        const auto expression = searchexpression::ofText(characters);
        if (!expression)
            continue;
        PreparedStatement &statement = m_connection.cached(
            u"SELECT 1 FROM %1 WHERE %1 MATCH ? AND rowid = ?"_s.arg(index()));
        const StatementRun run(statement);
        statement.bindText(0, *expression);
        statement.bindInteger(1, key);
        if (!statement.step())
            return false;
    }
    return true;
}

} // namespace orm

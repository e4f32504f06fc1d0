// SPDX-License-Identifier: MIT
#include "tests/support/fakerecordsource.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <numeric>
#include <utility>

using namespace Qt::StringLiterals;

namespace test {

FakeRecordSource::FakeRecordSource(orm::Table table)
    : m_table(std::move(table))
{}

FakeRecordSource::~FakeRecordSource()
{
    // An unfinished promise cancels itself, but only once it was started.
    const auto finish = [](auto &asked) {
        for (auto &question : asked)
            question.promise->finish();
    };
    finish(firstPages);
    finish(keyStreams);
    finish(pages);
    finish(wholes);
}

void FakeRecordSource::add(const orm::Key &key, const QList<orm::StoredValue> &values)
{
    insertAt(m_order.size(), key, values);
}

void FakeRecordSource::insertAt(qint64 row, const orm::Key &key,
                                const QList<orm::StoredValue> &values)
{
    m_order.insert(row, key);
    m_largest = std::max(m_largest, key.number());
    m_rows.insert(key, {values, {}});
}

void FakeRecordSource::remove(const orm::Key &key)
{
    m_order.removeOne(key);
    m_rows.remove(key);
}

void FakeRecordSource::setValue(const orm::Key &key, int column, const orm::StoredValue &value)
{
    m_rows[key].values[column] = value;
}

void FakeRecordSource::setOrder(const QList<orm::Key> &keys)
{
    m_order = keys;
}

std::optional<orm::RowProblem> FakeRecordSource::check(const orm::RowChange &change) const
{
    orm::RowProblem problem;
    problem.key = change.key;
    problem.theirs = m_rows.value(change.key);
    const bool isThere = m_rows.contains(change.key);
    if (change.kind == orm::RowChange::Kind::Insert) {
        problem.kind = orm::RowProblem::Kind::KeyTaken;
        return isThere ? std::optional(problem) : std::nullopt;
    }
    problem.kind = orm::RowProblem::Kind::DeletedOutside;
    if (!isThere)
        return problem;
    problem.kind = orm::RowProblem::Kind::ChangedOutside;
    if (change.kind == orm::RowChange::Kind::Delete)
        return change.base == problem.theirs ? std::nullopt : std::optional(problem);
    for (const orm::FieldChange &field : change.fields) {
        const orm::StoredValue &theirs = problem.theirs.values.at(field.column);
        if (theirs != field.base && theirs != field.value)
            problem.conflicts.append({field.column, field.base, field.value, theirs});
    }
    return problem.conflicts.isEmpty() ? std::nullopt : std::optional(problem);
}

orm::CommittedRow FakeRecordSource::write(const orm::RowChange &change)
{
    orm::CommittedRow row;
    row.kind = change.kind;
    row.requested = change.key;
    row.key = change.key;
    if (change.kind == orm::RowChange::Kind::Delete) {
        row.row = m_rows.value(change.key);
        remove(change.key);
        return row;
    }
    if (change.kind == orm::RowChange::Kind::Insert) {
        if (change.key.isTemporary()) {
            qint64 largest = numbers == Numbers::UsedAgain ? 0 : m_largest;
            for (const orm::Key &key : std::as_const(m_order))
                largest = std::max(largest, key.number());
            row.key = orm::Key::integer(largest + 1);
        }
        QList<orm::StoredValue> values(m_table.columns.size());
        values[0] = orm::StoredValue::integer(row.key.number());
        const auto after
            = std::find_if(m_order.cbegin(), m_order.cend(),
                           [&row](const orm::Key &key) { return key.number() < row.key.number(); });
        insertAt(after - m_order.cbegin(), row.key, values);
    }
    for (const orm::FieldChange &field : change.fields)
        setValue(row.key, field.column, field.value);
    row.row = m_rows.value(row.key);
    return row;
}

orm::CommitResult FakeRecordSource::apply(const orm::ChangeSet &changes)
{
    orm::CommitResult result;
    for (const orm::RowChange &change : changes.rows) {
        if (const auto problem = check(change))
            result.problems.append(*problem);
    }
    if (!result.problems.isEmpty())
        return result;
    result.rows.resize(changes.rows.size());
    // As a unit of work does it; rows with keys of their own first, lest a new one gets such a key.
    const auto rank = [](const orm::RowChange &change) {
        return int(change.kind) * 2 + (change.key.isTemporary() ? 1 : 0);
    };
    QList<qsizetype> order(changes.rows.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](qsizetype a, qsizetype b) {
        return rank(changes.rows.at(a)) < rank(changes.rows.at(b));
    });
    for (const qsizetype i : std::as_const(order))
        result.rows[i] = write(changes.rows.at(i));
    return result;
}

orm::KeyList FakeRecordSource::keyList(qint64 first, qint64 count) const
{
    orm::KeyList keys;
    const qint64 end = count < 0 ? m_order.size() : std::min<qint64>(first + count, m_order.size());
    for (qint64 i = first; i < end; ++i)
        keys.append(m_order.at(i));
    return keys;
}

orm::Record FakeRecordSource::record(const orm::Key &key) const
{
    return m_rows.value(key);
}

void FakeRecordSource::setCut(int column, int characters)
{
    m_cutColumn = column;
    m_cutLength = characters;
}

orm::Record FakeRecordSource::cut(orm::Record record) const
{
    if (m_cutColumn < 0 || record.values.at(m_cutColumn).bytes().size() <= m_cutLength)
        return record;
    const QByteArray bytes = record.values.at(m_cutColumn).bytes();
    record.cutHash = orm::addToCutHash(0, bytes, bytes.size());
    record.values[m_cutColumn] = orm::StoredValue::utf8(bytes.first(m_cutLength));
    record.truncated.resize(record.values.size());
    record.truncated.setBit(m_cutColumn);
    return record;
}

orm::RecordPage FakeRecordSource::pageOf(const QList<orm::Key> &keys) const
{
    orm::RecordPage page;
    for (const orm::Key &key : keys) {
        if (!m_rows.contains(key))
            continue;
        page.keys.append(key);
        page.records.append(cut(m_rows.value(key)));
    }
    return page;
}

/// The order that was set, or upside down if the query is by the key, smallest first.
QList<orm::Key> FakeRecordSource::orderOf(const orm::RowQuery &query) const
{
    QList<orm::Key> order = m_order;
    if (query.sort == QList<orm::SortColumn>{{0, Qt::AscendingOrder}})
        std::reverse(order.begin(), order.end());
    return order;
}

void FakeRecordSource::answerFirstPage()
{
    const auto asked = firstPages.front();
    firstPages.erase(firstPages.begin());
    const QList<orm::Key> order = orderOf(asked.query);
    asked.answer(pageOf(order.first(std::min<qsizetype>(asked.limit, order.size()))));
}

/// Those of @p keys that the query's filter lets through.
orm::KeyList FakeRecordSource::found(const orm::RowQuery &query, const orm::KeyList &keys) const
{
    if (!query.filter)
        return keys;
    orm::KeyList found;
    for (qint64 i = 0; i < keys.size(); ++i) {
        QList<QByteArray> bytes;
        QList<orm::ValueView> values;
        const orm::Record record = m_rows.value(keys.at(i));
        for (const int column : query.filter->columns()) {
            bytes.append(record.values.at(column).bytes());
            values.append(orm::ValueView::of(record.values.at(column), bytes.last()));
        }
        if (query.filter->matches(keys.at(i), values))
            found.append(keys.at(i));
    }
    return found;
}

void FakeRecordSource::answerKeys(qint64 batchSize)
{
    const auto asked = keyStreams.front();
    keyStreams.erase(keyStreams.begin());
    const QList<orm::Key> order = orderOf(asked.query);
    qint64 first = 0;
    do {
        const bool isLast = first + batchSize >= order.size();
        orm::KeyList keys;
        for (const orm::Key &key : order.mid(first, batchSize))
            keys.append(key);
        asked.promise->addResult(
            orm::KeyBatch{found(asked.query, keys), isLast, false,
                          std::min<qint64>(first + batchSize, m_order.size())});
        first += batchSize;
    } while (first < m_order.size());
    asked.promise->finish();
}

void FakeRecordSource::answerPage(size_t index)
{
    const auto asked = pages.at(index);
    pages.erase(pages.begin() + qint64(index));
    asked.answer(pageOf(asked.keys));
}

void FakeRecordSource::answerWhole()
{
    const auto asked = wholes.front();
    wholes.erase(wholes.begin());
    asked.answer(m_rows.value(asked.keys.first()));
}

void FakeRecordSource::answerAll()
{
    const auto isQuiet = [this] {
        return firstPages.empty() && keyStreams.empty() && pages.empty() && wholes.empty();
    };
    do {
        while (!firstPages.empty())
            answerFirstPage();
        while (!keyStreams.empty())
            answerKeys();
        while (!pages.empty())
            answerPage();
        while (!wholes.empty())
            answerWhole();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    } while (!isQuiet());
}

QFuture<orm::RecordPage> FakeRecordSource::firstPage(const orm::RowQuery &query, int limit)
{
    auto &asked = firstPages.emplace_back();
    asked.query = query;
    asked.limit = limit;
    asked.promise->start();
    return asked.promise->future();
}

QFuture<orm::KeyBatch> FakeRecordSource::keys(const orm::RowQuery &query)
{
    auto &asked = keyStreams.emplace_back();
    asked.query = query;
    asked.promise->start();
    return asked.promise->future();
}

QFuture<qint64> FakeRecordSource::count(const orm::Table &)
{
    return QtFuture::makeReadyFuture(qint64(m_order.size()));
}

QFuture<QList<orm::ScoredRow>>
FakeRecordSource::nearest(const orm::Table &, const std::shared_ptr<const orm::RowScore> &, int)
{
    return QtFuture::makeReadyFuture(QList<orm::ScoredRow>());
}

QFuture<orm::RecordPage> FakeRecordSource::page(const orm::Table &, const QList<orm::Key> &keys)
{
    auto &asked = pages.emplace_back();
    asked.keys = keys;
    asked.promise->start();
    return asked.promise->future();
}

QFuture<orm::Record> FakeRecordSource::whole(const orm::Table &, const orm::Key &key)
{
    auto &asked = wholes.emplace_back();
    asked.keys = {key};
    asked.promise->start();
    return asked.promise->future();
}

orm::Table postsTable()
{
    orm::Table table;
    table.name = u"posts"_s;
    table.singular = u"post"_s;
    table.plural = u"posts"_s;
    orm::Column id;
    id.name = u"id"_s;
    id.type = orm::Integer;
    id.isPrimaryKey = true;
    id.isNullable = false;
    orm::Column title;
    title.name = u"title"_s;
    title.type = orm::String{255};
    title.label = u"T&itle"_s;
    title.role = orm::Role::Title;
    orm::Column content;
    content.name = u"content"_s;
    content.type = orm::Text;
    content.label = u"&Body"_s;
    content.role = orm::Role::Body;
    orm::Column created;
    created.name = u"created_at"_s;
    created.type = orm::DateTime;
    created.label = u"C&reated"_s;
    created.role = orm::Role::Created;
    created.clientDefault = {orm::Default::Kind::Sql, {}, u"CURRENT_TIMESTAMP"_s};
    table.columns = {id, title, content, created};
    return table;
}

QList<orm::StoredValue> postValues(qint64 id)
{
    const QDateTime first(QDate(2024, 1, 1), QTime(1, 0), Qt::UTC);
    return {
        orm::StoredValue::integer(id),
        orm::StoredValue::text(u"Post number %1"_s.arg(id)),
        orm::StoredValue::text(u"Hello %1\n\nSecond paragraph of post %1."_s.arg(id)),
        orm::StoredValue::text(first.addSecs((id - 1) * 3600).toString(u"yyyy-MM-dd HH:mm:ss"_s)),
    };
}

} // namespace test

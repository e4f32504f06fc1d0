// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"
#include "core/session/changeset.h"
#include "ui/table/recordsource.h"

#include <QHash>
#include <QPromise>

#include <memory>
#include <optional>
#include <vector>

namespace test {

/// A question that the test answers when, and if, it likes.
template<typename Result>
struct Asked
{
    orm::RowQuery query; ///< of firstPage() and keys()
    int limit = 0; ///< of firstPage()
    QList<orm::Key> keys; ///< of page() and whole()
    std::shared_ptr<QPromise<Result>> promise = std::make_shared<QPromise<Result>>();

    bool isCanceled() const { return promise->isCanceled(); }
    void answer(const Result &result) const
    {
        promise->addResult(result);
        promise->finish();
    }
    template<typename AnyError>
    void fail(const AnyError &error) const
    {
        promise->setException(std::make_exception_ptr(error));
        promise->finish();
    }
};

/// A RecordSource over rows in memory whose answers the test sends by hand, in any order, late, or
/// as an Error. What an answer holds is what the rows are when it is sent.
class FakeRecordSource final : public ui::RecordSource
{
public:
    explicit FakeRecordSource(orm::Table table);
    ~FakeRecordSource() override;

    // What is in the database, in view order.
    void add(const orm::Key &key, const QList<orm::StoredValue> &values);
    void insertAt(qint64 row, const orm::Key &key, const QList<orm::StoredValue> &values);
    void remove(const orm::Key &key);
    void setValue(const orm::Key &key, int column, const orm::StoredValue &value);
    void setOrder(const QList<orm::Key> &keys);
    /// What Session::apply() does, on these rows: checks the bases, then writes all or nothing. New
    /// rows get the largest number and one and stand first.
    orm::CommitResult apply(const orm::ChangeSet &changes);
    /// Whether a number is free again once the row with the largest one is deleted, as in SQLite
    /// without AUTOINCREMENT.
    enum class Numbers { UsedAgain, UsedOnce } numbers = Numbers::UsedAgain;
    qint64 largestNumber() const { return m_largest; } ///< ever used
    const QHash<orm::Key, orm::Record> &rows() const { return m_rows; }
    orm::KeyList keyList(qint64 first = 0, qint64 count = -1) const;
    orm::Record record(const orm::Key &key) const;
    /// Columns of which pages hold the first characters only.
    void setCut(int column, int characters);

    // What was asked and not answered yet, oldest first.
    std::vector<Asked<orm::RecordPage>> firstPages;
    std::vector<Asked<orm::KeyBatch>> keyStreams;
    std::vector<Asked<orm::RecordPage>> pages;
    std::vector<Asked<orm::Record>> wholes;

    // Answers to the oldest or the given one, as the database is now.
    void answerFirstPage();
    /// All keys in batches of @p batchSize.
    void answerKeys(qint64 batchSize = 1'000'000);
    void answerPage(size_t index = 0);
    void answerWhole();
    orm::RecordPage pageOf(const QList<orm::Key> &keys) const;
    /// Answers all there is, until nothing is asked any more.
    void answerAll();

    // RecordSource
    QFuture<orm::RecordPage> firstPage(const orm::RowQuery &query, int limit) override;
    QFuture<orm::KeyBatch> keys(const orm::RowQuery &query) override;
    QFuture<qint64> count(const orm::Table &table) override;
    QFuture<QList<orm::ScoredRow>> nearest(const orm::Table &table,
                                           const std::shared_ptr<const orm::RowScore> &score,
                                           int limit) override;
    QFuture<orm::RecordPage> page(const orm::Table &table, const QList<orm::Key> &keys) override;
    QFuture<orm::Record> whole(const orm::Table &table, const orm::Key &key) override;

private:
    std::optional<orm::RowProblem> check(const orm::RowChange &change) const;
    orm::CommittedRow write(const orm::RowChange &change);
    orm::Record cut(orm::Record record) const;
    QList<orm::Key> orderOf(const orm::RowQuery &query) const;
    orm::KeyList found(const orm::RowQuery &query, const orm::KeyList &keys) const;

    orm::Table m_table;
    QList<orm::Key> m_order;
    QHash<orm::Key, orm::Record> m_rows;
    qint64 m_largest = 0;
    int m_cutColumn = -1;
    int m_cutLength = 0;
};

/// The tutorial's posts: id, title, content, created_at.
orm::Table postsTable();
/// #@p id as tests/data/f500.sql has it.
QList<orm::StoredValue> postValues(qint64 id);

} // namespace test

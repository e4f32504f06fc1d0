// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/rowquery.h"

#include <QStringList>

#include <chrono>
#include <optional>

namespace orm {

class Connection;

/// What makes an order of a table instant, if anything does.
struct OrderIndexReport
{
    enum class State {
        Absent, ///< the order has to be sorted out each time
        Made, ///< an OrderIndex
        Given, ///< the key, or an index of the database's own
    };
    enum class Obstacle {
        None,
        OtherDatabase, ///< not SQLite
        View, ///< which can't have an index
    };

    State state = State::Given;
    Obstacle obstacle = Obstacle::None;
    /// Columns of all indexes that were made so for this table, in their order, with " DESC" where that
    /// is so: "title", "title DESC, created_at". Sorted.
    QStringList made;
    bool operator==(const OrderIndexReport &) const = default;
};

/// The index that a database's owner may have made for one order of a table, so that its rows are
/// there without sorting all. Its name begins with postdesk_order_, and SQLite keeps it true.
///
/// It has the columns of the order in such directions that walked forwards or backwards it is the
/// order and its reverse, ties by the key included: one index for both.
class OrderIndex
{
public:
    struct Price
    {
        qint64 bytes = 0; ///< on disk
        /// As long nobody else can write, roughly; more where the file has to come from a slow disk.
        std::chrono::milliseconds time{0};
        bool operator==(const Price &) const = default;
    };

    /// Borrows both. @p table as it is in the database
    OrderIndex(Connection &connection, const Table &table, const QList<SortColumn> &sort);

    OrderIndexReport look() const;
    /// Rows that there are at most, found without counting; nothing where that can't be known so.
    std::optional<qint64> mostRows() const;
    /// Judged by the newest of @p rows.
    Price price(qint64 rows) const;
    /// Steps of SQLite's virtual machine that build() takes for each row.
    int stepsPerRow() const;

    /// Makes it, in one transaction: SQLite lets nobody else write while it lasts. Interrupted or
    /// failed it leaves nothing. Does nothing if it is there.
    /// @throws InvalidRequestError SQLite would not use it
    void build();
    /// Does nothing if it isn't there.
    void remove();

    /// "CREATE INDEX "postdesk_order_posts_title" ON "posts" ("title")"
    QString sql() const;

private:
    struct Part
    {
        QString column;
        bool isDescending = false;
        bool operator==(const Part &) const = default;
    };
    struct Found
    {
        QString name;
        QList<Part> parts;
    };

    QList<Found> made() const;
    QString nameOfMade() const; ///< empty if it isn't there
    QString freeName() const;
    bool isUsed() const;

    Connection &m_connection;
    const Table &m_table;
    QList<SortColumn> m_order; ///< total
    QList<Part> m_parts;
};

} // namespace orm

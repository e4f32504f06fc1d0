// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"
#include "core/session/rowquery.h"
#include "ui/table/orderdiff.h"

#include <QHash>
#include <QSet>

#include <functional>
#include <optional>

namespace ui {

/// Which row of the view is which record: new rows on top, newest first, then the database's, and
/// among these the pending ones that are not (or not any more) in the database's order.
///
/// The database's order is read again and again: first a page, then all keys as a stream. What is
/// shown stays until as many keys are there, and then becomes the new order by the fewest steps.
/// Where other rows or another order are read it stays until all is there, or settleNow(), or its
/// first rows are known and shown as a preview. An order that was whole can be put aside, to be there
/// at once when it is wanted again.
class RowOrder
{
public:
    /// Who shows the rows: told about each step before and after, and asked what must stay.
    class Host
    {
    public:
        virtual void beginInsert(qint64 first, qint64 last) = 0;
        virtual void endInsert() = 0;
        virtual void beginRemove(qint64 first, qint64 last) = 0;
        virtual void endRemove() = 0;
        /// Everything may be elsewhere afterwards, and rows may come and go.
        virtual void beginRelayout() = 0;
        virtual void endRelayout() = 0;
        virtual bool isPending(const orm::Key &key) const = 0;
        /// Rows with edits, without those that never were stored.
        virtual QList<orm::Key> pendingKeys() const = 0;
        /// Rows that a preview of an order shows in any case.
        virtual QList<orm::Key> keptKeys() const = 0;

    protected:
        ~Host() = default;
    };

    enum class Reading {
        Again, ///< the same rows, which others may have changed
        Anew, ///< other rows, or another order
    };

    /// Where a reading of all rows begins.
    enum class Edge { Top, End };

    /// More single steps at once than this are one relayout.
    static constexpr qsizetype maxSteps = OrderDiff::maxSteps;

    /// What an order of all rows goes by.
    using Name = QList<orm::SortColumn>;

    /// Borrows @p host, which outlives this.
    explicit RowOrder(Host &host)
        : m_host(host)
    {}

    qint64 size() const { return m_top.size() + m_rows.size(); }
    orm::Key at(qint64 row) const;
    /// -1 if it isn't here. Binary in key order; else linear, and at once where it was found before.
    qint64 rowOf(const orm::Key &key) const;
    QHash<orm::Key, qint64> rowsOf(const QSet<orm::Key> &keys) const;
    /// Whether @p key is here only because it is pending.
    bool isOutside(const orm::Key &key) const { return m_outside.contains(key); }
    /// Rows of the database; exact once isCounted().
    qint64 databaseCount() const { return m_rows.size() - m_outside.size(); }
    bool isCounted() const { return m_isCounted; }
    bool isReading() const { return m_isReading; }

    /// Begins anew with nothing but @p newKeys, newest first, without telling the host.
    void reset(OrderDiff::Order order, const QList<orm::Key> &newKeys);
    /// A stream of batches follows, in @p order if it is another one.
    void beginReading();
    /// @param keepAs what the order that is shown goes by, to be put aside once it isn't shown any more
    void beginReadingAnew(OrderDiff::Order order, const std::optional<Name> &keepAs = {});
    /// Shows the order that was put aside as @p name, if it is; what is shown goes by @p keepAs.
    bool showAside(const Name &name, const std::optional<Name> &keepAs);
    /// The first rows, before any batch. @p limit how many were asked for
    void showFirst(const orm::KeyList &keys, qint64 limit);
    void addBatch(const orm::KeyBatch &batch);
    /// Shows @p keys, the rows at @p edge in view order, and nothing else but pending ones; all keys
    /// follow from there on. Rows between those shown are never missing, only those beyond.
    void beginReadingAt(Edge edge, const orm::KeyList &keys);
    /// From where the rows that are here go on without a gap; Top once all are known.
    Edge edge() const { return m_edge; }
    /// Shows what was read so far, also where that is less than was shown; the rest is appended.
    void settleNow();
    /// Whether what is shown is of this reading.
    bool isSettled() const
    {
        return m_isSettled || m_before || (m_reading == Reading::Again && m_isCounted);
    }
    /// Whether only the first rows of another order are shown, until it is known.
    bool isPreview() const { return m_before.has_value(); }
    QList<orm::Key> keptKeys() const { return m_host.keptKeys(); }
    /// Whether this reading has brought rows that are not shown yet.
    bool hasIncoming() const { return !m_incoming.isEmpty(); }
    qint64 incomingCount() const { return m_incoming.size(); }
    /// The stream ended before its last batch.
    void stopReading();

    /// New rows came, or deleted ones came back with keys of their own.
    void insertNew(const QList<orm::Key> &keys);
    /// New rows went.
    void removeNew(const QList<orm::Key> &keys);
    /// These rows are not in the database any more.
    void removeGone(const QList<orm::Key> &keys);
    /// These rows are pending now, or not any more.
    void update(const QList<orm::Key> &keys);
    /// A save: new rows get their place, deleted ones go. In key order each has one; in others a new
    /// row keeps to the top until all is read again, and one with another key to where it was.
    void commit(const orm::CommitResult &result);

private:
    /// An order of all rows that is not shown.
    struct Whole
    {
        KeySequence rows;
        OrderDiff::Order order = OrderDiff::Order::ByKey;
        QSet<orm::Key> outside;
        Name name;
    };

    static void updateHidden(Whole &hidden, const orm::CommitResult &result);
    static void rename(const QHash<orm::Key, orm::Key> &keys, KeySequence &rows,
                       QSet<orm::Key> &outside);
    bool isByKey() const { return m_order == OrderDiff::Order::ByKey; }
    qint64 topRowOf(const orm::Key &key) const;
    qint64 placeInTop(qint64 number) const;
    qint64 placeOf(const orm::Key &key) const;
    qint64 databaseRowOf(const orm::Key &key) const;
    bool isFound(const orm::Key &key) const;
    void remember(const orm::Key &key, qint64 row) const;

    void rowsChanged();
    void insertRow(const orm::Key &key);
    void removeRows(QList<qint64> rows);
    void drop(qint64 first, qint64 count);
    void settle(OrderDiff::More more);
    void showPreview(const orm::KeyList &keys);
    void putAside(KeySequence rows, OrderDiff::Order order, const QSet<orm::Key> &outside);
    void applySteps(const QSet<orm::Key> &missing);
    void replaceAll(const QSet<orm::Key> &missing);
    void appendRead(const orm::KeyList &keys);
    void addFromEnd(const orm::KeyList &keys, bool isLast);
    void prependRead(const KeySequence &keys);
    QSet<orm::Key> missingKeys() const;
    void insertMissing(const QSet<orm::Key> &missing);
    void commitNew(const QList<orm::CommittedRow> &rows);

    Host &m_host;
    OrderDiff::Order m_order = OrderDiff::Order::ByKey;
    QList<orm::Key> m_top; ///< temporary keys, largest number first
    KeySequence m_rows;
    QSet<orm::Key> m_outside; ///< those in m_rows that the database's order hasn't
    QSet<orm::Key> m_ahead; ///< saved here while it is read from the end, which isn't there yet
    mutable QHash<orm::Key, qint64> m_found; ///< where keys were in m_rows, to be verified

    bool m_isCounted = false;
    bool m_wasCounted = false; ///< before the preview
    bool m_isReading = false;
    Reading m_reading = Reading::Again;
    Edge m_edge = Edge::Top;
    OrderDiff::Order m_nextOrder = OrderDiff::Order::ByKey; ///< of what is being read
    bool m_isSettled = true; ///< what m_rows has is of this reading
    KeySequence m_incoming; ///< of this reading, until it is settled
    std::optional<Whole> m_before; ///< while a preview is shown: what was shown before
    std::optional<Name> m_keepAs;
    std::optional<Whole> m_aside;
    std::optional<OrderDiff> m_diff; ///< from m_rows to m_incoming
    QSet<orm::Key> m_watched; ///< pending when the reading began
    QSet<orm::Key> m_seen; ///< those of them that were read
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"
#include "core/session/rowquery.h"
#include "ui/table/roworder.h"

#include <QFuture>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace ui {

class RecordSource;

/// Reads which rows there are, and in which order, into a RowOrder: at the beginning, again when
/// others wrote, and anew for another order or search. Each reading cancels the one before.
class OrderLoader final : public QObject
{
    Q_OBJECT

public:
    static constexpr int firstRows = 256; ///< that come before all else
    static constexpr int screenful = 100; ///< hits that are shown without waiting for others
    /// A search that takes longer shows the hits that it has.
    static constexpr std::chrono::milliseconds firstHits{50};
    /// Where the first rows are known the others are read when those have been painted.
    static constexpr std::chrono::milliseconds afterFirstRows{50};
    /// After this time the rows of the search before are gone, too.
    static constexpr std::chrono::milliseconds lastRest{250};

    enum class Activity { None, Counting, Sorting, Searching };

    /// Borrows both, which outlive this. @p order has been reset().
    OrderLoader(RecordSource &source, RowOrder &order, QObject *parent = nullptr);
    ~OrderLoader() override;

    const orm::RowQuery &query() const { return m_query; }
    /// Shows @p query's rows from the top, after the order was reset for it: @p first, the first
    /// firstRows, at once where they are known.
    void begin(const orm::RowQuery &query, const std::optional<orm::RecordPage> &first = {});
    void readAgain();
    /// Another order, or other rows, of the same table. What is shown stays until the new is there.
    void change(const orm::RowQuery &query);
    /// While not all rows are known: shows those at @p edge, and reads on from there. turned()
    /// follows if they are not shown already.
    void readFrom(RowOrder::Edge edge);
    /// Gives up the reading. An order that has not come is again the one before.
    void stop();
    bool isReading() const;
    /// Whether the rows shown are only the first ones of the order that is being read.
    bool isPreview() const;

    /// What is going on and takes its time; None while a reading only looks what has changed.
    Activity activity() const;
    /// How far it is, in percent, where that is known.
    std::optional<int> percent() const;
    /// Rows of the table, where a filter leaves some out; nothing while it isn't known.
    std::optional<qint64> totalCount() const { return m_total; }
    /// Own saves added or removed so many.
    void addToTotal(qint64 rows);

signals:
    void firstPageRead(const orm::RecordPage &page);
    /// The order has other rows, or more is known of it.
    void progressed();
    void queryChanged();
    /// Other rows are shown, of the same order: those at @p edge.
    void turned(ui::RowOrder::Edge edge);
    /// How many rows there are of which a filter leaves some out was counted.
    void totalCounted();
    /// All is read, or was given up.
    void ended();
    void failed(const orm::Error &error);

private:
    enum class Kind { First, Again, Changed };

    enum class Keys { Now, Later };

    void read(Kind kind, const std::optional<QList<orm::SortColumn>> &keepAs = {},
              Keys keys = Keys::Now);
    void askForKeys();
    void takeBatch(const orm::KeyBatch &batch);
    void countAll();
    void fail(const orm::Error &error);
    void end();
    bool isByKey() const;
    orm::RowQuery queryFrom(RowOrder::Edge edge) const;

    RecordSource &m_source;
    RowOrder &m_order;
    orm::RowQuery m_query;
    std::optional<orm::RowQuery> m_before; ///< what is shown while another query's rows are read
    Kind m_kind = Kind::First;
    int m_generation = 0; ///< replies to earlier readings are stale
    QFuture<orm::RecordPage> m_firstPage;
    QFuture<orm::KeyBatch> m_keys;
    QFuture<qint64> m_count;
    std::optional<qint64> m_total;
    qint64 m_rowsRead = 0;
    qint64 m_rowsSorted = 0;
    bool m_isStreamed = false; ///< keys come in view order, without a sort before
    QTimer m_keysLater;
    QTimer m_firstHits;
    QTimer m_lastRest;
    bool m_showsHits = false;
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"
#include "core/session/changeset.h"
#include "core/session/rowquery.h"
#include "ui/table/orderloader.h"
#include "ui/table/pagefetcher.h"
#include "ui/table/recordcache.h"
#include "ui/table/recordroles.h"
#include "ui/table/rowcells.h"
#include "ui/table/roworder.h"
#include "ui/table/rowsearch.h"

#include <QAbstractTableModel>
#include <QFuture>

#include <optional>

namespace ui {

class EditBuffer;
class EditHistory;
class RecordSource;

/// Rows of one table, fetched a page at a time, with the uncommitted edits laid over them.
///
/// Column 0 is the row's mark, column n + 1 the table's column n. data() never waits: a cell whose
/// page is not here yet is an invalid QVariant with CellLoadedRole false, and the page is asked for.
/// New rows stand on top, newest first, until a save gives them their place in the order.
class RecordTableModel final : public QAbstractTableModel, private RowOrder::Host
{
    Q_OBJECT

public:
    static constexpr int pageSize = 256; ///< rows in one fetch
    static constexpr int maxChangedOutside = 100'000; ///< marks that are kept

    /// Borrows all three, which outlive the model.
    RecordTableModel(RecordSource &source, EditBuffer &edits, EditHistory &history,
                     QObject *parent = nullptr);
    ~RecordTableModel() override;

    /// Shows @p query's rows from the top; the first page comes at once, the rest follows.
    void setQuery(const orm::RowQuery &query, const std::optional<orm::RecordPage> &first = {});
    /// Shows the same rows in another order; those that are here stay until it is known.
    void setSort(const QList<orm::SortColumn> &sort);
    /// Shows only the rows that @p search finds, null: all. Rows with edits stay in any case.
    void setSearch(const std::shared_ptr<const RowSearch> &search);
    const orm::RowQuery &query() const { return m_loader.query(); }
    OrderLoader &loader() { return m_loader; }
    const OrderLoader &loader() const { return m_loader; }
    /// Reads everything again, also the rows that are here and out of sight; pending edits, and the
    /// rows' places while it lasts, stay.
    void refresh();
    /// Whether the order, or the rows that were here at refresh(), are still being read.
    bool isRefreshing() const { return m_order.isReading() || m_fetcher.isRereading(); }

    /// What the row's mark shows: the state of its edits, or that others changed it.
    RowState state(const orm::Key &key) const;
    /// Rows that others changed and the user has not visited since.
    const QSet<orm::Key> &changedOutside() const { return m_changedOutside; }
    qint64 changedOutsideCount() const { return m_changedOutside.size(); }
    /// The user has seen the row: its mark goes.
    void endVisit(const orm::Key &key);

    orm::Key keyAt(int row) const; ///< null outside
    int rowOf(const orm::Key &key) const; ///< -1 if it isn't shown; knows old temporary keys, too
    /// Those of @p keys that are shown, all at once; keys are as stored.
    QHash<orm::Key, qint64> rowsOf(const QSet<orm::Key> &keys) const
    {
        return m_order.rowsOf(keys);
    }
    static int modelColumn(int tableColumn) { return tableColumn + 1; }
    static int tableColumn(int modelColumn) { return modelColumn - 1; }
    /// Committed rows in the order, without those that are only pending; exact once isCounted().
    qint64 committedCount() const { return m_order.databaseCount(); }
    bool isCounted() const { return m_order.isCounted(); }
    /// From where the rows that are here go on without a gap.
    RowOrder::Edge edge() const { return m_order.edge(); }
    /// Whether the rows shown are of the query, not still of the one before.
    bool isSettled() const { return m_order.isSettled(); }

    /// The row as committed, if its page is here; large values may be cut.
    std::optional<orm::Record> committed(const orm::Key &key) const;
    /// The row as committed with every value whole, from here or from the database; of a row marked
    /// for deletion the one that is to go. For a new row an all-NULL record. An empty Record if the
    /// row is gone.
    QFuture<orm::Record> whole(const orm::Key &key);
    /// The value shown: the pending one, else the committed one, else nothing (not here, or cut).
    std::optional<orm::StoredValue> value(const orm::Key &key, int tableColumn) const;

    /// Asks for the pages of these rows and their neighbours, and no longer for other ones.
    void prefetch(int firstRow, int lastRow);

    // QAbstractTableModel
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// EditRole takes what was typed, or a StoredValue; an invalid QVariant is NULL. TypingRole
    /// takes what is being typed.
    /// @returns false if the cell can't be edited, isn't here or is cut
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    void countChanged();
    /// Rows came from the database, also some that were here.
    void rowsFetched(const QList<orm::Key> &keys);
    /// Rows are not in the database any more.
    void rowsGone(const QList<orm::Key> &keys);
    /// Rows that were here were changed by others, and are marked.
    void rowsChangedOutside(const QList<orm::Key> &keys);
    void changedOutsideCountChanged();
    void refreshEnded();
    /// A page could not be read; its cells stay empty until refresh().
    void fetchFailed(const orm::Error &error);

private:
    bool isPinned(const orm::Key &key) const;
    QString sortMark(int column) const;
    bool isEditable(const orm::Key &key, int column) const;
    void setCell(const orm::Key &key, int column, const QVariant &value);
    QVariant markData(const orm::Key &key, int role) const;
    QVariant cellData(const orm::Key &key, int column, int role) const;
    QString accessibleText(const orm::Key &key) const;
    void want(int row) const;
    void completeSnapshot(const orm::Key &key);

    void countMayHaveChanged();
    void rowsChanged(const QList<orm::Key> &keys);
    void onCommitted(const orm::CommitResult &result);
    void onFetched(const QList<orm::Key> &keys);
    void onChangedOutside(const QList<orm::Key> &keys);
    void onGone(const QList<orm::Key> &keys);
    void refreshMayHaveEnded();

    // RowOrder::Host
    void beginInsert(qint64 first, qint64 last) override;
    void endInsert() override;
    void beginRemove(qint64 first, qint64 last) override;
    void endRemove() override;
    void beginRelayout() override;
    void endRelayout() override;
    bool isPending(const orm::Key &key) const override;
    QList<orm::Key> pendingKeys() const override;
    QList<orm::Key> keptKeys() const override;

    RecordSource &m_source;
    EditBuffer &m_edits;
    EditHistory &m_history;
    orm::Table m_table;
    std::shared_ptr<const RowSearch> m_search;
    RowOrder m_order;
    RecordCache m_cache;
    PageFetcher m_fetcher;
    RowCells m_cells;
    OrderLoader m_loader;
    int m_titleColumn = 0;
    QSet<orm::Key> m_changedOutside;

    int m_firstVisible = 0; ///< by the last prefetch()
    int m_lastVisible = 0;
    qint64 m_knownCount = 0;
    bool m_wasCounted = false;
    /// The cell whose editor has given what was typed so far, and what it held before.
    struct Typing
    {
        orm::Key key;
        int column = -1;
        orm::StoredValue before;
    };
    std::optional<Typing> m_typing;
    QModelIndexList m_moving; ///< persistent indexes before a relayout
    QList<orm::Key> m_movingKeys; ///< their rows
};

} // namespace ui

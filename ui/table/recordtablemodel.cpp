// SPDX-License-Identifier: MIT
#include "ui/table/recordtablemodel.h"

#include "core/session/deliver.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/common/problemtext.h"
#include "ui/table/celltext.h"
#include "ui/table/recordsource.h"
#include "ui/table/rowtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Changed rows that are told one by one; of more, a view paints what is visible.
constexpr qsizetype fewRows = 16;

} // namespace

RecordTableModel::RecordTableModel(RecordSource &source, EditBuffer &edits, EditHistory &history,
                                   QObject *parent)
    : QAbstractTableModel(parent)
    , m_source(source)
    , m_edits(edits)
    , m_history(history)
    , m_table(edits.table())
    , m_order(*this)
    , m_fetcher(source, m_cache,
                [this](qint64 page) {
                    QList<orm::Key> keys;
                    const qint64 end = std::min<qint64>((page + 1) * pageSize, m_order.size());
                    for (qint64 row = page * pageSize; row < end; ++row)
                        keys.append(m_order.at(row));
                    return keys;
                })
    , m_cells(m_table, edits, m_cache)
    , m_loader(source, m_order)
    , m_titleColumn(titleColumn(edits.table()))
{
    connect(&m_edits, &EditBuffer::rowsChanged, this, &RecordTableModel::rowsChanged);
    connect(&m_edits, &EditBuffer::rowsInserted, this, [this](const QList<orm::Key> &keys) {
        m_order.insertNew(keys);
        countMayHaveChanged();
    });
    connect(&m_edits, &EditBuffer::insertedRowsRemoved, this, [this](const QList<orm::Key> &keys) {
        m_order.removeNew(keys);
        countMayHaveChanged();
    });
    connect(&m_edits, &EditBuffer::committed, this, &RecordTableModel::onCommitted);
    connect(&m_fetcher, &PageFetcher::fetched, this, &RecordTableModel::onFetched);
    connect(&m_fetcher, &PageFetcher::failed, this, &RecordTableModel::fetchFailed);
    connect(&m_fetcher, &PageFetcher::changed, this, &RecordTableModel::onChangedOutside);
    connect(&m_fetcher, &PageFetcher::gone, this, &RecordTableModel::onGone);
    connect(&m_fetcher, &PageFetcher::rereadEnded, this, &RecordTableModel::refreshMayHaveEnded);
    connect(&m_loader, &OrderLoader::firstPageRead, this, [this](const orm::RecordPage &page) {
        for (qint64 i = 0; i < page.keys.size(); ++i) {
            const orm::Record &record = page.records.at(i);
            if (record.values.size() == m_table.columns.size())
                m_cache.insert(page.keys.at(i), record);
            else
                m_cache.insertBeginning(page.keys.at(i), record);
        }
    });
    connect(&m_loader, &OrderLoader::progressed, this, &RecordTableModel::countMayHaveChanged);
    connect(&m_loader, &OrderLoader::queryChanged, this,
            [this] { emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1); });
    connect(&m_loader, &OrderLoader::failed, this, &RecordTableModel::fetchFailed);
    connect(&m_loader, &OrderLoader::ended, this, &RecordTableModel::refreshMayHaveEnded);
    m_fetcher.setTable(m_table);
    m_order.reset(OrderDiff::Order::Any, m_edits.insertedKeys());
}

RecordTableModel::~RecordTableModel() = default;

// ---------------------------------------------------------------------------------------- reading

void RecordTableModel::setQuery(const orm::RowQuery &query,
                                const std::optional<orm::RecordPage> &first)
{
    beginResetModel();
    if (query.table != m_table)
        m_cache.clear();
    m_table = query.table;
    m_search.reset();
    m_titleColumn = titleColumn(m_table);
    m_changedOutside.clear();
    m_fetcher.setTable(m_table);
    const bool isByKey = query.isKeyOrder() && m_table.hasIntegerKey();
    m_order.reset(isByKey ? OrderDiff::Order::ByKey : OrderDiff::Order::Any,
                  m_edits.insertedKeys());
    m_firstVisible = 0;
    m_lastVisible = 0;
    endResetModel();
    m_loader.begin(query, first);
}

void RecordTableModel::setSort(const QList<orm::SortColumn> &sort)
{
    if (sort == query().sort)
        return;
    orm::RowQuery changed = query();
    changed.sort = sort;
    m_loader.change(changed);
}

void RecordTableModel::setSearch(const std::shared_ptr<const RowSearch> &search)
{
    orm::RowQuery changed = query();
    changed.filter = search;
    m_search = search;
    m_loader.change(changed);
}

void RecordTableModel::refresh()
{
    m_cache.markStale();
    m_loader.readAgain();
    prefetch(m_firstVisible, m_lastVisible);
    m_fetcher.reread(m_cache.keys() + pendingKeys());
}

void RecordTableModel::refreshMayHaveEnded()
{
    if (!isRefreshing())
        emit refreshEnded();
}

void RecordTableModel::countMayHaveChanged()
{
    if (m_knownCount == committedCount() && m_wasCounted == isCounted())
        return;
    m_knownCount = committedCount();
    m_wasCounted = isCounted();
    emit countChanged();
}

void RecordTableModel::prefetch(int firstRow, int lastRow)
{
    m_firstVisible = std::max(firstRow, 0);
    m_lastVisible = std::max(lastRow, m_firstVisible);
    const qint64 first = m_firstVisible / pageSize;
    const qint64 last = m_lastVisible / pageSize;
    m_fetcher.keepOnly(first - 1, last + 1);
    // The last one wanted is asked for first.
    if (first > 0)
        m_fetcher.want(first - 1);
    if ((last + 1) * pageSize < m_order.size())
        m_fetcher.want(last + 1);
    for (qint64 page = last; page >= first; --page)
        m_fetcher.want(page);
}

void RecordTableModel::want(int row) const
{
    // Asking is no change of what the model is.
    const_cast<PageFetcher &>(m_fetcher).want(row / pageSize);
}

void RecordTableModel::onFetched(const QList<orm::Key> &keys)
{
    rowsChanged(keys);
    emit rowsFetched(keys);
}

void RecordTableModel::onChangedOutside(const QList<orm::Key> &keys)
{
    for (const orm::Key &key : keys) {
        if (m_changedOutside.size() < maxChangedOutside)
            m_changedOutside.insert(key);
    }
    rowsChanged(keys);
    emit rowsChangedOutside(keys);
    emit changedOutsideCountChanged();
}

void RecordTableModel::onGone(const QList<orm::Key> &keys)
{
    m_order.removeGone(keys);
    countMayHaveChanged();
    const qint64 before = changedOutsideCount();
    for (const orm::Key &key : keys)
        m_changedOutside.remove(key);
    if (changedOutsideCount() != before)
        emit changedOutsideCountChanged();
    emit rowsGone(keys);
}

RowState RecordTableModel::state(const orm::Key &key) const
{
    const RowState state = m_edits.state(key);
    return state == RowState::Clean && m_changedOutside.contains(key) ? RowState::ChangedOutside
                                                                      : state;
}

void RecordTableModel::endVisit(const orm::Key &key)
{
    const orm::Key stored = m_edits.resolve(key);
    if (!m_changedOutside.remove(stored))
        return;
    rowsChanged({stored});
    emit changedOutsideCountChanged();
}

void RecordTableModel::rowsChanged(const QList<orm::Key> &keys)
{
    m_order.update(keys);
    countMayHaveChanged();
    const int rows = rowCount();
    if (rows == 0)
        return;
    const int lastColumn = columnCount() - 1;
    if (keys.size() > fewRows || m_table.isKeyless()) { // equal rows have one key
        emit dataChanged(index(0, 0), index(rows - 1, lastColumn));
        return;
    }
    for (const orm::Key &key : keys) {
        if (const int row = rowOf(key); row >= 0)
            emit dataChanged(index(row, 0), index(row, lastColumn));
    }
}

void RecordTableModel::onCommitted(const orm::CommitResult &result)
{
    const qint64 marks = changedOutsideCount();
    qint64 added = 0;
    for (const orm::CommittedRow &row : result.rows) {
        m_changedOutside.remove(row.requested);
        if (row.kind == orm::RowChange::Kind::Delete || row.key != row.requested)
            m_cache.remove(row.requested);
    }
    for (const orm::CommittedRow &row : result.rows) {
        added += row.kind == orm::RowChange::Kind::Insert ? 1
            : row.kind == orm::RowChange::Kind::Delete    ? -1
                                                          : 0;
        m_changedOutside.remove(row.key); // read before this answer came, it looks foreign
        if (row.kind != orm::RowChange::Kind::Delete)
            m_cache.insert(row.key, row.row);
    }
    m_order.commit(result);
    m_loader.addToTotal(added);
    if (m_order.isReading())
        m_loader.readAgain(); // what is being read may be of before the save, or half of it
    countMayHaveChanged();
    if (changedOutsideCount() != marks)
        emit changedOutsideCountChanged();
}

// --------------------------------------------------------------------------------- keys and values

orm::Key RecordTableModel::keyAt(int row) const
{
    return m_order.at(row);
}

int RecordTableModel::rowOf(const orm::Key &key) const
{
    return static_cast<int>(m_order.rowOf(m_edits.resolve(key)));
}

std::optional<orm::Record> RecordTableModel::committed(const orm::Key &key) const
{
    const orm::Key stored = m_edits.resolve(key);
    if (m_edits.isNew(stored))
        return {};
    if (const orm::Record *record = m_cache.find(stored))
        return *record;
    const orm::Record snapshot = m_edits.snapshot(stored);
    return snapshot.values.isEmpty() ? std::nullopt : std::optional(snapshot);
}

QFuture<orm::Record> RecordTableModel::whole(const orm::Key &key)
{
    const orm::Key stored = m_edits.resolve(key);
    if (stored.isTemporary() || m_edits.isNew(stored)) {
        orm::Record empty;
        empty.values.resize(m_table.columns.size());
        return QtFuture::makeReadyFuture(empty);
    }
    if (m_edits.isDeleted(stored))
        return QtFuture::makeReadyFuture(m_edits.snapshot(stored)); // always whole
    // Not the snapshot of an edited row: other columns may have changed since.
    const orm::Record *cached = m_cache.find(stored);
    if (cached && cached->isWhole() && m_cache.isFresh(stored))
        return QtFuture::makeReadyFuture(*cached);
    return m_source.whole(m_table, stored);
}

std::optional<orm::StoredValue> RecordTableModel::value(const orm::Key &key, int tableColumn) const
{
    const RowCells::Cell shown = m_cells.at(m_edits.resolve(key), tableColumn);
    return shown.isLoaded && !shown.isTruncated ? std::optional(shown.value) : std::nullopt;
}

// ---------------------------------------------------------------------------- QAbstractTableModel

int RecordTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int RecordTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : modelColumn(static_cast<int>(m_table.columns.size()));
}

bool RecordTableModel::isEditable(const orm::Key &key, int column) const
{
    if (column < 0 || m_edits.isDeleted(key))
        return false;
    const orm::Column &about = m_table.columns.at(column);
    if (about.isReadOnly || (about.isPrimaryKey && m_table.hasIntegerKey()))
        return false; // the database itself counts such a key up
    // A key is short, whatever its type.
    const bool isShort = !about.type.isLarge()
        || (about.isPrimaryKey && about.type.kind == orm::ColumnType::Kind::Text);
    if (!isShort)
        return false;
    const RowCells::Cell shown = m_cells.at(key, column);
    return shown.isLoaded && !shown.isTruncated;
}

Qt::ItemFlags RecordTableModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return flags;
    flags |= Qt::ItemNeverHasChildren;
    if (isEditable(keyAt(index.row()), tableColumn(index.column())))
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool RecordTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if ((role != Qt::EditRole && role != TypingRole)
        || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    const orm::Key key = keyAt(index.row());
    const int column = tableColumn(index.column());
    if (!isEditable(key, column))
        return false;
    const bool isTyping = m_typing && m_typing->key == key && m_typing->column == column;
    if (role == TypingRole && !value.isValid()) {
        if (isTyping) {
            m_history.dropFieldEdit();
            // A save may have ended the step.
            if (m_typing->before != m_cells.at(key, column).value)
                m_history.setValue(key, column, m_typing->before,
                                   committed(key).value_or(orm::Record()));
            m_history.endFieldEdit();
            m_typing.reset();
        }
        return true;
    }
    if (!isTyping) {
        m_history.endFieldEdit();
        m_typing = Typing{key, column, m_cells.at(key, column).value};
    }
    setCell(key, column, value);
    if (role == Qt::EditRole) {
        m_history.endFieldEdit();
        m_typing.reset();
    }
    return true;
}

/// Text is a view of a value: the same text is the same value, with the digits it hides.
void RecordTableModel::setCell(const orm::Key &key, int column, const QVariant &value)
{
    const orm::Column &about = m_table.columns.at(column);
    const orm::StoredValue now = m_cells.at(key, column).value;
    orm::StoredValue wanted;
    const auto isTextOf = [&](const std::optional<orm::StoredValue> &known) {
        return known && value.typeId() == QMetaType::QString
            && value == celltext::edit(about, *known);
    };
    if (isTextOf(now))
        return;
    if (isTextOf(m_typing->before))
        wanted = m_typing->before;
    else if (const auto base = m_edits.base(key, column); isTextOf(base))
        wanted = *base;
    else
        wanted = celltext::parse(about, value);
    const orm::Record shown = committed(key).value_or(orm::Record());
    const bool isFirst = !m_edits.contains(key);
    if (wanted.isNull() && value.typeId() == QMetaType::QString)
        m_history.clearValue(key, column, shown);
    else
        m_history.setValue(key, column, wanted, shown);
    if (isFirst && !shown.isWhole())
        completeSnapshot(key);
}

/// What the list has of a long text is its beginning. If the row is deleted outside, the edit has to
/// know the rest; if it can't be read, the beginning is what there is.
void RecordTableModel::completeSnapshot(const orm::Key &key)
{
    orm::deliver(
        whole(key), this,
        [this, key](const orm::Record &read) { m_edits.completeSnapshot(key, read); },
        [](const orm::Error &) {});
}

// --------------------------------------------------------------------------------- RowOrder::Host

void RecordTableModel::beginInsert(qint64 first, qint64 last)
{
    beginInsertRows({}, static_cast<int>(first), static_cast<int>(last));
}

void RecordTableModel::endInsert()
{
    endInsertRows();
}

void RecordTableModel::beginRemove(qint64 first, qint64 last)
{
    beginRemoveRows({}, static_cast<int>(first), static_cast<int>(last));
}

void RecordTableModel::endRemove()
{
    endRemoveRows();
}

void RecordTableModel::beginRelayout()
{
    emit layoutAboutToBeChanged();
    m_moving = persistentIndexList();
    m_movingKeys.clear();
    for (const QModelIndex &index : std::as_const(m_moving))
        m_movingKeys.append(keyAt(index.row()));
}

void RecordTableModel::endRelayout()
{
    QSet<orm::Key> keys;
    for (orm::Key &key : m_movingKeys) {
        key = m_edits.resolve(key);
        keys.insert(key);
    }
    const QHash<orm::Key, qint64> rows = m_order.rowsOf(keys);
    QModelIndexList moved;
    moved.reserve(m_moving.size());
    for (qsizetype i = 0; i < m_moving.size(); ++i) {
        const qint64 row = rows.value(m_movingKeys.at(i), -1);
        moved.append(row < 0 ? QModelIndex()
                             : index(static_cast<int>(row), m_moving.at(i).column()));
    }
    changePersistentIndexList(m_moving, moved);
    m_moving.clear();
    m_movingKeys.clear();
    emit layoutChanged();
}

bool RecordTableModel::isPending(const orm::Key &key) const
{
    return m_edits.contains(key);
}

QList<orm::Key> RecordTableModel::pendingKeys() const
{
    QList<orm::Key> keys = m_edits.keys();
    keys.removeIf([](const orm::Key &key) { return key.isTemporary(); });
    return keys;
}

/// Rows with edits, and those that somebody holds on to: the current one, the ends of selections.
QList<orm::Key> RecordTableModel::keptKeys() const
{
    constexpr qsizetype most = 1000;
    QList<orm::Key> keys = pendingKeys();
    const QModelIndexList held = persistentIndexList().mid(0, most);
    for (const QModelIndex &index : held)
        keys.append(keyAt(index.row()));
    return keys;
}

} // namespace ui

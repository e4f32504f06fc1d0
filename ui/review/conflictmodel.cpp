// SPDX-License-Identifier: MIT
#include "ui/review/conflictmodel.h"

#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/changes/steprunner.h"
#include "ui/common/letgo.h"
#include "ui/review/rowname.h"

#include <QElapsedTimer>
#include <QUndoStack>

#include <algorithm>

namespace ui {

namespace {

/// Of one row: whether what was decided on the one stands for the other.
bool isSame(const RowConflict &a, const RowConflict &b)
{
    return a.kind == b.kind && a.theirs == b.theirs;
}

} // namespace

struct ConflictModel::Reading
{
    QList<orm::Key> keys; ///< of what is pending
    qsizetype at = 0;
    List list;
    bool isShown = false; ///< the first of them are
};

ConflictModel::ConflictModel(EditHistory &history, QObject *parent)
    : QAbstractListModel(parent)
    , m_history(history)
    , m_edits(history.edits())
{
    m_later.setSingleShot(true);
    m_later.setInterval(100);
    connect(&m_later, &QTimer::timeout, this, &ConflictModel::read);
    m_readOn.setSingleShot(true);
    connect(&m_readOn, &QTimer::timeout, this, &ConflictModel::readSome);
    connect(&m_edits, &EditBuffer::countsChanged, this, [this] {
        if (m_isApplying)
            return;
        // Many become other ones bit by bit.
        if (m_reading || m_conflicts.size() > StepRunner::manyRows)
            m_later.start();
        else
            read();
    });
    read();
}

ConflictModel::~ConflictModel() = default;

int ConflictModel::conflictCount() const
{
    return m_reading && m_reading->isShown ? int(m_edits.conflictCount()) : int(m_conflicts.size());
}

/// Decisions on rows that are in the same conflict still are kept.
void ConflictModel::read()
{
    m_later.stop();
    if (m_edits.conflictCount() == 0)
        return show({}, false);
    m_reading = std::make_unique<Reading>();
    m_reading->keys = m_edits.keys();
    readSome();
}

void ConflictModel::readSome()
{
    constexpr qsizetype atOnce = 32; // between two looks at the clock
    QElapsedTimer timer;
    timer.start();
    const qsizetype end = std::min(m_reading->keys.size(), m_reading->at + mostAtOnce);
    for (; m_reading->at < end; ++m_reading->at) {
        const bool isLate = m_reading->at % atOnce == 0
            && m_reading->keys.size() > StepRunner::manyRows
            && timer.elapsed() >= StepRunner::slice.count();
        if (isLate)
            break;
        if (const auto conflict = conflictOf(m_edits, m_reading->keys.at(m_reading->at)))
            append(m_reading->list, *conflict);
    }
    if (m_reading->at == m_reading->keys.size()) {
        const std::unique_ptr<Reading> reading = std::exchange(m_reading, {});
        show(std::move(reading->list), reading->isShown);
        return;
    }
    if (m_entries.empty() && !m_reading->list.entries.empty()) {
        m_reading->isShown = true;
        beginResetModel();
        m_conflicts = m_reading->list.conflicts;
        m_entries = m_reading->list.entries;
        endResetModel();
    }
    m_readOn.start(0);
}

/// What was read is there now: behind the first of it, or instead of what was there before.
void ConflictModel::show(List &&list, bool isBehind)
{
    m_readOn.stop();
    m_reading.reset();
    if (!isBehind) {
        beginResetModel();
        letGoOfMany(m_conflicts);
        m_conflicts = std::move(list.conflicts);
        m_entries = std::move(list.entries);
        endResetModel();
        m_decided.removeIf([this](auto decided) {
            const auto now = conflictOf(m_edits, decided.key());
            return !now || !isSame(*now, decided->conflict);
        });
        return;
    }
    const size_t before = m_entries.size();
    if (before == list.entries.size())
        return;
    beginInsertRows({}, int(before), int(list.entries.size()) - 1);
    std::copy(m_entries.begin(), m_entries.end(), list.entries.begin()); // with what was decided
    m_conflicts = std::move(list.conflicts);
    m_entries = std::move(list.entries);
    endInsertRows();
}

void ConflictModel::append(List &list, const RowConflict &conflict) const
{
    const qsizetype index = list.conflicts.size();
    list.conflicts.append(conflict);
    if (conflict.kind != RowConflict::Kind::Fields)
        list.entries.push_back({index, -1, Decision::Open, {}, false, false});
    for (qsizetype i = 0; conflict.kind == RowConflict::Kind::Fields && i < conflict.fields.size();
         ++i)
        list.entries.push_back({index, i, Decision::Open, {}, false, false});
}

const ConflictModel::Entry &ConflictModel::entry(int row) const
{
    Entry &entry = m_entries.at(size_t(row));
    if (std::exchange(entry.isProposed, true))
        return entry;
    const RowConflict &conflict = m_conflicts.at(entry.conflict);
    const auto decided = m_decided.constFind(conflict.key);
    const qsizetype place = std::max<qsizetype>(0, entry.field);
    const bool isKnown = decided != m_decided.cend() && isSame(conflict, decided->conflict)
        && place < decided->entries.size();
    if (!isKnown) {
        propose(entry);
        return entry;
    }
    const Entry &known = decided->entries.at(place);
    entry.decision = known.decision;
    entry.both = known.both;
    entry.isClean = known.isClean;
    return entry;
}

/// All of a row.
QList<ConflictModel::Entry> ConflictModel::entriesOf(qsizetype conflict) const
{
    const auto first = std::lower_bound(
        m_entries.begin(), m_entries.end(), conflict,
        [](const Entry &entry, qsizetype wanted) { return entry.conflict < wanted; });
    QList<Entry> entries;
    for (auto at = first; at != m_entries.end() && at->conflict == conflict; ++at)
        entries.append(entry(int(at - m_entries.begin())));
    return entries;
}

void ConflictModel::propose(Entry &entry) const
{
    if (entry.field < 0)
        return;
    const orm::FieldConflict &field = m_conflicts.at(entry.conflict).fields.at(entry.field);
    const orm::Column &column = m_edits.table().columns.at(field.column);
    const auto merged = mergeOf(column, field);
    if (!merged)
        return;
    entry.both = merged->value;
    entry.isClean = merged->isClean;
    if (!column.type.isLarge()) // a line is not two
        entry.both = orm::StoredValue::text(
            tr("%1 / %2").arg(field.mine.toString(), field.theirs.toString()));
    else if (merged->isClean)
        entry.decision = Decision::Both;
}

const RowConflict &ConflictModel::conflict(int row) const
{
    return m_conflicts.at(m_entries.at(size_t(row)).conflict);
}

const orm::FieldConflict *ConflictModel::field(int row) const
{
    const Entry &entry = m_entries.at(size_t(row));
    return entry.field < 0 ? nullptr : &m_conflicts.at(entry.conflict).fields.at(entry.field);
}

bool ConflictModel::canDecide(int row, Decision decision) const
{
    return decision != Decision::Both || !both(row).isNull();
}

void ConflictModel::decide(int row, Decision decision)
{
    if (!canDecide(row, decision))
        return;
    entry(row); // nothing is proposed over it
    m_entries.at(size_t(row)).decision = decision;
    const RowConflict &about = conflict(row);
    m_decided.insert(about.key, {about, entriesOf(m_entries.at(size_t(row)).conflict)});
    emit dataChanged(index(row), index(row));
}

void ConflictModel::setBoth(int row, const orm::StoredValue &value)
{
    entry(row);
    m_entries.at(size_t(row)).both = value;
    decide(row, Decision::Both);
}

int ConflictModel::nextOpen(int row) const
{
    const int count = rowCount();
    for (int step = 1; step <= count; ++step) {
        const int at = (row + step) % count;
        if (decision(at) == Decision::Open)
            return at;
    }
    return -1;
}

bool ConflictModel::apply()
{
    QList<std::pair<RowConflict, QList<Entry>>> decided;
    QSet<qsizetype> done;
    for (size_t i = 0; i < m_entries.size(); ++i) {
        const qsizetype index = m_entries[i].conflict;
        if (!m_entries[i].isProposed || done.contains(index))
            continue; // on what nobody has seen nobody has decided
        const QList<Entry> entries = entriesOf(index);
        const bool isOpen = std::any_of(entries.begin(), entries.end(), [](const Entry &entry) {
            return entry.decision == Decision::Open;
        });
        if (isOpen || !isAsRead(m_conflicts.at(index)))
            continue;
        done.insert(index);
        decided.append({m_conflicts.at(index), entries});
    }
    if (decided.isEmpty())
        return false;
    m_isApplying = true;
    {
        const EditBuffer::Batch batch(m_edits);
        m_history.endFieldEdit();
        //: A step to undo
        m_history.undoStack().beginMacro(
            tr("decide %Ln conflict(s)", nullptr, int(decided.size())));
        for (const auto &[conflict, entries] : std::as_const(decided))
            decideRow(conflict, entries);
        m_history.undoStack().endMacro();
    }
    m_isApplying = false;
    if (m_edits.conflictCount() > StepRunner::manyRows)
        takeOut(done);
    read();
    return true;
}

/// Whether a row is in the same conflict still: what was read of many may be of a moment ago.
bool ConflictModel::isAsRead(const RowConflict &conflict) const
{
    const auto now = conflictOf(m_edits, conflict.key);
    return now && isSame(*now, conflict) && now->fields.size() == conflict.fields.size();
}

/// Rows that are in conflict no more, until all are read anew.
void ConflictModel::takeOut(const QSet<qsizetype> &conflicts)
{
    beginResetModel();
    QList<RowConflict> kept;
    kept.reserve(m_conflicts.size());
    std::vector<qsizetype> places(size_t(m_conflicts.size()), -1);
    for (qsizetype i = 0; i < m_conflicts.size(); ++i) {
        if (conflicts.contains(i))
            continue;
        places[size_t(i)] = kept.size();
        kept.append(std::move(m_conflicts[i]));
    }
    std::erase_if(m_entries, [&](Entry &entry) {
        entry.conflict = places[size_t(entry.conflict)];
        return entry.conflict < 0;
    });
    m_conflicts = std::move(kept);
    endResetModel();
}

void ConflictModel::decideRow(const RowConflict &conflict, const QList<Entry> &entries)
{
    if (conflict.kind == RowConflict::Kind::Fields) {
        QHash<int, orm::StoredValue> values;
        for (const Entry &entry : entries) {
            const orm::FieldConflict &field = conflict.fields.at(entry.field);
            values.insert(field.column,
                          entry.decision == Decision::Mine         ? field.mine
                              : entry.decision == Decision::Theirs ? field.theirs
                                                                   : entry.both);
        }
        decideFields(m_history, conflict, values);
        return;
    }
    if (entries.first().decision == Decision::Theirs)
        m_history.revertRows({conflict.key});
    else if (conflict.kind == RowConflict::Kind::Deletion)
        deleteAllTheSame(m_history, conflict);
    else
        keepAsNew(m_history, conflict);
}

int ConflictModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant ConflictModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)
        || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const orm::FieldConflict *about = field(index.row());
    QString text = rowName(m_edits, conflict(index.row()).key);
    if (about)
        //: A row and a field of it
        text = tr("%1, %2").arg(text, m_edits.table().columns.at(about->column).text());
    switch (decision(index.row())) {
    case Decision::Open:
        return tr("%1: not decided").arg(text);
    case Decision::Mine:
        return tr("%1: mine").arg(text);
    case Decision::Theirs:
        return tr("%1: theirs").arg(text);
    case Decision::Both:
        return tr("%1: both").arg(text);
    }
    return {};
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/review/conflictmodel.h"

#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/changes/steprunner.h"
#include "ui/review/rowname.h"

#include <QUndoStack>

#include <algorithm>

namespace ui {

ConflictModel::ConflictModel(EditHistory &history, QObject *parent)
    : QAbstractListModel(parent)
    , m_history(history)
    , m_edits(history.edits())
{
    m_later.setSingleShot(true);
    m_later.setInterval(100);
    connect(&m_later, &QTimer::timeout, this, &ConflictModel::read);
    connect(&m_edits, &EditBuffer::countsChanged, this, [this] {
        if (m_isApplying)
            return;
        // Many become other ones bit by bit.
        if (m_conflicts.size() > StepRunner::manyRows)
            m_later.start();
        else
            read();
    });
    read();
}

/// Decisions on rows that are in the same conflict still are kept.
void ConflictModel::read()
{
    m_later.stop();
    QList<RowConflict> conflicts = conflictsOf(m_edits);
    QHash<orm::Key, qptrdiff> firstEntries; // of each row
    firstEntries.reserve(m_conflicts.size());
    for (size_t i = m_entries.size(); i > 0; --i)
        firstEntries.insert(m_conflicts.at(m_entries[i - 1].conflict).key, qptrdiff(i - 1));
    const auto knownOf = [&](const RowConflict &conflict) {
        const auto first = firstEntries.constFind(conflict.key);
        if (first == firstEntries.cend())
            return m_entries.end();
        const auto entry = m_entries.begin() + *first;
        const RowConflict &before = m_conflicts.at(entry->conflict);
        return before.kind == conflict.kind && before.theirs == conflict.theirs ? entry
                                                                                : m_entries.end();
    };
    std::vector<Entry> entries;
    for (qsizetype i = 0; i < conflicts.size(); ++i) {
        std::vector<Entry> fresh = entriesOf(i, conflicts.at(i));
        const auto known = knownOf(conflicts.at(i));
        for (size_t j = 0; known != m_entries.end() && j < fresh.size()
             && std::distance(known, m_entries.end()) > qptrdiff(j);
             ++j) {
            fresh[j].isProposed = known[qptrdiff(j)].isProposed;
            fresh[j].isClean = known[qptrdiff(j)].isClean;
            fresh[j].decision = known[qptrdiff(j)].decision;
            fresh[j].both = known[qptrdiff(j)].both;
        }
        entries.insert(entries.end(), fresh.begin(), fresh.end());
    }
    beginResetModel();
    m_conflicts = std::move(conflicts);
    m_entries = std::move(entries);
    endResetModel();
}

std::vector<ConflictModel::Entry> ConflictModel::entriesOf(qsizetype index,
                                                           const RowConflict &conflict) const
{
    if (conflict.kind != RowConflict::Kind::Fields)
        return {{index, -1, Decision::Open, {}, false, true}};
    std::vector<Entry> entries;
    for (qsizetype i = 0; i < conflict.fields.size(); ++i)
        entries.push_back({index, i, Decision::Open, {}, false, false});
    return entries;
}

const ConflictModel::Entry &ConflictModel::entry(int row) const
{
    Entry &entry = m_entries.at(size_t(row));
    if (!std::exchange(entry.isProposed, true))
        propose(entry);
    return entry;
}

void ConflictModel::propose(Entry &entry) const
{
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
    if (m_later.isActive())
        read();
    QList<std::pair<RowConflict, QList<Entry>>> decided;
    for (size_t i = 0; i < m_entries.size();) {
        const qsizetype conflict = m_entries.at(i).conflict;
        QList<Entry> entries;
        for (; i < m_entries.size() && m_entries.at(i).conflict == conflict; ++i)
            entries.append(entry(int(i)));
        const bool isOpen = std::any_of(entries.begin(), entries.end(), [](const Entry &entry) {
            return entry.decision == Decision::Open;
        });
        if (!isOpen)
            decided.append({m_conflicts.at(conflict), entries});
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
    read();
    return true;
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

// SPDX-License-Identifier: MIT
#include "ui/table/follower.h"

#include "core/session/deliver.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/editedrow.h"
#include "ui/table/recordsource.h"
#include "ui/table/recordtablemodel.h"

#include <algorithm>

namespace ui {

Follower::Follower(RecordTableModel &model, EditBuffer &edits, RecordSource &source, Poll poll,
                   qint64 version, QObject *parent)
    : QObject(parent)
    , m_model(model)
    , m_edits(edits)
    , m_source(source)
    , m_poll(std::move(poll))
    , m_version(version)
{
    connect(&m_timer, &QTimer::timeout, this, &Follower::check);
    connect(&m_model, &RecordTableModel::refreshEnded, this, &Follower::onRefreshEnded);
    connect(&m_model, &RecordTableModel::rowsFetched, this, &Follower::onRowsFetched);
    connect(&m_model, &RecordTableModel::rowsGone, this, &Follower::onRowsGone);
    connect(&m_model, &RecordTableModel::rowsChangedOutside, this, &Follower::onRowsChangedOutside);
    connect(&m_edits, &EditBuffer::rowsChanged, this, &Follower::onEditsChanged);
    connect(&m_edits, &EditBuffer::committed, this, [this](const orm::CommitResult &result) {
        for (const orm::CommittedRow &row : result.rows) {
            m_theirs.remove(row.key);
            m_seen.remove(row.key);
            m_gone.remove(row.key);
            m_theirs.remove(row.requested);
            m_seen.remove(row.requested);
            m_gone.remove(row.requested);
        }
    });
    m_timer.start(interval);
}

Follower::~Follower()
{
    for (QFuture<orm::Record> &read : m_wholeReads)
        read.cancel();
}

void Follower::check()
{
    if (m_isAsking)
        return; // the thread is saving, and answers then
    m_isAsking = true;
    orm::deliver(
        m_poll(), this,
        [this](std::optional<qint64> version) {
            m_isAsking = false;
            onVersion(version);
        },
        // What is wrong with the database is said by whoever was asked to read or write.
        [this](const orm::Error &) { m_isAsking = false; });
}

void Follower::onVersion(std::optional<qint64> version)
{
    if (!version || *version == m_version)
        return;
    if (m_model.isRefreshing() || Clock::now() < m_restUntil)
        return; // it is still another one the next time
    m_version = *version;
    setChangedElsewhere(true);
    readAgain();
}

void Follower::refresh()
{
    setChangedElsewhere(false);
    readAgain();
}

void Follower::acknowledge()
{
    setChangedElsewhere(false);
}

void Follower::readAgain()
{
    m_marksBefore = m_model.changedOutsideCount();
    m_readingSince = Clock::now();
    m_model.refresh();
}

void Follower::onRefreshEnded()
{
    if (!m_readingSince)
        return;
    const auto took = Clock::now() - *m_readingSince;
    m_restUntil = Clock::now() + std::min<Clock::duration>(took * restFactor, longestRest);
    m_readingSince.reset();
    if (m_model.changedOutsideCount() > m_marksBefore)
        setChangedElsewhere(false);
}

void Follower::setChangedElsewhere(bool changed)
{
    if (std::exchange(m_hasChangedElsewhere, changed) != changed)
        emit hasChangedElsewhereChanged();
}

// --------------------------------------------------------------------------------- rows with edits

void Follower::onRowsFetched(const QList<orm::Key> &keys)
{
    for (const orm::Key &key : keys) {
        if (!m_edits.contains(key) || m_edits.isNew(key))
            continue;
        m_gone.remove(key);
        const auto stored = m_model.committed(key);
        if (stored && mayConflict(key, *stored))
            readWhole(key);
    }
}

void Follower::onRowsGone(const QList<orm::Key> &keys)
{
    for (const orm::Key &key : keys) {
        if (!m_edits.contains(key) || m_edits.isNew(key))
            continue;
        m_gone.insert(key);
        m_theirs.remove(key);
        judge(key);
    }
}

void Follower::onEditsChanged(const QList<orm::Key> &keys)
{
    for (const orm::Key &key : keys) {
        if (!m_edits.contains(key)) {
            m_theirs.remove(key);
            m_gone.remove(key);
            continue;
        }
        // An edit of the row forgets its problem: it is said again, unless it is none any more.
        if (m_theirs.contains(key) || m_gone.contains(key))
            judge(key);
        const auto problem = m_edits.problem(key);
        if (problem && problem->kind == orm::RowProblem::Kind::ChangedOutside) {
            m_seen.insert(key, problem->theirs);
            m_model.endVisit(key);
        }
    }
}

/// Whoever has seen in a conflict what others stored needs no mark for it.
void Follower::onRowsChangedOutside(const QList<orm::Key> &keys)
{
    for (const orm::Key &key : keys) {
        const auto seen = m_seen.constFind(key);
        const auto stored = m_model.committed(key);
        if (seen != m_seen.cend() && stored && orm::isSameRow(*seen, *stored))
            m_model.endVisit(key);
    }
}

/// Whether a row as it came, perhaps with first characters only, asks for a closer look.
bool Follower::mayConflict(const orm::Key &key, const orm::Record &stored) const
{
    const auto known = m_theirs.constFind(key);
    if (known != m_theirs.cend())
        return !orm::isSameRow(*known, stored);
    if (m_edits.isDeleted(key))
        return !orm::isSameRow(m_edits.snapshot(key), stored);
    const QList<orm::FieldChange> fields = m_edits.fields(key);
    return std::any_of(fields.cbegin(), fields.cend(), [&](const orm::FieldChange &field) {
        const orm::StoredValue now = valueOf(stored, field.column);
        return stored.isTruncated(field.column) ? !orm::isSameRow(m_edits.snapshot(key), stored)
                                                : now != field.base && now != field.value;
    });
}

QList<orm::FieldConflict> Follower::conflicts(const orm::Key &key, const orm::Record &stored) const
{
    QList<orm::FieldConflict> conflicts;
    if (m_edits.isDeleted(key)) {
        const orm::Record seen = m_edits.snapshot(key);
        for (int column = 0; column < stored.values.size(); ++column) {
            if (valueOf(seen, column) != stored.values.at(column))
                conflicts.append({column, valueOf(seen, column), {}, stored.values.at(column)});
        }
        return conflicts;
    }
    for (const orm::FieldChange &field : m_edits.fields(key)) {
        const orm::StoredValue now = valueOf(stored, field.column);
        if (now != field.base && now != field.value)
            conflicts.append({field.column, field.base, field.value, now});
    }
    return conflicts;
}

void Follower::readWhole(const orm::Key &key)
{
    if (m_wholeReads.contains(key) || m_wholeReads.size() >= maxWholeReads)
        return;
    const QFuture<orm::Record> read = m_source.whole(m_edits.table(), key);
    m_wholeReads.insert(key, read);
    orm::deliver(
        read, this,
        [this, key](const orm::Record &record) {
            m_wholeReads.remove(key);
            if (record.values.isEmpty())
                m_gone.insert(key);
            else
                m_theirs.insert(key, record);
            judge(key);
        },
        [this, key](const orm::Error &) { m_wholeReads.remove(key); });
}

void Follower::judge(const orm::Key &key)
{
    if (!m_edits.contains(key) || m_edits.isNew(key))
        return;
    orm::RowProblem problem;
    problem.key = key;
    if (m_gone.contains(key)) {
        problem.kind = orm::RowProblem::Kind::DeletedOutside;
    } else if (const auto theirs = m_theirs.constFind(key); theirs != m_theirs.cend()) {
        problem.kind = orm::RowProblem::Kind::ChangedOutside;
        problem.conflicts = conflicts(key, *theirs);
        problem.theirs = *theirs;
        if (problem.conflicts.isEmpty())
            return;
    } else {
        return;
    }
    const auto known = m_edits.problem(key);
    const bool isKnown = known && known->kind == problem.kind && known->theirs == problem.theirs
        && known->conflicts.size() == problem.conflicts.size();
    if (!isKnown)
        m_edits.markProblems({problem});
}

} // namespace ui

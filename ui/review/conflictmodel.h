// SPDX-License-Identifier: MIT
#pragma once

#include "ui/changes/conflict.h"

#include <QAbstractListModel>
#include <QHash>
#include <QSet>
#include <QTimer>

#include <memory>
#include <vector>

namespace ui {

/// What is to become of a field, or a row, that two have changed.
enum class Decision { Open, Mine, Theirs, Both };

/// The fields in conflict, row by row, each with what the user decided. Nothing is done before apply().
class ConflictModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    /// Pending rows that are looked at in one go.
    static constexpr qsizetype mostAtOnce = 1000;

    /// Borrows @p history, which outlives this. Follows its EditBuffer: a row that is edited again is
    /// in conflict no more. Of very many that is noticed once they come to rest, and they are read a
    /// moment's worth at a time: the first ones are there at once.
    explicit ConflictModel(EditHistory &history, QObject *parent = nullptr);
    ~ConflictModel() override;

    // Of an entry
    const RowConflict &conflict(int row) const;
    /// The field it is about; nullptr where it is the row as a whole.
    const orm::FieldConflict *field(int row) const;
    Decision decision(int row) const { return entry(row).decision; }
    bool canDecide(int row, Decision decision) const;
    /// Does nothing where it can't be decided so.
    void decide(int row, Decision decision);
    /// Both edits together, as proposed or as edited since; NULL where there is no such thing.
    const orm::StoredValue &both(int row) const { return entry(row).both; }
    /// Whether the two edits don't touch, so that both() is what one would expect.
    bool isBothClean(int row) const { return entry(row).isClean; }
    void setBoth(int row, const orm::StoredValue &value);

    int conflictCount() const; ///< rows, with those that are still to be read
    /// The next entry after @p row that is not decided, from the start again after the last; -1: none.
    int nextOpen(int row) const;
    /// Does what was decided, for the rows of which every field is, as one undoable step.
    /// @returns whether there was something to do
    bool apply();

    // QAbstractListModel
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Entry
    {
        qsizetype conflict = 0; ///< index into m_conflicts
        qsizetype field = -1; ///< index into its fields; -1: the row as a whole
        Decision decision = Decision::Open;
        orm::StoredValue both;
        bool isClean = false;
        bool isProposed = false; ///< both, and whether it is the decision, was thought of
    };
    /// What was decided on a row, should it be read anew.
    struct Decided
    {
        RowConflict conflict;
        QList<Entry> entries;
    };
    struct List
    {
        QList<RowConflict> conflicts;
        std::vector<Entry> entries;
    };
    struct Reading;

    void read();
    void readSome();
    void show(List &&list, bool isBehind);
    void append(List &list, const RowConflict &conflict) const;
    QList<Entry> entriesOf(qsizetype conflict) const;
    const Entry &entry(int row) const;
    void propose(Entry &entry) const;
    bool isAsRead(const RowConflict &conflict) const;
    void decideRow(const RowConflict &conflict, const QList<Entry> &entries);
    void takeOut(const QSet<qsizetype> &conflicts);

    EditHistory &m_history;
    EditBuffer &m_edits;
    QList<RowConflict> m_conflicts;
    mutable std::vector<Entry> m_entries; ///< proposals are made once they are asked for
    QHash<orm::Key, Decided> m_decided;
    std::unique_ptr<Reading> m_reading; ///< until all are read
    bool m_isApplying = false;
    QTimer m_later; ///< until what is in conflict is read anew
    QTimer m_readOn;
};

} // namespace ui

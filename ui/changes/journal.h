// SPDX-License-Identifier: MIT
#pragma once

#include "ui/changes/editbuffer.h"
#include "ui/changes/journallookup.h"
#include "ui/changes/journalwriter.h"

#include <QSet>
#include <QTimer>

namespace orm {
class SessionWorker;
struct DatabaseUrl;
} // namespace orm

namespace ui {

/// What was brought back from a journal.
struct JournalRecovery
{
    QList<orm::Key> keys; ///< rows with edits, as they are in the EditBuffer now
    OpenField openField; ///< where the user was writing; a null key: nowhere
    /// A save had got through when the program ended: its rows are saved, and not among keys.
    bool wasSaved = false;
    /// Rows whose key another row has by now, or nobody knows which: their edits are new rows.
    QList<orm::Key> insertedAsNew;
    QList<orm::Key> deletedOutside; ///< changed rows that are gone; marked as conflicts
    QStringList lostColumns; ///< that are gone from the table and had pending values
    int damages = 0; ///< places in the file that could not be read
    QString keptAside; ///< a copy of the file, where something of it could not be used

    bool isEmpty() const { return keys.isEmpty(); }
};

/// The EditBuffer on disk: it follows its signals, and after a crash, a power cut or a plain quit it
/// brings the same edits back. One file for a database, locked by the one window that has it open.
///
/// A change is in the file delay after the first key, and synced as soon as the disk does it; by a
/// thread of its own, so that nobody waits but whoever asks for it. The file's format is told in
/// journalfile.h.
///
/// A save is written down before its COMMIT: give beforeCommit() to Session::apply(). If the program
/// is killed then, recover() finds out by orm::settle() whether it got through. Such entries are also
/// the earlier versions of saved rows, and the trash of deleted ones.
///
/// A row comes back to the row that it was (isSameRow()), never to another one that has its key now:
/// then changes come back as a new row, and a mark for deletion not at all, as what it was for is gone.
class Journal final : public QObject
{
    Q_OBJECT

public:
    /// From the first change to its being handed to the disk.
    static constexpr std::chrono::milliseconds delay{300};
    /// How long it may be at collecting them.
    static constexpr std::chrono::milliseconds slice{4};

    /// What a save is to do when it can't be written down first.
    enum class WhenUnwritable {
        Refuse, ///< it fails, and nothing is written
        SaveAnyway, ///< killed in the moment of COMMIT, new rows could be saved twice
    };

    /// Where the journal of the database at @p url is: named by its file and a hash of its whole path,
    /// in @p folder, which is made if it isn't there.
    static JournalPlace place(const QString &folder, const orm::DatabaseUrl &url,
                              const orm::Table &table);

    /// Borrows @p edits, which outlives this. Nothing is done before open().
    Journal(EditBuffer &edits, const JournalPlace &place, QObject *parent = nullptr);
    Journal(EditBuffer &edits, const JournalPlace &place, std::unique_ptr<JournalDevice> device,
            QObject *parent = nullptr);
    ~Journal() override; ///< writeNow(), but without aboutToWrite()

    /// Locks and reads the file, away from this thread: opened() or locked() follows. While the
    /// folder can't be used it goes on trying; what is edited meanwhile is kept for it.
    void open();
    /// After open(), at any time: brings back what was pending, looking each row up in the database
    /// first: recovered() follows. Where the database can't be read, rows come back without that.
    /// Borrows @p worker, which outlives this.
    void recover(orm::SessionWorker &worker);
    /// The same without a database: the rows are taken for what they were.
    void restore();
    /// Whether it follows the EditBuffer: it was read and brought back.
    bool isFollowing() const { return m_state == State::Following; }
    bool isLocked() const { return m_state == State::Locked; }

    // While the user writes
    void setOpenField(const OpenField &field);
    /// Something was typed that is not in the EditBuffer yet; aboutToWrite() will ask for it.
    void touch();
    /// Hands what is new to the disk at once: the focus moved on, F5, before a save. Of many rows as
    /// many as a moment allows, the others follow in the next ones.
    void flush();
    /// flush(), and waits for the disk: to quit. @returns false if it can't be written
    bool writeNow();
    /// Whether all is on the disk, also what whoever holds typed text back was asked for.
    bool isWritten() const;
    /// Whether all has been handed to the disk's thread.
    bool isCollected() const { return m_changed.isEmpty(); }

    // Saving
    /// Writes down that @p sent, the EditBuffer's change set of this moment, is being saved: for
    /// Session::apply(), which calls it in its thread. It throws OperationalError if that can't be.
    /// Hands all to the disk's thread first, so see isCollected() where many rows are pending.
    orm::BeforeCommit beforeCommit(const orm::ChangeSet &sent,
                                   WhenUnwritable unwritable = WhenUnwritable::Refuse);
    /// The same where @p sent is made in the other thread: what it holds when that is called counts.
    orm::BeforeCommit beforeCommit(const std::shared_ptr<const orm::ChangeSet> &sent,
                                   WhenUnwritable unwritable = WhenUnwritable::Refuse);
    /// The save was rolled back. After EditBuffer::markCommitted() nothing is to be called.
    void abandonCommit();
    /// Whether a save was written down of which nobody has said what became of it.
    bool hasUnsettledCommit() const;
    /// Asks the database what became of it and tells the EditBuffer: settled() follows. To call when
    /// a save failed with hasUnsettledCommit(), before the next one.
    void settle(orm::SessionWorker &worker);

    // What saves did
    /// Versions of the row @p key, oldest first. @param now the row as it is stored, or was last
    QFuture<QList<RowVersion>> versions(const orm::Key &key, const orm::Record &now);
    /// Deleted rows of the last JournalWriter::trashTime that are not back, latest first.
    QFuture<QList<RowVersion>> deletedRows();

    /// A sentence for the user.
    static QString text(const JournalProblem &problem);

signals:
    void opened();
    /// Another window, of the process @p holder (0 if unknown), has the database open: nothing of
    /// this one's edits will be kept.
    void locked(qint64 holder);
    void recovered(const ui::JournalRecovery &recovery);
    /// Where hasUnsettledCommit() stays true the database could not be asked.
    void settled(bool wasCommitted);
    /// Whoever holds typed text back gives it to the EditBuffer now.
    void aboutToWrite();
    /// All that was pending is on the disk; after failed() this says that it works again.
    void written();
    /// It could not be read or written; it goes on trying.
    void failed(const ui::JournalProblem &problem);

private:
    enum class State { Closed, Opening, Read, Recovering, Following, Locked };
    struct Known
    {
        quint64 order = 0;
        orm::Record snapshot; ///< also under a mark for deletion
    };

    void onOpened(const JournalOpening &opening);
    void onWritten(quint64 number);
    void onRowsChanged(const QList<orm::Key> &keys);
    void onCommitted(const orm::CommitResult &result);
    void startLookup();
    void bringBack(const JournalLookup &lookup);
    orm::Key restoreRow(const orm::Key &key, const PendingRow &row, JournalLookup::Found found);
    void restoreNew(const orm::Key &key, const PendingRow &row);
    void renameTemporaries();
    void markChanged(const orm::Key &key);
    void schedule(std::chrono::milliseconds time);
    enum class Much { All, AsTimeAllows };
    void collect(Much much);
    void collectLeft(JournalUpdate &update);
    std::optional<PendingRow> pendingRow(const orm::Key &key) const;
    std::shared_ptr<JournalWriter> makeWriter(std::unique_ptr<JournalDevice> device,
                                              const JournalPlace &place);

    EditBuffer &m_edits;
    State m_state = State::Closed;
    JournalContents m_contents; ///< until they are brought back
    JournalRecovery m_recovery;
    orm::SessionWorker *m_recoverBy = nullptr; ///< once it is open
    QTimer m_timer;

    QHash<orm::Key, Known> m_known; ///< rows that are pending
    QList<orm::Key> m_changed; ///< since the last collect(), in order
    QSet<orm::Key> m_isChanged;
    quint64 m_lastOrder = 0;
    OpenField m_openField;
    bool m_isOpenFieldNew = false;
    bool m_isCollecting = false;

    quint64 m_lastCommit = 0;
    quint64 m_sent = 0; ///< id of the save that runs; 0: none, or it wasn't written down
    quint64 m_committed = 0; ///< id of a save to be told of with the next update
    QList<orm::Key> m_committedKeys; ///< of the save that was settled, or is being settled
    quint64 m_abandoned = 0;

    quint64 m_number = 0; ///< of the last update
    quint64 m_written = 0;
    std::shared_ptr<JournalWriter> m_writer; ///< shared with a save that runs
};

} // namespace ui

Q_DECLARE_METATYPE(ui::JournalRecovery)
Q_DECLARE_METATYPE(ui::JournalProblem)

// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/sessionworker.h"
#include "tests/support/journaldisk.h"
#include "ui/changes/edithistory.h"
#include "ui/changes/journal.h"

#include <QHash>
#include <QRandomGenerator>

#include <memory>
#include <optional>

/// The core of the program without a window: the edits of one database, their history, their journal
/// and the thread that saves, and somebody who types at random, by a seed.
class User
{
public:
    static constexpr int titleColumn = 1;
    static constexpr int bodyColumn = 2;

    static orm::Table table();
    /// SQL that makes it, with @p rows rows.
    static QString sql(int rows);

    /// @param device of the journal; the computer's disk if it is null
    User(const QString &database, const QString &journals, quint32 seed,
         std::unique_ptr<ui::JournalDevice> device = {});

    /// Opens all and brings back what was pending. @returns false if that takes too long
    bool start();
    /// One edit, undo or redo.
    void act();
    /// Another value, which was never there before, in a field of a stored row, as it is shown.
    void edit(const orm::Key &key, int column, const QByteArray &value);
    orm::Key insert(const QByteArray &title);
    void remove(const orm::Key &key);

    enum class Saved { Committed, Refused, Failed };
    /// As the window does it, and waits for it. Failed: error() says why, and all is still pending.
    Saved save();
    /// save() in two steps.
    void beginSave();
    Saved endSave();
    const orm::CommitResult &result() const { return m_result; }
    const QString &error() const { return m_error; } ///< a sentence
    /// Gives up the edits that could not be saved.
    void giveUpProblems();

    /// Reads all rows again: what the user sees from now on.
    void look();
    QList<orm::Key> storedKeys() const { return m_seen.keys(); }
    QByteArray seen(const orm::Key &key, int column) const;

    QByteArray database() const; ///< all rows as look() found them; new ones are as good as any
    /// The same after a save of all that is pending.
    QByteArray databaseAfterSave() const;
    QByteArray pending() const; ///< all edits
    int changes() const { return m_edits.changeCount(); }
    ui::EditBuffer &edits() { return m_edits; }
    ui::Journal &journal() { return *m_journal; }
    int below(int limit) { return m_random.bounded(limit); }

private:
    bool ask(); ///< what became of a save of which nobody knows
    orm::Key someKey();
    QByteArray someText();

    const QString m_file;
    QRandomGenerator m_random;
    int m_texts = 0;
    orm::SessionWorker m_worker;
    ui::EditBuffer m_edits;
    ui::EditHistory m_history;
    std::unique_ptr<ui::Journal> m_journal;
    QHash<orm::Key, orm::Record> m_seen;
    orm::ChangeSet m_sent;
    QFuture<orm::CommitResult> m_running;
    orm::CommitResult m_result;
    QString m_error;
};

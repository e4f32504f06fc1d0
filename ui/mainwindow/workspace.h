// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/inspector.h"
#include "core/session/orderreader.h"
#include "core/session/pagereader.h"
#include "core/session/sessionworker.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/changes/journal.h"

#include <memory>
#include <optional>

namespace ui {

class Follower;
class RecordSource;
class RecordTableModel;

/// All that belongs to one open database: its three threads, the table as it is there, the pending
/// edits with their undo and their journal, and the rows. Made when a database is opened, gone when
/// it is closed.
class Workspace final : public QObject
{
    Q_OBJECT

public:
    enum class Access { ReadWrite, ReadOnly };

    /// What is shown first, and its rows where they are known.
    struct FirstRows
    {
        orm::RowQuery query;
        std::optional<orm::RecordPage> page;
    };

    /// Takes over @p worker, whose connection is open. @param name of the database for the user
    /// @param journals the folder of the journals; empty: there is none
    /// @param dataVersion of the worker's connection, as it was before the table was looked at
    Workspace(std::unique_ptr<orm::SessionWorker> worker, const orm::LiveTable &live,
              const QString &name, Access access, const QString &journals, qint64 dataVersion,
              const FirstRows &first);
    ~Workspace() override;

    const orm::DatabaseUrl &url() const { return m_worker->url(); }
    const QString &name() const { return m_name; }
    bool isReadOnly() const { return m_access == Access::ReadOnly; }
    const orm::LiveTable &live() const { return m_live; }
    const orm::Table &table() const { return m_live.table; }

    orm::SessionWorker &worker() { return *m_worker; }
    orm::PageReader &pageReader() { return m_pageReader; }
    orm::OrderReader &orderReader() { return m_orderReader; }
    EditBuffer &edits() { return m_edits; }
    EditHistory &history() { return m_history; }
    /// Not open yet when this is made; null of a database that can only be read, and
    /// where there is no folder.
    Journal *journal() { return m_journal.get(); }
    RecordSource &source() { return *m_source; }
    RecordTableModel &model() { return *m_model; }
    const RecordTableModel &model() const { return *m_model; }
    Follower &follower() { return *m_follower; }

    /// Whether a thread waits for another program to let go of the database.
    bool isWaiting() const { return m_waiting > 0; }
    /// Gives up the reads that are running or waiting.
    void cancelReads();

signals:
    void waitingChanged();

private:
    void watch(orm::DatabaseThread &thread);

    const QString m_name;
    const Access m_access;
    const orm::LiveTable m_live;
    std::unique_ptr<orm::SessionWorker> m_worker;
    orm::PageReader m_pageReader;
    orm::OrderReader m_orderReader;
    EditBuffer m_edits;
    EditHistory m_history;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<RecordSource> m_source;
    std::unique_ptr<RecordTableModel> m_model;
    std::unique_ptr<Follower> m_follower;
    int m_waiting = 0; ///< threads that wait
};

} // namespace ui

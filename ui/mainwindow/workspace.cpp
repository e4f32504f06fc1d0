// SPDX-License-Identifier: MIT
#include "ui/mainwindow/workspace.h"

#include "ui/mainwindow/databaseopener.h"
#include "ui/table/databaserecordsource.h"
#include "ui/table/follower.h"
#include "ui/table/recordtablemodel.h"

namespace ui {

Workspace::Workspace(std::unique_ptr<orm::SessionWorker> worker, const orm::LiveTable &live,
                     const QString &name, Access access, const QString &journals,
                     qint64 dataVersion, const FirstRows &first)
    : m_name(name)
    , m_access(access)
    , m_live(live)
    , m_worker(std::move(worker))
    , m_pageReader(m_worker->url(), DatabaseOpener::connectionOptions(access))
    , m_orderReader(m_worker->url(), DatabaseOpener::connectionOptions(access))
    , m_edits(live.table)
    , m_history(m_edits)
    , m_journal(access == Access::ReadOnly || journals.isEmpty()
                    ? nullptr
                    : std::make_unique<Journal>(
                        m_edits, Journal::place(journals, m_worker->url(), m_live.table)))
    , m_source(std::make_unique<DatabaseRecordSource>(m_pageReader, m_orderReader))
    , m_model(std::make_unique<RecordTableModel>(*m_source, m_edits, m_history))
{
    m_follower = std::make_unique<Follower>(
        *m_model, m_edits, *m_source, [this] { return m_worker->dataVersion(); }, dataVersion);
    watch(*m_worker);
    watch(m_pageReader);
    watch(m_orderReader);
    m_model->setQuery(first.query, first.page);
}

Workspace::~Workspace() = default;

void Workspace::cancelReads()
{
    m_pageReader.interrupt();
    m_orderReader.interrupt();
}

void Workspace::watch(orm::DatabaseThread &thread)
{
    // waiting() comes again and again while a thread waits; it counts once.
    auto isWaiting = std::make_shared<bool>(false);
    connect(&thread, &orm::DatabaseThread::waiting, this, [this, isWaiting] {
        if (!std::exchange(*isWaiting, true)) {
            ++m_waiting;
            emit waitingChanged();
        }
    });
    connect(&thread, &orm::DatabaseThread::waitingEnded, this, [this, isWaiting] {
        if (std::exchange(*isWaiting, false)) {
            --m_waiting;
            emit waitingChanged();
        }
    });
}

} // namespace ui

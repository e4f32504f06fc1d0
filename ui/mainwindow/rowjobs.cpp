// SPDX-License-Identifier: MIT
#include "ui/mainwindow/rowjobs.h"

#include "core/session/deliver.h"
#include "core/session/rowreader.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/common/letgo.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordroles.h"
#include "ui/table/recordtablemodel.h"

#include <QElapsedTimer>

#include <algorithm>

namespace ui {

RowJobs::RowJobs(Workspace &workspace, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quiet);
    connect(&m_quiet, &QTimer::timeout, this, [this] {
        m_isLong = true;
        emit taskChanged();
    });
    StepRunner &runner = m_workspace.history().runner();
    connect(&runner, &StepRunner::runningChanged, this, [this, &runner] {
        if (!runner.isRunning()) {
            goOn();
        } else if (!m_quiet.isActive() && !m_isLong) {
            m_quiet.start();
        }
        emit taskChanged();
    });
    connect(&runner, &StepRunner::progressed, this, [this] {
        if (m_isLong)
            emit taskChanged();
    });
    connect(&runner, &StepRunner::gaveUp, this, &RowJobs::cancelled);
    m_collecting.setSingleShot(true);
    connect(&m_collecting, &QTimer::timeout, this, &RowJobs::collectShown);
    const auto onMoved = [this] {
        if (!m_collecting.isActive())
            return;
        m_shown = {};
        m_nextShown = 0;
    };
    const RecordTableModel &model = m_workspace.model();
    connect(&model, &QAbstractItemModel::rowsInserted, this, onMoved);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, onMoved);
    connect(&model, &QAbstractItemModel::layoutChanged, this, onMoved);
    connect(&model, &QAbstractItemModel::modelReset, this, onMoved);
    const auto onMoreKnown = [this] {
        if (m_awaitsRows)
            collectShown();
    };
    connect(&model.loader(), &OrderLoader::progressed, this, onMoreKnown);
    connect(&model.loader(), &OrderLoader::ended, this, onMoreKnown);
}

RowJobs::~RowJobs()
{
    m_reading.cancel();
}

bool RowJobs::isRunning() const
{
    return m_isRunning || m_workspace.history().runner().isRunning();
}

void RowJobs::start(Job job)
{
    if (m_isRunning && m_job.onlyShows)
        cancel();
    if (!isRunning()) {
        begin(std::move(job));
        return;
    }
    m_waiting.append(std::move(job));
    emit taskChanged();
}

void RowJobs::begin(Job job)
{
    m_job = std::move(job);
    m_next = 0;
    m_isRunning = true;
    m_shown = {};
    m_nextShown = 0;
    if (!m_isLong && !m_quiet.isActive())
        m_quiet.start();
    emit taskChanged();
    if (m_job.takesShown)
        collectShown();
    else
        next();
}

/// Which rows are shown, as of now, once all of them are found: whatever moves meanwhile has it begin
/// again.
void RowJobs::collectShown()
{
    const RecordTableModel &model = m_workspace.model();
    const EditBuffer &edits = m_workspace.edits();
    m_awaitsRows = model.loader().isReading()
        && !(model.isSettled() && model.isCounted() && !model.loader().isPreview());
    if (m_awaitsRows) {
        m_shown = {};
        m_nextShown = 0;
        return;
    }
    const bool hasPinned = model.query().filter && edits.changeCount() > 0;
    constexpr int rowsAtOnce = 1024; // between two looks at the clock
    QElapsedTimer timer;
    timer.start();
    for (const int rows = model.rowCount(); m_nextShown < rows; ++m_nextShown) {
        if (m_nextShown % rowsAtOnce == 0 && timer.elapsed() >= StepRunner::slice.count()) {
            m_collecting.start(0);
            return;
        }
        const orm::Key key = model.keyAt(m_nextShown);
        if (!hasPinned || !edits.contains(key)
            || !model.index(m_nextShown, 0).data(PinnedRole).toBool())
            m_shown.append(key);
    }
    next();
}

qsizetype RowJobs::keyCount() const
{
    return m_job.takesShown ? qsizetype(m_shown.size()) : m_job.keys.size();
}

/// What waits has its turn, if nothing runs.
void RowJobs::goOn()
{
    if (isRunning())
        return;
    m_quiet.stop();
    m_isLong = false;
    if (!m_waiting.isEmpty())
        begin(m_waiting.takeFirst());
}

void RowJobs::next()
{
    const int generation = ++m_generation;
    if (m_next >= keyCount()) {
        finish();
        return;
    }
    QList<orm::Key> keys;
    for (const qsizetype end = std::min(m_next + rowsAtOnce, keyCount()); m_next < end; ++m_next)
        keys << (m_job.takesShown ? m_shown.at(m_next) : m_job.keys.at(m_next));

    // What is known of them here goes along; the rest is read.
    const orm::Table &table = m_workspace.table();
    const EditBuffer &edits = m_workspace.edits();
    QList<SeenRow> rows;
    QList<orm::Key> stored;
    for (const orm::Key &key : keys) {
        SeenRow row{.key = edits.resolve(key), .shown = {}, .edits = {}};
        if (edits.contains(row.key)) {
            for (int i = 0; i < table.columns.size(); ++i) {
                if (const auto value = edits.value(row.key, i))
                    row.edits.insert(i, *value);
            }
        }
        if (row.key.isTemporary())
            row.shown.values.resize(table.columns.size());
        else if (const auto shown = m_workspace.model().committed(row.key))
            row.shown = *shown;
        if (!row.key.isTemporary())
            stored << row.key;
        rows << row;
    }
    const auto read = [table, rows, stored, work = m_job.work](orm::Connection &connection) {
        QHash<orm::Key, orm::Record> found;
        orm::RowReader(connection, table)
            .readKeys(stored, orm::RowReader::Cut::None,
                      [&found](const orm::Key &key, const orm::Record &record) {
                          found.insert(key, record);
                      });
        QList<SeenRow> seen;
        for (SeenRow row : rows) {
            if (!row.key.isTemporary()) {
                // What the list shows is what the user has decided on, whoever wrote since.
                orm::Record whole = found.value(row.key);
                if (whole.values.isEmpty())
                    continue; // gone meanwhile; F5 and the save will tell
                for (qsizetype i = 0; i < row.shown.values.size() && i < whole.values.size(); ++i) {
                    if (!row.shown.isTruncated(int(i)))
                        whole.values[i] = row.shown.values.at(i);
                }
                row.shown = whole;
            }
            seen << row;
        }
        return work(seen);
    };
    m_reading = m_workspace.pageReader().run(read);
    orm::deliver(
        m_reading, this,
        [this, generation](const std::any &result) {
            if (generation != m_generation)
                return;
            m_job.part(result);
            if (generation != m_generation)
                return; // it was given up by what it has brought
            if (m_isLong)
                emit taskChanged();
            next();
        },
        [this, generation](const orm::Error &error) {
            if (generation != m_generation)
                return;
            end(m_job.stopped);
            if (error.kind() != orm::Error::Kind::Cancelled)
                emit failed(error);
        });
}

void RowJobs::finish()
{
    if (!m_job.finish) {
        end(m_job.done);
        return;
    }
    const int generation = m_generation;
    const auto run = [finish = m_job.finish](orm::Connection &) -> std::any {
        finish();
        return {};
    };
    m_reading = m_workspace.pageReader().run(run);
    orm::deliver(
        m_reading, this,
        [this, generation](const std::any &) {
            if (generation == m_generation)
                end(m_job.done);
        },
        [this, generation](const orm::Error &) {
            if (generation == m_generation)
                end(m_job.stopped);
        });
}

void RowJobs::end(const std::function<void()> &then)
{
    std::function<void()> after = then; // it may start another job
    ++m_generation;
    m_isRunning = false;
    m_collecting.stop();
    m_awaitsRows = false;
    const bool isOfMany = keyCount() > StepRunner::manyRows;
    Job job = std::exchange(m_job, {});
    if (after)
        after();
    if (isOfMany) {
        letGo(std::move(job));
        letGo(std::move(after));
    }
    goOn();
    emit taskChanged();
}

QString RowJobs::taskText() const
{
    if (!isRunning() || !m_isLong)
        return {};
    const StepRunner &runner = m_workspace.history().runner();
    const QString label = m_isRunning ? m_job.label : runner.label();
    const qint64 percent
        = m_isRunning ? 100 * m_next / std::max<qsizetype>(keyCount(), 1) : runner.percent();
    if (m_waiting.isEmpty())
        //: What is going on, and how far it is: "Replacing… 61 % (Shift+Esc cancels)"
        return tr("%1 %2 % (Shift+Esc cancels)").arg(label).arg(percent);
    //: The same, and what comes next: "Replacing… 61 % (Shift+Esc cancels), then: Copying…"
    return tr("%1 %2 % (Shift+Esc cancels), then: %3")
        .arg(label)
        .arg(percent)
        .arg(m_waiting.first().label);
}

bool RowJobs::cancel()
{
    if (!m_isRunning)
        return m_workspace.history().runner().cancel();
    const bool onlyShows = m_job.onlyShows;
    m_reading.cancel();
    end(m_job.stopped);
    if (!onlyShows)
        emit cancelled();
    return true;
}

} // namespace ui

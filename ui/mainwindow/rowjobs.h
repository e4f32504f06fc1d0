// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"
#include "core/mapping/record.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <any>
#include <functional>

namespace ui {

class Workspace;

/// A row as the user sees it, every value whole.
struct SeenRow
{
    orm::Key key;
    orm::Record shown; ///< before pending edits; of a new row all is NULL
    QHash<int, orm::StoredValue> edits; ///< pending
    orm::StoredValue value(int column) const
    {
        const auto edit = edits.constFind(column);
        return edit == edits.cend() ? shown.values.value(column) : *edit;
    }
};

/// What takes long and goes through many rows: reads them some at a time in the reading thread, works
/// on them there, and says how far it is. One at a time; another one takes its place.
class RowJobs final : public QObject
{
    Q_OBJECT

public:
    static constexpr int rowsAtOnce = 256;
    /// What takes less is not worth a word.
    static constexpr std::chrono::milliseconds quiet{300};

    struct Job
    {
        QString label; ///< what goes on, "Replacing…"
        QList<orm::Key> keys;
        /// In the reading thread: must not look at what belongs to this one.
        std::function<std::any(const QList<SeenRow> &)> work;
        std::function<void(const std::any &)> part; ///< takes what work() made of some rows
        std::function<void()> done; ///< after the last part
        std::function<void()> stopped = {}; ///< cancelled, or the rows can't be read
    };

    /// Borrows @p workspace, which outlives this.
    explicit RowJobs(Workspace &workspace, QObject *parent = nullptr);
    ~RowJobs() override;

    void start(Job job);
    bool isRunning() const { return m_isRunning; }
    /// "Replacing… 61 % (Shift+Esc cancels)"; empty while nothing takes long
    QString taskText() const;
    /// Gives up what runs. @returns false if nothing does
    bool cancel();

signals:
    void taskChanged();
    void failed(const orm::Error &error);

private:
    void next();
    void end(const std::function<void()> &then);

    Workspace &m_workspace;
    Job m_job;
    qsizetype m_next = 0; ///< of the job's keys
    bool m_isRunning = false;
    bool m_isLong = false;
    int m_generation = 0;
    QFuture<std::any> m_reading;
    QTimer m_quiet;
};

} // namespace ui

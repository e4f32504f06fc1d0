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
/// on them there, and says how far it is; and what EditHistory makes of them then, which is given up by
/// the same key.
///
/// One at a time: what is asked for meanwhile waits for its turn, and the task's text says so. What only
/// shows something makes way for anything else.
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
        /// Instead of keys: all rows that the list shows, but for those that are there only because they
        /// are pending. They are looked up some at a time, so there may be millions.
        bool takesShown = false;
        /// In the reading thread: must not look at what belongs to this one.
        std::function<std::any(const QList<SeenRow> &)> work;
        std::function<void(const std::any &)> part; ///< takes what work() made of some rows
        std::function<void()> done; ///< after the last part
        std::function<void()> stopped = {}; ///< cancelled, or the rows can't be read
        /// In the reading thread, after the last part was made and before done().
        std::function<void()> finish = {};
        bool onlyShows = false; ///< another one takes its place
    };

    /// Borrows @p workspace, which outlives this.
    explicit RowJobs(Workspace &workspace, QObject *parent = nullptr);
    ~RowJobs() override;

    void start(Job job);
    /// Runs what EditHistory is at, too.
    bool isRunning() const;
    /// Whether the part that is taken just now is of the last rows.
    bool isAtEnd() const { return m_next >= keyCount(); }
    /// "Replacing… 61 % (Shift+Esc cancels)"; empty while nothing takes long
    QString taskText() const;
    /// Gives up what runs; what waits comes next. @returns false if nothing does
    bool cancel();

signals:
    void taskChanged();
    void failed(const orm::Error &error);
    /// What would have changed or copied something has not.
    void cancelled();

private:
    void begin(Job job);
    void collectShown();
    qsizetype keyCount() const;
    void next();
    void finish();
    void end(const std::function<void()> &then);
    void goOn();

    Workspace &m_workspace;
    Job m_job;
    QList<Job> m_waiting;
    qsizetype m_next = 0; ///< of the job's keys
    orm::KeyList m_shown; ///< the keys of a job that takes what is shown
    int m_nextShown = 0; ///< row of the list
    QTimer m_collecting;
    bool m_awaitsRows = false; ///< which rows the list shows is not known yet
    bool m_isRunning = false;
    bool m_isLong = false;
    int m_generation = 0;
    QFuture<std::any> m_reading;
    QTimer m_quiet;
};

} // namespace ui

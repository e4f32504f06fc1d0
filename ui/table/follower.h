// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

namespace ui {

class EditBuffer;
class RecordSource;
class RecordTableModel;

/// Notices what other programs write: asks each second for the database's version and, when it has
/// changed, has the model read again. Rows that changed get their mark there; a row with edits whose
/// stored value has become another than the edit began with is in conflict from then on, so that it
/// is not the save that says so. The edit's base stays what the user saw.
///
/// Holds no lock and opens no transaction. While others write all the time it reads again for a
/// tenth of the time at most.
class Follower final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds interval{1000};
    /// After a reading, so many times as long as it took nothing is read.
    static constexpr int restFactor = 10;
    static constexpr std::chrono::seconds longestRest{60};
    /// Rows with edits in large values that are read whole after one change; the save checks all.
    static constexpr qsizetype maxWholeReads = 256;

    /// Asks for the database's version; nothing if it can't be said just now.
    using Poll = std::function<QFuture<std::optional<qint64>>()>;

    /// Borrows the three, which outlive this. @param version before any of the model's rows was read
    Follower(RecordTableModel &model, EditBuffer &edits, RecordSource &source, Poll poll,
             qint64 version, QObject *parent = nullptr);
    ~Follower() override;

    /// Asks now, not at the next second.
    void check();
    /// Reads again in any case, as the user wants it.
    void refresh();
    /// Others have written since the last refresh(), and none of the rows that are here tells so.
    bool hasChangedElsewhere() const { return m_hasChangedElsewhere; }
    /// The user has taken note.
    void acknowledge();

signals:
    void hasChangedElsewhereChanged();

private:
    using Clock = std::chrono::steady_clock;

    void onVersion(std::optional<qint64> version);
    void readAgain();
    void onRefreshEnded();
    void onRowsFetched(const QList<orm::Key> &keys);
    void onRowsGone(const QList<orm::Key> &keys);
    void onEditsChanged(const QList<orm::Key> &keys);
    void onRowsChangedOutside(const QList<orm::Key> &keys);
    bool mayConflict(const orm::Key &key, const orm::Record &stored) const;
    QList<orm::FieldConflict> conflicts(const orm::Key &key, const orm::Record &stored) const;
    void readWhole(const orm::Key &key);
    void judge(const orm::Key &key);
    void setChangedElsewhere(bool changed);

    RecordTableModel &m_model;
    EditBuffer &m_edits;
    RecordSource &m_source;
    const Poll m_poll;
    qint64 m_version;
    QTimer m_timer;
    bool m_isAsking = false;
    bool m_hasChangedElsewhere = false;
    qint64 m_marksBefore = 0; ///< when the reading began
    std::optional<Clock::time_point> m_readingSince;
    Clock::time_point m_restUntil;
    QHash<orm::Key, orm::Record> m_theirs; ///< edited rows as others stored them, whole
    QHash<orm::Key, orm::Record> m_seen; ///< what a conflict showed the user of a row
    QSet<orm::Key> m_gone; ///< edited rows that others deleted
    QHash<orm::Key, QFuture<orm::Record>> m_wholeReads;
};

} // namespace ui

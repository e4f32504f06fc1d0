// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"
#include "core/session/orderindex.h"

#include <QFuture>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <optional>

namespace ui {

class MessageBar;
class OrderIndexPanel;
class RecordsPane;
class Toast;
class Workspace;

/// The indexes that make orders of the list instant: offers one for the order that is shown, makes and
/// removes it on the session's thread, and says so when another program has dropped one.
class OrderIndexController final : public QObject
{
    Q_OBJECT

public:
    /// How often it says how far it is.
    static constexpr std::chrono::milliseconds interval{200};

    struct Parts
    {
        Workspace &workspace;
        RecordsPane &pane;
        MessageBar &messageBar;
        Toast &toast;
    };

    /// Borrows all @p parts, which outlive this. @param known of the last time: see known()
    OrderIndexController(const Parts &parts, const QStringList &known, QObject *parent = nullptr);
    ~OrderIndexController() override;

    /// Shows what there is for the order that is shown, and what can be done about it.
    void open();
    void build();
    void remove();

    /// Columns of the indexes that there were when it was looked last, also of an earlier time.
    const QStringList &known() const { return m_known; }
    bool isRunning() const { return m_job != Job::None; }
    /// "Making this order instant… 61 %"; empty while nothing is done
    QString taskText() const;
    /// Stops what taskText() says. @returns false if there is nothing
    bool cancel();

signals:
    void taskChanged();
    void knownChanged();

private:
    enum class Job { None, Build, Remove };
    using Sort = QList<orm::SortColumn>;
    struct Outlook
    {
        orm::OrderIndexReport report;
        std::optional<orm::OrderIndex::Price> price;
        int stepsPerRow = 0;
        qint64 rows = 0; ///< 0: not known
    };

    Sort sort() const;
    std::optional<qint64> rowCount() const;
    QString orderText() const;
    void look();
    void takeOutlook(const Outlook &outlook);
    void sayLoss(const QStringList &lost);
    void updatePanel();
    void start(Job job);
    void end();

    Parts m_parts;
    QPointer<OrderIndexPanel> m_panel;
    std::optional<Outlook> m_outlook; ///< of m_sort
    Sort m_sort; ///< the order that the panel, or what runs, is about
    QStringList m_known;
    Job m_job = Job::None;
    int m_jobs = 0; ///< answers to earlier ones are stale
    QFuture<void> m_running;
    QTimer m_progress;
};

} // namespace ui

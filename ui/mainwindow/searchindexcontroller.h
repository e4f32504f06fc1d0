// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"
#include "core/session/searchindex.h"
#include "core/session/searchindexbuilder.h"

#include <QFuture>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <memory>

namespace ui {

class MessageBar;
class RecordsPane;
class SearchIndexPanel;
class Toast;
class Workspace;

/// The index that makes search instant, of one open database: makes and removes it in short steps on
/// the session's thread, between which everybody can write, and says when one is half built or out of
/// date.
class SearchIndexController final : public QObject
{
    Q_OBJECT

public:
    /// Between two steps, so that others who wait to write get their turn.
    static constexpr std::chrono::milliseconds pause{15};

    struct Parts
    {
        Workspace &workspace;
        RecordsPane &pane;
        MessageBar &messageBar;
        Toast &toast;
    };

    /// Borrows all @p parts, which outlive this.
    explicit SearchIndexController(const Parts &parts, QObject *parent = nullptr);
    ~SearchIndexController() override;

    /// Shows what there is and what can be done about it.
    void open();
    void build();
    void remove();

    const orm::SearchIndexReport &report() const { return m_report; }
    bool isRunning() const { return m_job != Job::None; }
    /// "Making search instant… 61 %"; empty while nothing is done
    QString taskText() const;
    /// Stops what taskText() says. @returns false if there is nothing
    bool cancel();

signals:
    void taskChanged();

private:
    enum class Job { None, Build, Remove, RemoveAndBuild };
    struct Answer
    {
        orm::SearchIndexBuilder::Step step = orm::SearchIndexBuilder::Step::More;
        orm::SearchIndexReport report;
    };

    void look();
    void setReport(const orm::SearchIndexReport &report);
    void ask();
    void updatePanel();
    void start(Job job);
    void step();
    void onStep(const Answer &answer);
    void end();

    Parts m_parts;
    QPointer<SearchIndexPanel> m_panel;
    orm::SearchIndexReport m_report;
    qint64 m_expectedBytes = -1;
    Job m_job = Job::None;
    std::shared_ptr<orm::SearchIndexBuilder> m_builder; ///< used on the session's thread
    QFuture<Answer> m_step;
    QTimer m_pause;
};

} // namespace ui

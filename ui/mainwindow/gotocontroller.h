// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"
#include "core/session/changeset.h"
#include "core/session/rowscore.h"
#include "ui/search/gotopopup.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace ui {

class FindController;
class RecordsPane;
class Workspace;

/// "Go to": a key, a row of the list, a day, or a title by some of its letters; and the way back and
/// forth through what was visited.
class GoToController final : public QObject
{
    Q_OBJECT

public:
    static constexpr int maxTargets = 50;
    static constexpr qsizetype maxVisits = 200;

    /// Borrows all three, which outlive this. The popup lies over the pane.
    GoToController(Workspace &workspace, RecordsPane &pane, FindController &find,
                   QObject *parent = nullptr);
    ~GoToController() override;

    void open();

    bool canGoBack() const { return m_visit > 0; }
    bool canGoForward() const { return m_visit + 1 < m_visits.size(); }
    void goBack() { step(-1); }
    void goForward() { step(1); }

signals:
    void visitsChanged();

private:
    void onTextChanged(const QString &text);
    void look(const std::shared_ptr<const orm::RowScore> &score, int limit);
    void lookUp(const QList<orm::Key> &keys);
    void show(const QList<GoToPopup::Target> &targets, bool isLast);
    QString textOf(const orm::Key &key, const orm::StoredValue &title) const;
    void visited(const orm::Key &key);
    void onCommitted(const orm::CommitResult &result);
    void step(int by);

    Workspace &m_workspace;
    RecordsPane &m_pane;
    FindController &m_find;
    GoToPopup *m_popup;
    QFuture<QList<orm::ScoredRow>> m_search;
    int m_generation = 0; ///< of the text; answers to earlier ones are stale
    bool m_waitsForRow = false; ///< its number is larger than those of the rows known so far
    QList<orm::Key> m_visits; ///< oldest first
    qsizetype m_visit = -1; ///< where one is in m_visits
};

} // namespace ui

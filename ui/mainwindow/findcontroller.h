// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/rowquery.h"
#include "ui/search/searchquery.h"

#include <QFuture>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace ui {

class ColumnsPopup;
class RecordsPane;
class Workspace;

/// Which rows the list shows, and in which order: takes what is typed into the search bar, clicks on
/// the header and the sort actions to the model, and says how far it is.
class FindController final : public QObject
{
    Q_OBJECT

public:
    /// What takes less is not worth a word in the status bar.
    static constexpr std::chrono::milliseconds quiet{300};
    /// After a change of the rows' states a search for states is made anew.
    static constexpr std::chrono::milliseconds statesDelay{50};

    enum class Sorting { Only, AlsoBy };

    /// Borrows both, which outlive this.
    FindController(Workspace &workspace, RecordsPane &pane, QObject *parent = nullptr);
    ~FindController() override;

    void focusSearch();
    /// The popup in which columns are shown, moved, sized and sorted.
    void openColumns();
    /// @returns false if none is open
    bool closePopup();
    /// What Esc does here: leaves the search line, or ends a search. @returns false if nothing
    bool escape(const QWidget *focus);

    /// By table column @p column upwards; if that is so already, downwards.
    void sortBy(int column);
    /// Upwards, downwards, not at all.
    void cycleSort(int column, Sorting sorting);
    void setSort(const QList<orm::SortColumn> &sort);

    /// Makes @p key's row current, as soon as it is known where it is; ends a search that hides it.
    void goTo(const orm::Key &key);

    /// "500 posts", "15 of 500 posts", "500+ posts"
    QString countsText() const;
    /// "Searching… 61 %"; empty while nothing takes long
    QString taskText() const;
    /// Gives up what taskText() says. @returns false if there is nothing
    bool cancel();

signals:
    void taskChanged();

private:
    void search(const QString &text);
    QHash<orm::Key, RowState> states() const;
    void statesMayHaveChanged();
    void followStates();
    void findBeginning(const QString &prefix);
    void stopFinding();
    void goToFirstHit();
    bool goToWanted();
    void showCurrent();
    void onProgressed();
    void onEnded();

    Workspace &m_workspace;
    RecordsPane &m_pane;
    ColumnsPopup *m_columns;
    QTimer m_quiet;
    bool m_isLong = false; ///< what is going on has lasted for some time
    bool m_wantsFirstHit = false;
    std::optional<SearchQuery> m_stateQuery; ///< the search, if it asks for states
    QHash<orm::Key, RowState> m_states; ///< by which it was made
    QTimer m_statesTimer;
    QFuture<orm::KeyBatch> m_finding; ///< the row that begins with what was typed
    int m_findings = 0; ///< answers to earlier ones are stale
    QString m_beginning; ///< what is being looked for; empty if nothing
    QTimer m_quietFinding;
    bool m_isFindingLong = false;
    orm::Key m_wanted; ///< the row to go to when it comes
    bool m_sawPreview = false;
    bool m_showsCurrent = false; ///< scroll to the current row when the order is there
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/rowquery.h"

#include <QObject>
#include <QTimer>

#include <chrono>

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

    enum class Sorting { Only, AlsoBy };

    /// Borrows both, which outlive this.
    FindController(Workspace &workspace, RecordsPane &pane, QObject *parent = nullptr);

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
    void goToFirstHit();
    bool goToWanted();
    void onProgressed();
    void onEnded();

    Workspace &m_workspace;
    RecordsPane &m_pane;
    ColumnsPopup *m_columns;
    QTimer m_quiet;
    bool m_isLong = false; ///< what is going on has lasted for some time
    bool m_wantsFirstHit = false;
    orm::Key m_wanted; ///< the row to go to when it comes
    bool m_showsCurrent = false; ///< scroll to the current row when the order is there
};

} // namespace ui

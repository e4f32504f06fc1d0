// SPDX-License-Identifier: MIT
#pragma once

#include "ui/mainwindow/actionstates.h"
#include "ui/mainwindow/opencontroller.h"
#include "ui/mainwindow/windowstate.h"

#include <QMainWindow>
#include <QPointer>

class QStackedWidget;

namespace ui {

class Actions;
class BatchController;
class ChangesController;
class ClipboardController;
enum class ActionContext;
class CopyController;
class EditController;
class FileController;
class FilterController;
class FindController;
class GoToController;
class HistoryController;
class PeekController;
class PreferencesDialog;
class ProblemGuide;
class RecentController;
class RecordsPane;
class RecoveryController;
class RowJobs;
class SaveController;
class OrderIndexController;
class SearchIndexController;
class SingleKeys;
class StatusBar;
class TextFindController;
class ViewsController;
class WelcomePage;
class WritingController;

/// The program's one window: places the parts, connects them with the actions, and owns no data. The
/// open database is a Workspace; without one the welcome page shows.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    static constexpr QSize defaultSize{1280, 800};

    /// A database to try the program on, offered by the welcome page.
    struct Sample
    {
        OpenRequest request;
        QString description; ///< in a sentence
        QString greeting; ///< toast after it was opened from the welcome page
    };

    /// @param table the mapped one that databases are to have
    /// @param journals the folder that keeps what is typed and not saved; empty: nothing is kept, nor
    /// can be saved
    MainWindow(const orm::Table &table, const Sample &sample, QSettings &layout,
               const QString &journals);
    ~MainWindow() override;

    /// A look at a database that was begun before this was there, for open().
    void setHeadStart(std::unique_ptr<DatabaseLook> look);
    /// Opens a path or URL, or shows why it can't.
    void open(const QString &database, Workspace::Access access,
              InstanceGuard::Wish wish = InstanceGuard::Wish::Nothing);

    Workspace *workspace() const { return m_workspace.get(); } ///< null while none is open
    RecordsPane *pane() const { return m_pane.get(); } ///< null while none is open
    const Actions &actions() const { return *m_actions; }
    /// Whether nothing is on its way: no opening, no save, every row in sight is here.
    bool isSettled() const;
    /// Whether a database is being opened.
    bool isOpening() const;
    /// Whether another window is being asked to show what was to be opened here.
    bool isAskingOthers() const { return m_opening->isAsking(); }
    /// Keeps what is typed and not saved, as the program may end in a moment; waits for the disk.
    /// @returns false if it can't be kept, or something is on its way
    bool keepPending();
    void finishSteps();

signals:
    void databaseOpened(const orm::DatabaseUrl &url);
    /// After open(): the message bar says why not.
    void openingRefused();
    /// After open(): another window shows it and is in front now, or it is being opened here.
    void othersAsked(bool isElsewhere);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void connectActions();
    void connectRowActions();
    void connectWorkspace();
    void setWorkspace(std::unique_ptr<Workspace> workspace);
    void closeWorkspace();
    void dropWorkspace();
    /// Runs @p task when what is pending is safe: it comes back when the database is opened again.
    void leave(const std::function<void()> &task);

    void escape();
    void cycleFocus(int step);
    void stepRow(int step);
    void openPreferences();
    void saveAndQuit();
    void zoom(double factor);
    void applyTextScale(double scale);
    void toggleFullScreen();
    void showOnlyText(bool only);
    void focusMain();
    void comeToFront(InstanceGuard::Wish wish);

    Situation situation() const;
    void updateTitle();
    void updateActions();
    void updateFocusActions();
    void updateCounts();
    void updateSelection();
    void updatePending();
    void updateTask();
    void sayWhatDiffers();
    void onReadFailed(const orm::Error &error);

    QWidget *focusOrLast() const;
    ActionContext place() const; ///< of the focus
    void onFocusChanged(QWidget *now);

    orm::Table m_table;
    Sample m_sample;
    WindowState m_state;
    double m_platformPointSize;
    Actions *m_actions;
    QStackedWidget *m_stack;
    WelcomePage *m_welcome;
    MessageBar *m_messageBar;
    MessageBar *m_recoverBar;
    Toast *m_toast;
    StatusBar *m_status;
    OpenController *m_opening;
    RecentController *m_recent;
    PreferencesDialog *m_preferences = nullptr; ///< made when it is wanted first
    QPointer<QWidget> m_lastFocus; ///< not a menu
    bool m_remembers; ///< what was open
    bool m_isLeaving = false; ///< what is pending is safe, or given up
    Qt::WindowStates m_stateBefore; ///< there was only the text to be seen
    bool m_greets = false; ///< the sample is being opened from the welcome page

    // Of the open database; gone in reverse order.
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<RecordsPane> m_pane;
    std::unique_ptr<EditController> m_edit;
    std::unique_ptr<RowJobs> m_jobs;
    std::unique_ptr<ClipboardController> m_clipboard;
    std::unique_ptr<BatchController> m_batch;
    std::unique_ptr<FindController> m_find;
    std::unique_ptr<FilterController> m_filter;
    std::unique_ptr<TextFindController> m_textFind;
    std::unique_ptr<WritingController> m_writing;
    std::unique_ptr<GoToController> m_goTo;
    std::unique_ptr<SearchIndexController> m_searchIndex;
    std::unique_ptr<OrderIndexController> m_orderIndex;
    std::unique_ptr<PeekController> m_peek;
    std::unique_ptr<ProblemGuide> m_guide;
    std::unique_ptr<SaveController> m_save;
    std::unique_ptr<ChangesController> m_changes;
    std::unique_ptr<HistoryController> m_history;
    std::unique_ptr<RecoveryController> m_recovery;
    std::unique_ptr<FileController> m_file;
    std::unique_ptr<CopyController> m_copy;
    std::unique_ptr<SingleKeys> m_singleKeys;
    std::unique_ptr<ViewsController> m_views;
};

} // namespace ui

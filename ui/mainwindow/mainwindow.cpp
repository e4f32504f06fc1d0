// SPDX-License-Identifier: MIT
#include "ui/mainwindow/mainwindow.h"

#include "ui/common/counting.h"
#include "ui/common/errortext.h"
#include "ui/common/messagebar.h"
#include "ui/common/toast.h"
#include "ui/editor/recordeditorform.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/batchcontroller.h"
#include "ui/mainwindow/changescontroller.h"
#include "ui/mainwindow/clipboardcontroller.h"
#include "ui/mainwindow/commandcontroller.h"
#include "ui/mainwindow/copycontroller.h"
#include "ui/mainwindow/editcontroller.h"
#include "ui/mainwindow/filecontroller.h"
#include "ui/mainwindow/filtercontroller.h"
#include "ui/mainwindow/findcontroller.h"
#include "ui/mainwindow/gotocontroller.h"
#include "ui/mainwindow/helpcontroller.h"
#include "ui/mainwindow/historycontroller.h"
#include "ui/mainwindow/orderindexcontroller.h"
#include "ui/mainwindow/peekcontroller.h"
#include "ui/mainwindow/preferencesdialog.h"
#include "ui/mainwindow/problemguide.h"
#include "ui/mainwindow/recentcontroller.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/recoverycontroller.h"
#include "ui/mainwindow/rowjobs.h"
#include "ui/mainwindow/savecontroller.h"
#include "ui/mainwindow/searchindexcontroller.h"
#include "ui/mainwindow/singlekeys.h"
#include "ui/mainwindow/statusbar.h"
#include "ui/mainwindow/textfindcontroller.h"
#include "ui/mainwindow/viewscontroller.h"
#include "ui/mainwindow/welcomepage.h"
#include "ui/mainwindow/whatsthis.h"
#include "ui/mainwindow/writingcontroller.h"
#include "ui/table/follower.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QMenu>
#include <QMenuBar>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

MainWindow::MainWindow(const orm::Table &table, const Sample &sample, QSettings &layout,
                       const QString &journals)
    : m_table(table)
    , m_sample(sample)
    , m_state(layout)
    , m_platformPointSize(QApplication::font().pointSizeF())
    , m_actions(new Actions(table, this))
    , m_stack(new QStackedWidget(this))
    , m_welcome(new WelcomePage(table, sample.description, m_stack))
    , m_messageBar(new MessageBar(this))
    , m_recoverBar(new MessageBar(this))
    , m_status(new StatusBar(this))
    , m_remembers(!journals.isEmpty())
{
    auto *central = new QWidget(this);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_recoverBar->setObjectName(u"recoverBar"_s);
    column->addWidget(m_messageBar);
    column->addWidget(m_recoverBar);
    column->addWidget(m_stack, 1);
    setCentralWidget(central);
    m_toast = new Toast(central);
    m_stack->addWidget(m_welcome);
    setStatusBar(m_status);
    m_opening = new OpenController(
        table, journals, *m_messageBar, *m_toast, this,
        [this](const std::function<void()> &task) { leave(task); },
        [this](std::unique_ptr<Workspace> opened) { setWorkspace(std::move(opened)); });
    m_opening->setKnownName(sample.request.url, sample.request.name);
    m_opening->setSortOf(
        [this](const orm::DatabaseUrl &url) { return m_state.sort(url, m_table.name); });

    m_actions->fill(*menuBar());
    for (const auto context : {ActionContext::Window, ActionContext::WindowByFocus})
        addActions(m_actions->inContext(context));
    connectActions();
    m_recent = new RecentController(*m_actions, m_state, central, [this](const QString &database) {
        open(database, Workspace::Access::ReadWrite);
    });
    new CommandController(*m_actions, m_state, central);
    new HelpController(*m_actions, table, m_state, central, [this] {
        return HelpController::Place{.focus = focusOrLast(), .context = place()};
    });

    connect(m_welcome, &WelcomePage::sampleRequested, this, [this] {
        m_greets = true;
        m_opening->open(m_sample.request);
    });
    connect(m_welcome, &WelcomePage::openRequested, m_opening,
            [this] { m_opening->chooseDatabase(); });
    connect(m_welcome, &WelcomePage::newRequested, m_opening, &OpenController::chooseNewDatabase);
    connect(m_opening, &OpenController::progressChanged, this, &MainWindow::updateTask);
    connect(m_opening, &OpenController::othersAsked, this, &MainWindow::othersAsked);
    connect(m_opening, &OpenController::raiseRequested, this, &MainWindow::comeToFront);
    connect(m_opening, &OpenController::refused, this, [this] { m_greets = false; });
    connect(m_opening, &OpenController::refused, this, &MainWindow::openingRefused);
    for (const MessageBar *bar : {m_messageBar, m_recoverBar})
        connect(bar, &MessageBar::focusLost, this, &MainWindow::focusMain);
    connect(m_toast, &Toast::focusLost, this, &MainWindow::focusMain);
    connect(m_toast, &Toast::undoRequested, this, [this] {
        if (m_edit)
            m_edit->undoRows();
    });
    connect(m_status, &StatusBar::cancelRequested, m_actions->action("tools.cancel"_L1),
            &QAction::trigger);
    connect(m_status, &StatusBar::pendingPressed, m_actions->action("file.review"_L1),
            &QAction::trigger);
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget *, QWidget *now) { onFocusChanged(now); });

    applyTextScale(m_state.textScale());
    resize(defaultSize);
    m_state.restore(*this);
    updateTitle();
    updateActions();
    updateTask();
    m_welcome->focusFirstChoice();
}

MainWindow::~MainWindow()
{
    disconnect(qApp, nullptr, this, nullptr); // nothing is told of what goes
    dropWorkspace();
}

void MainWindow::open(const QString &database, Workspace::Access access, InstanceGuard::Wish wish)
{
    m_opening->open(database, access, wish);
}

void MainWindow::setHeadStart(std::unique_ptr<DatabaseLook> look)
{
    m_opening->setHeadStart(std::move(look));
}

bool MainWindow::isOpening() const
{
    return m_opening->isBusy();
}

bool MainWindow::isSettled() const
{
    if (m_opening->isBusy())
        return false;
    if (!m_workspace)
        return true;
    return !m_workspace->model().loader().isReading() && m_recovery->isSettled()
        && !m_save->isSaving() && m_edit->isIdle() && !m_jobs->isRunning() && m_pane->isSettled()
        && m_workspace->model().isCounted();
}

// ------------------------------------------------------------------------------- one open database

void MainWindow::setWorkspace(std::unique_ptr<Workspace> workspace)
{
    closeWorkspace();
    m_workspace = std::move(workspace);
    m_pane = std::make_unique<RecordsPane>(*m_workspace);
    m_jobs = std::make_unique<RowJobs>(*m_workspace);
    m_edit
        = std::make_unique<EditController>(*m_workspace, *m_pane, *m_jobs, *m_messageBar, *m_toast);
    connect(m_jobs.get(), &RowJobs::taskChanged, this, &MainWindow::updateTask);
    connect(m_jobs.get(), &RowJobs::failed, this, &MainWindow::onReadFailed);
    connect(m_jobs.get(), &RowJobs::cancelled, this,
            [this] { m_toast->show(tr("Cancelled. Everything is as it was before.")); });
    m_clipboard = std::make_unique<ClipboardController>(
        ClipboardController::Parts{.workspace = *m_workspace,
                                   .pane = *m_pane,
                                   .edits = *m_edit,
                                   .jobs = *m_jobs,
                                   .toast = *m_toast},
        *m_actions, [this] { return focusOrLast(); });
    m_batch = std::make_unique<BatchController>(BatchController::Parts{.workspace = *m_workspace,
                                                                       .pane = *m_pane,
                                                                       .edits = *m_edit,
                                                                       .jobs = *m_jobs,
                                                                       .toast = *m_toast},
                                                *m_actions);
    m_find = std::make_unique<FindController>(*m_workspace, *m_pane);
    m_filter = std::make_unique<FilterController>(*m_pane, *m_actions);
    m_textFind = std::make_unique<TextFindController>(
        TextFindController::Parts{
            .workspace = *m_workspace, .pane = *m_pane, .find = *m_find, .toast = *m_toast},
        *m_actions, [this] { return focusOrLast(); });
    m_writing = std::make_unique<WritingController>(
        WritingController::Parts{
            .pane = *m_pane, .state = m_state, .status = *m_status, .toast = *m_toast},
        *m_actions);
    connect(m_writing.get(), &WritingController::focusedChanged, this, &MainWindow::showOnlyText);
    m_goTo = std::make_unique<GoToController>(*m_workspace, *m_pane, *m_find);
    connect(m_goTo.get(), &GoToController::visitsChanged, this, &MainWindow::updateFocusActions);
    m_searchIndex = std::make_unique<SearchIndexController>(
        SearchIndexController::Parts{.workspace = *m_workspace,
                                     .pane = *m_pane,
                                     .messageBar = *m_messageBar,
                                     .toast = *m_toast});
    m_orderIndex = std::make_unique<OrderIndexController>(
        OrderIndexController::Parts{.workspace = *m_workspace,
                                    .pane = *m_pane,
                                    .messageBar = *m_messageBar,
                                    .toast = *m_toast},
        m_state.orderIndexes(*m_pane));
    m_peek = std::make_unique<PeekController>(*m_workspace, *m_pane, *m_actions);
    m_guide = std::make_unique<ProblemGuide>(*m_workspace, *m_pane, *m_messageBar);
    m_save = std::make_unique<SaveController>(*m_workspace, *m_edit, *m_messageBar, *m_toast);
    m_changes
        = std::make_unique<ChangesController>(ChangesController::Parts{.workspace = *m_workspace,
                                                                       .pane = *m_pane,
                                                                       .edits = *m_edit,
                                                                       .saves = *m_save,
                                                                       .guide = *m_guide,
                                                                       .toast = *m_toast,
                                                                       .state = m_state},
                                              *m_actions);
    m_history
        = std::make_unique<HistoryController>(*m_workspace, *m_pane, *m_edit, *m_toast, *m_actions);
    m_recovery = std::make_unique<RecoveryController>(
        RecoveryController::Parts{.workspace = *m_workspace,
                                  .pane = *m_pane,
                                  .edits = *m_edit,
                                  .saves = *m_save,
                                  .recoverBar = *m_recoverBar,
                                  .messageBar = *m_messageBar,
                                  .toast = *m_toast});
    m_file = std::make_unique<FileController>(
        *m_workspace, *m_edit, *m_messageBar, *this,
        [this](const QString &path) { open(path, Workspace::Access::ReadWrite); });
    connect(m_save.get(), &SaveController::fileMoved, m_file.get(), &FileController::refuse);
    m_copy = std::make_unique<CopyController>(CopyController::Parts{.workspace = *m_workspace,
                                                                    .messageBar = *m_messageBar,
                                                                    .toast = *m_toast,
                                                                    .window = *this});
    connect(m_copy.get(), &CopyController::taskChanged, this, &MainWindow::updateTask);
    m_singleKeys = std::make_unique<SingleKeys>(m_pane->view(), *m_actions);
    m_singleKeys->setOn(m_state.hasSingleKeys());
    connect(m_singleKeys.get(), &SingleKeys::saveAndQuitRequested, this, &MainWindow::saveAndQuit);
    explainParts(*m_pane);
    m_state.restore(*m_pane);
    m_views = std::make_unique<ViewsController>(ViewsController::Parts{.pane = *m_pane,
                                                                       .find = *m_find,
                                                                       .state = m_state,
                                                                       .toast = *m_toast,
                                                                       .actions = *m_actions});
    m_stack->addWidget(m_pane.get());
    m_stack->setCurrentWidget(m_pane.get());
    m_toast->setArea(&m_pane->view());
    m_pane->view().addActions(m_actions->inContext(ActionContext::List));
    m_pane->form().addActions(m_actions->inContext(ActionContext::Editor));
    connectWorkspace();
    if (m_remembers)
        m_recent->add(m_workspace->url(), m_workspace->name());

    updateTitle();
    updateActions();
    updateCounts();
    updateSelection();
    updatePending();
    updateTask();
    m_pane->view().setFocus(Qt::OtherFocusReason);
    sayWhatDiffers();
    if (std::exchange(m_greets, false))
        m_toast->show(m_sample.greeting);
    connect(m_recovery.get(), &RecoveryController::opened, m_opening,
            [this] { m_opening->serve(m_workspace.get()); });
    connect(m_recovery.get(), &RecoveryController::locked, m_opening,
            [this] { m_opening->openLocked(*m_workspace); });
    m_recovery->start();
    emit databaseOpened(m_workspace->url());
}

/// What looks at the parts goes before them.
void MainWindow::dropWorkspace()
{
    finishSteps();
    m_views.reset();
    m_singleKeys.reset();
    m_copy.reset();
    m_file.reset();
    m_recovery.reset();
    m_history.reset();
    m_changes.reset();
    m_save.reset();
    m_guide.reset();
    m_orderIndex.reset();
    m_searchIndex.reset();
    m_peek.reset();
    m_goTo.reset();
    m_writing.reset();
    m_textFind.reset();
    m_filter.reset();
    m_find.reset();
    m_batch.reset();
    m_clipboard.reset();
    m_jobs.reset();
    m_edit.reset();
    m_pane.reset();
    m_workspace.reset();
}

void MainWindow::closeWorkspace()
{
    if (!m_workspace)
        return;
    m_state.save(*m_pane);
    for (MessageBar *bar : {m_messageBar, m_recoverBar})
        bar->close();
    m_stack->setCurrentWidget(m_welcome);
    m_opening->serve(nullptr);
    dropWorkspace();
    updateTitle();
    updateActions();
    updateCounts();
    updateSelection();
    updatePending();
    updateTask();
    m_welcome->focusFirstChoice();
}

void MainWindow::connectWorkspace()
{
    RecordTableModel &model = m_workspace->model();
    RecordTableView &view = m_pane->view();
    connect(&model, &RecordTableModel::countChanged, this, &MainWindow::updateCounts);
    connect(&model.loader(), &OrderLoader::ended, this, &MainWindow::updateCounts);
    connect(&model.loader(), &OrderLoader::totalCounted, this, &MainWindow::updateCounts);
    connect(&model.loader(), &OrderLoader::queryChanged, this, &MainWindow::updateCounts);
    connect(m_find.get(), &FindController::taskChanged, this, &MainWindow::updateTask);
    connect(&model, &RecordTableModel::fetchFailed, this, &MainWindow::onReadFailed);
    connect(m_pane.get(), &RecordsPane::selectionChanged, this, &MainWindow::updateSelection);
    connect(m_pane.get(), &RecordsPane::selectionChanged, this, &MainWindow::updateFocusActions);
    connect(m_pane.get(), &RecordsPane::currentKeyChanged, this, &MainWindow::updateActions);
    connect(&m_workspace->edits(), &EditBuffer::countsChanged, this, &MainWindow::updatePending);
    connect(&m_workspace->history(), &EditHistory::refused, this, [this](qint64, int limit) {
        m_messageBar->show(MessageBar::Tone::Information,
                           tr("At most %1 can be changed before they are saved. Save first, or "
                              "select fewer.")
                               .arg(counted(limit, m_table)));
    });
    connect(m_workspace.get(), &Workspace::waitingChanged, this, &MainWindow::updateTask);
    connect(&model, &RecordTableModel::changedOutsideCountChanged, this, &MainWindow::updateTask);
    connect(&m_workspace->follower(), &Follower::hasChangedElsewhereChanged, this,
            &MainWindow::updateTask);
    connect(m_save.get(), &SaveController::savingChanged, this, &MainWindow::updateTask);
    connect(m_searchIndex.get(), &SearchIndexController::taskChanged, this,
            &MainWindow::updateTask);
    connect(m_orderIndex.get(), &OrderIndexController::taskChanged, this, &MainWindow::updateTask);
    connect(m_orderIndex.get(), &OrderIndexController::knownChanged, this,
            [this] { m_state.setOrderIndexes(*m_pane, m_orderIndex->known()); });
    connect(m_edit.get(), &EditController::undoChanged, this, &MainWindow::updateFocusActions);
    connect(QApplication::clipboard(), &QClipboard::dataChanged, m_edit.get(),
            [this] { updateFocusActions(); }); // what can be pasted
    connect(&m_workspace->edits(), &EditBuffer::rowsChanged, this, &MainWindow::updateFocusActions);
    connect(&m_pane->form(), &RecordEditorForm::escapePressed, this, &MainWindow::escape);
    connect(&m_pane->form(), &RecordEditorForm::loadFailed, this, &MainWindow::onReadFailed);
    connect(&view, &RecordTableView::contextMenuRequested, this, [this](const QPoint &position) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        for (const char *id :
             {"post.open", "post.editCell", "post.editMany", "post.duplicate", "post.delete"})
            menu->addAction(m_actions->action(QLatin1StringView(id)));
        menu->addSeparator();
        for (const char *id : {"edit.copy", "edit.copyAs", "edit.paste", "edit.setNull"})
            menu->addAction(m_actions->action(QLatin1StringView(id)));
        menu->popup(position);
    });
    if (m_workspace->isReadOnly()) {
        view.setEditTriggers(QAbstractItemView::NoEditTriggers);
        m_pane->form().setReadOnly(true);
        m_pane->setEmptyText(tr("No %1 in here, and it can only be read. Ctrl+O opens another.")
                                 .arg(m_table.plural));
    } else {
        m_pane->setEmptyText(
            tr("No %1 yet. Press Ctrl+N to write the first one.").arg(m_table.plural));
    }
}

void MainWindow::onReadFailed(const orm::Error &error)
{
    m_messageBar->show(MessageBar::Tone::Problem, errorText(error, m_workspace->name()),
                       {{tr("Try again"), [this] {
                             m_workspace->model().refresh();
                             m_pane->form().reload();
                         }}});
}

// ---------------------------------------------------------------------------------------- leaving

/// A step that runs is made whole: what is kept for the next time is not half of it.
void MainWindow::finishSteps()
{
    if (m_workspace)
        m_workspace->history().runner().finish();
}

void MainWindow::leave(const std::function<void()> &task)
{
    finishSteps();
    if (m_recovery)
        m_recovery->leave(task);
    else
        task();
}

bool MainWindow::keepPending()
{
    finishSteps();
    return !m_recovery || m_recovery->isSafe();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_isLeaving && !keepPending()) {
        event->ignore();
        leave([this] {
            m_isLeaving = true;
            // Later: closing from within a closing that is being ignored does nothing.
            QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
        });
        return;
    }
    if (m_writing)
        m_writing->setFocused(false); // nobody would know how to come back
    m_state.save(*this);
    if (m_pane)
        m_state.save(*m_pane);
    event->accept();
    QMainWindow::closeEvent(event);
}

void MainWindow::openPreferences()
{
    if (!m_preferences) {
        m_preferences = new PreferencesDialog(this);
        m_preferences->addAction(m_actions->action("help.contents"_L1));
        connect(m_preferences, &PreferencesDialog::textScaleChanged, this,
                &MainWindow::applyTextScale);
        connect(m_preferences, &PreferencesDialog::singleKeysChanged, this, [this](bool isOn) {
            m_state.setSingleKeys(isOn);
            if (m_singleKeys)
                m_singleKeys->setOn(isOn);
        });
        connect(m_preferences, &PreferencesDialog::keysRequested, m_actions->action("help.keys"_L1),
                &QAction::trigger);
    }
    m_preferences->setValues(
        {.textScale = m_state.textScale(), .hasSingleKeys = m_state.hasSingleKeys()});
    m_preferences->show();
    m_preferences->raise();
    m_preferences->activateWindow();
}

void MainWindow::comeToFront(InstanceGuard::Wish wish)
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
    if (wish == InstanceGuard::Wish::NewRecord)
        m_actions->action("post.new"_L1)->trigger();
}

} // namespace ui

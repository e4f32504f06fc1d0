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
#include "ui/search/searchbar.h"
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

namespace {

constexpr double zoomStep = 1.1;
constexpr double smallestText = PreferencesDialog::smallestPercent / 100.0;
constexpr double largestText = PreferencesDialog::largestPercent / 100.0;

QString changesText(int changes)
{
    return MainWindow::tr("%Ln change(s)", nullptr, changes);
}

} // namespace

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

void MainWindow::sayWhatDiffers()
{
    const orm::LiveTable &live = m_workspace->live();
    QStringList sentences;
    if (live.isView)
        sentences << tr("%1 is a view, so its rows can only be read.").arg(live.table.name);
    else if (!live.hasUniqueKey)
        sentences << tr("The rows of %1 can't be told apart by a key, so they can only be read.")
                         .arg(live.table.name);
    else if (m_workspace->isReadOnly())
        sentences
            << tr("%1 can only be read, so nothing can be changed here.").arg(m_workspace->name());
    const auto names = [](const QStringList &columns) { return columns.join(u", "_s); };
    if (!live.missing.isEmpty())
        sentences << tr("The table %1 has no %2; the rest is shown.")
                         .arg(live.table.name, names(live.missing));
    if (!live.different.isEmpty())
        sentences << tr("Of another type than usual, and shown as it is stored: %1.")
                         .arg(names(live.different));
    if (!live.extra.isEmpty())
        sentences << tr("Further columns are shown, too: %1.").arg(names(live.extra));
    if (!sentences.isEmpty())
        m_messageBar->show(MessageBar::Tone::Information, sentences.join(u' '));
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

// ---------------------------------------------------------------------------------------- actions

void MainWindow::connectActions()
{
    const auto on = [this](QLatin1StringView id, const std::function<void()> &run) {
        connect(m_actions->action(id), &QAction::triggered, this, run);
    };
    on("file.open"_L1, [this] { m_opening->chooseDatabase(); });
    on("file.newDb"_L1, [this] { m_opening->chooseNewDatabase(); });
    on("file.saveCopy"_L1, [this] { m_copy->choose(); });
    on("file.prefs"_L1, [this] { openPreferences(); });
    on("help.whatsThis"_L1, [this] { showWhatsThis(focusOrLast()); });
    on("file.close"_L1, [this] { leave([this] { closeWorkspace(); }); });
    on("file.quit"_L1, [this] { close(); });

    on("edit.undo"_L1, [this] { m_edit->undo(focusOrLast()); });
    on("edit.redo"_L1, [this] { m_edit->redo(focusOrLast()); });
    on("edit.cut"_L1, [this] { m_edit->cut(focusOrLast()); });
    on("edit.selectAll"_L1, [this] { m_edit->selectAll(focusOrLast()); });
    on("edit.deselect"_L1,
       [this] { m_pane->view().selectRow(m_pane->view().currentIndex().row()); });
    on("edit.setNull"_L1, [this] {
        if (!m_batch->setNull(focusOrLast()))
            m_edit->setNull(focusOrLast());
    });

    on("edit.searchPosts"_L1, [this] { m_find->focusSearch(); });
    on("view.columns"_L1, [this] { m_find->openColumns(); });
    on("edit.goTo"_L1, [this] { m_goTo->open(); });
    on("view.back"_L1, [this] { m_goTo->goBack(); });
    on("view.forward"_L1, [this] { m_goTo->goForward(); });
    for (const QAction *sort : m_actions->sortActions()) {
        connect(sort, &QAction::triggered, this, [this, column = sort->data().toString()] {
            m_find->sortBy(m_workspace->table().indexOf(column));
        });
    }
    on("view.refresh"_L1, [this] {
        m_edit->finishTyping();
        m_recovery->flush();
        m_workspace->follower().refresh();
    });
    on("view.paneNext"_L1, [this] { cycleFocus(1); });
    on("view.panePrev"_L1, [this] { cycleFocus(-1); });
    on("view.focusList"_L1, [this] { m_pane->view().setFocus(Qt::ShortcutFocusReason); });
    on("view.focusTitle"_L1, [this] { m_pane->focusField(orm::Role::Title); });
    on("view.focusBody"_L1, [this] { m_pane->focusField(orm::Role::Body); });
    on("view.layout"_L1, [this] { m_toast->show(m_pane->stepLayout()); });
    on("view.fullScreen"_L1, [this] { toggleFullScreen(); });
    on("view.zoomIn"_L1, [this] { zoom(zoomStep); });
    on("view.zoomOut"_L1, [this] { zoom(1 / zoomStep); });
    on("view.zoomReset"_L1, [this] { applyTextScale(1.0); });

    on("tools.cancel"_L1, [this] {
        if (m_opening->isBusy())
            m_opening->cancel();
        else if (m_orderIndex && m_orderIndex->isRunning())
            m_orderIndex->cancel(); // a save may wait for it
        else if (m_save && m_save->isSaving())
            m_save->cancel();
        else if (m_jobs && m_jobs->isRunning())
            m_jobs->cancel();
        else if (m_copy && m_copy->isRunning())
            m_copy->cancel();
        else if (m_find && !m_find->cancel() && !m_searchIndex->cancel())
            m_workspace->cancelReads();
    });
    on("tools.searchIndex"_L1, [this] { m_searchIndex->open(); });
    on("tools.orderIndex"_L1, [this] { m_orderIndex->open(); });
    on("app.escape"_L1, [this] { escape(); });
    connectRowActions();
}

void MainWindow::connectRowActions()
{
    const auto on = [this](QLatin1StringView id, const std::function<void()> &run) {
        connect(m_actions->action(id), &QAction::triggered, this, run);
    };
    on("post.new"_L1, [this] { m_edit->createRow(); });
    on("post.newIns"_L1, [this] { m_edit->createRow(); });
    on("post.duplicate"_L1, [this] { m_edit->duplicateRows(); });
    on("post.open"_L1, [this] { m_pane->focusField(orm::Role::Body); });
    on("post.editCell"_L1, [this] { m_edit->editCell(); });
    on("post.delete"_L1, [this] { m_edit->deleteRows(); });
    on("post.next"_L1, [this] { stepRow(1); });
    on("post.prev"_L1, [this] { stepRow(-1); });
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

/// Quits when everything is saved; what can't be saved keeps the window open and is said as ever.
void MainWindow::saveAndQuit()
{
    const auto quitIfSaved = [this] {
        if (m_save->isSaving() || m_workspace->edits().changeCount() > 0)
            return;
        // Later: the save that tells of its end is still on the stack.
        QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
    };
    if (m_workspace->edits().changeCount() == 0)
        return quitIfSaved();
    connect(m_save.get(), &SaveController::savingChanged, this, [this, quitIfSaved] {
        if (!m_save->isSaving())
            quitIfSaved();
    });
    m_actions->action("file.save"_L1)->trigger();
}

void MainWindow::stepRow(int step)
{
    RecordTableView &view = m_pane->view();
    view.commitCellEditor();
    m_pane->form().commitFields();
    view.selectRow(view.currentIndex().row() + step);
    m_pane->follow();
}

void MainWindow::escape()
{
    if ((m_peek && m_peek->escape()) || (m_goTo && m_goTo->escape())
        || (m_find && m_find->closePopup()) || (m_filter && m_filter->escape())
        || (m_views && m_views->escape()))
        return; // a popup comes first, whatever is open behind it
    QWidget *focus = QApplication::focusWidget();
    const bool inMessage = m_messageBar->isAncestorOf(focus) || m_recoverBar->isAncestorOf(focus);
    if (m_toast->isAncestorOf(focus) || focus == m_toast)
        return m_toast->dismiss();
    if (m_textFind && !inMessage && m_textFind->escape(focus))
        return; // back in the text
    if (m_writing && !inMessage && m_writing->escape())
        return;
    if (m_pane && m_pane->panel() && !inMessage)
        return m_pane->closePanel();
    if (m_pane && m_pane->form().isAncestorOf(focus)) {
        m_pane->form().commitFields();
        return m_pane->view().setFocus(Qt::OtherFocusReason);
    }
    if (m_find && m_find->escape(focus))
        return; // out of the search
    if (m_pane && !inMessage && m_pane->view().selectedRowCount() > 1)
        return m_pane->view().selectRow(m_pane->view().currentIndex().row());
    if (m_recoverBar->isOpen() && !m_messageBar->isAncestorOf(focus))
        return m_recoverBar->close();
    m_messageBar->close();
}

void MainWindow::cycleFocus(int step)
{
    // The panes that show, in their order; where one is entered it is by its proxy or first field.
    QList<QWidget *> panes;
    for (MessageBar *bar : {m_messageBar, m_recoverBar}) {
        if (bar->isOpen())
            panes << bar;
    }
    if (m_pane) {
        panes << &m_pane->searchBar() << &m_pane->view()
              << (m_pane->panel() ? m_pane->panel() : static_cast<QWidget *>(&m_pane->form()));
        // It stands inside of the form, and is a pane of its own.
        if (m_writing->shownPreview())
            panes << m_writing->shownPreview();
    } else {
        panes << m_welcome;
    }
    if (m_toast->isVisible())
        panes << m_toast;

    const QWidget *focus = QApplication::focusWidget();
    qsizetype at = -1;
    for (qsizetype i = 0; i < panes.size(); ++i) {
        if (focus && (panes.at(i) == focus || panes.at(i)->isAncestorOf(focus)))
            at = i;
    }
    QWidget *next = panes.at((at + step + panes.size()) % panes.size());
    if (m_pane && next == &m_pane->form())
        m_pane->focusField(orm::Role::Title);
    else if (auto *bar = qobject_cast<MessageBar *>(next))
        bar->takeFocus();
    else if (next == m_welcome)
        m_welcome->focusFirstChoice();
    else
        next->setFocus(Qt::TabFocusReason);
}

void MainWindow::focusMain()
{
    if (m_pane)
        m_pane->view().setFocus(Qt::OtherFocusReason);
    else
        m_welcome->focusFirstChoice();
}

void MainWindow::comeToFront(InstanceGuard::Wish wish)
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
    if (wish == InstanceGuard::Wish::NewRecord)
        m_actions->action("post.new"_L1)->trigger();
}

void MainWindow::zoom(double factor)
{
    applyTextScale(std::clamp(m_state.textScale() * factor, smallestText, largestText));
}

void MainWindow::applyTextScale(double scale)
{
    if (std::abs(scale - 1.0) < 0.02)
        scale = 1.0; // there and back again ends where it began
    m_state.setTextScale(scale);
    QFont font = QApplication::font();
    font.setPointSizeF(m_platformPointSize * scale);
    if (font != QApplication::font())
        QApplication::setFont(font);
}

void MainWindow::toggleFullScreen()
{
    setWindowState(windowState() ^ Qt::WindowFullScreen);
}

void MainWindow::showOnlyText(bool only)
{
    menuBar()->setVisible(!only);
    m_status->setVisible(!only);
    if (only)
        m_stateBefore = windowState();
    setWindowState(only ? windowState() | Qt::WindowFullScreen : m_stateBefore);
}

// ------------------------------------------------------------------------------------ what is shown

void MainWindow::updateTitle()
{
    if (!m_workspace) {
        setWindowTitle(tr("Postdesk"));
        return;
    }
    const QString name = m_workspace->name();
    const orm::Table &table = m_workspace->table();
    //: The window's title: the database and the program
    setWindowTitle(
        tr("%1 — Postdesk").arg(table.isMapped() ? name : u"%1, %2"_s.arg(table.name, name)));
}

Situation MainWindow::situation() const
{
    return {.workspace = m_workspace.get(),
            .pane = m_pane.get(),
            .edit = m_edit.get(),
            .goTo = m_goTo.get(),
            .focus = focusOrLast()};
}

void MainWindow::updateActions()
{
    updateActionStates(*m_actions, m_table, situation());
    m_actions->setAvailable("file.recent"_L1,
                            m_state.recentDatabases().isEmpty() ? tr("No database was open before")
                                                                : QString());
}

void MainWindow::updateFocusActions()
{
    updateFocusActionStates(*m_actions, situation());
}

void MainWindow::updateCounts()
{
    if (!m_workspace) {
        m_status->setCounts({});
        return;
    }
    m_status->setCounts(m_find->countsText());
    updateActions();
}

void MainWindow::updateSelection()
{
    const qint64 count = m_pane ? m_pane->view().selectedRowCount() : 0;
    m_status->setSelection(count > 1 ? tr("%1 selected").arg(QLocale().toString(count))
                                     : QString());
}

void MainWindow::updatePending()
{
    using Pending = StatusBar::Pending;
    if (!m_workspace) {
        m_status->setPending({}, Pending::Nothing);
        return;
    }
    const EditBuffer &edits = m_workspace->edits();
    if (m_workspace->isReadOnly())
        m_status->setPending(tr("Read only"), Pending::Nothing);
    else if (const int conflicts = edits.conflictCount(); conflicts > 0)
        m_status->setPending(tr("%Ln conflict(s)", nullptr, conflicts), Pending::Problems);
    else if (const int problems = edits.problemCount(); problems > 0)
        m_status->setPending(tr("%Ln problem(s)", nullptr, problems), Pending::Problems);
    else if (const int changes = edits.changeCount(); changes > 0)
        m_status->setPending(changesText(changes), Pending::Changes);
    else
        m_status->setPending(tr("Saved"), Pending::Nothing);
}

void MainWindow::updateTask()
{
    using Task = StatusBar::Task;
    const bool isWaiting = m_opening->isWaiting() || (m_workspace && m_workspace->isWaiting());
    QString text;
    QString notice; // nothing runs, and something is worth a word
    if (m_orderIndex && m_orderIndex->isRunning())
        text = m_orderIndex->taskText(); // those who wait, wait for that
    else if (isWaiting)
        text = tr("Waiting for another program to finish writing… Shift+Esc cancels");
    else if (m_opening->isBusy())
        text = tr("Opening…");
    else if (m_save && m_save->isSaving())
        text = tr("Saving…");
    else if (const QString job = m_jobs ? m_jobs->taskText() : QString(); !job.isEmpty())
        text = job;
    else if (m_copy && m_copy->isRunning())
        text = m_copy->taskText();
    else if (const QString finding = m_find ? m_find->taskText() : QString(); !finding.isEmpty())
        text = finding;
    else if (m_searchIndex && m_searchIndex->isRunning())
        text = m_searchIndex->taskText();
    else if (m_workspace && m_workspace->model().changedOutsideCount() > 0)
        notice = tr("%1 changed outside")
                     .arg(counted(m_workspace->model().changedOutsideCount(), m_table));
    else if (m_workspace && m_workspace->follower().hasChangedElsewhere())
        notice = tr("changed outside");
    if (!notice.isEmpty())
        m_status->setTask(notice, Task::CannotBeCancelled);
    else
        m_status->setTask(text, text.isEmpty() ? Task::CannotBeCancelled : Task::CanBeCancelled);
    const bool isRunning = !text.isEmpty() || (m_jobs && m_jobs->isRunning());
    m_actions->setAvailable("tools.cancel"_L1, isRunning ? QString() : tr("Nothing is running"));
}

// ------------------------------------------------------------------------------------------- focus

QWidget *MainWindow::focusOrLast() const
{
    // A menu that is being gone through has the focus only for that time.
    QWidget *focus = QApplication::focusWidget();
    return !focus || qobject_cast<QMenuBar *>(focus) || qobject_cast<QMenu *>(focus)
        ? m_lastFocus.data()
        : focus;
}

ActionContext MainWindow::place() const
{
    const QWidget *focus = focusOrLast();
    if (m_pane && (focus == &m_pane->view() || m_pane->view().isAncestorOf(focus)))
        return ActionContext::List;
    return m_pane && m_pane->isInEditor(focus) ? ActionContext::Editor : ActionContext::Window;
}

void MainWindow::onFocusChanged(QWidget *now)
{
    if (m_recovery)
        m_recovery->flush();
    if (!now || now->window() != this || qobject_cast<QMenuBar *>(now)
        || qobject_cast<QMenu *>(now))
        return;
    m_lastFocus = now;
    updateFocusActions();
}

} // namespace ui

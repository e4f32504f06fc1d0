// SPDX-License-Identifier: MIT
#include "ui/mainwindow/recordspane.h"

#include "ui/changes/editbuffer.h"
#include "ui/common/counting.h"
#include "ui/editor/recordeditorform.h"
#include "ui/find/findbar.h"
#include "ui/mainwindow/panelarea.h"
#include "ui/mainwindow/workspace.h"
#include "ui/search/searchbar.h"
#include "ui/table/follower.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QResizeEvent>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Of text, in a window that has the editor beside the list of itself.
constexpr int digitsForBeside = 135;
constexpr int leastHeight = 64; ///< pixels of the list that are seen, however small the window is

/// Whether values of this kind are a few characters long.
bool isShort(orm::ColumnType::Kind kind)
{
    using Kind = orm::ColumnType::Kind;
    return kind == Kind::Integer || kind == Kind::Boolean || kind == Kind::Float;
}

} // namespace

RecordsPane::RecordsPane(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_search(new SearchBar(this))
    , m_splitter(new QSplitter(this))
    , m_view(new RecordTableView(m_splitter))
    , m_side(new QStackedWidget(m_splitter))
    , m_editor(new QWidget(m_side))
    , m_form(new RecordEditorForm(workspace.model(), workspace.history(), m_editor))
    , m_findBar(new FindBar(m_editor))
    , m_digitWidth(fontMetrics().horizontalAdvance(u'0'))
{
    auto *editor = new QVBoxLayout(m_editor);
    editor->setContentsMargins(0, 0, 0, 0);
    editor->setSpacing(0);
    editor->addWidget(m_form, 1);
    editor->addWidget(m_findBar);
    m_side->addWidget(m_editor);
    const orm::Table &table = workspace.table();
    m_view->setObjectName(table.name + u"View"_s);
    m_view->setAccessibleName(capitalized(table.plural));
    m_view->setModel(&workspace.model());
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMinimumHeight(leastHeight); // by itself as high as its scroll bars like to be
    const int title = table.indexOf(orm::Role::Title);
    if (title >= 0)
        m_view->setPreferredColumn(RecordTableModel::modelColumn(title));
    setUpColumns();

    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(6);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_search);
    layout->addWidget(m_splitter, 1);

    m_follow.setSingleShot(true);
    m_follow.setInterval(followDelay);
    connect(&m_follow, &QTimer::timeout, this, &RecordsPane::follow);
    connect(m_view, &RecordTableView::currentRowChanged, this, &RecordsPane::onCurrentRowChanged);
    connect(m_view, &RecordTableView::visibleRowsChanged, &workspace.model(),
            &RecordTableModel::prefetch);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &RecordsPane::selectionChanged);
    connect(&workspace.model(), &QAbstractItemModel::rowsInserted, this,
            &RecordsPane::ensureCurrentRow);
    connect(&workspace.model(), &QAbstractItemModel::modelReset, this,
            &RecordsPane::ensureCurrentRow);
    connect(&workspace.model(), &RecordTableModel::countChanged, this,
            &RecordsPane::ensureCurrentRow);
    connect(&workspace.model(), &QAbstractItemModel::layoutChanged, this,
            &RecordsPane::ensureCurrentRow);
    const auto readFrom = [this](RowOrder::Edge edge) {
        m_turningAt = m_view->currentIndex();
        m_turningColumn = m_turningAt.column();
        m_workspace.model().loader().readFrom(edge);
    };
    connect(m_view, &RecordTableView::topRequested, this,
            [readFrom] { readFrom(RowOrder::Edge::Top); });
    connect(m_view, &RecordTableView::endRequested, this,
            [readFrom] { readFrom(RowOrder::Edge::End); });
    connect(&workspace.model().loader(), &OrderLoader::turned, this, &RecordsPane::onTurned);
    // Whoever steps into the editor means the row that is current now.
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        if (now && m_form->isAncestorOf(now)) {
            m_wanted = {};
            follow();
        }
        if (now == m_view)
            hideEditor();
    });
    connect(m_form, &RecordEditorForm::loaded, this, [this](const orm::Key &key) {
        if (m_caretKey.isNull() || key != m_caretKey)
            return;
        m_caretKey = {}; // once
        if (QPlainTextEdit *body = bodyEdit()) {
            QTextCursor cursor = body->textCursor();
            cursor.setPosition(std::min(m_caret, body->document()->characterCount() - 1));
            body->setTextCursor(cursor);
        }
    });
    connect(m_form, &RecordEditorForm::entered, this, &RecordsPane::endVisit);
    // After the model: what is current stays where it is, under another key.
    connect(&workspace.edits(), &EditBuffer::committed, this,
            [this](const orm::CommitResult &result) {
                if (result.renamedKeys().contains(m_currentKey))
                    onCurrentRowChanged();
            });
    ensureCurrentRow();
}

RecordsPane::~RecordsPane()
{
    disconnect(qApp, nullptr, this, nullptr); // the focus goes with what goes
}

/// Rows at the other end of the table are shown, as was asked for.
void RecordsPane::onTurned(RowOrder::Edge edge)
{
    if (m_turningAt.isValid() && m_turningAt != m_view->currentIndex())
        return; // who has gone elsewhere meanwhile stays there
    const RecordTableModel &model = m_workspace.model();
    const int row = edge == RowOrder::Edge::End ? model.rowCount() - 1 : 0;
    m_view->setCurrentIndex(model.index(row, m_turningColumn));
}

orm::Key RecordsPane::currentKey() const
{
    const QModelIndex current = m_view->currentIndex();
    return current.isValid() ? m_workspace.model().keyAt(current.row()) : orm::Key();
}

bool RecordsPane::select(const orm::Key &key)
{
    const int row = m_workspace.model().rowOf(key);
    if (row < 0)
        return false;
    m_view->selectRow(row);
    return true;
}

void RecordsPane::goBackTo(const orm::Key &key, int caret)
{
    m_wanted = key;
    m_caretKey = caret > 0 ? key : orm::Key();
    m_caret = caret;
    ensureCurrentRow();
}

void RecordsPane::follow()
{
    m_follow.stop();
    m_form->setCurrentKey(currentKey());
    emit followed(currentKey());
}

void RecordsPane::showPanel(QWidget *panel)
{
    if (panel != m_panel) {
        if (m_panelArea)
            m_panelArea->deleteLater();
        m_panel = panel;
        m_panelArea = new PanelArea(panel, m_side);
        m_side->addWidget(m_panelArea);
    }
    m_side->setCurrentWidget(m_panelArea);
    m_side->show();
    panel->setFocus(Qt::OtherFocusReason);
    emit panelChanged();
}

bool RecordsPane::isInEditor(const QWidget *widget) const
{
    return widget && m_editor->isAncestorOf(widget);
}

void RecordsPane::closePanel()
{
    if (!m_panel)
        return;
    QWidget *panel = std::exchange(m_panel, nullptr);
    const QWidget *focus = QApplication::focusWidget();
    if (focus && (focus == panel || panel->isAncestorOf(focus)))
        m_view->setFocus(Qt::OtherFocusReason);
    m_side->setCurrentWidget(m_editor);
    m_side->removeWidget(m_panelArea);
    m_panelArea->hide();
    m_panelArea->deleteLater(); // later: the panel may be closing itself
    m_panelArea = nullptr;
    hideEditor();
    emit panelChanged();
}

void RecordsPane::focusField(orm::Role role)
{
    closePanel();
    follow();
    m_side->show();
    m_form->focusField(role);
}

void RecordsPane::setEditorAlone(bool alone)
{
    if (alone == m_isEditorAlone)
        return;
    m_isEditorAlone = alone;
    if (alone && m_layout)
        m_sizes.insert(*m_layout, m_splitter->sizes());
    m_search->setVisible(!alone);
    m_view->setVisible(!alone);
    if (!alone && m_layout && m_sizes.contains(*m_layout))
        m_splitter->setSizes(m_sizes.value(*m_layout));
}

QList<int> RecordsPane::sizes(Layout layout) const
{
    if (m_isEditorAlone)
        return m_sizes.value(layout);
    return layout == m_layout ? m_splitter->sizes() : m_sizes.value(layout);
}

void RecordsPane::setSizes(Layout layout, const QList<int> &sizes)
{
    m_sizes.insert(layout, sizes);
    if (layout == m_layout)
        m_splitter->setSizes(sizes);
}

QList<RecordsPane::ColumnPlace> RecordsPane::columns() const
{
    const QHeaderView *header = m_view->horizontalHeader();
    QList<ColumnPlace> places;
    for (int visual = 0; visual < header->count(); ++visual) {
        const int section = header->logicalIndex(visual);
        const int column = RecordTableModel::tableColumn(section);
        if (column >= 0)
            places.append({m_workspace.table().columns.at(column).name,
                           header->sectionSize(section)}); // 0: hidden
    }
    return places;
}

void RecordsPane::setColumns(const QList<ColumnPlace> &columns)
{
    QHeaderView *header = m_view->horizontalHeader();
    int visual = 1; // after the mark
    for (const ColumnPlace &place : columns) {
        const int column = m_workspace.table().indexOf(place.name);
        if (column < 0)
            continue;
        const int section = RecordTableModel::modelColumn(column);
        header->moveSection(header->visualIndex(section), visual++);
        if (place.width >= header->minimumSectionSize())
            header->resizeSection(section, place.width);
        header->setSectionHidden(section, place.width == 0);
    }
}

RecordsPane::Arrangement RecordsPane::arrangement() const
{
    return {m_search->text(), m_workspace.model().query().sort, columns()};
}

void RecordsPane::arrange(const Arrangement &arrangement)
{
    setColumns(arrangement.columns);
    m_workspace.model().setSort(arrangement.sort);
    m_search->setText(arrangement.search);
}

void RecordsPane::resetColumns()
{
    QHeaderView *header = m_view->horizontalHeader();
    for (int section = 0; section < header->count(); ++section) {
        header->setSectionHidden(section, false);
        header->moveSection(header->visualIndex(section), section);
    }
    m_view->setFrozenColumns(0);
    setUpColumns();
}

void RecordsPane::setEmptyText(const QString &text)
{
    m_emptyText = text;
    setSearching(m_isSearching);
}

void RecordsPane::setSearching(bool searching)
{
    m_isSearching = searching;
    m_view->setPlaceholderText(
        searching ? tr("Nothing found. Esc shows all %1 again.").arg(m_workspace.table().plural)
                  : m_emptyText);
}

bool RecordsPane::isSettled() const
{
    if (m_follow.isActive() || m_form->isLoading())
        return false;
    const RowRange rows = m_view->visibleRows();
    for (int row = rows.first; row <= rows.last; ++row) {
        const QModelIndex index = m_workspace.model().index(row, m_view->preferredColumn());
        if (!index.data(CellLoadedRole).toBool())
            return false;
    }
    return true;
}

void RecordsPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layout()->activate(); // that the splitter has its size: those of its parts are shares of it
    applyLayout();
}

void RecordsPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    // The columns show as much as before.
    const int digit = fontMetrics().horizontalAdvance(u'0');
    QHeaderView *header = m_view->horizontalHeader();
    for (int section = 0; section < header->count() && digit != m_digitWidth; ++section) {
        if (!header->isSectionHidden(section))
            header->resizeSection(section, header->sectionSize(section) * digit / m_digitWidth);
    }
    m_digitWidth = digit;
    if (m_layout)
        applyLayout();
}

void RecordsPane::applyLayout()
{
    // Large text needs more.
    const int needed
        = std::max(widthForBeside, digitsForBeside * fontMetrics().horizontalAdvance(u'0'));
    applyLayout(m_chosen.value_or(width() >= needed ? Layout::Beside : Layout::Below));
}

void RecordsPane::chooseLayout(std::optional<Layout> layout)
{
    m_chosen = layout;
    if (m_layout)
        applyLayout();
}

QString RecordsPane::stepLayout()
{
    switch (m_layout.value_or(Layout::ListOnly)) {
    case Layout::Beside:
        chooseLayout(Layout::Below);
        return tr("The editor is below the list.");
    case Layout::Below:
        chooseLayout(Layout::ListOnly);
        return tr("Only the list. The editor shows while you are in it.");
    case Layout::ListOnly:
        break;
    }
    chooseLayout(Layout::Beside);
    return tr("The editor is beside the list.");
}

/// Where only the list is to be seen, and nobody is in the editor.
void RecordsPane::hideEditor()
{
    const QWidget *focus = QApplication::focusWidget();
    if (m_layout == Layout::ListOnly && !m_panel && !(focus && m_side->isAncestorOf(focus)))
        m_side->hide();
}

QPlainTextEdit *RecordsPane::bodyEdit() const
{
    return qobject_cast<QPlainTextEdit *>(
        m_form->fieldWidget(m_workspace.table().indexOf(orm::Role::Body)));
}

int RecordsPane::caret() const
{
    const QPlainTextEdit *body = bodyEdit();
    return body && m_form->currentKey() == currentKey() ? body->textCursor().position() : 0;
}

void RecordsPane::setUpColumns()
{
    const orm::Table &table = m_workspace.table();
    QHeaderView *header = m_view->horizontalHeader();
    const QFontMetrics metrics(m_view->font());
    const int digit = metrics.horizontalAdvance(u'0');
    const auto width = [&](int characters) { return characters * digit + 16; };

    header->setMinimumSectionSize(28);
    header->setStretchLastSection(false);
    header->resizeSection(0, std::max(28, width(1)));
    header->setSectionResizeMode(0, QHeaderView::Fixed);
    const int body = table.indexOf(orm::Role::Body);
    for (int i = 0; i < table.columns.size(); ++i) {
        const orm::Column &column = table.columns.at(i);
        const int section = RecordTableModel::modelColumn(i);
        using Kind = orm::ColumnType::Kind;
        int characters = 24;
        if (column.role == orm::Role::Title)
            characters = 30;
        else if (column.type.kind == Kind::DateTime)
            characters = 17;
        else if (column.type.kind == Kind::Date || column.type.kind == Kind::Time)
            characters = 11;
        else if (i == body || column.isPrimaryKey || isShort(column.type.kind))
            characters = 8; // of the body: and what is left
        header->resizeSection(section, width(characters));
    }
    // The widest text takes what is left, at the end, where it can be cut best.
    if (body >= 0) {
        const int section = RecordTableModel::modelColumn(body);
        header->moveSection(header->visualIndex(section), header->count() - 1);
    }
    header->setStretchLastSection(true);
    header->setSectionsMovable(true);
}

void RecordsPane::applyLayout(Layout layout)
{
    if (layout == m_layout)
        return;
    if (m_layout && *m_layout != Layout::ListOnly && !m_isEditorAlone)
        m_sizes.insert(*m_layout, m_splitter->sizes());
    m_layout = layout;
    m_side->setVisible(true);
    if (layout == Layout::ListOnly) {
        hideEditor();
        return;
    }
    m_splitter->setOrientation(layout == Layout::Beside ? Qt::Horizontal : Qt::Vertical);
    if (!m_sizes.contains(layout)) {
        const int whole = layout == Layout::Beside ? width() : height();
        const int list = layout == Layout::Beside ? whole * 11 / 20 : whole * 9 / 20;
        m_sizes.insert(layout, {list, whole - list});
    }
    m_splitter->setSizes(m_sizes.value(layout));
}

void RecordsPane::ensureCurrentRow()
{
    const RecordTableModel &model = m_workspace.model();
    if (!m_wanted.isNull()) {
        if (const int row = model.rowOf(m_wanted); row >= 0) {
            m_wanted = {};
            m_view->selectRow(row);
        } else if (model.isCounted() && model.rowCount() > 0) {
            m_wanted = {}; // it is gone
        }
    }
    if (!m_view->currentIndex().isValid() && model.rowCount() > 0)
        m_view->selectRow(model.edge() == RowOrder::Edge::End ? model.rowCount() - 1 : 0);
    if (model.rowCount() == 0)
        onCurrentRowChanged(); // other rows are shown, and there are none: no signal says so
}

/// The row that is current until now was seen: what others did to it needs no mark any more.
void RecordsPane::endVisit()
{
    m_workspace.model().endVisit(m_currentKey);
    m_workspace.follower().acknowledge();
}

void RecordsPane::onCurrentRowChanged()
{
    const orm::Key key = currentKey();
    if (key == m_currentKey)
        return;
    // The first row is current only until the wanted one is here; another one is the user's choice.
    if (!m_currentKey.isNull())
        m_wanted = {};
    endVisit();
    m_currentKey = key;
    m_follow.start(); // counts from the last key
    emit currentKeyChanged(key);
}

} // namespace ui

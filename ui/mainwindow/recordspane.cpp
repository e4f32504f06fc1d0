// SPDX-License-Identifier: MIT
#include "ui/mainwindow/recordspane.h"

#include "ui/common/counting.h"
#include "ui/editor/recordeditorform.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QHeaderView>
#include <QResizeEvent>
#include <QScrollBar>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

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
    , m_splitter(new QSplitter(this))
    , m_view(new RecordTableView(m_splitter))
    , m_form(new RecordEditorForm(workspace.model(), workspace.history(), m_splitter))
{
    const orm::Table &table = workspace.table();
    m_view->setObjectName(table.plural + u"View"_s);
    m_view->setAccessibleName(capitalized(table.plural));
    m_view->setModel(&workspace.model());
    m_view->setFrameShape(QFrame::NoFrame);
    const int title = table.indexOf(orm::Role::Title);
    if (title >= 0)
        m_view->setPreferredColumn(RecordTableModel::modelColumn(title));
    setUpColumns();

    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(6);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);

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
    // Whoever steps into the editor means the row that is current now.
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        if (now && m_form->isAncestorOf(now))
            follow();
    });
    ensureCurrentRow();
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

void RecordsPane::follow()
{
    m_follow.stop();
    m_form->setCurrentKey(currentKey());
}

void RecordsPane::focusField(orm::Role role)
{
    follow();
    m_form->focusField(role);
}

QList<int> RecordsPane::sizes(Layout layout) const
{
    return layout == m_layout ? m_splitter->sizes() : m_sizes.value(layout);
}

void RecordsPane::setSizes(Layout layout, const QList<int> &sizes)
{
    m_sizes.insert(layout, sizes);
    if (layout == m_layout)
        m_splitter->setSizes(sizes);
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
    applyLayout(event->size().width() >= widthForBeside ? Layout::Beside : Layout::Below);
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
    if (m_layout)
        m_sizes.insert(*m_layout, m_splitter->sizes());
    m_layout = layout;
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
    if (!m_view->currentIndex().isValid() && m_workspace.model().rowCount() > 0)
        m_view->selectRow(0);
}

void RecordsPane::onCurrentRowChanged()
{
    const orm::Key key = currentKey();
    if (key == m_currentKey)
        return;
    m_currentKey = key;
    m_follow.start(); // counts from the last key
    emit currentKeyChanged(key);
}

} // namespace ui

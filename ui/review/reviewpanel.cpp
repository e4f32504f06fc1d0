// SPDX-License-Identifier: MIT
#include "ui/review/reviewpanel.h"

#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/common/diffview.h"
#include "ui/common/roomydelegate.h"
#include "ui/editor/fieldtext.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

ReviewPanel::ReviewPanel(EditHistory &history, Statements statements, Dependents dependents,
                         QWidget *parent)
    : QWidget(parent)
    , m_history(history)
    , m_statements(std::move(statements))
    , m_dependents(std::move(dependents))
    , m_model(history.edits())
    , m_count(new QLabel(this))
    , m_along(new QLabel(this))
    , m_list(new QTreeView(this))
    , m_diff(new DiffView(this))
    , m_sql(new QPlainTextEdit(this))
{
    setObjectName(u"reviewPanel"_s);
    setFocusProxy(m_list);
    setAutoFillBackground(true);
    build();
    m_showTimer.setSingleShot(true);
    m_showTimer.setInterval(0);
    connect(&m_showTimer, &QTimer::timeout, this, &ReviewPanel::showCurrent);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, &m_showTimer,
            qOverload<>(&QTimer::start));
    connect(&m_model, &QAbstractItemModel::dataChanged, &m_showTimer, qOverload<>(&QTimer::start));
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        if (m_model.rowCount() > 0)
            m_list->setCurrentIndex(m_model.index(0, ReviewModel::ChangeColumn));
    });
    connect(&m_model, &ReviewModel::countsChanged, this, &ReviewPanel::updateCount);
    connect(m_list, &QTreeView::doubleClicked, this,
            [this](const QModelIndex &index) { emit rowRequested(m_model.keyAt(index.row())); });
    if (m_model.rowCount() > 0)
        m_list->setCurrentIndex(m_model.index(0, ReviewModel::ChangeColumn));
    updateCount();
    showCurrent();
}

void ReviewPanel::build()
{
    QFont bold = font();
    bold.setBold(true);
    m_count->setFont(bold);
    m_count->setObjectName(u"reviewCount"_s);
    m_along->setObjectName(u"reviewDependents"_s);
    m_along->setTextFormat(Qt::PlainText);
    m_along->setWordWrap(true);
    m_along->setMinimumWidth(1);
    m_along->hide();

    m_list->setObjectName(u"reviewList"_s);
    m_list->setAccessibleName(tr("Changes that are not saved"));
    m_list->setModel(&m_model);
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(0);
    m_list->setItemDelegate(new RoomyDelegate(m_list));
    m_list->setUniformRowHeights(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_list->setAllColumnsShowFocus(true);
    m_list->setAlternatingRowColors(true);
    m_list->header()->hide();
    m_list->header()->setSectionResizeMode(QHeaderView::Interactive);
    const int digit = fontMetrics().horizontalAdvance(u'0');
    m_list->header()->resizeSection(ReviewModel::MarkColumn, 40 + 2 * digit);
    m_list->header()->resizeSection(ReviewModel::KeyColumn, 16 + 5 * digit);
    m_list->installEventFilter(this);

    m_diff->setObjectName(u"reviewDiff"_s);
    m_diff->setAccessibleName(tr("What changes"));
    m_sql->setObjectName(u"reviewSql"_s);
    m_sql->setAccessibleName(tr("SQL"));
    m_sql->setReadOnly(true);
    m_sql->setTabChangesFocus(true);
    updateFonts();

    auto *hint = new QLabel(tr("Space: in or out of this save · Enter: go there · Del: take back · "
                               "Ctrl+S: save what is ticked · Esc: close"),
                            this);
    hint->setWordWrap(true);
    hint->setMinimumWidth(1);

    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    for (QWidget *part : {static_cast<QWidget *>(m_list), static_cast<QWidget *>(m_diff),
                          static_cast<QWidget *>(m_sql)}) {
        part->setMinimumHeight(3 * fontMetrics().height());
        splitter->addWidget(part);
    }
    splitter->setSizes({300, 200, 120});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    layout->addWidget(m_count);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_along);
    layout->addWidget(hint);
}

void ReviewPanel::select(const orm::Key &key)
{
    if (const int row = m_model.rowOf(key); row >= 0)
        m_list->setCurrentIndex(m_model.index(row, ReviewModel::ChangeColumn));
}

QList<int> ReviewPanel::selectedRows() const
{
    QList<int> rows;
    const QModelIndexList selected = m_list->selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows << index.row();
    if (rows.isEmpty() && m_list->currentIndex().isValid())
        rows << m_list->currentIndex().row();
    std::sort(rows.begin(), rows.end());
    return rows;
}

/// All of the selected follow the current one.
void ReviewPanel::toggle()
{
    const QModelIndex current = m_list->currentIndex();
    if (current.isValid())
        m_model.setTicked(selectedRows(), !m_model.isTicked(current.row()));
}

void ReviewPanel::takeBack()
{
    const QList<int> rows = selectedRows();
    if (rows.isEmpty())
        return;
    QList<orm::Key> keys;
    for (const int row : rows)
        keys << m_model.keyAt(row);
    m_history.revertRows(keys);
    if (m_model.rowCount() == 0)
        return;
    const int next = std::min(rows.first(), m_model.rowCount() - 1);
    m_list->setCurrentIndex(m_model.index(next, ReviewModel::ChangeColumn));
}

void ReviewPanel::showCurrent()
{
    m_showTimer.stop();
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid()) {
        showDependents({});
        m_diff->clear();
        m_sql->clear();
        return;
    }
    const EditBuffer &edits = m_history.edits();
    const orm::Key key = m_model.keyAt(current.row());
    const orm::ChangeSet changes = edits.changeSet({key});
    const auto textOf = [&edits](int column, const orm::StoredValue &value) {
        return comparedText(edits.table().columns.at(column), value);
    };
    QList<DiffView::Section> sections;
    const auto add = [&](int column, const QString &before, const QString &after) {
        if (before != after)
            sections.append({edits.table().columns.at(column).text(), diffWords(before, after)});
    };
    if (edits.isDeleted(key)) {
        const orm::Record whole = edits.snapshot(key);
        for (int column = 0; column < whole.values.size(); ++column)
            add(column, textOf(column, whole.values.at(column)), {});
    } else {
        const QList<orm::FieldChange> fields = edits.fields(key);
        for (const orm::FieldChange &field : fields)
            add(field.column, edits.isNew(key) ? QString() : textOf(field.column, field.base),
                textOf(field.column, field.value));
    }
    m_diff->showSections(sections);
    showDependents(edits.isDeleted(key) ? key : orm::Key());
    QString sql = m_statements(changes).join(u'\n');
    if (sql.size() > longestSql)
        sql = sql.left(longestSql) + u'…';
    if (sql != m_sql->toPlainText())
        m_sql->setPlainText(sql);
}

/// @param key a null one: of a row that stays
void ReviewPanel::showDependents(const orm::Key &key)
{
    if (key == m_alongKey)
        return;
    m_alongKey = key;
    m_along->hide();
    if (key.isNull() || key.isTemporary() || !m_dependents)
        return;
    m_dependents(key, [panel = QPointer(this), key](const QString &text) {
        if (!panel || key != panel->m_alongKey)
            return;
        panel->m_along->setText(text);
        panel->m_along->setVisible(!text.isEmpty());
    });
}

void ReviewPanel::updateCount()
{
    const int count = m_model.rowCount();
    const int ticked = m_model.tickedCount();
    const QString changes = tr("%Ln change(s)", nullptr, count);
    m_count->setText(ticked == count ? changes
                                     : tr("%1, %2 of them in this save").arg(changes).arg(ticked));
    if (count == 0)
        emit emptied();
}

void ReviewPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateFonts();
}

/// SQL is as large as the user wants text to be.
void ReviewPanel::updateFonts()
{
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF());
    m_sql->setFont(fixed);
}

bool ReviewPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_list || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->modifiers() & ~Qt::KeypadModifier)
        return false;
    const QModelIndex current = m_list->currentIndex();
    switch (key->key()) {
    case Qt::Key_Space:
        toggle();
        return true;
    case Qt::Key_Delete:
        takeBack();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (current.isValid())
            emit rowRequested(m_model.keyAt(current.row()));
        return true;
    default:
        return false;
    }
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/history/historypanel.h"

#include "ui/common/counting.h"
#include "ui/common/diffview.h"
#include "ui/common/roomydelegate.h"
#include "ui/editor/fieldtext.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

HistoryPanel::HistoryPanel(const orm::Table &table, QWidget *parent)
    : QWidget(parent)
    , m_table(table)
    , m_heading(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_list(new QTreeView(this))
    , m_diff(new DiffView(this))
{
    setObjectName(u"historyPanel"_s);
    setFocusProxy(m_list);
    setAutoFillBackground(true);
    build();
    m_showTimer.setSingleShot(true);
    m_showTimer.setInterval(0);
    connect(&m_showTimer, &QTimer::timeout, this, &HistoryPanel::showCurrent);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, &m_showTimer,
            qOverload<>(&QTimer::start));
    connect(m_list, &QTreeView::doubleClicked, this, &HistoryPanel::request);
}

void HistoryPanel::build()
{
    QFont bold = font();
    bold.setBold(true);
    m_heading->setFont(bold);
    m_heading->setObjectName(u"historyHeading"_s);
    m_heading->setTextFormat(Qt::PlainText);
    m_heading->setWordWrap(true);
    m_heading->setMinimumWidth(1);

    m_list->setObjectName(u"historyList"_s);
    m_list->setModel(&m_model);
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(0);
    m_list->setItemDelegate(new RoomyDelegate(m_list));
    m_list->setUniformRowHeights(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_list->setAllColumnsShowFocus(true);
    m_list->setAlternatingRowColors(true);
    m_list->header()->hide();
    m_list->header()->setSectionResizeMode(QHeaderView::Interactive);
    m_list->header()->resizeSection(HistoryModel::TimeColumn,
                                    16 + 16 * fontMetrics().horizontalAdvance(u'0'));
    m_list->installEventFilter(this);

    m_diff->setObjectName(u"historyDiff"_s);
    m_hint->setWordWrap(true);
    m_hint->setMinimumWidth(1);

    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    for (QWidget *part : {static_cast<QWidget *>(m_list), static_cast<QWidget *>(m_diff)}) {
        part->setMinimumHeight(3 * fontMetrics().height());
        splitter->addWidget(part);
    }
    splitter->setSizes({200, 400});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    layout->addWidget(m_heading);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_hint);
}

void HistoryPanel::showVersions(const QString &name, const QList<HistoryEntry> &entries,
                                const orm::Record &now)
{
    m_isTrash = false;
    m_now = now;
    m_note
        = tr("No save of it is known yet. From the next one on, what it was before is kept here.");
    m_list->setAccessibleName(tr("Earlier versions"));
    m_diff->setAccessibleName(tr("What is different from now"));
    m_hint->setText(tr("Struck out: as it is now. Underlined: as it was. Enter: bring this version "
                       "back, to be saved or undone · Esc: close"));
    //: Of one row: “Five hundred”
    setEntries(tr("History of %1").arg(name), entries);
}

void HistoryPanel::showDeleted(const QList<HistoryEntry> &entries)
{
    m_isTrash = true;
    m_note = tr("Nothing was deleted from here in the last 30 days. What you delete and save "
                "from now on can be brought back here.");
    m_list->setAccessibleName(tr("Deleted %1").arg(m_table.plural));
    m_diff->setAccessibleName(tr("What was deleted"));
    m_hint->setText(
        tr("Deleted %1 are kept for 30 days on this computer. Enter: bring it back under "
           "its own number, to be saved or undone · Esc: close")
            .arg(m_table.plural));
    setEntries(tr("%1 deleted").arg(counted(entries.size(), m_table)), entries);
}

void HistoryPanel::setEntries(const QString &heading, const QList<HistoryEntry> &entries)
{
    const int current = std::max(0, m_list->currentIndex().row());
    m_heading->setText(heading);
    m_model.setEntries(entries);
    if (!entries.isEmpty())
        m_list->setCurrentIndex(m_model.index(std::min(current, int(entries.size()) - 1), 0));
    showCurrent();
}

void HistoryPanel::showCurrent()
{
    m_showTimer.stop();
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid()) {
        m_diff->showNote(m_note);
        return;
    }
    const HistoryEntry &entry = m_model.entry(current.row());
    QList<DiffView::Section> sections;
    for (int column = 0; column < m_table.columns.size(); ++column) {
        const orm::Column &about = m_table.columns.at(column);
        const QString then = comparedText(about, entry.row.values.value(column));
        const QString now = m_isTrash ? then : comparedText(about, m_now.values.value(column));
        if (m_isTrash ? !then.isEmpty() : then != now)
            sections.append({about.text(), diffWords(now, then)});
    }
    if (sections.isEmpty())
        m_diff->showNote(tr("This is how it is now."));
    else
        m_diff->showSections(sections);
}

void HistoryPanel::request()
{
    if (const QModelIndex current = m_list->currentIndex(); current.isValid())
        emit entryRequested(HistoryEntry(m_model.entry(current.row())));
}

bool HistoryPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_list || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!isEnter || key->modifiers() & ~Qt::KeypadModifier)
        return false;
    request();
    return true;
}

} // namespace ui

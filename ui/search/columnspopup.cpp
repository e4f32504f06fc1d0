// SPDX-License-Identifier: MIT
#include "ui/search/columnspopup.h"

#include "ui/common/roomydelegate.h"
#include "ui/table/uniformtableview.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int firstColumn = 1; ///< behind the mark

} // namespace

ColumnsPopup::ColumnsPopup(UniformTableView &view, QWidget *parent)
    : QFrame(parent)
    , m_view(view)
    , m_header(*view.horizontalHeader())
    , m_list(new QListWidget(this))
{
    setObjectName(u"columnsPopup"_s);
    setFrameShape(QFrame::StyledPanel);
    setFrameShadow(QFrame::Raised);
    setAutoFillBackground(true);
    m_list->setObjectName(u"columnsList"_s);
    m_list->setAccessibleName(tr("Columns"));
    m_list->setItemDelegate(new RoomyDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->installEventFilter(this);
    m_keys = new QLabel(
        tr("Space shows or hides, Alt+Up and Alt+Down move, Left and Right make "
           "narrower and wider, S sorts, F makes the columns up to here stay while the others "
           "scroll, R puts all back"),
        this);
    m_keys->setWordWrap(true);
    m_keys->setForegroundRole(QPalette::PlaceholderText);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_list, 1);
    column->addWidget(m_keys);
    connect(m_list, &QListWidget::itemClicked, this, [this] { toggle(currentSection()); });
    hide();
}

void ColumnsPopup::open()
{
    const QSize area = parentWidget()->size();
    // Wide enough for its text of any size, as far as there is room.
    const QSize room = area - QSize(48, 56);
    const int width = std::min(std::clamp(area.width() / 3, 360, 480) * fontMetrics().height() / 16,
                               room.width());
    const int rows = 6 * (m_list->fontMetrics().height() + RoomyDelegate::air);
    const int height = std::min(std::max(std::clamp(area.height() / 2, 180, 360),
                                         m_keys->heightForWidth(width - 24) + rows),
                                room.height());
    setGeometry(24, 40, width, height);
    m_list->clear();
    refresh();
    m_list->setCurrentRow(0);
    show();
    raise();
    if (!m_list->hasFocus())
        m_focusBefore.remember();
    m_list->setFocus(Qt::PopupFocusReason);
}

void ColumnsPopup::close()
{
    if (!isVisible())
        return;
    if (m_list->hasFocus() && !m_focusBefore.restore())
        emit closed();
    hide();
}

int ColumnsPopup::currentSection() const
{
    const int row = m_list->currentRow();
    return row < 0 ? -1 : m_header.logicalIndex(row + firstColumn);
}

/// Writes what there is, in the header's order; the current line stays.
void ColumnsPopup::refresh()
{
    const QAbstractItemModel *model = m_header.model();
    const int count = m_header.count() - firstColumn;
    while (m_list->count() < count)
        m_list->addItem(QString());
    for (int row = 0; row < count; ++row) {
        const int section = m_header.logicalIndex(row + firstColumn);
        const bool isHidden = m_header.isSectionHidden(section);
        const QString name = model->headerData(section, Qt::Horizontal).toString();
        QListWidgetItem *item = m_list->item(row);
        item->setCheckState(isHidden ? Qt::Unchecked : Qt::Checked);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        const int width = m_header.sectionSize(section);
        const bool isFrozen = row + firstColumn < m_view.frozenColumns();
        //: A column and its width in pixels
        QString text = isHidden ? name : tr("%1   %2 px").arg(name).arg(width);
        if (isFrozen)
            //: A column of the list that doesn't scroll sideways
            text = tr("%1, stays").arg(text);
        item->setText(text);
    }
}

void ColumnsPopup::toggle(int section)
{
    if (section < 0)
        return;
    const bool isHidden = m_header.isSectionHidden(section);
    const int shown = m_header.count() - m_header.hiddenSectionCount() - firstColumn;
    if (isHidden || shown > 1) // a list without a column says nothing
        m_header.setSectionHidden(section, !isHidden);
    refresh();
}

void ColumnsPopup::move(int section, int step)
{
    const int from = m_header.visualIndex(section);
    const int to = std::clamp(from + step, firstColumn, m_header.count() - 1);
    m_header.moveSection(from, to);
    m_list->setCurrentRow(to - firstColumn);
    refresh();
}

void ColumnsPopup::widen(int section, int step)
{
    if (!m_header.isSectionHidden(section))
        m_header.resizeSection(
            section, std::max(m_header.minimumSectionSize(), m_header.sectionSize(section) + step));
    refresh();
}

/// The columns up to @p section stay; if it is the last of these, none do.
void ColumnsPopup::freeze(int section)
{
    const int columns = m_header.visualIndex(section) + 1;
    m_view.setFrozenColumns(m_view.frozenColumns() == columns ? 0 : columns);
    refresh();
}

bool ColumnsPopup::handleKey(int key, Qt::KeyboardModifiers modifiers)
{
    if (key == Qt::Key_Tab || key == Qt::Key_Backtab)
        return true; // there is nothing else to go to
    const int section = currentSection();
    if (section < 0)
        return false;
    if (modifiers == Qt::AltModifier && (key == Qt::Key_Up || key == Qt::Key_Down)) {
        move(section, key == Qt::Key_Up ? -1 : 1);
        return true;
    }
    if (modifiers != Qt::NoModifier)
        return false;
    switch (key) {
    case Qt::Key_Space:
        toggle(section);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        widen(section, key == Qt::Key_Left ? -widthStep : widthStep);
        return true;
    case Qt::Key_S:
        emit sortCycled(section);
        refresh();
        return true;
    case Qt::Key_F:
        freeze(section);
        return true;
    case Qt::Key_R:
        emit resetRequested();
        refresh();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        close();
        return true;
    default:
        return false;
    }
}

bool ColumnsPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut) {
        const auto reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
            hide(); // the user has gone elsewhere
    }
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (handleKey(key->key(), key->modifiers() & ~Qt::KeypadModifier))
            return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace ui

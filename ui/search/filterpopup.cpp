// SPDX-License-Identifier: MIT
#include "ui/search/filterpopup.h"

#include "ui/common/roomydelegate.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int preferredWidth = 340;
constexpr int rowsShown = 8;

} // namespace

FilterPopup::FilterPopup(QWidget *parent)
    : QFrame(parent)
    , m_edit(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_title(new QLabel(this))
    , m_hint(new QLabel(this))
{
    setObjectName(u"filterPopup"_s);
    setFrameShape(QFrame::StyledPanel);
    setFrameShadow(QFrame::Raised);
    setAutoFillBackground(true);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_edit->setObjectName(u"filterInput"_s);
    m_edit->setClearButtonEnabled(true);
    m_edit->installEventFilter(this);
    m_list->setObjectName(u"filterList"_s);
    m_list->setFocusPolicy(Qt::NoFocus); // the keys are typed into the line
    m_list->setItemDelegate(new RoomyDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel *label : {m_title, m_hint}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_title);
    column->addWidget(m_edit);
    column->addWidget(m_list, 1);
    column->addWidget(m_hint);
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (!m_isChoosing)
            showValues(text);
        emit filterChanged(text);
    });
    connect(m_list, &QListWidget::itemClicked, this, [this](const QListWidgetItem *item) {
        m_edit->setText(item->text());
        close();
    });
    hide();
}

void FilterPopup::open(const Column &column, const QPoint &place)
{
    m_title->setText(column.title);
    m_hint->setText(column.hint);
    m_edit->setAccessibleName(column.title);
    m_edit->setAccessibleDescription(column.hint);
    m_before = column.filter;
    m_values = column.values;
    const QSignalBlocker blocker(m_edit); // it is what is asked already
    m_edit->setText(column.filter);
    m_edit->selectAll();
    showValues({});
    const QSize area = parentWidget()->size();
    const int width = std::min(preferredWidth, area.width() - 16);
    const int list = m_values.isEmpty() ? 0 : rowsShown * (fontMetrics().height() + 10);
    m_list->setVisible(!m_values.isEmpty());
    const int height
        = layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : sizeHint().height();
    const int fixed = height - (m_values.isEmpty() ? 0 : m_list->sizeHint().height());
    const int wanted = std::min(fixed + list, area.height() - 16);
    setGeometry(std::clamp(place.x(), 8, std::max(8, area.width() - width - 8)),
                std::clamp(place.y(), 8, std::max(8, area.height() - wanted - 8)), width, wanted);
    show();
    raise();
    m_edit->setFocus(Qt::PopupFocusReason);
}

void FilterPopup::drop()
{
    if (!isVisible())
        return;
    m_edit->setText(m_before);
    close();
}

void FilterPopup::close()
{
    const bool hadFocus = m_edit->hasFocus();
    if (hadFocus)
        emit closed(); // first, as hiding what has the focus would let Qt choose
    hide();
}

/// Those with what was typed in them; none is chosen yet.
void FilterPopup::showValues(const QString &typed)
{
    m_list->clear();
    for (const QString &value : std::as_const(m_values)) {
        if (value.contains(typed.trimmed(), Qt::CaseInsensitive))
            m_list->addItem(value);
    }
    m_list->setCurrentRow(-1);
}

bool FilterPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut && isVisible()) {
        if (const auto reason = static_cast<QFocusEvent *>(event)->reason();
            reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
            hide(); // the user has gone elsewhere; what was typed holds
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    switch (const auto *key = static_cast<QKeyEvent *>(event); key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        close();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // there is nothing else to go to
    case Qt::Key_Down:
    case Qt::Key_Up: {
        const int step = key->key() == Qt::Key_Down ? 1 : -1;
        if (m_list->count() == 0)
            return true;
        const int row = std::clamp(m_list->currentRow() + step, 0, m_list->count() - 1);
        m_list->setCurrentRow(row);
        m_isChoosing = true;
        m_edit->setText(m_list->item(row)->text());
        m_isChoosing = false;
        return true;
    }
    default:
        return QFrame::eventFilter(watched, event);
    }
}

} // namespace ui

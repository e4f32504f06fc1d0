// SPDX-License-Identifier: MIT
#include "ui/search/filterpopup.h"

#include "ui/common/listkeys.h"
#include "ui/common/roomydelegate.h"

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
    m_list->setObjectName(u"filterList"_s);
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
    auto *keys = new ListKeys(*m_edit, *m_list, ListKeys::Ends::Stop, this);
    connect(keys, &ListKeys::stepped, this, [this] {
        m_isChoosing = true;
        m_edit->setText(m_list->currentItem()->text());
        m_isChoosing = false;
    });
    connect(keys, &ListKeys::chosen, this, &FilterPopup::close);
    connect(keys, &ListKeys::escaped, this, &FilterPopup::drop);
    connect(keys, &ListKeys::left, this, &QWidget::hide); // what was typed holds
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
    if (!m_edit->hasFocus())
        m_focusBefore.remember();
    m_edit->setFocus(Qt::PopupFocusReason);
}

/// The filter is what it was.
void FilterPopup::drop()
{
    m_edit->setText(m_before);
    if (m_edit->hasFocus() && !m_focusBefore.restore())
        emit closed();
    hide();
}

void FilterPopup::close()
{
    if (m_edit->hasFocus())
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

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/search/viewspopup.h"

#include "ui/common/roomydelegate.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

ViewsPopup::ViewsPopup(QWidget *parent)
    : QFrame(parent)
    , m_edit(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_hint(new QLabel(this))
{
    setObjectName(u"viewsPopup"_s);
    setFrameShape(QFrame::StyledPanel);
    setFrameShadow(QFrame::Raised);
    setAutoFillBackground(true);
    auto *title = new QLabel(tr("Save this view: its order, search and columns"), this);
    QFont bold = font();
    bold.setBold(true);
    title->setFont(bold);
    m_edit->setObjectName(u"viewNameInput"_s);
    m_edit->setAccessibleName(tr("Name of the view"));
    m_edit->setPlaceholderText(tr("Name of the view"));
    m_edit->installEventFilter(this);
    m_list->setObjectName(u"viewsList"_s);
    m_list->setAccessibleName(tr("Saved views and their keys"));
    m_list->setItemDelegate(new RoomyDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->installEventFilter(this);
    m_hint->setObjectName(u"viewsHint"_s);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel *label : {title, m_hint})
        label->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(title);
    column->addWidget(m_edit);
    column->addWidget(m_list, 1);
    column->addWidget(m_hint);
    connect(m_edit, &QLineEdit::textEdited, this, &ViewsPopup::goToName);
    connect(m_list, &QListWidget::currentRowChanged, this, &ViewsPopup::sayWhatEnterDoes);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &ViewsPopup::save);
    hide();
}

void ViewsPopup::open(const QList<Slot> &places, int row, const QString &name)
{
    setSlots(places);
    m_list->setCurrentRow(row);
    m_edit->setText(name);
    m_edit->selectAll();
    const QSize area = parentWidget()->size();
    const int width = std::clamp(area.width() / 2, 280, 480);
    const int rows = int(places.size()) * (fontMetrics().height() + 10);
    const int wanted = rows + 6 * fontMetrics().height() + 100;
    setGeometry((area.width() - width) / 2, 24, width, std::min(wanted, area.height() - 32));
    show();
    raise();
    m_focusBefore.remember();
    m_edit->setFocus(Qt::PopupFocusReason);
}

void ViewsPopup::setSlots(const QList<Slot> &places)
{
    const int row = m_list->currentRow();
    m_places = places;
    m_list->clear();
    for (const Slot &place : places) {
        //: A key, the name of the view it shows, and what that is: "Alt+1   Drafts: is:draft"
        const QString text = place.name.isEmpty() ? tr("%1   (free)").arg(place.key)
            : place.contents.isEmpty() || place.contents == place.name
            ? u"%1   %2"_s.arg(place.key, place.name)
            : tr("%1   %2: %3").arg(place.key, place.name, place.contents);
        m_list->addItem(text);
    }
    m_list->setCurrentRow(row);
    sayWhatEnterDoes();
}

/// A name that is there already means that view: two of one name would be told apart by nobody.
void ViewsPopup::goToName(const QString &name)
{
    for (qsizetype row = 0; row < m_places.size(); ++row) {
        const QString &known = m_places.at(row).name;
        if (!known.isEmpty() && known.compare(name.trimmed(), Qt::CaseInsensitive) == 0)
            m_list->setCurrentRow(int(row));
    }
}

void ViewsPopup::sayWhatEnterDoes()
{
    const QString replaced = m_places.value(m_list->currentRow()).name;
    m_hint->setText(
        replaced.isEmpty()
            ? tr("Up and Down choose the key, Enter saves. Tab goes to the list, where Del deletes "
                 "a view.")
            : tr("Enter replaces “%1”, which can be undone; Up and Down choose another key. Tab "
                 "goes to the list, where Del deletes a view.")
                  .arg(replaced));
}

void ViewsPopup::close()
{
    if (!isVisible())
        return;
    if ((m_edit->hasFocus() || m_list->hasFocus()) && !m_focusBefore.restore())
        emit closed();
    hide();
}

void ViewsPopup::save()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    QString name = m_edit->text().trimmed();
    if (name.isEmpty())
        name = tr("View %1").arg(row + 1);
    close();
    emit saveRequested(row, name);
}

bool ViewsPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut && isVisible()) {
        const auto reason = static_cast<QFocusEvent *>(event)->reason();
        const bool isInside = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason;
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason && !isInside
            && !m_edit->hasFocus() && !m_list->hasFocus())
            hide(); // the user has gone elsewhere
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        save();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab: // there are the two
        (watched == m_edit ? static_cast<QWidget *>(m_list) : m_edit)->setFocus(Qt::TabFocusReason);
        return true;
    case Qt::Key_Down:
    case Qt::Key_Up:
        if (watched != m_edit)
            break;
        m_list->setCurrentRow(std::clamp(
            m_list->currentRow() + (key->key() == Qt::Key_Down ? 1 : -1), 0, m_list->count() - 1));
        return true;
    case Qt::Key_Delete:
        if (watched != m_list)
            break;
        if (const int row = m_list->currentRow(); row >= 0 && !m_places.at(row).name.isEmpty())
            emit removeRequested(row);
        return true;
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/common/toast.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

Toast::Toast(QWidget *parent)
    : QFrame(parent)
    , m_text(new QLabel(this))
    , m_undo(new QPushButton(tr("Undo"), this))
    , m_timer(new QTimer(this))
{
    setObjectName(u"toast"_s);
    setFocusPolicy(Qt::StrongFocus);
    // A label says its text to a test and to a screen reader under the toast's own name.
    m_text->setObjectName(u"toastText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_undo->setObjectName(u"toastUndo"_s);
    m_undo->setFocusPolicy(Qt::NoFocus); // the toast has the focus and takes its keys

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 10, 8);
    layout->setSpacing(14);
    layout->addWidget(m_text);
    layout->addWidget(m_undo);

    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &Toast::dismiss);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        dismiss();
        if (m_own)
            m_own();
        else
            emit undoRequested();
    });
    parent->installEventFilter(this);
    hide();
}

void Toast::show(const QString &text, Offer offer)
{
    m_own = nullptr;
    m_text->setText(text);
    m_undo->setVisible(offer == Offer::Undo);
    m_undo->setToolTip(tr("Undo (Ctrl+Z)"));
    setAccessibleName(text);
    layout()->setContentsMargins(16, 8, offer == Offer::Undo ? 10 : 16, 8);
    setVisible(true);
    place();
    raise();
    m_timer->start(duration);
}

void Toast::show(const QString &text, std::function<void()> undo)
{
    show(text, Offer::Undo);
    m_own = std::move(undo);
    m_undo->setToolTip(tr("Undo"));
}

QString Toast::text() const
{
    return isHidden() ? QString() : m_text->text();
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    const bool isMoved = event->type() == QEvent::Resize || event->type() == QEvent::Move;
    if ((watched == parentWidget() || watched == m_area) && isMoved && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

void Toast::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (!m_undo->isHidden()) {
            m_undo->click();
            return;
        }
        [[fallthrough]];
    case Qt::Key_Escape:
        dismiss();
        return;
    default:
        QFrame::keyPressEvent(event);
    }
}

void Toast::focusInEvent(QFocusEvent *event)
{
    m_timer->stop(); // somebody is reading it
    QFrame::focusInEvent(event);
    update();
}

void Toast::focusOutEvent(QFocusEvent *event)
{
    m_timer->start(duration);
    QFrame::focusOutEvent(event);
    update();
}

void Toast::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto inside = [this](double by) { return QRectF(rect()).adjusted(by, by, -by, -by); };
    painter.setBrush(palette().color(QPalette::ToolTipBase));
    painter.setPen(QPen(palette().color(QPalette::Mid), 1));
    painter.drawRoundedRect(inside(0.5), 6, 6);
    if (!hasFocus())
        return;
    // On its own ground, as the toast may lie over anything.
    painter.setPen(QPen(palette().color(QPalette::ToolTipText), 2));
    painter.drawRoundedRect(inside(3), 4, 4);
}

void Toast::dismiss()
{
    const bool hadFocus = hasFocus();
    if (hadFocus)
        emit focusLost();
    setVisible(false);
    m_timer->stop();
}

void Toast::withdrawOffer()
{
    if (isVisible() && !m_undo->isHidden() && !m_own)
        dismiss();
}

void Toast::setArea(QWidget *area)
{
    if (m_area)
        m_area->removeEventFilter(this);
    m_area = area;
    if (m_area)
        m_area->installEventFilter(this);
}

void Toast::place()
{
    QWidget *area = m_area && m_area->isVisible() ? m_area.data() : parentWidget();
    const QRect place(area->mapTo(parentWidget(), QPoint()), area->size());
    const int left = 16;
    const QSize wanted = sizeHint().boundedTo(parentWidget()->size() - QSize(2 * left, 0));
    const int x = place.center().x() - wanted.width() / 2;
    setGeometry(std::clamp(x, left, parentWidget()->width() - left - wanted.width()),
                place.bottom() - wanted.height() - 16, wanted.width(), wanted.height());
}

} // namespace ui

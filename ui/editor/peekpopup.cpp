// SPDX-License-Identifier: MIT
#include "ui/editor/peekpopup.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

PeekPopup::PeekPopup(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_facts(new QLabel(this))
    , m_text(new QPlainTextEdit(this))
{
    setObjectName(u"peekPopup"_s);
    setFrameShape(QFrame::StyledPanel);
    setFrameShadow(QFrame::Raised);
    setAutoFillBackground(true);
    setFocusPolicy(Qt::StrongFocus);
    m_title->setObjectName(u"peekTitle"_s);
    m_facts->setObjectName(u"peekFacts"_s);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_text->setObjectName(u"peekText"_s);
    m_text->setReadOnly(true);
    m_text->setFocusPolicy(Qt::NoFocus);
    m_text->setFrameShape(QFrame::NoFrame);
    for (QLabel *label : {m_title, m_facts}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setMinimumWidth(1);
    }
    auto *hint = new QLabel(
        tr("Up, Down: others · PgUp, PgDn: scroll · Enter: open · Space: close"), this);
    hint->setForegroundRole(QPalette::PlaceholderText);
    hint->setWordWrap(true);
    hint->setMinimumWidth(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 12);
    column->setSpacing(6);
    column->addWidget(m_title);
    column->addWidget(m_facts);
    column->addWidget(m_text, 1);
    column->addWidget(hint);
    updateFonts();
    hide();
}

void PeekPopup::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateFonts();
}

void PeekPopup::updateFonts()
{
    QFont large = font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.3);
    m_title->setFont(large);
}

void PeekPopup::open()
{
    const QRect area = parentWidget()->rect();
    const int width = qMin(area.width() - 48, 760);
    const int height = qMin(area.height() - 48, 620);
    setGeometry((area.width() - width) / 2, (area.height() - height) / 2, width, height);
    show();
    raise();
    setFocus(Qt::PopupFocusReason);
}

void PeekPopup::close()
{
    if (!isVisible())
        return;
    hide();
    emit closed();
}

void PeekPopup::setContent(const QString &title, const QString &facts, const QString &text)
{
    m_title->setText(title);
    m_facts->setText(facts);
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text);
    setAccessibleName(title);
    setAccessibleDescription(facts + u'\n' + text.left(2000));
}

void PeekPopup::keyPressEvent(QKeyEvent *event)
{
    QScrollBar *bar = m_text->verticalScrollBar();
    switch (event->key()) {
    case Qt::Key_Space:
        close();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        hide();
        emit openRequested();
        break;
    case Qt::Key_Down:
    case Qt::Key_Right:
        emit stepRequested(1);
        break;
    case Qt::Key_Up:
    case Qt::Key_Left:
        emit stepRequested(-1);
        break;
    case Qt::Key_PageDown:
        bar->setValue(bar->value() + bar->pageStep());
        break;
    case Qt::Key_PageUp:
        bar->setValue(bar->value() - bar->pageStep());
        break;
    default:
        QFrame::keyPressEvent(event);
    }
}

void PeekPopup::focusOutEvent(QFocusEvent *event)
{
    QFrame::focusOutEvent(event);
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason
        && event->reason() != Qt::MenuBarFocusReason)
        hide(); // the user has gone elsewhere
}

} // namespace ui

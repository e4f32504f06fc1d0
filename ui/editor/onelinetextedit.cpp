// SPDX-License-Identifier: MIT
#include "ui/editor/onelinetextedit.h"

#include <QKeyEvent>
#include <QScrollBar>
#include <QStyleOptionFrame>
#include <QTextBlock>

namespace ui {

namespace {

// QLineEdit's own, which it keeps to itself.
constexpr int horizontalMargin = 2;
constexpr int verticalMargin = 1;
constexpr int leastTextHeight = 14;

} // namespace

OneLineTextEdit::OneLineTextEdit(QWidget *parent)
    : StoredTextEdit(StoredTextDocument::Lines::Marked, parent)
{
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setWordWrapMode(QTextOption::NoWrap);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed, QSizePolicy::LineEdit);
    setSizePolicy(policy);
    setTextMargin(0);
    connect(this, &QPlainTextEdit::textChanged, this, &OneLineTextEdit::alignLine);
    connect(this, &StoredTextEdit::documentShown, this, &OneLineTextEdit::alignLine);
    placeLine();
}

void OneLineTextEdit::setVisibleCharacters(int characters)
{
    m_visibleCharacters = characters;
    QSizePolicy policy = sizePolicy();
    policy.setHorizontalPolicy(QSizePolicy::Maximum);
    setSizePolicy(policy);
    updateGeometry();
}

QSize OneLineTextEdit::sizeHint() const
{
    return sizeFor(m_visibleCharacters);
}

QSize OneLineTextEdit::minimumSizeHint() const
{
    return sizeFor(5);
}

void OneLineTextEdit::changeEvent(QEvent *event)
{
    StoredTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        placeLine();
        updateGeometry();
    }
}

void OneLineTextEdit::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        // With other modifiers it belongs to the window.
        if ((event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier)
            emit returnPressed();
        else
            event->ignore();
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        event->ignore(); // there is one line
        return;
    default:
        StoredTextEdit::keyPressEvent(event);
    }
}

void OneLineTextEdit::focusInEvent(QFocusEvent *event)
{
    StoredTextEdit::focusInEvent(event);
    switch (event->reason()) {
    case Qt::TabFocusReason:
    case Qt::BacktabFocusReason:
    case Qt::ShortcutFocusReason:
        selectAll();
        break;
    default:
        break;
    }
}

void OneLineTextEdit::focusOutEvent(QFocusEvent *event)
{
    StoredTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason) {
        QTextCursor cursor = textCursor();
        cursor.clearSelection();
        setTextCursor(cursor);
    }
}

void OneLineTextEdit::resizeEvent(QResizeEvent *event)
{
    StoredTextEdit::resizeEvent(event);
    placeLine();
}

void OneLineTextEdit::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // scrolls the form
}

QSize OneLineTextEdit::sizeFor(int characters) const
{
    ensurePolished();
    const QFontMetrics metrics(font());
    const int icon = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    const int height = std::max({metrics.height(), leastTextHeight, icon - 2}) + 2 * verticalMargin;
    const int width = metrics.horizontalAdvance(u'x') * characters + 2 * horizontalMargin;
    QStyleOptionFrame option;
    initStyleOption(&option);
    option.rect = rect();
    option.lineWidth = style()->pixelMetric(QStyle::PM_DefaultFrameWidth, &option, this);
    return style()->sizeFromContents(QStyle::CT_LineEdit, &option, QSize(width, height), this);
}

/// Lets the viewport be as high as the line, in the middle.
void OneLineTextEdit::placeLine()
{
    const int free = height() - 2 * frameWidth() - QFontMetrics(font()).height();
    const int above = std::max(free / 2, 1);
    const QMargins margins(horizontalMargin, above, horizontalMargin, std::max(free - above, 1));
    if (viewportMargins() != margins)
        setViewportMargins(margins);
    alignLine();
}

/// A text that runs from the right starts there. If all of it can be seen the line is "wrapped", as
/// one that isn't has no right end of its own; a longer one must not be, or it could not be scrolled to
/// what is over its left, and shows its beginning until the caret leads.
void OneLineTextEdit::alignLine()
{
    constexpr int longest = 1000; // characters that may fit, anywhere
    const bool mayFit = document()->characterCount() < longest;
    const QString text = mayFit ? toPlainText() : QString();
    const int room = viewport()->width() - 2 * int(document()->documentMargin()) - cursorWidth();
    const bool fits = mayFit && QFontMetrics(font()).horizontalAdvance(text) <= room;
    setLineWrapMode(fits && text.isRightToLeft() ? WidgetWidth : NoWrap);
    if (!fits && !hasFocus())
        showBeginning();
}

void OneLineTextEdit::showBeginning()
{
    QScrollBar *bar = horizontalScrollBar();
    const bool isFromRight = document()->firstBlock().textDirection() == Qt::RightToLeft;
    // A mirrored window's scroll bar counts from the right.
    bar->setValue(isFromRight == isRightToLeft() ? bar->minimum() : bar->maximum());
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/common/diffview.h"

#include <QEvent>
#include <QTextCursor>

namespace ui {

namespace {

/// A line end that came or went would not be seen.
QString withMarks(QString text)
{
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    text.replace(u'\r', u'\n');
    return text.replace(u'\n', QStringLiteral("\u21B5\n"));
}

} // namespace

DiffColors diffColors(const QPalette &palette)
{
    const bool isDark
        = palette.color(QPalette::Base).lightness() < palette.color(QPalette::Text).lightness();
    if (isDark)
        return {QColor(0x552a2c), QColor(0xfbe0e0), QColor(0x1f4a2c), QColor(0xd9f5e1)};
    return {QColor(0xfbdedd), QColor(0x5b1512), QColor(0xd9f1df), QColor(0x0b3d1c)};
}

DiffView::DiffView(QWidget *parent)
    : QTextEdit(parent)
{
    setReadOnly(true);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setUndoRedoEnabled(false);
    setAcceptRichText(false);
}

void DiffView::showDiff(const WordDiff &diff)
{
    m_diff = diff;
    m_note.clear();
    fill();
}

void DiffView::showText(const QString &text)
{
    showDiff({text.isEmpty() ? QList<DiffSpan>() : QList<DiffSpan>{{DiffSpan::Kind::Same, text}},
              false});
}

void DiffView::showNote(const QString &note)
{
    m_diff = {};
    m_note = note;
    fill();
}

QString DiffView::spoken(const WordDiff &diff)
{
    QStringList parts;
    for (const DiffSpan &span : excerpt(diff, 0, 1000)) {
        if (span.kind == DiffSpan::Kind::Removed)
            parts << tr("removed: %1").arg(span.text.trimmed());
        else if (span.kind == DiffSpan::Kind::Added)
            parts << tr("added: %1").arg(span.text.trimmed());
    }
    return parts.join(QStringLiteral("; "));
}

void DiffView::changeEvent(QEvent *event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange)
        fill();
}

void DiffView::fill()
{
    clear();
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    QTextCharFormat plain;
    plain.setForeground(palette().color(QPalette::Text));
    QTextCharFormat dim;
    dim.setForeground(palette().color(QPalette::PlaceholderText));
    dim.setFontItalic(true);
    const DiffColors colors = diffColors(palette());
    QTextCharFormat removed;
    removed.setFontStrikeOut(true);
    removed.setForeground(colors.removedText);
    removed.setBackground(colors.removedBackground);
    QTextCharFormat added;
    added.setFontUnderline(true);
    added.setForeground(colors.addedText);
    added.setBackground(colors.addedBackground);

    qsizetype length = 0;
    for (const DiffSpan &span : std::as_const(m_diff.spans))
        length += span.text.size();
    const bool isLong = length > longest;
    if (!m_note.isEmpty())
        cursor.insertText(m_note, dim);
    if (isLong || m_diff.isCoarse)
        cursor.insertText(
            tr("A long text: what differs is shown, by the line where it is much.") + u'\n', dim);
    const QList<DiffSpan> spans
        = isLong ? excerpt(m_diff, context, longest, Lines::Kept) : m_diff.spans;
    for (const DiffSpan &span : spans) {
        switch (span.kind) {
        case DiffSpan::Kind::Same:
            cursor.insertText(span.text, plain);
            break;
        case DiffSpan::Kind::Removed:
            cursor.insertText(withMarks(span.text), removed);
            break;
        case DiffSpan::Kind::Added:
            cursor.insertText(withMarks(span.text), added);
            break;
        }
    }
    cursor.endEditBlock();

    // To where something happens.
    const bool isDiff = !m_diff.isSame();
    QTextCursor start(document());
    if (isDiff && !isLong && m_diff.isSpanSame(0)) {
        start.setPosition(int(std::min<qsizetype>(m_diff.spans.first().text.size(),
                                                  document()->characterCount() - 1)));
    }
    setTextCursor(start);
    ensureCursorVisible();
    setAccessibleDescription(isDiff ? spoken(m_diff) : QString());
}

} // namespace ui

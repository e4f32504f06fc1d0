// SPDX-License-Identifier: MIT
#include "ui/common/diffview.h"

#include "ui/common/palettes.h"

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

DiffView::DiffView(QWidget *parent)
    : QTextEdit(parent)
{
    setReadOnly(true);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setUndoRedoEnabled(false);
    setAcceptRichText(false);
}

void DiffView::showSections(const QList<Section> &sections)
{
    m_sections = sections;
    m_note.clear();
    fill();
}

void DiffView::showDiff(const WordDiff &diff)
{
    showSections({{{}, diff}});
}

void DiffView::showText(const QString &text)
{
    showDiff({text.isEmpty() ? QList<DiffSpan>() : QList<DiffSpan>{{DiffSpan::Kind::Same, text}},
              false});
}

void DiffView::showNote(const QString &note)
{
    m_sections.clear();
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

    QTextCharFormat heading = plain;
    heading.setFontWeight(QFont::Bold);
    if (!m_note.isEmpty())
        cursor.insertText(m_note, dim);
    int change = -1; // where something happens first
    QStringList told;
    for (const Section &section : std::as_const(m_sections)) {
        if (!document()->isEmpty())
            cursor.insertBlock();
        if (!section.title.isEmpty()) {
            cursor.insertText(section.title, heading);
            cursor.insertBlock();
        }
        qsizetype length = 0;
        for (const DiffSpan &span : section.diff.spans)
            length += span.text.size();
        const bool isLong = length > longest;
        if (isLong || section.diff.isCoarse) {
            cursor.insertText(tr("A long text: what differs is shown, by lines where it is much."),
                              dim);
            cursor.insertBlock();
        }
        bool isBehindRemoved = false;
        const QList<DiffSpan> spans
            = isLong ? excerpt(section.diff, context, longest, Lines::Kept) : section.diff.spans;
        for (const DiffSpan &span : spans) {
            if (span.kind != DiffSpan::Kind::Same && change < 0)
                change = cursor.position();
            switch (span.kind) {
            case DiffSpan::Kind::Same:
                cursor.insertText(span.text, plain);
                break;
            case DiffSpan::Kind::Removed:
                cursor.insertText(withMarks(span.text), removed);
                break;
            case DiffSpan::Kind::Added:
                if (isBehindRemoved) // else the two would be read as one word
                    cursor.insertText(QStringLiteral(" "), plain);
                cursor.insertText(withMarks(span.text), added);
                break;
            }
            isBehindRemoved = span.kind == DiffSpan::Kind::Removed && !span.text.back().isSpace();
        }
        if (section.diff.isSame())
            continue;
        //: A field, and what became of it
        told << (section.title.isEmpty() ? spoken(section.diff)
                                         : tr("%1: %2").arg(section.title, spoken(section.diff)));
    }
    cursor.endEditBlock();
    QTextCursor start(document());
    start.setPosition(std::max(change, 0));
    setTextCursor(start);
    ensureCursorVisible();
    setAccessibleDescription(told.join(QStringLiteral(". ")));
}

} // namespace ui

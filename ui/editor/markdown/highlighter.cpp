// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/highlighter.h"

#include "ui/common/markdowncolors.h"
#include "ui/editor/markdown/spellchecker.h"
#include "ui/editor/storedtextedit.h"

#include <QEvent>
#include <QFontDatabase>
#include <QScopedValueRollback>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>

namespace ui {

namespace {

using Kind = LineSpan::Kind;

// A block's user state: the state before it, and the stamp of the looks it has.
constexpr int stateBits = 10;
constexpr int stateMask = (1 << stateBits) - 1;
constexpr int mostStamps = 1 << 20;
constexpr int mostAtOnce = 300; ///< changed lines that are formatted at once; the others when seen
constexpr std::chrono::milliseconds typingPause{600};

} // namespace

Highlighter::Highlighter(StoredTextEdit &edit, SpellChecker &speller)
    : QObject(&edit)
    , m_edit(edit)
    , m_speller(speller)
{
    m_typingTimer.setSingleShot(true);
    m_typingTimer.setInterval(typingPause);
    connect(&m_typingTimer, &QTimer::timeout, this, [this] {
        m_isTyping = false;
        format(m_edit.textCursor().block());
    });
    connect(&m_edit, &StoredTextEdit::documentShown, this, &Highlighter::enterDocument);
    connect(&m_edit, &QPlainTextEdit::updateRequest, this, &Highlighter::onUpdate);
    connect(&m_speller, &SpellChecker::changed, this, &Highlighter::renew);
    m_edit.installEventFilter(this);
    look();
    enterDocument();
}

bool Highlighter::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        look();
        renew();
    }
    return QObject::eventFilter(watched, event);
}

void Highlighter::setResting(bool resting)
{
    if (resting == m_isResting)
        return;
    m_isResting = resting;
    renew();
}

void Highlighter::look()
{
    const MarkdownColors colors = markdownColors(m_edit.palette());
    const auto set = [this](Kind kind, const QColor &color) {
        QTextCharFormat format;
        format.setForeground(color);
        m_formats.insert(kind, format);
    };
    set(Kind::Mark, colors.mark);
    set(Kind::Heading, colors.heading);
    set(Kind::Bold, colors.emphasis);
    set(Kind::Italic, colors.emphasis);
    set(Kind::Code, colors.code);
    set(Kind::Link, colors.link);
    set(Kind::Address, colors.mark);
    set(Kind::List, colors.list);
    set(Kind::Quote, colors.quote);
    m_formats[Kind::Heading].setFontWeight(QFont::Bold);
    m_formats[Kind::Bold].setFontWeight(QFont::Bold);
    m_formats[Kind::Italic].setFontItalic(true);
    m_formats[Kind::Quote].setFontItalic(true);
    m_formats[Kind::List].setFontWeight(QFont::Bold);
    m_formats[Kind::Link].setFontUnderline(true);
    m_formats[Kind::StruckOut].setFontStrikeOut(true);
    m_formats[Kind::Code].setBackground(colors.codeGround);
    m_formats[Kind::Code].setFontFamilies(
        {QFontDatabase::systemFont(QFontDatabase::FixedFont).family()});
    m_misspelt = {};
    m_misspelt.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    m_misspelt.setUnderlineColor(colors.misspelt);
}

/// All that is in sight, now; the rest when it comes into sight.
void Highlighter::renew()
{
    m_stamp = (m_stamp + 1) % mostStamps;
    onUpdate();
    m_edit.viewport()->update();
}

// ----------------------------------------------------------------------------------------- states

void Highlighter::enterDocument()
{
    if (m_document)
        disconnect(m_document, nullptr, this, nullptr);
    m_document = m_edit.document();
    m_known = 0;
    m_lineCount = m_document->blockCount();
    // What a document brings along from an earlier visit may have other looks.
    m_stamp = (m_stamp + 1) % mostStamps;
    connect(m_document, &QTextDocument::contentsChange, this, &Highlighter::onContentsChange);
    onUpdate();
}

LineState Highlighter::stateBefore(const QTextBlock &block) const
{
    return block.userState() < 0 ? 0 : block.userState() & stateMask;
}

bool Highlighter::isFormatted(const QTextBlock &block) const
{
    return block.userState() >= 0 && block.userState() >> stateBits == m_stamp;
}

/// Reads the lines up to @p end that aren't read yet.
void Highlighter::knowStates(int end)
{
    if (m_known >= end)
        return;
    QTextBlock block = m_document->findBlockByNumber(std::max(0, m_known - 1));
    LineState state = 0;
    if (m_known > 0) {
        state = lineStateAfter(block.text(), stateBefore(block));
        block = block.next();
    }
    for (; block.isValid() && m_known < end; block = block.next(), ++m_known) {
        // Not formatted by these looks: the stamp before.
        const int stamp = (m_stamp + mostStamps - 1) % mostStamps;
        if (!isFormatted(block) || stateBefore(block) != state)
            block.setUserState(stamp << stateBits | state);
        state = lineStateAfter(block.text(), state);
    }
}

void Highlighter::onContentsChange(int position, int, int added)
{
    const QTextBlock first = m_document->findBlock(position);
    const QTextBlock last = m_document->findBlock(position + std::max(0, added));
    const int lines = m_document->blockCount();
    const int grown = lines - std::exchange(m_lineCount, lines);
    const int firstNumber = first.blockNumber();
    const int lastNumber = last.isValid() ? last.blockNumber() : lines - 1;
    m_isTyping = true;
    m_typingTimer.start();
    if (m_isFormatting || firstNumber >= m_known)
        return;
    const int knownBefore = m_known + grown;
    QTextBlock block = first;
    LineState state = firstNumber == 0 ? 0 : stateBefore(first);
    if (firstNumber > 0) {
        const QTextBlock before = first.previous();
        state = lineStateAfter(before.text(), stateBefore(before));
    }
    // What follows the change means the same, as soon as a line begins as it did.
    const int stamp = (m_stamp + mostStamps - 1) % mostStamps;
    const int seen = lastNumber + mostAtOnce;
    int number = firstNumber;
    for (; block.isValid() && number <= seen; block = block.next(), ++number) {
        const bool isChanged = number <= lastNumber;
        if (!isChanged && number < knownBefore && stateBefore(block) == state)
            break;
        block.setUserState(stamp << stateBits | state);
        state = lineStateAfter(block.text(), state);
    }
    m_known = number <= seen && block.isValid() ? std::max(number, knownBefore) : number;
    const QScopedValueRollback guard(m_isFormatting, true);
    block = first;
    for (int i = firstNumber; block.isValid() && i < number && i < firstNumber + mostAtOnce;
         block = block.next(), ++i)
        format(block);
}

// ---------------------------------------------------------------------------------------- formats

void Highlighter::onUpdate()
{
    if (m_isFormatting || !m_document || m_edit.document() != m_document)
        return;
    const QScopedValueRollback guard(m_isFormatting, true);
    QTextBlock block = m_edit.cursorForPosition({0, 0}).block();
    const QTextBlock last = m_edit.cursorForPosition({0, m_edit.viewport()->height() - 1}).block();
    const int end = last.blockNumber() + 1;
    if (!m_isResting)
        knowStates(end);
    for (int i = block.blockNumber(); block.isValid() && i < end; block = block.next(), ++i) {
        if (!isFormatted(block))
            format(block);
    }
}

QTextCharFormat Highlighter::formatOf(LineSpan::Kind kind) const
{
    return m_formats.value(kind);
}

void Highlighter::format(QTextBlock block)
{
    QList<QTextLayout::FormatRange> formats;
    if (!m_isResting) {
        const ReadLine read = readLine(block.text(), stateBefore(block));
        for (const LineSpan &span : read.spans)
            formats.append({int(span.begin), int(span.length), formatOf(span.kind)});
        if (m_speller.isReady()) {
            const QString text = block.text();
            const QTextCursor caret = m_edit.textCursor();
            const qsizetype at = caret.block() == block ? caret.positionInBlock() : -1;
            for (const WordRange &word : words(block)) {
                const bool isBeingTyped
                    = m_isTyping && at >= word.begin && at <= word.begin + word.length;
                if (!isBeingTyped && !m_speller.isCorrect(text.mid(word.begin, word.length)))
                    formats.append({int(word.begin), int(word.length), m_misspelt});
            }
        }
    }
    block.setUserState(m_stamp << stateBits | stateBefore(block));
    QTextLayout *layout = block.layout();
    if (layout->formats() == formats)
        return;
    layout->setFormats(formats);
    const QScopedValueRollback guard(m_isFormatting, true);
    m_document->markContentsDirty(block.position(), block.length());
}

QList<WordRange> Highlighter::words(const QTextBlock &block)
{
    knowStates(block.blockNumber() + 1);
    QList<WordRange> skipped;
    for (const LineSpan &span : readLine(block.text(), stateBefore(block)).spans) {
        if (span.kind == Kind::Code || span.kind == Kind::Address)
            skipped.append({span.begin, span.length});
    }
    return wordsToCheck(block.text(), skipped);
}

} // namespace ui

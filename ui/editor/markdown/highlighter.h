// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/markdown/linespans.h"

#include <QObject>
#include <QPointer>
#include <QTextCharFormat>
#include <QTimer>

class QTextBlock;
class QTextDocument;

namespace ui {

class SpellChecker;
class StoredTextEdit;
struct WordRange;

/// Colours Markdown in an editor, and underlines what is misspelt: the lines in sight and no others, so
/// that a text costs the same whether it has one page or a thousand.
///
/// The formats are those of the layout, as QSyntaxHighlighter has them: undo and the stored text know
/// nothing of them.
class Highlighter final : public QObject
{
    Q_OBJECT

public:
    /// Borrows @p edit, whose child it is, and @p speller, which outlives it.
    Highlighter(StoredTextEdit &edit, SpellChecker &speller);

    /// Shows plain text.
    void setResting(bool resting);
    bool isResting() const { return m_isResting; }

    /// The words of @p block to be checked.
    QList<WordRange> words(const QTextBlock &block);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void enterDocument();
    void onContentsChange(int position, int removed, int added);
    void onUpdate();
    void renew();
    void knowStates(int end);
    LineState stateBefore(const QTextBlock &block) const;
    bool isFormatted(const QTextBlock &block) const;
    void format(QTextBlock block);
    void look();
    QTextCharFormat formatOf(LineSpan::Kind kind) const;

    StoredTextEdit &m_edit;
    SpellChecker &m_speller;
    QPointer<QTextDocument> m_document;
    QHash<LineSpan::Kind, QTextCharFormat> m_formats;
    QTextCharFormat m_misspelt;
    int m_stamp = 0; ///< of the looks; lines of another one are to be formatted anew
    int m_known = 0; ///< lines whose state is known, from the first on
    int m_lineCount = 0; ///< when it was known
    bool m_isResting = false;
    bool m_isFormatting = false;
    bool m_isTyping = false; ///< the word at the caret isn't finished
    QTimer m_typingTimer;
};

} // namespace ui

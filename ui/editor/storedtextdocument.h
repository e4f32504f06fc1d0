// SPDX-License-Identifier: MIT
#pragma once

#include <QTextCursor>
#include <QTextDocument>

class QTextBlock;

namespace ui {

/// How a line ends in a stored text. The last three are no line ends to a reader, but QTextDocument
/// makes a new line of them.
enum class LineEnd : quint8 {
    LineFeed,
    CarriageReturn,
    CarriageReturnLineFeed,
    ParagraphSeparator, ///< U+2029
    FrameBegin, ///< U+FDD0, which QTextDocument takes for a mark of its own
    FrameEnd, ///< U+FDD1, likewise
    LineSeparator, ///< U+2028; an ordinary character where lines are shown as lines
    None, ///< where an endless line is parted to be laid out; nothing in the stored text
};

/// A part of a stored text, and how to read its line ends when it is put into another text.
struct TextPiece
{
    QString text; ///< as stored
    LineEnd ownLineEnd
        = LineEnd::LineFeed; ///< the one that was nothing special where it comes from
};

/// A document that shows a stored text and gives it back: whatever was not typed over comes back as
/// it was, byte for byte, wherever else in the text one typed, pasted, undid or redid.
///
/// QTextDocument knows one line end; text editors turn CRLF, CR and U+2029 into LF and no-break spaces
/// into blanks. Here the characters are read by toRawText(), which keeps them, and how a line ends is
/// written on its end: the end of a line that isn't the text's own (the most frequent) kind has it in
/// its character format, as the type of an object. Thus undo, which restores formats, restores it, and
/// new lines don't inherit it, because QTextCursor::insertText() and insertBlock() leave object types out.
///
/// A line beyond longestLine is shown in parts: QTextDocument lays out a line anew with each key stroke,
/// which would take seconds.
///
/// Change it by its cursors; what they insert is typed, so its line ends become the text's own.
class StoredTextDocument final : public QTextDocument
{
    Q_OBJECT

public:
    enum class Lines {
        Shown, ///< a line is a line
        Marked, ///< all is one line; a stored line end is the character lineEndMark
    };
    static constexpr char16_t lineEndMark = u'\u21B5'; ///< ↵

    static constexpr qsizetype longestLine = 20'000; ///< characters; laid out in some 4 ms

    /// @param longest characters in a line that is not parted
    explicit StoredTextDocument(Lines lines, qsizetype longest = longestLine,
                                QObject *parent = nullptr);

    Lines lines() const { return m_lines; }
    /// How lines end that are typed: as most in the stored text, LF if it has none.
    LineEnd ownLineEnd() const { return m_ownLineEnd; }

    /// Shows another text and forgets undo, selection and caret.
    void setStoredText(const QString &text);
    /// The same for a large text, of which only the first part is shown at once; fillMore() brings the
    /// others. Until then nothing but the beginning can be relied on.
    void beginStoredText(const QByteArray &utf8);
    /// Adds some milliseconds' worth of the text. @returns whether there is more
    bool fillMore();
    bool isFilling() const { return m_filled < m_filling.size(); }
    /// The text as it is to be stored.
    QString storedText() const;
    /// Whether a line is so long that it is shown in parts.
    bool hasPartedLine() const;
    /// The part that @p cursor has selected.
    TextPiece storedPiece(const QTextCursor &cursor) const;

    /// Makes it @p text by one edit of the part that differs, which undo takes back.
    void changeTo(const QString &text);
    /// Replaces what @p cursor has selected. Line ends of the piece's own kind become this text's own,
    /// others stay what they are. Where lines are marked, a piece from lines loses its line ends to blanks.
    void insertPiece(QTextCursor &cursor, const TextPiece &piece, Lines from);
    /// Replaces what @p cursor has selected with text from elsewhere.
    void insertForeign(QTextCursor &cursor, const QString &text);

private:
    /// A line end that isn't the text's own, at a position of the document.
    struct SpecialEnd
    {
        qsizetype position = 0;
        LineEnd lineEnd = LineEnd::LineFeed;
        bool operator==(const SpecialEnd &) const = default;
    };
    /// A stored text as it stands in the document.
    struct Content
    {
        QString raw; ///< as toRawText() has it
        QList<SpecialEnd> specialEnds; ///< in order
        qsizetype lineBegin = 0; ///< where the last line of raw begins, while it is being made
    };

    /// @param lineLength characters that stand before @p text on its line
    Content contentOf(const QString &text, LineEnd own, qsizetype lineLength = 0) const;
    void appendLine(Content &content, QStringView line) const;
    Content content() const;
    QList<SpecialEnd> specialEnds(qsizetype begin, qsizetype end) const;
    void appendMarks(QList<SpecialEnd> &found, const QTextBlock &block) const;
    QString storedText(const Content &content) const;
    void insertContent(QTextCursor &cursor, const Content &content, qsizetype begin, qsizetype end);

    Lines m_lines;
    qsizetype m_longest;
    LineEnd m_ownLineEnd = LineEnd::LineFeed;
    /// Whether special ends may be there; false for nearly all texts, which then are read at once.
    bool m_hasSpecialEnds = false;
    QByteArray m_filling; ///< UTF-8
    qsizetype m_filled = 0; ///< bytes of it
    qsizetype m_lineLength = 0; ///< of the last line so far
};

} // namespace ui

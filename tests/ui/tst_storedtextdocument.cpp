// SPDX-License-Identifier: MIT
#include "ui/editor/onelinetextedit.h"
#include "ui/editor/storedtextdocument.h"
#include "ui/editor/storedtextedit.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMimeData>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>

using namespace Qt::StringLiterals;
using ui::DocumentCache;
using ui::OneLineTextEdit;
using ui::StoredTextDocument;
using ui::StoredTextEdit;

namespace {

/// Everything that a text editor is known to lose, with NUL among it.
const QString hardText = u"a\r\nb\rc\nd\u2028e\u2029f\uFDD0g\uFDD1h\u00A0i\uFFFCj\tk  \r\n"_s
    + QChar(u'\0')
    + u"l\U0001F600m e\u0301\u200F\u05D0\u05D1\u200E\u202Ax\u202C\uFEFF\u0085\u000B\u000Cn \n\n\r\r\n "_s;

/// What a random text is made of, weighted towards line ends.
QString randomPiece(QRandomGenerator &random)
{
    static const QStringList pieces = {u"a"_s,
                                       u"b"_s,
                                       u"word "_s,
                                       u"\n"_s,
                                       u"\n"_s,
                                       u"\r\n"_s,
                                       u"\r\n"_s,
                                       u"\r"_s,
                                       u"\u2028"_s,
                                       u"\u2029"_s,
                                       u"\uFDD0"_s,
                                       u"\uFDD1"_s,
                                       u"\u00A0"_s,
                                       u"\uFFFC"_s,
                                       u"\t"_s,
                                       u"  "_s,
                                       QString(QChar(u'\0')),
                                       u"\U0001F600"_s,
                                       u"e\u0301"_s,
                                       u"\u200F\u05D0"_s,
                                       u"\u21B5"_s};
    return pieces.at(random.bounded(int(pieces.size())));
}

QString randomText(QRandomGenerator &random, int pieces)
{
    QString text;
    for (int i = random.bounded(pieces + 1); i > 0; --i)
        text += randomPiece(random);
    return text;
}

/// The plain model to compare with: a stored text as the list of what is one place in the document.
class Reference
{
public:
    Reference(const QString &text, StoredTextDocument::Lines lines)
        : m_lines(lines)
        , m_units(split(text))
    {
        QHash<QString, int> counts;
        for (const QString &unit : std::as_const(m_units))
            ++counts[unit];
        if (lines == StoredTextDocument::Lines::Shown) {
            for (const QString &lineEnd : {u"\r"_s, u"\r\n"_s}) {
                if (counts[lineEnd] > counts[m_own])
                    m_own = lineEnd;
            }
        }
    }

    QString text() const { return m_units.join(QString()); }
    QString text(qsizetype begin, qsizetype end) const
    {
        return m_units.mid(begin, end - begin).join(QString());
    }
    qsizetype size() const { return m_units.size(); }
    void remove(qsizetype begin, qsizetype end) { m_units.remove(begin, end - begin); }

    /// Typed or foreign text: line ends become the text's own.
    void insertTyped(qsizetype at, const QString &text)
    {
        QStringList units = split(text);
        for (QString &unit : units) {
            const bool isEnd = unit != u"\u2028" ? isLineEnd(unit)
                                                 : m_lines == StoredTextDocument::Lines::Marked;
            if (isEnd)
                unit = m_lines == StoredTextDocument::Lines::Marked ? u" "_s : m_own;
        }
        insert(at, units);
    }
    void insertStored(qsizetype at, const QString &text) { insert(at, split(text)); }

private:
    static bool isLineEnd(const QString &unit)
    {
        static const QStringList ends
            = {u"\n"_s, u"\r"_s, u"\r\n"_s, u"\u2029"_s, u"\uFDD0"_s, u"\uFDD1"_s};
        return ends.contains(unit);
    }
    static QStringList split(const QString &text)
    {
        QStringList units;
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (text[i] == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
                units.append(text.sliced(i++, 2));
            else
                units.append(text.sliced(i, 1));
        }
        return units;
    }
    void insert(qsizetype at, const QStringList &units)
    {
        m_units = m_units.first(at) + units + m_units.sliced(at);
    }

    StoredTextDocument::Lines m_lines;
    QString m_own = u"\n"_s;
    QStringList m_units;
};

} // namespace

class StoredTextDocumentTest : public QObject
{
    Q_OBJECT

private slots:
    void everyTextComesBack_data();
    void everyTextComesBack();
    void aTextThatFillsInComesBack_data();
    void aTextThatFillsInComesBack();
    void anEditElsewhereKeepsTheRest();
    void newLinesEndAsMostLinesDo_data();
    void newLinesEndAsMostLinesDo();
    void typingBelowASpecialLineEndDoesNotInheritIt();
    void undoBringsBackALineEndOfItsOwn();
    void changeToEditsOnlyWhatDiffers();
    void randomEditsMatchAPlainModel_data();
    void randomEditsMatchAPlainModel();
    void changeToReachesAnyText();
    void selectionIsReadAsStored();
    void copyAndPasteKeepLineEndsAndBlanks();
    void otherProgramsGetLineFeeds();
    void dragKeepsLineEnds();
    void shiftReturnIsANewLine();
    void oneLineShowsLineEndsAsMarksAndKeepsThem();
    void oneLineTurnsPastedLinesIntoBlanks();
    void aLongLineShowsItsBeginning_data();
    void aLongLineShowsItsBeginning();
    void oneLineLeavesReturnToTheForm();
    void oneLineSelectsAllOnTab();
    void visitedRowsKeepCaretAndUndo();
    void cacheKeepsTheLastFifty();
    void aKeyStrokeInTenMegabytesTouchesItsLineOnly();
    void endlessLinesArePartedForTheEyeOnly_data();
    void endlessLinesArePartedForTheEyeOnly();
    void randomEditsOfPartedLinesKeepTheRest();
};

void StoredTextDocumentTest::everyTextComesBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("everything") << hardText;
    QTest::newRow("ends with CRLF") << u"a\r\nb\r\n"_s;
    QTest::newRow("only line ends") << u"\n\r\n\r\r\n\u2029\uFDD0\uFDD1\u2028"_s;
    QTest::newRow("NUL alone") << QString(QChar(u'\0'));
    QTest::newRow("a mark of ours") << u"\u21B5\n\u21B5"_s;
    QTest::newRow("unpaired surrogate") << u"a"_s + QChar(0xD800) + u"b"_s;
}

void StoredTextDocumentTest::everyTextComesBack()
{
    QFETCH(QString, text);
    for (const auto lines : {StoredTextDocument::Lines::Shown, StoredTextDocument::Lines::Marked}) {
        StoredTextDocument document(lines);
        document.setStoredText(text);
        QCOMPARE(document.storedText(), text);
        QVERIFY(!document.isUndoAvailable());
        if (lines == StoredTextDocument::Lines::Marked)
            QCOMPARE(document.blockCount(), 1);
    }
}

void StoredTextDocumentTest::aTextThatFillsInComesBack_data()
{
    QTest::addColumn<QString>("piece");
    QTest::newRow("everything") << hardText;
    QTest::newRow("CRLF") << u"a line\r\n"_s;
    QTest::newRow("CR") << u"\r"_s;
    QTest::newRow("one endless line") << u"äöü 🎉漢"_s;
    QTest::newRow("only such as are four bytes") << u"🎉"_s;
    QTest::newRow("a BOM each") << u"\uFEFFx"_s;
}

void StoredTextDocumentTest::aTextThatFillsInComesBack()
{
    QFETCH(QString, piece);
    // Where a part of the text ends differs by what stands before
    for (const auto &before : {u""_s, u"x"_s, u"xy"_s, u"xyz"_s}) {
        const QString text = before + piece.repeated(200'000 / piece.toUtf8().size());
        StoredTextDocument whole(StoredTextDocument::Lines::Shown);
        whole.setStoredText(text);
        StoredTextDocument document(StoredTextDocument::Lines::Shown);
        document.beginStoredText(text.toUtf8());
        QVERIFY(document.isFilling());
        QVERIFY(document.characterCount() < whole.characterCount() / 2);
        int parts = 1;
        while (document.fillMore())
            ++parts;
        QVERIFY(parts > 1);
        QVERIFY(!document.isFilling());
        QCOMPARE(document.storedText(), text);
        QCOMPARE(document.blockCount() == 1, whole.blockCount() == 1);
        QCOMPARE(document.ownLineEnd(), whole.ownLineEnd());
        QVERIFY(!document.isUndoAvailable());
        for (QTextBlock line = document.begin(); line.isValid(); line = line.next())
            QVERIFY(line.length() <= StoredTextDocument::longestLine + 1);
    }
}

void StoredTextDocumentTest::anEditElsewhereKeepsTheRest()
{
    StoredTextDocument document(StoredTextDocument::Lines::Shown);
    document.setStoredText(hardText);
    for (int position = 0; position < document.characterCount(); ++position) {
        QTextCursor cursor(&document);
        cursor.setPosition(position);
        const QString before = [&] {
            QTextCursor part(&document);
            part.setPosition(position, QTextCursor::KeepAnchor);
            return document.storedPiece(part).text;
        }();
        cursor.insertText(u"X"_s);
        QCOMPARE(document.storedText(), before + u'X' + hardText.sliced(before.size()));
        document.undo();
        QCOMPARE(document.storedText(), hardText);
    }
}

void StoredTextDocumentTest::newLinesEndAsMostLinesDo_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("typed");
    QTest::newRow("LF") << u"a\nb\nc\r\n"_s << u"\n"_s;
    QTest::newRow("CRLF") << u"a\r\nb\r\nc\n"_s << u"\r\n"_s;
    QTest::newRow("CR") << u"a\rb\rc\n"_s << u"\r"_s;
    QTest::newRow("none") << u"abc"_s << u"\n"_s;
    QTest::newRow("paragraph separators") << u"a\u2029b"_s << u"\n"_s;
}

void StoredTextDocumentTest::newLinesEndAsMostLinesDo()
{
    QFETCH(QString, text);
    QFETCH(QString, typed);
    StoredTextDocument document(StoredTextDocument::Lines::Shown);
    document.setStoredText(text);
    QTextCursor cursor(&document);
    cursor.movePosition(QTextCursor::End);
    cursor.insertBlock();
    cursor.insertText(u"x\ny"_s);
    QCOMPARE(document.storedText(), text + typed + u'x' + typed + u'y');
}

void StoredTextDocumentTest::typingBelowASpecialLineEndDoesNotInheritIt()
{
    StoredTextDocument document(StoredTextDocument::Lines::Shown);
    document.setStoredText(u"a\nb\nc\r\n"_s);
    QTextCursor cursor(&document);
    cursor.movePosition(QTextCursor::End);
    cursor.insertBlock(); // in an empty line, where a cursor takes the format of the line end
    cursor.insertText(u"x"_s);
    cursor.insertBlock();
    QCOMPARE(document.storedText(), u"a\nb\nc\r\n\nx\n"_s);
}

void StoredTextDocumentTest::undoBringsBackALineEndOfItsOwn()
{
    StoredTextDocument document(StoredTextDocument::Lines::Shown);
    const QString text = u"a\n\r\nb\u2029\nc\rd"_s;
    document.setStoredText(text);
    QTextCursor cursor(&document);
    while (document.characterCount() > 1) {
        cursor.movePosition(QTextCursor::End);
        cursor.deletePreviousChar();
    }
    while (document.isUndoAvailable())
        document.undo();
    QCOMPARE(document.storedText(), text);
    while (document.isRedoAvailable())
        document.redo();
    QCOMPARE(document.storedText(), QString());
}

void StoredTextDocumentTest::changeToEditsOnlyWhatDiffers()
{
    StoredTextDocument document(StoredTextDocument::Lines::Shown);
    document.setStoredText(u"one\ntwo\nthree"_s);
    QTextCursor caret(&document);
    caret.setPosition(10);
    document.changeTo(u"one\n2\nthree"_s);
    QCOMPARE(document.storedText(), u"one\n2\nthree"_s);
    QCOMPARE(caret.position(), 8);
    document.changeTo(u"one\n2\r\nthree"_s); // nothing but a line end
    QCOMPARE(document.storedText(), u"one\n2\r\nthree"_s);
    document.undo();
    document.undo();
    QCOMPARE(document.storedText(), u"one\ntwo\nthree"_s);
}

void StoredTextDocumentTest::randomEditsMatchAPlainModel_data()
{
    QTest::addColumn<StoredTextDocument::Lines>("lines");
    QTest::newRow("lines") << StoredTextDocument::Lines::Shown;
    QTest::newRow("one line") << StoredTextDocument::Lines::Marked;
}

void StoredTextDocumentTest::randomEditsMatchAPlainModel()
{
    QFETCH(StoredTextDocument::Lines, lines);
    for (quint32 seed = 1; seed <= 1200; ++seed) {
        QRandomGenerator random(seed);
        const QString start = randomText(random, 12);
        Reference reference(start, lines);
        StoredTextDocument document(lines);
        document.setStoredText(start);
        // What the text was at each depth of the undo stack: typing may merge with what was typed.
        QHash<int, Reference> atDepth{{0, reference}};

        QString trace = u"seed %1"_s.arg(seed);
        for (int step = 0; step < 15; ++step) {
            const auto size = int(reference.size());
            QCOMPARE(document.characterCount() - 1, size);
            const int begin = random.bounded(size + 1);
            const int end = std::min(size, begin + random.bounded(4));
            QTextCursor cursor(&document);
            cursor.setPosition(begin);
            cursor.setPosition(end, QTextCursor::KeepAnchor);
            const int action = random.bounded(6);
            trace += u", %1 %2..%3"_s.arg(action).arg(begin).arg(end);
            bool isEdit = true;
            switch (action) {
            case 0: { // type over
                const QString typed = randomText(random, 3);
                reference.remove(begin, end);
                reference.insertTyped(begin, typed);
                if (lines == StoredTextDocument::Lines::Marked)
                    document.insertForeign(cursor, typed);
                else
                    cursor.insertText(typed);
                break;
            }
            case 1: // Return
                if (lines == StoredTextDocument::Lines::Shown) {
                    reference.remove(begin, end);
                    reference.insertTyped(begin, u"\n"_s);
                    cursor.insertBlock();
                }
                break;
            case 2: // Del
                reference.remove(begin, end);
                cursor.removeSelectedText();
                break;
            case 3: { // cut and paste elsewhere
                const ui::TextPiece piece = document.storedPiece(cursor);
                QCOMPARE(piece.text, reference.text(begin, end));
                reference.remove(begin, end);
                cursor.removeSelectedText();
                atDepth.insert(document.availableUndoSteps(), reference);
                const int target = random.bounded(int(reference.size()) + 1);
                reference.insertStored(target, piece.text);
                cursor.setPosition(target);
                document.insertPiece(cursor, piece, lines);
                break;
            }
            case 4: { // an edit in two places that is one step
                const int other = random.bounded(size + 1);
                cursor.clearSelection();
                cursor.beginEditBlock();
                cursor.setPosition(std::max(begin, other));
                cursor.insertText(u"x"_s);
                cursor.setPosition(std::min(begin, other));
                cursor.insertText(u"y"_s);
                cursor.endEditBlock();
                reference.insertTyped(std::max(begin, other), u"x"_s);
                reference.insertTyped(std::min(begin, other), u"y"_s);
                break;
            }
            default: { // undo or redo
                isEdit = false;
                if (random.bounded(2) == 0)
                    document.undo();
                else
                    document.redo();
                QVERIFY2(atDepth.contains(document.availableUndoSteps()), qPrintable(trace));
                reference = atDepth.value(document.availableUndoSteps(), reference);
                break;
            }
            }
            if (isEdit)
                atDepth.insert(document.availableUndoSteps(), reference);
            QVERIFY2(document.storedText() == reference.text(), qPrintable(trace));
        }
    }
}

void StoredTextDocumentTest::changeToReachesAnyText()
{
    for (quint32 seed = 1; seed <= 1500; ++seed) {
        QRandomGenerator random(seed);
        for (const auto lines :
             {StoredTextDocument::Lines::Shown, StoredTextDocument::Lines::Marked}) {
            StoredTextDocument document(lines);
            const QString first = randomText(random, 10);
            const QString second = random.bounded(2) == 0 ? randomText(random, 10)
                                                          : first + randomPiece(random) + first;
            document.setStoredText(first);
            document.changeTo(second);
            QVERIFY2(document.storedText() == second, qPrintable(QString::number(seed)));
            QCOMPARE(document.isUndoAvailable(), first != second);
            document.undo();
            QVERIFY2(document.storedText() == first, qPrintable(QString::number(seed)));
        }
    }
}

void StoredTextDocumentTest::selectionIsReadAsStored()
{
    StoredTextDocument document(StoredTextDocument::Lines::Shown);
    document.setStoredText(hardText);
    const Reference reference(hardText, StoredTextDocument::Lines::Shown);
    for (int begin = 0; begin < document.characterCount(); ++begin) {
        for (int end = begin; end < document.characterCount(); ++end) {
            QTextCursor cursor(&document);
            cursor.setPosition(begin);
            cursor.setPosition(end, QTextCursor::KeepAnchor);
            QCOMPARE(document.storedPiece(cursor).text, reference.text(begin, end));
        }
    }
}

void StoredTextDocumentTest::copyAndPasteKeepLineEndsAndBlanks()
{
    StoredTextEdit edit(StoredTextDocument::Lines::Shown);
    edit.open(orm::Key::integer(1), hardText);
    edit.selectAll();
    edit.cut();
    QCOMPARE(edit.storedText(), QString());
    edit.paste();
    QCOMPARE(edit.storedText(), hardText);

    // In another text, what was nothing special there is nothing special here.
    StoredTextEdit other(StoredTextDocument::Lines::Shown);
    other.open(orm::Key::integer(1), u"x\ny"_s);
    edit.open(orm::Key::integer(2), u"a\u00A0\r\nb\r\nc\n"_s);
    edit.selectAll();
    edit.copy();
    other.moveCursor(QTextCursor::End);
    other.paste();
    QCOMPARE(other.storedText(), u"x\nya\u00A0\nb\nc\n"_s);
}

void StoredTextDocumentTest::otherProgramsGetLineFeeds()
{
    StoredTextEdit edit(StoredTextDocument::Lines::Shown);
    edit.open(orm::Key::integer(1), u"a\r\nb\rc\u2028d\u00A0e\r\n"_s);
    edit.selectAll();
    edit.copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"a\nb\nc\nd\u00A0e\n"_s);

    QGuiApplication::clipboard()->setText(u"1\n2\r\n3"_s);
    edit.paste();
    QCOMPARE(edit.storedText(), u"1\r\n2\r\n3"_s);
}

void StoredTextDocumentTest::dragKeepsLineEnds()
{
    // A drag hands over what copying does, and drops it as pasting does.
    class Edit : public StoredTextEdit
    {
    public:
        using StoredTextEdit::createMimeDataFromSelection;
        using StoredTextEdit::insertFromMimeData;
        using StoredTextEdit::StoredTextEdit;
    };
    Edit edit(StoredTextDocument::Lines::Shown);
    edit.open(orm::Key::integer(1), u"a\r\nb\nc\n"_s);
    QTextCursor cursor = edit.textCursor();
    cursor.setPosition(0);
    cursor.setPosition(3, QTextCursor::KeepAnchor);
    edit.setTextCursor(cursor);
    const std::unique_ptr<QMimeData> data(edit.createMimeDataFromSelection());
    cursor.removeSelectedText();
    edit.moveCursor(QTextCursor::End);
    edit.insertFromMimeData(data.get());
    QCOMPARE(edit.storedText(), u"\nc\na\r\nb"_s);
}

void StoredTextDocumentTest::shiftReturnIsANewLine()
{
    StoredTextEdit edit(StoredTextDocument::Lines::Shown);
    edit.open(orm::Key::integer(1), u"a\r\nb"_s);
    edit.moveCursor(QTextCursor::End);
    QTest::keyClick(&edit, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClick(&edit, Qt::Key_Return);
    QTest::keyClicks(&edit, u"c"_s);
    QCOMPARE(edit.storedText(), u"a\r\nb\r\n\r\nc"_s);
}

void StoredTextDocumentTest::oneLineShowsLineEndsAsMarksAndKeepsThem()
{
    OneLineTextEdit edit;
    edit.open(orm::Key::integer(1), u"a\r\nb\nc"_s);
    QCOMPARE(edit.blockCount(), 1);
    QCOMPARE(edit.toPlainText(), u"a\u21B5b\u21B5c"_s);
    edit.moveCursor(QTextCursor::End);
    QTest::keyClicks(&edit, u"d"_s);
    QCOMPARE(edit.text(), u"a\r\nb\ncd"_s);
    // The same character, typed next to a mark, is itself.
    edit.moveCursor(QTextCursor::Start);
    edit.moveCursor(QTextCursor::NextCharacter);
    edit.moveCursor(QTextCursor::NextCharacter);
    edit.insertPlainText(u"\u21B5"_s);
    QCOMPARE(edit.text(), u"a\r\n\u21B5b\ncd"_s);
    edit.selectAll();
    edit.cut();
    edit.paste();
    QCOMPARE(edit.text(), u"a\r\n\u21B5b\ncd"_s);
}

void StoredTextDocumentTest::oneLineTurnsPastedLinesIntoBlanks()
{
    OneLineTextEdit edit;
    edit.open(orm::Key::integer(1), u"x"_s);
    edit.moveCursor(QTextCursor::End);
    QGuiApplication::clipboard()->setText(u"1\r\n2\n3\u20284"_s);
    edit.paste();
    QCOMPARE(edit.text(), u"x1 2 3 4"_s);

    StoredTextEdit body(StoredTextDocument::Lines::Shown);
    body.open(orm::Key::integer(1), u"a\nb"_s);
    body.selectAll();
    body.copy();
    edit.selectAll();
    edit.paste();
    QCOMPARE(edit.text(), u"a b"_s);
}

void StoredTextDocumentTest::aLongLineShowsItsBeginning_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("from the right") << u"שלום "_s << Qt::LeftToRight;
    QTest::newRow("from the right, mirrored") << u"שלום "_s << Qt::RightToLeft;
    QTest::newRow("from the left") << u"peace "_s << Qt::LeftToRight;
    QTest::newRow("from the left, mirrored") << u"peace "_s << Qt::RightToLeft;
}

/// Where the text begins by its own direction, whatever the window's, until the caret leads.
void StoredTextDocumentTest::aLongLineShowsItsBeginning()
{
    QFETCH(QString, word);
    QFETCH(Qt::LayoutDirection, direction);
    QWidget window;
    window.setLayoutDirection(direction);
    auto *other = new QLineEdit(&window);
    auto *edit = new OneLineTextEdit(&window);
    edit->setGeometry(0, 50, 200, 30);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const auto isSeen = [edit](int position) {
        QTextCursor cursor = edit->textCursor();
        cursor.setPosition(position);
        return edit->viewport()
            ->rect()
            .adjusted(-2, -2, 2, 2)
            .contains(edit->cursorRect(cursor).center());
    };
    for (const int words : {100, 300}) { // as no text is measured that is too long to fit
        other->setFocus();
        edit->open(orm::Key::integer(words), word.repeated(words).trimmed());
        const int end = int(edit->toPlainText().size());
        QTRY_VERIFY(isSeen(0));
        QVERIFY(!isSeen(end));
        edit->resize(240, 30);
        QTRY_VERIFY(isSeen(0));
        edit->setFocus();
        edit->moveCursor(QTextCursor::End);
        QTRY_VERIFY(isSeen(end));
        QVERIFY(!isSeen(0));
        // Whoever comes back reads it from its beginning, and writes on where the caret was.
        other->setFocus();
        edit->open(orm::Key::integer(1), u"short"_s);
        edit->open(orm::Key::integer(words), word.repeated(words).trimmed());
        QTRY_VERIFY(isSeen(0));
        QCOMPARE(edit->textCursor().position(), end);
    }
}

void StoredTextDocumentTest::oneLineLeavesReturnToTheForm()
{
    OneLineTextEdit edit;
    edit.open(orm::Key::integer(1), u"x"_s);
    QSignalSpy returned(&edit, &OneLineTextEdit::returnPressed);
    QTest::keyClick(&edit, Qt::Key_Return);
    QTest::keyClick(&edit, Qt::Key_Enter, Qt::KeypadModifier);
    QCOMPARE(returned.count(), 2);
    QTest::keyClick(&edit, Qt::Key_Return, Qt::ControlModifier); // saves, in the window
    QCOMPARE(returned.count(), 2);
    QCOMPARE(edit.text(), u"x"_s);
}

void StoredTextDocumentTest::oneLineSelectsAllOnTab()
{
    QWidget window;
    auto *first = new OneLineTextEdit(&window);
    auto *second = new OneLineTextEdit(&window);
    second->move(0, 100);
    first->open(orm::Key::integer(1), u"one"_s);
    second->open(orm::Key::integer(1), u"two"_s);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    first->setFocus();
    QTest::keyClick(first, Qt::Key_Tab);
    QTRY_VERIFY(second->hasFocus());
    QCOMPARE(second->textCursor().selectedText(), u"two"_s);
    QTest::keyClick(second, Qt::Key_Backtab);
    QTRY_VERIFY(first->hasFocus());
    QVERIFY(!second->textCursor().hasSelection());
    QCOMPARE(first->text(), u"one"_s);
}

void StoredTextDocumentTest::visitedRowsKeepCaretAndUndo()
{
    StoredTextEdit edit(StoredTextDocument::Lines::Shown);
    QSignalSpy edited(&edit, &StoredTextEdit::edited);
    const orm::Key one = orm::Key::temporary(1);
    const orm::Key two = orm::Key::integer(2);
    edit.open(one, u"first"_s);
    QTest::keyClicks(&edit, u"My "_s);
    QCOMPARE(edited.count(), 3);
    edit.open(two, u"second"_s);
    QCOMPARE(edit.textCursor().position(), 0);
    QVERIFY(!edit.document()->isUndoAvailable());
    edit.rename(one, orm::Key::integer(501));
    edit.open(orm::Key::integer(501), u"My first"_s);
    QCOMPARE(edit.textCursor().position(), 3);
    QCOMPARE(edited.count(), 3);
    edit.undo();
    QCOMPARE(edit.storedText(), u"first"_s);
    QCOMPARE(edited.count(), 4);

    // It was changed elsewhere meanwhile: shown as it is now, and undo still leads back.
    edit.open(two, u"second"_s);
    edit.open(orm::Key::integer(501), u"first!"_s);
    QCOMPARE(edit.storedText(), u"first!"_s);
    edit.undo();
    QCOMPARE(edit.storedText(), u"first"_s);

    // Another row came under its key.
    edit.forget(orm::Key::integer(501));
    edit.open(orm::Key::integer(501), u"another"_s);
    QVERIFY(!edit.document()->isUndoAvailable());
}

void StoredTextDocumentTest::cacheKeepsTheLastFifty()
{
    DocumentCache cache;
    const auto visit = [&cache](int number) {
        DocumentCache::Entry entry;
        entry.document = std::make_unique<StoredTextDocument>(StoredTextDocument::Lines::Shown);
        entry.position = number;
        cache.put(orm::Key::integer(number), std::move(entry));
    };
    for (int i = 1; i <= 51; ++i)
        visit(i);
    QVERIFY(!cache.take(orm::Key::integer(1)));
    QCOMPARE(cache.take(orm::Key::integer(2))->position, 2);
    QVERIFY(!cache.take(orm::Key::integer(2))); // taken
    cache.rename(orm::Key::integer(3), orm::Key::integer(99));
    QVERIFY(!cache.take(orm::Key::integer(3)));
    QCOMPARE(cache.take(orm::Key::integer(99))->position, 3);
}

void StoredTextDocumentTest::aKeyStrokeInTenMegabytesTouchesItsLineOnly()
{
    QString text;
    for (int i = 0; text.size() < 10'000'000; ++i)
        text += u"Paragraph %1 has some words in it, as paragraphs of ordinary texts do.\r\n"_s.arg(
            i);
    text += u"The last one ends otherwise.\n"_s;
    StoredTextEdit edit(StoredTextDocument::Lines::Shown);
    edit.open(orm::Key::integer(1), text);
    QCOMPARE(edit.storedText(), text);
    int touched = 0;
    connect(edit.document(), &QTextDocument::contentsChange, this,
            [&touched](int, int removed, int added) { touched += removed + added; });
    edit.moveCursor(QTextCursor::End);
    QTest::keyClicks(&edit, u"typed"_s);
    QTest::keyClick(&edit, Qt::Key_Return);
    QVERIFY(touched < 1000);
    QCOMPARE(edit.storedText(), text + u"typed\r\n"_s);
}

void StoredTextDocumentTest::endlessLinesArePartedForTheEyeOnly_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("words") << u"endless words "_s.repeated(20'000);
    QTest::newRow("no blank") << u"\U0001F600x"_s.repeated(60'000);
    QTest::newRow("among lines") << u"one\r\n"_s + u"word "_s.repeated(10'000) + u"\r\nthree"_s;
    QTest::newRow("many lines") << u"line\r\n\n"_s.repeated(5'000);
}

void StoredTextDocumentTest::endlessLinesArePartedForTheEyeOnly()
{
    QFETCH(QString, text);
    for (const auto lines : {StoredTextDocument::Lines::Shown, StoredTextDocument::Lines::Marked}) {
        StoredTextEdit edit(lines);
        edit.open(orm::Key::integer(1), text);
        for (QTextBlock block = edit.document()->begin(); block.isValid(); block = block.next())
            QVERIFY(block.length() - 1 <= StoredTextDocument::longestLine); // without its end
        QCOMPARE(edit.storedText(), text);
        edit.moveCursor(QTextCursor::End);
        QTest::keyClicks(&edit, u"typed"_s);
        QCOMPARE(edit.storedText(), text + u"typed"_s);

        const int steps = edit.document()->availableUndoSteps();
        edit.open(orm::Key::integer(2), QString());
        edit.open(orm::Key::integer(1), text + u"typed"_s);
        QCOMPARE(edit.document()->availableUndoSteps(), steps);

        QGuiApplication::clipboard()->setText(text);
        edit.selectAll();
        edit.paste();
        for (QTextBlock block = edit.document()->begin(); block.isValid(); block = block.next())
            QVERIFY(block.length() - 1 <= StoredTextDocument::longestLine); // without its end
        edit.undo();
        QCOMPARE(edit.storedText(), text + u"typed"_s);
    }
}

void StoredTextDocumentTest::randomEditsOfPartedLinesKeepTheRest()
{
    for (quint32 seed = 1; seed <= 1000; ++seed) {
        QRandomGenerator random(seed);
        const auto lines
            = seed % 2 == 0 ? StoredTextDocument::Lines::Shown : StoredTextDocument::Lines::Marked;
        StoredTextDocument document(lines, 6);
        QString text = randomText(random, 40);
        document.setStoredText(text);
        const auto part = [&document](int begin, int end) {
            QTextCursor cursor(&document);
            cursor.setPosition(begin);
            cursor.setPosition(end, QTextCursor::KeepAnchor);
            return document.storedPiece(cursor);
        };
        for (int step = 0; step < 10; ++step) {
            const int last = document.characterCount() - 1;
            const int begin = random.bounded(last + 1);
            const int end = std::min(last, begin + random.bounded(6));
            QCOMPARE(part(0, begin).text + part(begin, end).text + part(end, last).text, text);
            const QString before = text;
            const ui::TextPiece piece = part(random.bounded(begin + 1), begin);
            text = part(0, begin).text + piece.text + part(end, last).text;
            QTextCursor cursor(&document);
            cursor.setPosition(begin);
            cursor.setPosition(end, QTextCursor::KeepAnchor);
            document.insertPiece(cursor, piece, lines);
            QVERIFY2(document.storedText() == text, qPrintable(QString::number(seed)));
            if (text == before)
                continue;
            document.undo();
            QVERIFY2(document.storedText() == before, qPrintable(QString::number(seed)));
            document.redo();
            QVERIFY2(document.storedText() == text, qPrintable(QString::number(seed)));
        }
    }
}

QTEST_MAIN(StoredTextDocumentTest)
#include "tst_storedtextdocument.moc"

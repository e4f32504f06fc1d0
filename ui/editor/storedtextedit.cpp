// SPDX-License-Identifier: MIT
#include "ui/editor/storedtextedit.h"

#include "ui/editor/markdown/htmltomarkdown.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDataStream>
#include <QDeadlineTimer>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QStyleOptionFrame>
#include <QTextDocumentFragment>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// A TextPiece with its line ends, for our own fields; others get text with LF.
const auto pieceFormat = u"application/x-postdesk-text"_s;

QString withLineFeeds(QString text)
{
    text.replace("\r\n"_L1, "\n"_L1);
    for (QChar &character : text) {
        switch (character.unicode()) {
        case u'\r':
        case u'\u2028':
        case u'\u2029':
        case u'\uFDD0':
        case u'\uFDD1':
            character = u'\n';
            break;
        default:
            break;
        }
    }
    return text;
}

/// Some programs send nothing but HTML.
QString plainText(const QMimeData &source)
{
    return source.hasText() ? source.text()
                            : QTextDocumentFragment::fromHtml(source.html()).toPlainText();
}

} // namespace

StoredTextEdit::StoredTextEdit(StoredTextDocument::Lines lines, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_lines(lines)
{
    setTabChangesFocus(true);
    setViewportMargins(1, 1, 1, 1); // what a line edit draws inside of its frame
    enter({}, {makeDocument()});
    connect(&m_fillTimer, &QTimer::timeout, this, &StoredTextEdit::fill);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_isOpening)
            emit edited();
    });
}

StoredTextEdit::~StoredTextEdit()
{
    const QSignalBlocker blocker(this);
    setDocument(nullptr); // ours dies first
}

void StoredTextEdit::open(const orm::Key &key, const QString &text)
{
    const QScopedValueRollback guard(m_isOpening, true);
    abandonFilling();
    if (key == m_key && !key.isNull()) {
        m_open.document->changeTo(text);
        return;
    }
    if (auto visited = m_cache.take(key)) {
        enter(key, std::move(*visited));
        m_open.document->changeTo(text);
        return;
    }
    DocumentCache::Entry entry{makeDocument()};
    entry.document->setStoredText(text);
    enter(key, std::move(entry));
}

void StoredTextEdit::openLarge(const orm::Key &key, const QByteArray &utf8)
{
    const bool isVisited = m_cache.contains(key) || (key == m_key && !isFilling());
    if (isVisited && !key.isNull()) {
        open(key, orm::decodeUtf8(utf8)); // there is undo to be kept
        return;
    }
    const QScopedValueRollback guard(m_isOpening, true);
    abandonFilling();
    DocumentCache::Entry entry{makeDocument()};
    entry.document->beginStoredText(utf8);
    enter(key, std::move(entry));
    if (isFilling())
        m_fillTimer.start();
}

void StoredTextEdit::fill()
{
    constexpr auto turn = std::chrono::milliseconds(6);
    {
        const QScopedValueRollback guard(m_isOpening, true);
        const QDeadlineTimer end(turn);
        while (m_open.document->fillMore() && !end.hasExpired()) {}
    }
    if (isFilling())
        return;
    m_fillTimer.stop();
    emit filled();
}

/// Half a text is nothing to be kept, or compared with another.
void StoredTextEdit::abandonFilling()
{
    if (!isFilling())
        return;
    m_fillTimer.stop();
    m_key = {};
}

void StoredTextEdit::rename(const orm::Key &from, const orm::Key &to)
{
    if (m_key == from)
        m_key = to;
    else
        m_cache.rename(from, to);
}

void StoredTextEdit::forget(const orm::Key &key)
{
    if (m_key == key)
        m_key = {};
    m_cache.remove(key);
}

void StoredTextEdit::forgetUndo(const orm::Key &key)
{
    if (m_key == key)
        m_open.document->clearUndoRedoStacks();
    else
        m_cache.remove(key);
}

void StoredTextEdit::setTextMargin(int margin)
{
    m_textMargin = margin;
    setDocumentMargin(*m_open.document);
}

bool StoredTextEdit::event(QEvent *event)
{
    if (event->type() != QEvent::Paint)
        return QPlainTextEdit::event(event);
    QStyleOptionFrame option;
    initStyleOption(&option);
    option.rect = rect();
    option.lineWidth = style()->pixelMetric(QStyle::PM_DefaultFrameWidth, &option, this);
    option.midLineWidth = 0;
    option.state |= QStyle::State_Sunken;
    option.features = QStyleOptionFrame::None;
    if (isReadOnly()) {
        option.state |= QStyle::State_ReadOnly;
        option.palette.setBrush(QPalette::Base, palette().brush(QPalette::Window));
    }
    QPainter painter(this);
    style()->drawPrimitive(QStyle::PE_PanelLineEdit, &option, &painter, this);
    return true;
}

void StoredTextEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::ReadOnlyChange) {
        viewport()->setBackgroundRole(isReadOnly() ? QPalette::Window : QPalette::Base);
        update();
    }
}

void StoredTextEdit::keyPressEvent(QKeyEvent *event)
{
    // Shift+Return would insert U+2028, which no other program of the database expects.
    if (event == QKeySequence::InsertLineSeparator && !isReadOnly()
        && m_lines == StoredTextDocument::Lines::Shown) {
        textCursor().insertBlock();
        ensureCursorVisible();
        event->accept();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void StoredTextEdit::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    update(); // the focus ring is not on the viewport
}

void StoredTextEdit::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    update();
}

void StoredTextEdit::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_extraAction) {
        menu->addSeparator();
        menu->addAction(m_extraAction);
    }
    menu->popup(event->globalPos());
}

QMimeData *StoredTextEdit::createMimeDataFromSelection() const
{
    // QPlainTextEdit's own has blanks for no-break spaces.
    const TextPiece piece = m_open.document->storedPiece(textCursor());
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << quint8(m_lines) << quint8(piece.ownLineEnd) << piece.text;
    auto *data = new QMimeData;
    data->setText(withLineFeeds(piece.text));
    data->setData(pieceFormat, bytes);
    return data;
}

bool StoredTextEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText() || source->hasFormat(pieceFormat)
        || (m_pastesMarkdown && source->hasHtml());
}

void StoredTextEdit::insertFromMimeData(const QMimeData *source)
{
    if (isReadOnly())
        return;
    QTextCursor cursor = textCursor();
    QDataStream stream(source->data(pieceFormat));
    quint8 lines = 0;
    quint8 ownLineEnd = 0;
    TextPiece piece;
    stream >> lines >> ownLineEnd >> piece.text;
    const bool isPiece = source->hasFormat(pieceFormat) && stream.status() == QDataStream::Ok
        && lines <= quint8(StoredTextDocument::Lines::Marked) && ownLineEnd < quint8(LineEnd::None);
    if (isPiece) {
        piece.ownLineEnd = LineEnd(ownLineEnd);
        m_open.document->insertPiece(cursor, piece, StoredTextDocument::Lines(lines));
    } else {
        const auto markdown
            = m_pastesMarkdown && source->hasHtml() ? htmlToMarkdown(source->html()) : std::nullopt;
        m_open.document->insertForeign(cursor, markdown.value_or(plainText(*source)));
    }
    ensureCursorVisible();
}

void StoredTextEdit::pastePlainText()
{
    const QMimeData *source = QGuiApplication::clipboard()->mimeData();
    if (isReadOnly() || !source)
        return;
    QTextCursor cursor = textCursor();
    m_open.document->insertForeign(cursor, plainText(*source));
    ensureCursorVisible();
}

/// Shows @p entry and puts away what was shown before it.
void StoredTextEdit::enter(const orm::Key &key, DocumentCache::Entry entry)
{
    const QScopedValueRollback guard(m_isOpening, true);
    const QTextCursor caret = textCursor();
    const int scroll = verticalScrollBar()->value();

    std::swap(m_open, entry);
    StoredTextDocument &document = *m_open.document;
    document.setDefaultFont(font());
    setDocument(&document);
    QTextCursor cursor(&document);
    cursor.setPosition(m_open.anchor);
    cursor.setPosition(m_open.position, QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    verticalScrollBar()->setValue(m_open.scroll);

    // A row that was only looked at has nothing worth keeping.
    if (!m_key.isNull() && entry.document
        && (entry.document->isUndoAvailable() || entry.document->isRedoAvailable()
            || caret.position() > 0)) {
        entry.anchor = caret.anchor();
        entry.position = caret.position();
        entry.scroll = scroll;
        m_cache.put(m_key, std::move(entry));
    }
    m_key = key;
    emit documentShown();
}

std::unique_ptr<StoredTextDocument> StoredTextEdit::makeDocument() const
{
    auto document = std::make_unique<StoredTextDocument>(m_lines);
    setDocumentMargin(*document);
    return document;
}

void StoredTextEdit::setDocumentMargin(StoredTextDocument &document) const
{
    document.setUndoRedoEnabled(false); // a margin would be a step to undo
    document.setDocumentMargin(m_textMargin);
    document.setUndoRedoEnabled(true);
}

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/documentcache.h"
#include "ui/editor/storedtextdocument.h"

#include <QPlainTextEdit>
#include <QTimer>

namespace ui {

/// A plain text editor whose text is a stored one: what isn't typed over stays byte for byte, also
/// on its way through clipboard and drag, and every row visited keeps caret and text undo.
///
/// Looks like a QLineEdit, focus ring and all.
class StoredTextEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit StoredTextEdit(StoredTextDocument::Lines lines, QWidget *parent = nullptr);
    ~StoredTextEdit() override;

    StoredTextDocument &storedDocument() { return *m_open.document; }
    const StoredTextDocument &storedDocument() const { return *m_open.document; }
    QString storedText() const { return storedDocument().storedText(); }

    /// Shows @p text as that of the row @p key, with caret, scroll and undo as they were left there.
    /// A text that is another than it was left is brought in by an edit, which undo takes back.
    void open(const orm::Key &key, const QString &text);
    /// The same for a text as large as may be: its beginning is shown at once, the rest fills in while the
    /// window lives, and until filled() nothing can be typed.
    void openLarge(const orm::Key &key, const QByteArray &utf8);
    bool isFilling() const { return m_open.document->isFilling(); }
    /// The row is known by another key now (it was new, and is stored).
    void rename(const orm::Key &from, const orm::Key &to);
    /// The row is gone: a later one of the same key is another one.
    void forget(const orm::Key &key);
    /// The text of @p key can be typed on and not undone.
    void forgetUndo(const orm::Key &key);

    /// An action for the end of the context menu, which this borrows.
    void setExtraAction(QAction *action) { m_extraAction = action; }
    /// Whether what is pasted with a form, as pages and office programs have it, becomes Markdown.
    void setPastesMarkdown(bool pastes) { m_pastesMarkdown = pastes; }
    /// Pastes the clipboard's text as it stands.
    void pastePlainText();
    /// Distance of the text from the frame, in pixels; the shown text loses its undo.
    void setTextMargin(int margin);

signals:
    /// The user, or undo, changed the text; open() doesn't say so.
    void edited();
    /// The text that openLarge() began is there.
    void filled();
    /// The document of another row is shown: document() is another one.
    void documentShown();

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    QMimeData *createMimeDataFromSelection() const override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    void enter(const orm::Key &key, DocumentCache::Entry entry);
    void fill();
    void abandonFilling();
    std::unique_ptr<StoredTextDocument> makeDocument() const;
    void setDocumentMargin(StoredTextDocument &document) const;

    StoredTextDocument::Lines m_lines;
    int m_textMargin = 0;
    QAction *m_extraAction = nullptr;
    bool m_pastesMarkdown = false;
    bool m_isOpening = false;
    QTimer m_fillTimer;
    DocumentCache m_cache;
    orm::Key m_key; ///< of m_open
    DocumentCache::Entry m_open;
};

} // namespace ui

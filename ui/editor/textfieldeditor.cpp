// SPDX-License-Identifier: MIT
#include "ui/editor/textfieldeditor.h"

#include "ui/editor/fieldtext.h"
#include "ui/editor/onelinetextedit.h"
#include "ui/table/celltext.h"

#include <QAction>

namespace ui {

namespace {

constexpr int pageMargin = 8; ///< pixels round a page of text, for the eye
constexpr int caretWidth = 2;
constexpr qsizetype largeBytes = 512 * 1024; ///< of a text that fills in; laid out in some 30 ms

bool isPage(const orm::ColumnType &type)
{
    return type.kind == orm::ColumnType::Kind::Text || type.kind == orm::ColumnType::Kind::Json;
}

/// Characters that a value of this type has at most; 0 if that says nothing.
int widthOf(const orm::ColumnType &type)
{
    switch (type.kind) {
    case orm::ColumnType::Kind::Date:
    case orm::ColumnType::Kind::Time:
    case orm::ColumnType::Kind::DateTime:
    case orm::ColumnType::Kind::Integer:
    case orm::ColumnType::Kind::BigInteger:
    case orm::ColumnType::Kind::Float:
    case orm::ColumnType::Kind::Numeric:
        return 26; // a date with microseconds, and all of one width
    default:
        return 0;
    }
}

StoredTextEdit *makeEdit(const orm::ColumnType &type, QWidget *parent)
{
    if (isPage(type)) {
        auto *page = new StoredTextEdit(StoredTextDocument::Lines::Shown, parent);
        page->setTextMargin(pageMargin);
        page->setCursorWidth(caretWidth);
        return page;
    }
    auto *line = new OneLineTextEdit(parent);
    if (const int width = widthOf(type))
        line->setVisibleCharacters(width);
    return line;
}

} // namespace

TextFieldEditor::TextFieldEditor(const orm::Column &column, QWidget *parent)
    : FieldEditor(column, parent)
    , m_edit(makeEdit(column.type, parent))
{
    if (column.isNullable && !column.isReadOnly && !column.isVersion)
        m_edit->setExtraAction(m_setNullAction);
    m_edit->setPastesMarkdown(column.role == orm::Role::Body && isPage(column.type));
    connect(m_edit, &StoredTextEdit::edited, this, &TextFieldEditor::markEdited);
    connect(m_edit, &StoredTextEdit::filled, this, [this] {
        updateState();
        emit filled();
    });
}

QWidget *TextFieldEditor::widget() const
{
    return m_edit;
}

qsizetype TextFieldEditor::length() const
{
    return m_edit->document()->characterCount() - 1;
}

void TextFieldEditor::renameRow(const orm::Key &from, const orm::Key &to)
{
    FieldEditor::renameRow(from, to);
    m_edit->rename(from, to);
}

void TextFieldEditor::forgetRow(const orm::Key &key)
{
    FieldEditor::forgetRow(key);
    m_edit->forget(key);
}

void TextFieldEditor::forgetUndo(const orm::Key &key)
{
    m_edit->forgetUndo(key);
}

void TextFieldEditor::showValue(const orm::Key &key, const orm::StoredValue &value)
{
    if (isPage(column().type) && value.storageClass() == orm::StorageClass::Text
        && value.bytes().size() > largeBytes)
        m_edit->openLarge(key, value.bytes());
    else
        m_edit->open(key, fieldText(column(), value));
}

orm::StoredValue TextFieldEditor::editedValue() const
{
    return fieldValue(column(), m_edit->storedText(), base());
}

void TextFieldEditor::updateState()
{
    if (m_edit->isReadOnly() != isReadOnly()) {
        m_edit->setReadOnly(isReadOnly());
        if (isReadOnly()) // by keys, too, so that it can be read and copied
            m_edit->setTextInteractionFlags(Qt::TextSelectableByMouse
                                            | Qt::TextSelectableByKeyboard);
    }
    m_setNullAction->setEnabled(column().isNullable && (!isReadOnly() || !keptText().isEmpty()));
    m_edit->setAccessibleDescription(keptText());
    const bool isLong = length() > 100;
    m_edit->setToolTip(isLong ? QString() : celltext::toolTip(column(), value()));
    if (length() > 0)
        return;
    if (!keptText().isEmpty())
        m_edit->setPlaceholderText(keptText());
    else
        m_edit->setPlaceholderText(value().isNull() ? nullText() : QString());
}

} // namespace ui

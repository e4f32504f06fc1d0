// SPDX-License-Identifier: MIT
#include "ui/editor/fieldeditor.h"

#include "ui/editor/choicefieldeditor.h"
#include "ui/editor/fieldtext.h"
#include "ui/editor/textfieldeditor.h"

#include <QAction>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString objectNameOf(const orm::Column &column)
{
    switch (column.role) {
    case orm::Role::Title:
        return u"titleEdit"_s;
    case orm::Role::Body:
        return u"bodyEdit"_s;
    case orm::Role::Created:
        return u"createdEdit"_s;
    case orm::Role::None:
        break;
    }
    return column.name + "Edit"_L1;
}

} // namespace

FieldEditor *FieldEditor::create(const orm::Column &column, QWidget *parent)
{
    FieldEditor *editor = nullptr;
    switch (column.type.kind) {
    case orm::ColumnType::Kind::Boolean:
        if (column.isNullable)
            editor = new ChoiceFieldEditor(column, parent);
        else
            editor = new CheckFieldEditor(column, parent);
        break;
    case orm::ColumnType::Kind::Enum:
        if (column.type.enumNames)
            editor = new ChoiceFieldEditor(column, parent);
        else
            editor = new TextFieldEditor(column, parent);
        break;
    default:
        editor = new TextFieldEditor(column, parent);
        break;
    }
    editor->setUp();
    return editor;
}

FieldEditor::FieldEditor(const orm::Column &column, QWidget *parent)
    : QObject(parent)
    , m_setNullAction(new QAction(tr("Set to NULL"), this))
    , m_column(column)
    , m_nullText(tr("(empty)"))
{
    connect(m_setNullAction, &QAction::triggered, this, &FieldEditor::setNull);
}

void FieldEditor::show(const orm::Key &key, const orm::StoredValue &value,
                       const orm::StoredValue &base)
{
    const bool isShown = key == m_key && !key.isNull() && value == this->value();
    m_key = key;
    m_base = base;
    m_shown = value;
    m_isTouched = false;
    // What the user typed is never kept from being corrected.
    m_keptText = value == base ? ui::keptText(m_column, value) : QString();
    if (!isShown)
        showValue(key, m_keptText.isEmpty() ? value : orm::StoredValue());
    updateState();
}

void FieldEditor::clear()
{
    show({}, {}, {});
}

orm::StoredValue FieldEditor::value() const
{
    return m_isTouched ? editedValue() : m_shown;
}

void FieldEditor::setNullText(const QString &text)
{
    m_nullText = text;
    updateState();
}

void FieldEditor::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    updateState();
}

bool FieldEditor::isReadOnly() const
{
    return m_isReadOnly || m_column.isReadOnly || m_column.isVersion || !m_keptText.isEmpty()
        || isFilling() || m_column.type.kind == orm::ColumnType::Kind::LargeBinary;
}

bool FieldEditor::canSetNull() const
{
    return m_column.isNullable && !m_isReadOnly && !isFilling() && !m_column.isReadOnly
        && !m_column.isVersion && !m_key.isNull() && !value().isNull();
}

void FieldEditor::setNull()
{
    if (!canSetNull())
        return;
    m_shown = {};
    m_isTouched = false;
    m_keptText.clear();
    showValue(m_key, m_shown);
    updateState();
    emit edited();
}

void FieldEditor::renameRow(const orm::Key &from, const orm::Key &to)
{
    if (m_key == from)
        m_key = to;
}

void FieldEditor::forgetRow(const orm::Key &key)
{
    if (m_key == key)
        m_key = {};
}

void FieldEditor::forgetUndo(const orm::Key &) {}

void FieldEditor::setUp()
{
    widget()->setObjectName(objectNameOf(m_column));
    updateState();
}

void FieldEditor::markEdited()
{
    m_isTouched = true;
    updateState();
    emit edited();
}

} // namespace ui

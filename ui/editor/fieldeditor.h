// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "core/schema/table.h"

#include <QObject>

class QAction;
class QWidget;

namespace ui {

class StoredTextEdit;

/// The widget for the values of one Column: shows a stored value and gives back what was made of it.
///
/// A value that isn't touched comes back as it was, whatever its widget can show of it. Nothing that is
/// typed is refused: what can't be such a value comes back as text, for validate() to say so.
class FieldEditor : public QObject
{
    Q_OBJECT

public:
    /// The editor for @p column's type and role, its widget and itself owned by @p parent. Object names
    /// are titleEdit, bodyEdit, createdEdit by role, else the column's name and Edit.
    static FieldEditor *create(const orm::Column &column, QWidget *parent);

    const orm::Column &column() const { return m_column; }
    virtual QWidget *widget() const = 0;
    /// The widget as the text editor it is, or nullptr.
    virtual StoredTextEdit *textEdit() const { return nullptr; }
    /// Characters to go through when the value is asked for; 0 if it isn't text.
    virtual qsizetype length() const { return 0; }
    /// Whether a large value is still on its way into the widget, which can't be edited until filled().
    virtual bool isFilling() const { return false; }

    /// Shows @p value of the row @p key. An unchanged text stays untouched, caret and all.
    /// @param base what the user saw before editing; going back to it gives it back
    void show(const orm::Key &key, const orm::StoredValue &value, const orm::StoredValue &base);
    /// Shows nothing, of no row.
    void clear();
    orm::StoredValue value() const;
    /// Whether the value is what was typed or chosen in the widget, and not what was shown or set.
    bool isTyped() const { return m_isTouched; }
    /// Why the value can't be edited, in a sentence; empty if it can.
    const QString &keptText() const { return m_keptText; }

    /// What stands dimmed in the place of NULL.
    void setNullText(const QString &text);
    void setReadOnly(bool readOnly);
    /// Whether the user can't edit now: by setReadOnly(), by the column or by the value.
    bool isReadOnly() const;
    bool canSetNull() const;
    /// As the user; does nothing where the column or the state don't allow it.
    void setNull();

    virtual void renameRow(const orm::Key &from, const orm::Key &to);
    virtual void forgetRow(const orm::Key &key);
    /// What was typed into @p key's row so far can't be undone in the field.
    virtual void forgetUndo(const orm::Key &key);

signals:
    /// The user changed the value.
    void edited();
    /// A value for which isFilling() was true is there.
    void filled();

protected:
    FieldEditor(const orm::Column &column, QWidget *parent);

    const orm::StoredValue &base() const { return m_base; }
    const QString &nullText() const { return m_nullText; }
    /// To call by those who made the widget: names it.
    void setUp();
    /// To call when the user changed something.
    void markEdited();

    virtual void showValue(const orm::Key &key, const orm::StoredValue &value) = 0;
    /// What the widget holds now, after it was touched.
    virtual orm::StoredValue editedValue() const = 0;
    /// isReadOnly(), keptText(), nullText() or the value changed.
    virtual void updateState() = 0;

    QAction *m_setNullAction;

private:
    orm::Column m_column;
    orm::Key m_key;
    orm::StoredValue m_shown;
    orm::StoredValue m_base;
    QString m_keptText;
    QString m_nullText;
    bool m_isTouched = false;
    bool m_isReadOnly = false;
};

} // namespace ui

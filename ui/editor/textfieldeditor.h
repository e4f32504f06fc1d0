// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/fieldeditor.h"
#include "ui/editor/storedtextedit.h"

namespace ui {

/// A value as text: a page for Text and Json, a line for all else, dates and numbers too.
class TextFieldEditor final : public FieldEditor
{
    Q_OBJECT

public:
    TextFieldEditor(const orm::Column &column, QWidget *parent);

    QWidget *widget() const override;
    StoredTextEdit *textEdit() const override { return m_edit; }
    qsizetype length() const override;
    bool isFilling() const override { return m_edit->isFilling(); }
    void renameRow(const orm::Key &from, const orm::Key &to) override;
    void forgetRow(const orm::Key &key) override;
    void forgetUndo(const orm::Key &key) override;

protected:
    void showValue(const orm::Key &key, const orm::StoredValue &value) override;
    orm::StoredValue editedValue() const override;
    void updateState() override;

private:
    StoredTextEdit *m_edit;
};

} // namespace ui

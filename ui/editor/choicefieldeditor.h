// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/fieldeditor.h"

class QCheckBox;
class QComboBox;

namespace ui {

/// One of few values: an Enum's names, or yes, no and nothing. A stored value that is none of them is
/// shown as one more, and kept.
class ChoiceFieldEditor final : public FieldEditor
{
    Q_OBJECT

public:
    ChoiceFieldEditor(const orm::Column &column, QWidget *parent);
    QWidget *widget() const override;

protected:
    void showValue(const orm::Key &key, const orm::StoredValue &value) override;
    orm::StoredValue editedValue() const override;
    void updateState() override;

private:
    int indexOf(const orm::StoredValue &value) const;

    QComboBox *m_box;
    int m_choices = 0; ///< those of the type; one that only this row has stands behind them
};

/// Yes or no. Half checked while there is no value yet.
class CheckFieldEditor final : public FieldEditor
{
    Q_OBJECT

public:
    CheckFieldEditor(const orm::Column &column, QWidget *parent);
    QWidget *widget() const override;

protected:
    void showValue(const orm::Key &key, const orm::StoredValue &value) override;
    orm::StoredValue editedValue() const override;
    void updateState() override;

private:
    QCheckBox *m_box;
};

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/editor/choicefieldeditor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QWheelEvent>

namespace ui {

namespace {

/// Scrolling the form past it changes nothing.
class ComboBox final : public QComboBox
{
public:
    using QComboBox::QComboBox;

protected:
    void wheelEvent(QWheelEvent *event) override { event->ignore(); }
};

/// Never goes back to half checked by a click.
class CheckBox final : public QCheckBox
{
public:
    using QCheckBox::QCheckBox;

protected:
    void nextCheckState() override
    {
        setCheckState(checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    }
};

} // namespace

ChoiceFieldEditor::ChoiceFieldEditor(const orm::Column &column, QWidget *parent)
    : FieldEditor(column, parent)
    , m_box(new ComboBox(parent))
{
    const auto add = [this](const QString &text, const orm::StoredValue &value) {
        m_box->addItem(text, QVariant::fromValue(value));
    };
    if (column.isNullable)
        add(tr("(empty)"), {});
    if (column.type.kind == orm::ColumnType::Kind::Boolean) {
        add(tr("Yes"), orm::StoredValue::integer(1));
        add(tr("No"), orm::StoredValue::integer(0));
    } else {
        for (const char *const *name = column.type.enumNames; name && *name; ++name)
            add(QString::fromUtf8(*name), orm::StoredValue::utf8(*name));
    }
    m_choices = m_box->count();
    m_box->setCurrentIndex(-1);
    connect(m_box, &QComboBox::activated, this, &ChoiceFieldEditor::markEdited);
}

QWidget *ChoiceFieldEditor::widget() const
{
    return m_box;
}

void ChoiceFieldEditor::showValue(const orm::Key &key, const orm::StoredValue &value)
{
    Q_UNUSED(key)
    while (m_box->count() > m_choices)
        m_box->removeItem(m_choices);
    const orm::StoredValue &stored = keptText().isEmpty() ? value : base();
    if (indexOf(stored) < 0 && !stored.isNull())
        m_box->addItem(keptText().isEmpty() ? stored.toString() : keptText(),
                       QVariant::fromValue(stored));
    m_box->setCurrentIndex(indexOf(stored));
}

orm::StoredValue ChoiceFieldEditor::editedValue() const
{
    return m_box->currentData().value<orm::StoredValue>();
}

void ChoiceFieldEditor::updateState()
{
    m_box->setEnabled(!isReadOnly());
    m_box->setPlaceholderText(nullText());
}

int ChoiceFieldEditor::indexOf(const orm::StoredValue &value) const
{
    for (int i = 0; i < m_box->count(); ++i) {
        if (m_box->itemData(i).value<orm::StoredValue>() == value)
            return i;
    }
    return -1;
}

CheckFieldEditor::CheckFieldEditor(const orm::Column &column, QWidget *parent)
    : FieldEditor(column, parent)
    , m_box(new CheckBox(parent))
{
    connect(m_box, &QCheckBox::clicked, this, &CheckFieldEditor::markEdited);
}

QWidget *CheckFieldEditor::widget() const
{
    return m_box;
}

void CheckFieldEditor::showValue(const orm::Key &key, const orm::StoredValue &value)
{
    Q_UNUSED(key)
    m_box->setTristate(value.isNull());
    if (value.isNull())
        m_box->setCheckState(Qt::PartiallyChecked);
    else
        m_box->setChecked(value.toInteger() != 0);
}

orm::StoredValue CheckFieldEditor::editedValue() const
{
    return orm::StoredValue::integer(m_box->isChecked() ? 1 : 0);
}

void CheckFieldEditor::updateState()
{
    m_box->setText(keptText());
    m_box->setEnabled(!isReadOnly());
}

} // namespace ui

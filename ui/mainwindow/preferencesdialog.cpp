// SPDX-License-Identifier: MIT
#include "ui/mainwindow/preferencesdialog.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int textStep = 10; ///< percent
constexpr int hintWidth = 46; ///< characters

} // namespace

PreferencesDialog::PreferencesDialog(QWidget *parent)
    : QDialog(parent)
    , m_textSize(new QSpinBox(this))
    , m_singleKeys(new QCheckBox(tr("Single-key list &navigation, as in vi"), this))
{
    setObjectName(u"preferencesDialog"_s);
    setWindowTitle(tr("Settings"));

    m_textSize->setObjectName(u"preferencesTextSize"_s);
    m_textSize->setRange(smallestPercent, largestPercent);
    m_textSize->setSingleStep(textStep);
    //: behind a number
    m_textSize->setSuffix(tr(" %"));
    m_singleKeys->setObjectName(u"preferencesSingleKeys"_s);
    auto *keys = new QPushButton(tr("&Keyboard map…"), this);
    keys->setObjectName(u"preferencesKeys"_s);
    keys->setAutoDefault(false);
    auto *hint = new QLabel(
        tr("In the list only: j k gg G move, / searches, n N go to hits, i opens, o begins a new "
           "one, dd deletes, yy p copy and paste, u undoes, x selects, zz centres, : lists "
           "commands, ZZ saves and quits. Letters then no longer find titles."),
        this);
    hint->setWordWrap(true);
    hint->setMinimumWidth(fontMetrics().averageCharWidth() * hintWidth);
    hint->setForegroundRole(QPalette::PlaceholderText);
    m_singleKeys->setAccessibleDescription(hint->text());

    auto *form = new QFormLayout;
    form->addRow(tr("&Text size:"), m_textSize);
    form->addRow(m_singleKeys);
    form->addRow(hint);
    form->addRow(keys);
    auto *note = new QLabel(tr("What you set here holds at once. Esc closes."), this);
    note->setForegroundRole(QPalette::PlaceholderText);
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addStretch(1);
    column->addWidget(note);

    connect(m_textSize, &QSpinBox::valueChanged, this,
            [this](int percent) { emit textScaleChanged(percent / 100.0); });
    connect(m_singleKeys, &QCheckBox::toggled, this, &PreferencesDialog::singleKeysChanged);
    connect(keys, &QPushButton::clicked, this, &PreferencesDialog::keysRequested);
}

void PreferencesDialog::setValues(const Values &values)
{
    const QSignalBlocker textBlocker(m_textSize);
    const QSignalBlocker keysBlocker(m_singleKeys);
    m_textSize->setValue(static_cast<int>(std::lround(values.textScale * 100)));
    m_singleKeys->setChecked(values.hasSingleKeys);
}

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class QCheckBox;
class QSpinBox;

namespace ui {

/// What can be set, each of which holds at once: there is nothing to confirm. Not modal.
class PreferencesDialog final : public QDialog
{
    Q_OBJECT

public:
    struct Values
    {
        double textScale = 1.0; ///< 1 is the platform's own size
        bool hasSingleKeys = false; ///< in the list
    };

    explicit PreferencesDialog(QWidget *parent);

    static constexpr int smallestPercent = 70; ///< of the text
    static constexpr int largestPercent = 300;

    void setValues(const Values &values);

signals:
    void textScaleChanged(double scale);
    void singleKeysChanged(bool isOn);
    void keysRequested();

private:
    QSpinBox *m_textSize;
    QCheckBox *m_singleKeys;
};

} // namespace ui

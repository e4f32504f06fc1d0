// SPDX-License-Identifier: MIT
#pragma once

#include "ui/common/focusbefore.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QListWidget;

namespace ui {

/// What is looked for in one column: a line to type it into, over values that the column has. Up and
/// Down choose a value, Enter keeps the filter, Esc puts back what it was; an empty line is no filter.
class FilterPopup final : public QFrame
{
    Q_OBJECT

public:
    explicit FilterPopup(QWidget *parent);

    struct Column
    {
        QString title;
        QString filter; ///< what is asked of it now
        QStringList values; ///< to choose from
        QString hint; ///< what can be typed
    };
    /// Shows it at @p place of its parent.
    void open(const Column &column, const QPoint &place);
signals:
    /// At each key stroke.
    void filterChanged(const QString &filter);
    /// It went with the focus in it: by Enter, or as what had the focus before is gone.
    void closed();

private:
    void showValues(const QString &typed);
    void close();
    void drop();

    QLineEdit *m_edit;
    QListWidget *m_list;
    QLabel *m_title;
    QLabel *m_hint;
    QString m_before;
    QStringList m_values;
    FocusBefore m_focusBefore;
    bool m_isChoosing = false; ///< the line shows the list's current value
};

} // namespace ui

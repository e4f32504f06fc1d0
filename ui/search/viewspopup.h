// SPDX-License-Identifier: MIT
#pragma once

#include "ui/common/focusbefore.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QListWidget;

namespace ui {

/// Where the list's present order, search and columns are kept under a name, and kept ones are taken
/// away: a line for the name over the keys Alt+1 to Alt+9 and what each of them shows.
///
/// Up and Down choose the key, Enter keeps the view there; Tab goes to the list, where Del takes one
/// away.
class ViewsPopup final : public QFrame
{
    Q_OBJECT

public:
    struct Slot
    {
        QString key; ///< "Alt+1"
        QString name; ///< empty if nothing is kept there
        QString contents; ///< what it shows, in a few words
    };

    explicit ViewsPopup(QWidget *parent);

    /// @param row the slot that is chosen at first
    void open(const QList<Slot> &places, int row, const QString &name);
    void setSlots(const QList<Slot> &places);
    void close();

signals:
    void saveRequested(int row, const QString &name);
    void removeRequested(int row);
    /// It went, and there is nothing that had the focus before it.
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void save();
    void goToName(const QString &name);
    void sayWhatEnterDoes();

    QLineEdit *m_edit;
    QListWidget *m_list;
    QLabel *m_hint;
    QList<Slot> m_places;
    FocusBefore m_focusBefore;
};

} // namespace ui

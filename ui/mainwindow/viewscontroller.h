// SPDX-License-Identifier: MIT
#pragma once

#include "ui/mainwindow/savedview.h"

#include <QObject>

namespace ui {

class Actions;
class FindController;
class Toast;
class ViewsPopup;
class WindowState;

/// The saved views of one database: an order, a search and columns, each under a name and a key. Shows
/// them, keeps the present one, takes them away; the menu and the box beside the search line say which
/// there are.
class ViewsController final : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        RecordsPane &pane;
        FindController &find;
        WindowState &state;
        Toast &toast;
        Actions &actions;
    };

    /// Borrows the parts, which outlive this.
    explicit ViewsController(const Parts &parts, QObject *parent = nullptr);
    ~ViewsController() override;

    /// View @p number, or all rows in the order they had before: 0.
    void show(int number);
    /// Asks for a name and a key.
    void save();
    /// What Esc does here. @returns false if the popup isn't open
    bool escape();

private:
    void keep(int number, const QString &name);
    void remove(int number);
    void put(const SavedViews &views);
    bool isAsSaved() const;
    void updateBox();
    QString contentsOf(const SavedView &view) const;
    QString suggestedName() const;
    void update();

    Parts m_parts;
    SavedViews m_views;
    ViewsPopup *m_popup;
};

} // namespace ui

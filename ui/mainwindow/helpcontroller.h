// SPDX-License-Identifier: MIT
#pragma once

#include "ui/mainwindow/actions.h"

#include <functional>

namespace ui {

class HelpWindow;
class WindowState;

/// Opens the manual where it is about the place that help is asked for, with the keys that work there.
class HelpController final : public QObject
{
    Q_OBJECT

public:
    /// Where the user is: the widget that has the focus, and the place as far as keys differ by it.
    struct Place
    {
        const QWidget *focus;
        ActionContext context;
    };

    /// The chapter about @p focus: the widget itself or what it stands in; empty if there is none.
    static QString chapterOf(const QWidget *focus);
    static QString chapterOf(ActionContext place);

    /// Borrows all, which outlive this.
    HelpController(const Actions &actions, const orm::Table &table, const WindowState &state,
                   QWidget *area, std::function<Place()> place);

private:
    void open();
    QString keysOf(ActionContext place) const;
    QString section(const QString &title, const QList<ActionContext> &contexts,
                    const QList<std::pair<QString, QString>> &more) const;

    const Actions &m_actions;
    orm::Table m_table;
    const WindowState &m_state;
    QWidget *m_area;
    std::function<Place()> m_place;
    HelpWindow *m_window = nullptr; ///< made when it is wanted first
};

} // namespace ui

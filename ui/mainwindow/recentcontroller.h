// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/databaseurl.h"

#include <QObject>

#include <functional>

class QWidget;

namespace ui {

class Actions;
class CommandPalette;
class WindowState;

/// The databases that were open before, the last one first: found by a few letters, opened by Enter.
class RecentController final : public QObject
{
    Q_OBJECT

public:
    using Open = std::function<void(const QString &database)>;

    /// Borrows @p actions and @p state, which outlive this. The list lies over @p area.
    RecentController(const Actions &actions, WindowState &state, QWidget *area, Open open);

    /// @p url was opened, which the user calls @p name.
    void add(const orm::DatabaseUrl &url, const QString &name);

private:
    void open();

    WindowState &m_state;
    Open m_open;
    CommandPalette *m_list;
};

} // namespace ui

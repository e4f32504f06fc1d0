// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <functional>

class QEvent;
class QObject;

namespace ui {

/// What a user does before what it is meant for is there, in order, for later.
class TypeAhead
{
public:
    bool isEmpty() const { return m_actions.empty(); }
    /// Keeps @p event for @p receiver, if it is text or a key. @returns whether it is
    bool hold(QObject *receiver, const QEvent &event);
    void hold(std::function<void()> action);
    /// Does what was held back, as long as @p isReady says so.
    void replay(const std::function<bool()> &isReady);
    void clear() { m_actions.clear(); }

private:
    std::deque<std::function<void()>> m_actions;
};

} // namespace ui

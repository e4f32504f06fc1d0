// SPDX-License-Identifier: MIT
#include "ui/editor/typeahead.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPointer>

#include <memory>
#include <utility>

namespace ui {

bool TypeAhead::hold(QObject *receiver, const QEvent &event)
{
    if (event.type() != QEvent::KeyPress && event.type() != QEvent::InputMethod)
        return false;
    const std::shared_ptr<QEvent> copy(event.clone());
    hold([receiver = QPointer(receiver), copy] {
        if (receiver)
            QCoreApplication::sendEvent(receiver, copy.get());
    });
    return true;
}

void TypeAhead::hold(std::function<void()> action)
{
    m_actions.push_back(std::move(action));
}

void TypeAhead::replay(const std::function<bool()> &isReady)
{
    while (!m_actions.empty() && isReady()) {
        const auto action = std::move(m_actions.front());
        m_actions.pop_front();
        action();
    }
}

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include <QThreadPool>

#include <memory>
#include <utility>

namespace ui {

/// Lets go of @p thing in another thread: to give back what a hundred thousand rows hold takes longer
/// than to paint. Nothing in it may belong to the window's thread.
template<typename Thing>
void letGo(Thing thing)
{
    QThreadPool::globalInstance()->start(
        [thing = std::make_shared<Thing>(std::move(thing))]() mutable { thing.reset(); });
}

/// The same of what may be but a few.
template<typename Container>
void letGoOfMany(Container &container)
{
    constexpr qsizetype few = 500;
    if (container.size() > few)
        letGo(std::exchange(container, {}));
}

} // namespace ui

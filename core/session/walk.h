// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/flushplan.h"
#include "core/session/transactionlog.h"

namespace orm::detail {

inline InstanceState *stateOf(InstanceState *state)
{
    return state;
}
inline InstanceState *stateOf(const InstancePointer &state)
{
    return state.get();
}
inline InstanceState *stateOf(const FlushPlan::Change &change)
{
    return change.state;
}
inline InstanceState *stateOf(const TransactionLog::Entry &entry)
{
    return entry.state.get();
}

/// Calls @p visit for each of @p objects, and has the memory of those to come fetched meanwhile.
///
/// The objects of a long query lie a row's texts apart, too far for the processor to guess which is
/// next; a flush walks over all of them several times, and waiting for each would cost more than what
/// is done with it. For the same reason a @p visit that is the last lets go of its object by itself.
template<typename Objects, typename Visit>
void walk(Objects &&objects, const Visit &visit)
{
    constexpr size_t ahead = 12;
    constexpr size_t cacheLine = 64;
    const size_t size = objects.size();
    for (size_t i = 0; i < size; ++i) {
        if (i + ahead < size) {
            const auto *next = reinterpret_cast<const char *>(stateOf(objects[i + ahead]));
            __builtin_prefetch(next);
            __builtin_prefetch(next + cacheLine);
            __builtin_prefetch(next + 2 * cacheLine);
        }
        visit(objects[i]);
    }
}

} // namespace orm::detail

// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

namespace orm {

/// Runs @p work(0) in this thread and @p work(1) to @p work(threads - 1) in threads of their own, and
/// waits for all. @throws what the first of them threw
void runInParallel(int threads, const std::function<void(int thread)> &work);

/// Calls @p task for 0 to @p count - 1, each once, in @p threads threads; after one has thrown no more
/// are begun. @p done, if any, is told in this thread, now and then, how many are through.
/// @throws what the first of them threw
void forEachInParallel(int threads, size_t count, const std::function<void(size_t index)> &task,
                       const std::function<void(size_t through)> &done = {});

} // namespace orm

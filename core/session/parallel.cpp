// SPDX-License-Identifier: MIT
#include "core/session/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace orm {

void runInParallel(int threads, const std::function<void(int)> &work)
{
    std::mutex mutex;
    std::exception_ptr error;
    const auto run = [&](int thread) {
        try {
            work(thread);
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (!error)
                error = std::current_exception();
        }
    };
    std::vector<std::thread> others;
    for (int thread = 1; thread < threads; ++thread) {
        try {
            others.emplace_back(run, thread);
        } catch (const std::system_error &) {
            break; // the system gives no more: those that are there do it all
        }
    }
    run(0);
    for (std::thread &other : others)
        other.join();
    if (error)
        std::rethrow_exception(error);
}

void forEachInParallel(int threads, size_t count, const std::function<void(size_t)> &task,
                       const std::function<void(size_t)> &done)
{
    std::atomic<size_t> next = 0;
    std::atomic<size_t> through = 0;
    runInParallel(static_cast<int>(std::min(static_cast<size_t>(threads), count)), [&](int thread) {
        try {
            for (size_t index = next++; index < count; index = next++) {
                task(index);
                ++through;
                if (thread == 0 && done)
                    done(through);
            }
        } catch (...) {
            next = count;
            throw;
        }
    });
}

} // namespace orm

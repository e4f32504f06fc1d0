// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <condition_variable>
#include <limits>
#include <mutex>
#include <optional>
#include <vector>

namespace orm {

/// What is still to be read of a table whose key is an integer, for threads that read it together.
///
/// Each takes as many keys in a row as make a short read and gives back those that it did not come
/// to. How many that are is learnt from what was read: keys may have gaps of any size.
class KeyRanges
{
public:
    static constexpr int rowsAtOnce = 4096; ///< as are wanted in what is taken

    struct Range
    {
        qint64 first = std::numeric_limits<qint64>::min();
        qint64 last = std::numeric_limits<qint64>::max(); ///< itself, too
    };

    /// @param keysPerRow how dense they were so far
    KeyRanges(Range all, double keysPerRow);

    /// Waits where others may still give some back. Nothing when all was read, or after stop().
    std::optional<Range> take();
    /// Of @p taken @p rows rows were read, all of them or those up to the key @p last.
    void giveBack(Range taken, std::optional<qint64> last, qint64 rows);
    /// Nothing is to be read any more: whoever waits is let go.
    void stop();
    /// Whether there is, or will be, nothing to take any more.
    bool isOver() const;

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Range> m_left; ///< the next one at the end
    int m_taken = 0; ///< and not given back
    double m_width; ///< keys to take at once
    bool m_isStopped = false;
};

} // namespace orm

// SPDX-License-Identifier: MIT
#include "ui/common/sequencediff.h"

#include <QHash>

#include <algorithm>
#include <optional>
#include <vector>

namespace ui {

namespace {

/// Insertions and deletions up to which the fewest are looked for; their square is memory.
constexpr qsizetype maxEdits = 600;
/// Steps spent on that for each element, and for a few in any case.
constexpr qsizetype stepsPerElement = 16;
constexpr qsizetype freeSteps = 50'000;
/// How often a part is divided by what is unique in it.
constexpr int maxDepth = 12;

class Differ
{
public:
    Differ(std::span<const int> first, std::span<const int> second)
        : m_first(first)
        , m_second(second)
    {}

    SequenceDiff run()
    {
        compare({0, qsizetype(m_first.size()), 0, qsizetype(m_second.size())}, 0);
        return std::move(m_result);
    }

private:
    /// [begin, end) of each.
    struct Part
    {
        qsizetype firstBegin, firstEnd, secondBegin, secondEnd;

        qsizetype firstSize() const { return firstEnd - firstBegin; }
        qsizetype secondSize() const { return secondEnd - secondBegin; }
    };

    bool isSame(qsizetype a, qsizetype b) const { return m_first[a] == m_second[b]; }

    void add(qsizetype first, qsizetype second, qsizetype length)
    {
        if (length == 0)
            return;
        QList<SequenceMatch> &matches = m_result.matches;
        if (!matches.isEmpty() && matches.last().first + matches.last().length == first
            && matches.last().second + matches.last().length == second)
            matches.last().length += length;
        else
            matches.append({first, second, length});
    }

    void compare(Part part, int depth)
    {
        qsizetype before = 0;
        while (before < std::min(part.firstSize(), part.secondSize())
               && isSame(part.firstBegin + before, part.secondBegin + before))
            ++before;
        add(part.firstBegin, part.secondBegin, before);
        part.firstBegin += before;
        part.secondBegin += before;
        qsizetype after = 0;
        while (after < std::min(part.firstSize(), part.secondSize())
               && isSame(part.firstEnd - after - 1, part.secondEnd - after - 1))
            ++after;
        part.firstEnd -= after;
        part.secondEnd -= after;
        if (part.firstSize() > 0 && part.secondSize() > 0 && !fewestEdits(part))
            divide(part, depth);
        add(part.firstEnd, part.secondEnd, after);
    }

    /// Myers' greedy way. @returns false, with nothing added, if it took too long
    bool fewestEdits(const Part &part)
    {
        const qsizetype columns = part.firstSize();
        const qsizetype rows = part.secondSize();
        const qsizetype limit = std::min(columns + rows, maxEdits);
        qsizetype steps = freeSteps + stepsPerElement * (columns + rows);
        // furthest[k]: how far in the first one gets on the diagonal k with so many edits.
        std::vector<int> furthest(size_t(2 * limit + 3), 0);
        const auto at
            = [&furthest, limit](qsizetype k) -> int & { return furthest[size_t(k + limit + 1)]; };
        std::vector<std::vector<int>> trace; ///< of each number of edits, before it
        for (qsizetype edits = 0; edits <= limit && steps > 0; ++edits) {
            trace.emplace_back(furthest.begin() + (limit + 1 - edits - 1),
                               furthest.begin() + (limit + 1 + edits + 2));
            for (qsizetype k = -edits; k <= edits; k += 2) {
                const bool isDown = k == -edits || (k != edits && at(k - 1) < at(k + 1));
                qsizetype x = isDown ? at(k + 1) : at(k - 1) + 1;
                const qsizetype from = x;
                while (x < columns && x - k < rows
                       && isSame(part.firstBegin + x, part.secondBegin + x - k))
                    ++x;
                at(k) = int(x);
                steps -= 1 + x - from;
                if (x >= columns && x - k >= rows) {
                    addPath(part, trace);
                    return true;
                }
            }
        }
        return false;
    }

    void addPath(const Part &part, const std::vector<std::vector<int>> &trace)
    {
        QList<SequenceMatch> found; // from the end
        qsizetype x = part.firstSize();
        qsizetype y = part.secondSize();
        for (qsizetype edits = qsizetype(trace.size()) - 1; edits >= 0; --edits) {
            const std::vector<int> &furthest = trace[size_t(edits)];
            const auto at
                = [&furthest, edits](qsizetype k) { return furthest[size_t(k + edits + 1)]; };
            const qsizetype k = x - y;
            const bool isDown = k == -edits || (k != edits && at(k - 1) < at(k + 1));
            const qsizetype previousK = isDown ? k + 1 : k - 1;
            const qsizetype previousX = edits == 0 ? 0 : at(previousK);
            const qsizetype previousY = edits == 0 ? 0 : previousX - previousK;
            const qsizetype startX = edits == 0 ? 0 : (isDown ? previousX : previousX + 1);
            found.append({part.firstBegin + startX, part.secondBegin + startX - k, x - startX});
            x = previousX;
            y = previousY;
        }
        for (auto match = found.crbegin(); match != found.crend(); ++match)
            add(match->first, match->second, match->length);
    }

    /// Compares what is between the elements that each has exactly once.
    void divide(const Part &part, int depth)
    {
        const std::vector<SequenceMatch> anchors
            = depth < maxDepth ? commonUniques(part) : std::vector<SequenceMatch>();
        if (anchors.empty()) {
            m_result.isComplete = false;
            return;
        }
        Part between = part;
        for (const SequenceMatch &anchor : anchors) {
            if (anchor.first < between.firstBegin || anchor.second < between.secondBegin)
                continue; // inside a run that was found already
            between.firstEnd = anchor.first;
            between.secondEnd = anchor.second;
            compare(between, depth + 1);
            add(anchor.first, anchor.second, 1);
            between.firstBegin = anchor.first + 1;
            between.secondBegin = anchor.second + 1;
        }
        between.firstEnd = part.firstEnd;
        between.secondEnd = part.secondEnd;
        compare(between, depth + 1);
    }

    /// The longest chain of elements that are once in each, in the order of both.
    std::vector<SequenceMatch> commonUniques(const Part &part) const
    {
        struct Seen
        {
            int inFirst = 0;
            int inSecond = 0;
            qsizetype first = 0;
            qsizetype second = 0;
        };
        QHash<int, Seen> seen;
        seen.reserve(part.firstSize());
        for (qsizetype i = part.firstBegin; i < part.firstEnd; ++i) {
            Seen &element = seen[m_first[i]];
            ++element.inFirst;
            element.first = i;
        }
        for (qsizetype i = part.secondBegin; i < part.secondEnd; ++i) {
            const auto element = seen.find(m_second[i]);
            if (element == seen.end())
                continue;
            ++element->inSecond;
            element->second = i;
        }
        std::vector<SequenceMatch> unique;
        for (const Seen &element : std::as_const(seen)) {
            if (element.inFirst == 1 && element.inSecond == 1)
                unique.push_back({element.first, element.second, 1});
        }
        std::sort(unique.begin(), unique.end(),
                  [](const auto &a, const auto &b) { return a.first < b.first; });

        // Patience sorting: the ends of the best chains of each length, and who comes before whom.
        std::vector<size_t> ends;
        std::vector<std::optional<size_t>> before(unique.size());
        for (size_t i = 0; i < unique.size(); ++i) {
            const auto place = std::lower_bound(
                ends.begin(), ends.end(), unique[i].second,
                [&unique](size_t end, qsizetype second) { return unique[end].second < second; });
            if (place != ends.begin())
                before[i] = *std::prev(place);
            if (place == ends.end())
                ends.push_back(i);
            else
                *place = i;
        }
        std::vector<SequenceMatch> chain;
        if (!ends.empty()) {
            for (std::optional<size_t> i = ends.back(); i; i = before[*i])
                chain.push_back(unique[*i]);
        }
        std::reverse(chain.begin(), chain.end());
        return chain;
    }

    std::span<const int> m_first;
    std::span<const int> m_second;
    SequenceDiff m_result;
};

} // namespace

SequenceDiff diffSequences(std::span<const int> first, std::span<const int> second)
{
    return Differ(first, second).run();
}

} // namespace ui

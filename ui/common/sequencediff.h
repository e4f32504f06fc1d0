// SPDX-License-Identifier: MIT
#pragma once

#include <QList>

#include <span>

namespace ui {

/// A run that is in both sequences.
struct SequenceMatch
{
    qsizetype first = 0; ///< where it begins in the one
    qsizetype second = 0; ///< and in the other
    qsizetype length = 0;
    bool operator==(const SequenceMatch &) const = default;
};

struct SequenceDiff
{
    QList<SequenceMatch> matches; ///< ascending in both, none empty, no two touch in both
    bool isComplete = true; ///< false where a part was too different to be compared within bounds
};

/// What two sequences have in common: by the fewest steps where they are alike, and within bounds
/// where they are not, so that the time grows with their length, never with its square.
///
/// @see Myers 1986, An O(ND) Difference Algorithm; where that would take too many steps, elements
/// that each has exactly once divide it (Cohen's "patience diff"), and what is left of that differs.
SequenceDiff diffSequences(std::span<const int> first, std::span<const int> second);

} // namespace ui

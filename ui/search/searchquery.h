// SPDX-License-Identifier: MIT
#pragma once

#include "ui/changes/rowstate.h"
#include "ui/search/foldedtext.h"
#include "ui/search/searchpattern.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <variant>

namespace ui {

/// What the user looks for, as data: all conditions must hold.
struct SearchQuery
{
    /// Text in any of @p columns, in any case.
    struct Text
    {
        QList<int> columns;
        FoldedText text;
    };
    struct Pattern
    {
        QList<int> columns;
        SearchPattern pattern;
    };
    /// A key that is one integer, both ends included.
    struct Id
    {
        qint64 first = 0;
        qint64 last = 0;
    };
    /// An instant in milliseconds since 1970, UTC: from the first, before the last.
    struct Time
    {
        int column = 0;
        qint64 from = std::numeric_limits<qint64>::min();
        qint64 to = std::numeric_limits<qint64>::max();
    };
    /// How many words a text has, both ends included.
    struct Words
    {
        int column = 0;
        qint64 least = 0;
        qint64 most = std::numeric_limits<qint64>::max();
    };
    /// What the user, or somebody else, did to the row and is not saved or seen yet.
    struct State
    {
        RowState state = RowState::Modified;
    };
    using Term = std::variant<Text, Pattern, Id, Time, Words, State>;

    struct Condition
    {
        QList<Term> anyOf;
        bool isNegated = false;
    };

    QList<Condition> conditions;

    bool isEmpty() const { return conditions.isEmpty(); }
    bool asksForStates() const
    {
        return std::ranges::any_of(conditions, [](const Condition &condition) {
            return std::ranges::any_of(condition.anyOf, [](const Term &term) {
                return std::holds_alternative<State>(term);
            });
        });
    }
};

} // namespace ui

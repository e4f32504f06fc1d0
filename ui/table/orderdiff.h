// SPDX-License-Identifier: MIT
#pragma once

#include "ui/table/keysequence.h"

#include <QList>

namespace ui {

/// Finds, while the keys of a new order arrive, the few steps that make the old order the new one.
///
/// Each arriving batch costs time in proportion to itself. @see Myers, An O(ND) Difference Algorithm
/// (1986), of which only the common prefixes between small changes are left here.
class OrderDiff
{
public:
    enum class Order {
        ByKey, ///< both orders have integers, largest first
        Any,
    };
    enum class More { Comes, No };

    struct Step
    {
        enum class Kind { Insert, Remove };

        Kind kind = Kind::Insert;
        qint64 before = 0; ///< row in the old order: of the first removed, or to insert before
        qint64 after = 0; ///< row in the new order of the first inserted
        qint64 count = 0;
    };

    /// Steps beyond which no step helps any more.
    static constexpr qsizetype maxSteps = 512;
    /// Rows to look ahead for where the orders agree again.
    static constexpr qint64 window = 256;

    explicit OrderDiff(Order order)
        : m_order(order)
    {}

    /// Goes on as far as @p after is there. Between two calls @p before stays the same and @p after
    /// only grows; with More::No, what isn't in @p after is gone.
    void advance(const KeySequence &before, const KeySequence &after, More more);
    /// In the old order's rows, ascending.
    const QList<Step> &steps() const { return m_steps; }
    /// Too much has changed for steps; they are not complete.
    bool isTooDifferent() const { return m_isTooDifferent; }

private:
    void remove(qint64 count);
    void insert(qint64 count);
    void advanceByKey(const KeySequence &before, const KeySequence &after);
    void advanceAny(const KeySequence &before, const KeySequence &after, More more);
    bool findAgreement(const KeySequence &before, const KeySequence &after);

    Order m_order;
    qint64 m_before = 0; ///< rows of the old order that are done
    qint64 m_after = 0; ///< rows of the new order that are done
    QList<Step> m_steps;
    bool m_isTooDifferent = false;
};

} // namespace ui

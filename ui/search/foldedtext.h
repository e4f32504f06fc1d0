// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/rowfilter.h"

#include <QByteArrayView>
#include <QList>
#include <QPair>
#include <QStringView>

#include <array>
#include <string>

namespace ui {

/// A text to be found in others in any case: by Unicode's simple case folding, character by
/// character, so that ä finds Ä, and ß only ß. An empty text is in every other.
///
/// Looks at UTF-8 as it is stored; a byte that is no UTF-8 is a character of its own.
/// @see https://www.unicode.org/Public/UCD/latest/ucd/CaseFolding.txt
class FoldedText
{
public:
    explicit FoldedText(QStringView text);

    bool isEmpty() const { return m_text.empty(); }
    /// @returns anything once @p isStopped said so
    bool isIn(QByteArrayView utf8, const orm::StopCheck &isStopped = {}) const;
    bool isAtBeginningOf(QByteArrayView utf8) const;
    /// Start and length of each hit in @p text; hits don't overlap.
    QList<QPair<int, int>> hitsIn(QStringView text) const;
    /// The characters, folded.
    const std::u32string &characters() const { return m_text; }

private:
    std::u32string m_text;
    std::array<bool, 256> m_starts{}; ///< bytes that its first character, in any case, starts with
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include <QList>

namespace orm {

/// @p character by Unicode's simple case folding: ä for Ä, σ for ς, and ß for ß.
/// @see https://www.unicode.org/Public/UCD/latest/ucd/CaseFolding.txt
char32_t caseFold(char32_t character);

/// The other characters that fold to @p folded: for k, K and the Kelvin sign.
QList<char32_t> caseVariants(char32_t folded);

} // namespace orm

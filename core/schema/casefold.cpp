// SPDX-License-Identifier: MIT
#include "core/schema/casefold.h"

#include <QChar>
#include <QHash>

namespace orm {

namespace {

/// Characters with case are below; the rest of Unicode's planes has none.
constexpr char32_t endOfCase = 0x20000;

} // namespace

char32_t caseFold(char32_t character)
{
    if (character < 0x80)
        return character >= U'A' && character <= U'Z' ? character + 32 : character;
    return character < endOfCase ? QChar::toCaseFolded(character) : character;
}

QList<char32_t> caseVariants(char32_t folded)
{
    static const QHash<char32_t, QList<char32_t>> all = [] {
        QHash<char32_t, QList<char32_t>> made;
        for (char32_t character = 0; character < endOfCase; ++character) {
            if (const char32_t one = caseFold(character); one != character)
                made[one].append(character);
        }
        return made;
    }();
    return all.value(folded);
}

} // namespace orm

// SPDX-License-Identifier: MIT
#include "core/session/searchexpression.h"

#include "core/schema/casefold.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm::searchexpression {

namespace {

constexpr size_t trigram = 3;
constexpr size_t mostTrigrams = 8; ///< of one word; more make it no rarer
constexpr size_t mostVariants = 64; ///< of one trigram

/// Latin, Greek and Cyrillic as they have been since before FTS5: all tables fold these alike.
bool isFoldedAlike(char32_t character)
{
    constexpr char32_t firstNewer = 0x528; // of Cyrillic, Unicode 7
    constexpr char32_t newerGreek = 0x37F; // likewise
    return character < firstNewer && character != newerGreek;
}

/// As FTS5 reads UTF-8; what it takes for something else can't be asked for.
bool isReadable(char32_t character)
{
    const bool isSurrogate = character >= 0xD800 && character <= 0xDFFF;
    const bool isStandIn = character == 0xFFFD || (character & 0xFFFFFFFE) == 0xFFFE;
    return character != 0 && !isSurrogate && !isStandIn;
}

/// The ways in which FTS5 may have kept what folds to @p folded.
std::u32string keptAs(char32_t folded)
{
    std::u32string kept(1, folded);
    for (const char32_t variant : caseVariants(folded)) {
        if (!isFoldedAlike(folded) || !isFoldedAlike(variant))
            kept.push_back(variant);
    }
    return kept;
}

QString quoted(const std::u32string &text)
{
    return u'"' + QString::fromStdU32String(text).replace(u'"', u"\"\""_s) + u'"';
}

/// All ways in which @p text may have been kept; empty if there are too many, or none.
QList<std::u32string> waysOf(const std::u32string &text, bool isFolded)
{
    QList<std::u32string> ways{{}};
    for (const char32_t character : text) {
        if (!isReadable(character))
            return {};
        const std::u32string kept = isFolded ? keptAs(character) : std::u32string(1, character);
        if (size_t(ways.size()) * kept.size() > mostVariants)
            return {};
        QList<std::u32string> longer;
        for (const std::u32string &way : std::as_const(ways)) {
            for (const char32_t next : kept)
                longer.append(way + next);
        }
        ways = std::move(longer);
    }
    return ways;
}

/// One trigram in all ways it may have been kept; empty if there are too many, or none.
QString anyOf(const std::u32string &text, bool isFolded)
{
    QStringList alternatives;
    const QList<std::u32string> ways = waysOf(text, isFolded);
    for (const std::u32string &way : ways)
        alternatives.append(quoted(way));
    if (alternatives.isEmpty())
        return {};
    return alternatives.size() == 1 ? alternatives.first()
                                    : u'(' + alternatives.join(u" OR "_s) + u')';
}

std::optional<QString> ofWord(const std::u32string &word, bool isFolded)
{
    if (word.size() < trigram)
        return {};
    const size_t count = word.size() - trigram + 1;
    const size_t asked = std::min(count, mostTrigrams);
    QStringList all;
    for (size_t i = 0; i < asked; ++i) {
        const size_t at = asked == 1 ? 0 : i * (count - 1) / (asked - 1);
        const QString one = anyOf(word.substr(at, trigram), isFolded);
        if (!one.isEmpty() && !all.contains(one))
            all.append(one);
    }
    if (all.isEmpty())
        return {};
    return all.size() == 1 ? all.first() : u'(' + all.join(u" AND "_s) + u')';
}

bool isIndexed(const NeededText &text, const QList<int> &columns)
{
    return std::ranges::all_of(text.columns,
                               [&columns](int column) { return columns.contains(column); });
}

} // namespace

QStringList beginnings(const QList<QList<NeededText>> &needed, const QList<int> &columns)
{
    QStringList fewest;
    for (const QList<NeededText> &group : needed) {
        QStringList found{QString(3, QChar(alwaysFound))};
        const bool isKnown = std::ranges::all_of(group, [&](const NeededText &text) {
            if (text.folded.empty() || text.folded.size() >= trigram || !isIndexed(text, columns))
                return false;
            const QList<std::u32string> ways = waysOf(text.folded, true);
            for (const std::u32string &way : ways)
                found.append(QString::fromStdU32String(way));
            return !ways.isEmpty();
        });
        // Two letters are rarer than one
        const auto length = [](const QStringList &all) { return all.last().size(); };
        if (isKnown && found.size() > 1 && (fewest.isEmpty() || length(found) > length(fewest)))
            fewest = found;
    }
    return fewest;
}

std::optional<QString> ofText(const std::u32string &text)
{
    return ofWord(text, false);
}

std::optional<QString> of(const QList<QList<NeededText>> &needed, const QList<int> &columns)
{
    QStringList groups;
    for (const QList<NeededText> &group : needed) {
        QStringList ways;
        for (const NeededText &text : group) {
            const auto word = isIndexed(text, columns) ? ofWord(text.folded, true) : std::nullopt;
            if (!word)
                break;
            ways.append(*word);
        }
        if (!group.isEmpty() && ways.size() == group.size())
            groups.append(ways.size() == 1 ? ways.first() : u'(' + ways.join(u" OR "_s) + u')');
    }
    if (groups.isEmpty())
        return {};
    return u"%1 OR (%2)"_s.arg(quoted(std::u32string(trigram, char32_t(alwaysFound))),
                               groups.join(u" AND "_s));
}

} // namespace orm::searchexpression

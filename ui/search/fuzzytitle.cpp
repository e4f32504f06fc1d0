// SPDX-License-Identifier: MIT
#include "ui/search/fuzzytitle.h"

#include "core/schema/casefold.h"
#include "core/schema/datetimecodec.h"

#include <QDateTime>

namespace ui {

namespace {

constexpr qint64 wordStart = 8; ///< a character that begins a word
constexpr qint64 consecutive = 5; ///< one that stands right behind the one before
constexpr qint64 asWhole = 1000;
constexpr qint64 atBeginning = 500;
constexpr qsizetype longest = 200; ///< characters of a title that are looked at

QString withoutBlanks(QString text)
{
    text.removeIf([](QChar character) { return character.isSpace(); });
    return text;
}

} // namespace

FuzzyTitle::FuzzyTitle(int column, const QString &text)
    : m_column(column)
    , m_text(withoutBlanks(text))
    , m_whole(text.simplified())
{}

std::optional<qint64> FuzzyTitle::score(const QList<orm::ValueView> &values) const
{
    const orm::ValueView &value = values.first();
    if (value.storage != orm::StorageClass::Text)
        return {};
    const QString title = orm::decodeUtf8(value.bytes.first(std::min(value.bytes.size(), longest)));
    const std::u32string &wanted = m_text.characters();
    qint64 score = 0;
    size_t matched = 0;
    bool isBehindMatch = false;
    bool beginsWord = true;
    for (const uint character : title.toUcs4()) {
        const bool isWord = QChar::isLetterOrNumber(char32_t(character));
        const bool matches
            = matched < wanted.size() && orm::caseFold(char32_t(character)) == wanted[matched];
        if (matches) {
            ++matched;
            score += (beginsWord ? wordStart : 0) + (isBehindMatch ? consecutive : 0);
        }
        isBehindMatch = matches;
        beginsWord = !isWord;
    }
    if (matched < wanted.size())
        return {};
    const auto hits = m_whole.hitsIn(title);
    if (!hits.isEmpty())
        score += asWhole + (hits.first().first == 0 ? atBeginning : 0);
    return score * longest - title.size();
}

std::optional<qint64> FirstFrom::score(const QList<orm::ValueView> &values) const
{
    const orm::ValueView &value = values.first();
    if (value.storage != orm::StorageClass::Text)
        return {};
    const QDateTime time = orm::datetimecodec::parseDateTime(value.bytes);
    if (!time.isValid() || time.toMSecsSinceEpoch() < m_from)
        return {};
    return m_from - time.toMSecsSinceEpoch();
}

} // namespace ui

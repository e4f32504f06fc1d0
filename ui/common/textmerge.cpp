// SPDX-License-Identifier: MIT
#include "ui/common/textmerge.h"

#include "ui/common/sequencediff.h"

#include <QHash>
#include <QList>

#include <algorithm>
#include <optional>
#include <vector>

namespace ui {

namespace {

const QString lineFeed = QStringLiteral("\n");
const QString carriageReturn = QStringLiteral("\r");
const QString both = QStringLiteral("\r\n");

/// How all lines end; empty where none does, nothing where they end differently.
std::optional<QString> lineEndOf(const QString &text)
{
    const qsizetype pairs = text.count(both);
    const qsizetype feeds = text.count(u'\n') - pairs;
    const qsizetype returns = text.count(u'\r') - pairs;
    if ((pairs > 0) + (feeds > 0) + (returns > 0) > 1)
        return {};
    return pairs > 0 ? both : feeds > 0 ? lineFeed : returns > 0 ? carriageReturn : QString();
}

QString withLineEnd(QString text, const QString &from, const QString &to)
{
    return from == to || from.isEmpty() || to.isEmpty() ? text : text.replace(from, to);
}

/// The one that changed; where both did, an answer that doesn't depend on who is who.
QString chooseLineEnd(const QString &base, const QString &mine, const QString &theirs)
{
    if (theirs.isEmpty() || theirs == base || theirs == mine)
        return mine.isEmpty() ? (theirs.isEmpty() ? base : theirs) : mine;
    if (mine.isEmpty() || mine == base)
        return theirs;
    return std::max(mine, theirs);
}

/// A paragraph and the blank lines after it.
struct Paragraph
{
    QStringView text;
    QStringView gap;
};

bool isLineEnd(QChar c)
{
    return c == u'\n' || c == u'\r';
}

bool isBlank(QStringView line)
{
    return std::all_of(line.begin(), line.end(), [](QChar c) { return c.isSpace(); });
}

std::vector<Paragraph> paragraphsOf(QStringView text)
{
    std::vector<Paragraph> paragraphs;
    qsizetype begin = 0; // of the paragraph
    qsizetype end = 0; // of its last line, without the line's end
    bool isInGap = true;
    const auto close = [&](qsizetype next) {
        if (next > begin)
            paragraphs.push_back({text.sliced(begin, end - begin), text.sliced(end, next - end)});
    };
    for (qsizetype i = 0; i < text.size();) {
        qsizetype lineEnd = i;
        while (lineEnd < text.size() && !isLineEnd(text.at(lineEnd)))
            ++lineEnd;
        const bool blank = isBlank(text.sliced(i, lineEnd - i));
        if (!blank && isInGap) { // blank lines at the very beginning are an empty paragraph's
            close(i);
            begin = i;
        }
        isInGap = blank;
        if (!blank)
            end = lineEnd;
        i = lineEnd;
        if (i < text.size())
            i += text.sliced(i).startsWith(both) ? 2 : 1;
    }
    close(text.size());
    return paragraphs;
}

/// What one side made of [begin, end) of the base's paragraphs.
struct Change
{
    qsizetype begin = 0;
    qsizetype end = 0;
    qsizetype sideBegin = 0;
    qsizetype sideEnd = 0;

    bool isRewriting() const { return end - begin == sideEnd - sideBegin; }
    bool isInsertion() const { return begin == end; }
};

/// One side's text against the base.
struct Side
{
    std::vector<Paragraph> paragraphs;
    QList<Change> changes;
    /// By the base's paragraph: the gap after it on this side; nothing where that can't be said.
    std::vector<std::optional<QStringView>> gaps;
};

class Merger
{
public:
    Merger(QStringView base, QStringView mine, QStringView theirs)
        : m_base(paragraphsOf(base))
        , m_mine(compare(mine))
        , m_theirs(compare(theirs))
    {}

    TextMerge run()
    {
        qsizetype at = 0;
        auto mine = m_mine.changes.cbegin();
        auto theirs = m_theirs.changes.cbegin();
        const auto mineEnd = m_mine.changes.cend();
        const auto theirsEnd = m_theirs.changes.cend();
        while (mine != mineEnd || theirs != theirsEnd) {
            const bool isMineFirst = theirs == theirsEnd
                || (mine != mineEnd
                    && std::pair(mine->begin, mine->end) <= std::pair(theirs->begin, theirs->end));
            const Change &first = isMineFirst ? *mine : *theirs;
            const Change *second = isMineFirst ? (theirs == theirsEnd ? nullptr : &*theirs)
                                               : (mine == mineEnd ? nullptr : &*mine);
            copyBase(at, first.begin);
            if (!second || !touch(first, *second)) {
                emitChange(isMineFirst ? m_mine : m_theirs, first);
                at = first.end;
                ++(isMineFirst ? mine : theirs);
                continue;
            }
            at = clash(mine, theirs);
        }
        copyBase(at, qsizetype(m_base.size()));
        const auto lastGap = [](const std::vector<Paragraph> &paragraphs) {
            return paragraphs.empty() ? QStringView() : paragraphs.back().gap;
        };
        if (!m_isEmpty)
            m_result.text += chooseGap(lastGap(m_base), lastGap(m_mine.paragraphs),
                                       lastGap(m_theirs.paragraphs));
        return std::move(m_result);
    }

private:
    using Changes = QList<Change>::const_iterator;

    Side compare(QStringView text)
    {
        Side side;
        side.paragraphs = paragraphsOf(text);
        const auto numbered = [this](const std::vector<Paragraph> &paragraphs) {
            std::vector<int> numbers;
            for (const Paragraph &paragraph : paragraphs) {
                const auto known = m_numbers.constFind(paragraph.text);
                numbers.push_back(known != m_numbers.cend()
                                      ? *known
                                      : *m_numbers.insert(paragraph.text, int(m_numbers.size())));
            }
            return numbers;
        };
        const std::vector<int> baseNumbers = numbered(m_base);
        const std::vector<int> sideNumbers = numbered(side.paragraphs);
        QList<SequenceMatch> matches = diffSequences(baseNumbers, sideNumbers).matches;
        matches.append({qsizetype(m_base.size()), qsizetype(side.paragraphs.size()), 0});
        side.gaps.resize(m_base.size());
        Change between;
        for (const SequenceMatch &match : std::as_const(matches)) {
            between.end = match.first;
            between.sideEnd = match.second;
            add(side, between);
            for (qsizetype i = 0; i < match.length; ++i)
                side.gaps[size_t(match.first + i)] = side.paragraphs[size_t(match.second + i)].gap;
            between.begin = match.first + match.length;
            between.sideBegin = match.second + match.length;
        }
        return side;
    }

    /// Paragraphs that were rewritten one by one are as many changes.
    static void add(Side &side, const Change &change)
    {
        const qsizetype length = change.end - change.begin;
        if (length > 1 && change.isRewriting()) {
            for (qsizetype i = 0; i < length; ++i)
                add(side,
                    {change.begin + i, change.begin + i + 1, change.sideBegin + i,
                     change.sideBegin + i + 1});
            return;
        }
        if (length == 0 && change.sideBegin == change.sideEnd)
            return;
        side.changes.append(change);
        if (length > 0 && change.sideEnd > change.sideBegin)
            side.gaps[size_t(change.end - 1)] = side.paragraphs[size_t(change.sideEnd - 1)].gap;
    }

    static bool touch(const Change &a, const Change &b)
    {
        const bool isInside
            = (a.begin > b.begin && a.begin < b.end) || (b.begin > a.begin && b.begin < a.end);
        if (isInside || std::max(a.begin, b.begin) < std::min(a.end, b.end))
            return true;
        if (!(a.isInsertion() || b.isInsertion()) || a.begin > b.end || b.begin > a.end)
            return false;
        // On the other one's edge: which of the two comes first is known beside one that was rewritten.
        const Change &other = a.isInsertion() ? b : a;
        return other.isInsertion() || !other.isRewriting();
    }

    /// The gap waits: after the last paragraph it is another one.
    void emitText(QStringView text, QStringView gap)
    {
        if (!m_isEmpty) {
            const bool isParted = m_hasLeadingGap || lineEnds(m_gap) > 1;
            m_result.text += isParted ? m_gap : gapOfText();
        }
        m_hasLeadingGap = m_isEmpty && text.isEmpty();
        m_isEmpty = false;
        m_result.text += text;
        m_gap = gap;
    }

    static qsizetype lineEnds(QStringView gap)
    {
        return gap.count(u'\n') + gap.count(u'\r') - gap.count(both);
    }

    static QStringView chooseGap(QStringView base, QStringView mine, QStringView theirs)
    {
        if (mine == base || mine == theirs)
            return theirs;
        if (theirs == base)
            return mine;
        // Blank lines alone are no conflict.
        return std::pair(mine.size(), mine) < std::pair(theirs.size(), theirs) ? theirs : mine;
    }

    /// The gap after the base's paragraph @p i, by whoever changed it.
    QStringView gapAfter(qsizetype i, QStringView otherwise)
    {
        const std::optional<QStringView> mine = m_mine.gaps[size_t(i)];
        const std::optional<QStringView> theirs = m_theirs.gaps[size_t(i)];
        if (!mine && !theirs)
            return otherwise;
        if (!mine || !theirs)
            return mine ? *mine : *theirs;
        return chooseGap(m_base[size_t(i)].gap, *mine, *theirs);
    }

    void copyBase(qsizetype begin, qsizetype end)
    {
        for (qsizetype i = begin; i < end; ++i)
            emitText(m_base[size_t(i)].text, gapAfter(i, m_base[size_t(i)].gap));
    }

    void emitChange(const Side &side, const Change &change)
    {
        for (qsizetype i = change.sideBegin; i < change.sideEnd; ++i) {
            const Paragraph &paragraph = side.paragraphs[size_t(i)];
            const bool isLast = i + 1 == change.sideEnd;
            emitText(paragraph.text,
                     isLast && change.end > change.begin ? gapAfter(change.end - 1, paragraph.gap)
                                                         : paragraph.gap);
        }
    }

    /// What @p side has in place of [begin, end) of the base, of which it made @p changes.
    std::vector<Paragraph> within(const Side &side, qsizetype begin, qsizetype end,
                                  std::pair<Changes, Changes> changes) const
    {
        std::vector<Paragraph> all;
        qsizetype at = begin;
        const auto copy = [&](qsizetype until) {
            for (; at < until; ++at) {
                Paragraph paragraph = m_base[size_t(at)];
                paragraph.gap = side.gaps[size_t(at)].value_or(paragraph.gap);
                all.push_back(paragraph);
            }
        };
        for (auto change = changes.first; change != changes.second; ++change) {
            copy(change->begin);
            all.insert(all.end(), side.paragraphs.begin() + change->sideBegin,
                       side.paragraphs.begin() + change->sideEnd);
            at = change->end;
        }
        copy(end);
        return all;
    }

    /// Takes @p mine and @p theirs, which touch, with all that touch these in turn, and moves both
    /// on. @returns where it ends in the base
    qsizetype clash(Changes &mine, Changes &theirs)
    {
        const Changes mineFrom = mine++;
        const Changes theirsFrom = theirs++;
        for (bool grows = true; grows;) {
            grows = false;
            if (mine != m_mine.changes.cend() && touch(*mine, *std::prev(theirs)))
                grows = true, ++mine;
            if (theirs != m_theirs.changes.cend() && touch(*theirs, *std::prev(mine)))
                grows = true, ++theirs;
        }
        const qsizetype begin = std::min(mineFrom->begin, theirsFrom->begin);
        const qsizetype end = std::max(std::prev(mine)->end, std::prev(theirs)->end);
        const auto ofMine = within(m_mine, begin, end, {mineFrom, mine});
        const auto ofTheirs = within(m_theirs, begin, end, {theirsFrom, theirs});
        const bool isSame
            = std::equal(ofMine.begin(), ofMine.end(), ofTheirs.begin(), ofTheirs.end(),
                         [](const Paragraph &a, const Paragraph &b) { return a.text == b.text; });
        for (size_t i = 0; isSame && i < ofMine.size(); ++i)
            emitText(ofMine[i].text, chooseGap({}, ofMine[i].gap, ofTheirs[i].gap));
        if (isSame)
            return end;
        ++m_result.conflicts;
        for (const auto *paragraphs : {&ofMine, &ofTheirs}) {
            for (const Paragraph &paragraph : *paragraphs)
                emitText(paragraph.text, paragraph.gap);
        }
        return end;
    }

    /// How paragraphs are parted where nobody parted them.
    QStringView gapOfText() const
    {
        for (const auto *paragraphs : {&m_base, &m_mine.paragraphs, &m_theirs.paragraphs}) {
            for (const Paragraph &paragraph : *paragraphs) {
                if (lineEnds(paragraph.gap) > 1)
                    return paragraph.gap;
            }
        }
        return u"\n\n";
    }

    QHash<QStringView, int> m_numbers;
    std::vector<Paragraph> m_base;
    Side m_mine;
    Side m_theirs;
    TextMerge m_result;
    QStringView m_gap; ///< after the last paragraph that was emitted
    bool m_isEmpty = true; ///< none was
    bool m_hasLeadingGap = false; ///< only the blank lines at the very beginning were
};

} // namespace

TextMerge mergeTexts(const QString &base, const QString &mine, const QString &theirs)
{
    if (mine == theirs || theirs == base)
        return {mine, 0};
    if (mine == base)
        return {theirs, 0};
    const auto baseEnd = lineEndOf(base);
    const auto mineEnd = lineEndOf(mine);
    const auto theirsEnd = lineEndOf(theirs);
    if (!baseEnd || !mineEnd || !theirsEnd)
        return Merger(base, mine, theirs).run();
    const QString plainBase = withLineEnd(base, *baseEnd, lineFeed);
    const QString plainMine = withLineEnd(mine, *mineEnd, lineFeed);
    const QString plainTheirs = withLineEnd(theirs, *theirsEnd, lineFeed);
    TextMerge merged;
    if (plainMine == plainTheirs || plainTheirs == plainBase)
        merged.text = plainMine;
    else if (plainMine == plainBase)
        merged.text = plainTheirs;
    else
        merged = Merger(plainBase, plainMine, plainTheirs).run();
    merged.text = withLineEnd(merged.text, lineFeed, chooseLineEnd(*baseEnd, *mineEnd, *theirsEnd));
    return merged;
}

} // namespace ui

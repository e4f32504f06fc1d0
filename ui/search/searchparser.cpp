// SPDX-License-Identifier: MIT
#include "ui/search/searchparser.h"

#include "ui/search/quotedtext.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using Term = SearchQuery::Term;

/// tr() for functions that have no class.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ui::SearchParser)
};

struct StateName
{
    QLatin1StringView name;
    RowState state;
};
constexpr std::array stateNames{
    StateName{"new"_L1, RowState::New},           StateName{"modified"_L1, RowState::Modified},
    StateName{"deleted"_L1, RowState::Deleted},   StateName{"invalid"_L1, RowState::Invalid},
    StateName{"conflict"_L1, RowState::Conflict}, StateName{"outside"_L1, RowState::ChangedOutside},
};

class Parser
{
public:
    Parser(const QString &text, const orm::Table &table, const QTimeZone &zone)
        : m_text(text)
        , m_table(table)
        , m_zone(zone)
    {}

    ParsedSearch parse()
    {
        SearchQuery query;
        while (skipBlanks()) {
            SearchQuery::Condition condition;
            condition.isNegated = take(u'-');
            do {
                if (auto term = parseTerm())
                    condition.anyOf.append(std::move(*term));
            } while (m_problem.isEmpty() && take(u'|'));
            if (!m_problem.isEmpty())
                return {{}, m_problem};
            if (!condition.anyOf.isEmpty())
                query.conditions.append(std::move(condition));
        }
        return {std::move(query), {}};
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }

    bool skipBlanks()
    {
        while (!atEnd() && m_text.at(m_at).isSpace())
            ++m_at;
        return !atEnd();
    }

    /// The next character, if it is @p wanted and not the last of its word: a lone sign is a word.
    bool take(QChar wanted)
    {
        const bool isThere = !atEnd() && m_text.at(m_at) == wanted && m_at + 1 < m_text.size()
            && !m_text.at(m_at + 1).isSpace();
        if (isThere)
            ++m_at;
        return isThere;
    }

    QString takeQuoted()
    {
        QuotedText inside = readQuoted(m_text, m_at);
        m_at = inside.end;
        return std::move(inside.text);
    }

    QString takeWord()
    {
        const qsizetype start = m_at;
        while (!atEnd() && !m_text.at(m_at).isSpace() && !(m_text.at(m_at) == u'|' && m_at > start))
            ++m_at;
        return m_text.sliced(start, m_at - start);
    }

    /// Nothing where nothing is asked for yet, as in `title:` or `""`.
    std::optional<Term> parseTerm()
    {
        if (m_text.at(m_at) == u'"')
            return textTerm(m_table.searchedColumns(), takeQuoted());
        if (m_text.at(m_at) == u'/')
            return pattern(m_table.searchedColumns());
        qsizetype colon = m_at;
        while (colon < m_text.size()
               && (m_text.at(colon).isLetterOrNumber() || m_text.at(colon) == u'_'))
            ++colon;
        if (colon > m_at && colon < m_text.size() && m_text.at(colon) == u':') {
            const qsizetype start = m_at;
            const QString field = m_text.sliced(m_at, colon - m_at).toLower();
            m_at = colon + 1;
            bool isField = true;
            auto term = fieldTerm(field, isField);
            if (isField)
                return term;
            m_at = start;
        }
        return textTerm(m_table.searchedColumns(), takeWord());
    }

    std::optional<Term> textTerm(const QList<int> &columns, const QString &text)
    {
        if (text.isEmpty())
            return {};
        return SearchQuery::Text{columns, FoldedText(text)};
    }

    std::optional<Term> pattern(const QList<int> &columns)
    {
        const QString text = takeQuoted();
        if (text.isEmpty())
            return {};
        const SearchPattern pattern(text);
        if (!pattern.isValid()) {
            m_problem
                = Text::tr("/%1/ is no regular expression: %2.").arg(text, pattern.errorString());
            return {};
        }
        return SearchQuery::Pattern{columns, pattern};
    }

    /// The value of a field that takes more than a text.
    QString takeValue()
    {
        if (atEnd() || m_text.at(m_at).isSpace())
            return {};
        return m_text.at(m_at) == u'"' ? takeQuoted() : takeWord();
    }

    std::optional<Term> fieldTerm(const QString &field, bool &isField)
    {
        if (field == "before"_L1 || field == "after"_L1 || field == "on"_L1)
            return timeTerm(field, takeValue());
        if (field == "is"_L1)
            return stateTerm(takeValue());
        if (field == "words"_L1)
            return wordsTerm(takeValue());
        if (field == "id"_L1 && m_table.hasIntegerKey())
            return idTerm(takeValue());
        int column = field == "title"_L1 ? m_table.indexOf(orm::Role::Title)
            : field == "body"_L1         ? m_table.indexOf(orm::Role::Body)
                                         : -1;
        if (column < 0)
            column = m_table.indexOf(field);
        if (column < 0)
            column = m_table.indexOf(field + u's'); // tag: of tags
        isField = column >= 0;
        if (!isField || atEnd() || m_text.at(m_at).isSpace())
            return {};
        if (m_text.at(m_at) == u'/')
            return pattern({column});
        return textTerm({column}, takeValue());
    }

    std::optional<Term> timeTerm(const QString &field, const QString &value)
    {
        const int column = m_table.indexOf(orm::Role::Created);
        if (column < 0) {
            m_problem = Text::tr("There is no date to look for in %1.").arg(m_table.plural);
            return {};
        }
        if (value.isEmpty())
            return {};
        const auto period = parsePeriod(value);
        if (!period) {
            m_problem
                = Text::tr("“%1” is no date. Write a day like 2024-02-28, a month like 2024-02, "
                           "or a year.")
                      .arg(value);
            return {};
        }
        SearchQuery::Time time;
        time.column = column;
        const qint64 begin = QDateTime(period->first, QTime(0, 0), m_zone).toMSecsSinceEpoch();
        const qint64 end = QDateTime(period->second, QTime(0, 0), m_zone).toMSecsSinceEpoch();
        if (field == "before"_L1) {
            time.to = begin;
        } else if (field == "after"_L1) {
            time.from = end;
        } else {
            time.from = begin;
            time.to = end;
        }
        return time;
    }

    std::optional<Term> stateTerm(const QString &value)
    {
        if (value.isEmpty())
            return {};
        QStringList names;
        for (const auto &[name, state] : stateNames) {
            if (name.compare(value, Qt::CaseInsensitive) == 0)
                return SearchQuery::State{state};
            names << name;
        }
        const int status = m_table.indexOf(u"status"_s);
        if (status >= 0 && value.compare("draft"_L1, Qt::CaseInsensitive) == 0)
            return SearchQuery::Text{{status}, FoldedText(u"draft")};
        if (isBeginning(value, names))
            return {}; // one is still typing
        m_problem
            = Text::tr("“is:%1” is not known. There is is:%2.").arg(value, names.join(u", is:"_s));
        return {};
    }

    static bool isBeginning(const QString &value, const QStringList &names)
    {
        return std::any_of(names.cbegin(), names.cend(), [&value](const QString &name) {
            return name.startsWith(value, Qt::CaseInsensitive);
        });
    }

    std::optional<Term> wordsTerm(const QString &value)
    {
        const int column = m_table.indexOf(orm::Role::Body);
        if (column < 0) {
            m_problem
                = Text::tr("%1 have no text whose words could be counted.").arg(m_table.plural);
            return {};
        }
        static const QRegularExpression form(u"^(>=|<=|>|<|=)?(\\d{1,9})?$"_s);
        const QRegularExpressionMatch match = form.match(value);
        if (!match.hasMatch()) {
            m_problem
                = Text::tr("“words:%1” is not known. Write words:>500 or words:<100.").arg(value);
            return {};
        }
        if (match.captured(2).isEmpty())
            return {};
        const qint64 number = match.captured(2).toLongLong();
        const QString sign = match.captured(1);
        SearchQuery::Words words;
        words.column = column;
        if (sign.startsWith(u'>')) {
            words.least = sign == ">"_L1 ? number + 1 : number;
        } else if (sign.startsWith(u'<')) {
            words.most = sign == "<"_L1 ? number - 1 : number;
        } else {
            words.least = number;
            words.most = number;
        }
        return words;
    }

    std::optional<Term> idTerm(const QString &value)
    {
        if (value.isEmpty())
            return {};
        static const QRegularExpression form(u"^(-?\\d{1,18})(?:-(-?\\d{1,18})?)?$"_s);
        const QRegularExpressionMatch match = form.match(value);
        if (!match.hasMatch()) {
            m_problem = Text::tr("“id:%1” is no number. Write id:400 or id:400-420.").arg(value);
            return {};
        }
        const qint64 first = match.captured(1).toLongLong();
        const QString last = match.captured(2);
        return SearchQuery::Id{first, last.isEmpty() ? first : last.toLongLong()};
    }

    const QString &m_text;
    const orm::Table &m_table;
    const QTimeZone &m_zone;
    qsizetype m_at = 0;
    QString m_problem;
};

} // namespace

ParsedSearch parseSearch(const QString &text, const orm::Table &table, const QTimeZone &zone)
{
    return Parser(text, table, zone).parse();
}

std::optional<QPair<QDate, QDate>> parsePeriod(const QString &text)
{
    static const QRegularExpression form(u"^(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2}))?)?$"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return {};
    const bool hasMonth = match.hasCaptured(2);
    const bool hasDay = match.hasCaptured(3);
    const QDate first(match.captured(1).toInt(), hasMonth ? match.captured(2).toInt() : 1,
                      hasDay ? match.captured(3).toInt() : 1);
    if (!first.isValid())
        return {};
    return std::pair(first,
                     hasDay         ? first.addDays(1)
                         : hasMonth ? first.addMonths(1)
                                    : first.addYears(1));
}

} // namespace ui

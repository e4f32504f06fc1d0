// SPDX-License-Identifier: MIT
#include "ui/search/columnfilter.h"

#include "ui/search/quotedtext.h"

#include <QStringList>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace ui::columnfilter {

namespace {

/// The names by which the language knows a column; the first is the one that is written.
QStringList fieldsOf(const orm::Table &table, int column)
{
    const orm::Column &asked = table.columns.at(column);
    if (asked.isPrimaryKey && table.hasIntegerKey())
        return {u"id"_s};
    switch (asked.role) {
    case orm::Role::Title:
        return {u"title"_s, asked.name};
    case orm::Role::Body:
        return {u"body"_s, asked.name};
    case orm::Role::Created:
        return {u"on"_s, u"before"_s, u"after"_s};
    default:
        return {asked.name};
    }
}

bool beginsQuoted(const QString &text, qsizetype at)
{
    return at < text.size() && (text.at(at) == u'"' || text.at(at) == u'/');
}

/// Where the value begins of a term `field:value` at @p at; -1 if it is another kind of term.
qsizetype valueOf(const QString &text, qsizetype at)
{
    qsizetype colon = at;
    while (colon < text.size() && (text.at(colon).isLetterOrNumber() || text.at(colon) == u'_'))
        ++colon;
    return colon > at && colon < text.size() && text.at(colon) == u':' ? colon + 1 : -1;
}

/// The end of the condition at @p at: terms with "|" between them, without a blank outside quotes.
QStringList termsOf(const QString &text, qsizetype &at)
{
    QStringList terms;
    qsizetype start = at;
    bool begins = true; // of a term's value, where a quote is one
    while (at < text.size() && !text.at(at).isSpace()) {
        if (begins && beginsQuoted(text, at)) {
            at = readQuoted(text, at).end;
            begins = false;
        } else if (const qsizetype value = begins ? valueOf(text, at) : -1; value >= 0) {
            at = value;
        } else if (text.at(at) == u'|' && at > start) {
            terms << text.sliced(start, at - start);
            start = ++at;
            begins = true;
        } else {
            ++at;
            begins = false;
        }
    }
    terms << text.sliced(start, at - start);
    return terms;
}

/// @p word as the popup shows it: without its quotes.
QString unquoted(const QString &word)
{
    return word.startsWith(u'"') ? readQuoted(word, 0).text : word;
}

/// @p word as the search language takes it for one.
QString asWord(const QString &word)
{
    const bool needsQuotes = word.contains(u'"')
        || std::any_of(word.cbegin(), word.cend(), [](QChar letter) { return letter.isSpace(); });
    return needsQuotes ? quoted(word) : word;
}

struct Condition
{
    QString text;
    std::optional<QString> filter; ///< as in the popup, if it is about the column
};

/// @p terms as one writes them in the popup, if all are about @p column.
std::optional<QString> asFilter(const QStringList &terms, const orm::Table &table, int column)
{
    const QStringList fields = fieldsOf(table, column);
    QStringList values;
    for (const QString &term : terms) {
        const qsizetype colon = term.indexOf(u':');
        const QString field = colon < 0 ? QString() : term.left(colon).toLower();
        if (!fields.contains(field, Qt::CaseInsensitive))
            return {};
        const QString sign = field == "before"_L1 ? u"<"_s : field == "after"_L1 ? u">"_s : u""_s;
        values << sign + unquoted(term.mid(colon + 1));
    }
    return values.join(u'|');
}

QList<Condition> conditionsOf(const QString &search, const orm::Table &table, int column)
{
    QList<Condition> conditions;
    qsizetype at = 0;
    while (at < search.size()) {
        if (search.at(at).isSpace()) {
            ++at;
            continue;
        }
        const qsizetype start = at;
        const bool isNegated = search.at(at) == u'-' && at + 1 < search.size();
        if (isNegated)
            ++at;
        const QStringList terms = termsOf(search, at);
        auto filter = asFilter(terms, table, column);
        if (filter && isNegated)
            filter->prepend(u'-');
        conditions.append({search.sliced(start, at - start), filter});
    }
    return conditions;
}

/// What is between "|" in @p filter; a pattern is one piece.
QStringList alternatives(const QString &filter)
{
    return filter.startsWith(u'/') ? QStringList{filter} : filter.split(u'|', Qt::SkipEmptyParts);
}

QString conditionFor(QString filter, const orm::Table &table, int column)
{
    filter = filter.trimmed();
    const bool isNegated = filter.size() > 1 && filter.startsWith(u'-');
    if (isNegated)
        filter.remove(0, 1);
    const bool isCreated = table.columns.at(column).role == orm::Role::Created;
    QStringList terms;
    for (QString value : alternatives(filter)) {
        QString field = fieldsOf(table, column).first();
        value = value.trimmed();
        if (isCreated && (value.startsWith(u'<') || value.startsWith(u'>'))) {
            field = value.startsWith(u'<') ? u"before"_s : u"after"_s;
            value = value.mid(1).trimmed();
        }
        if (!value.isEmpty())
            terms << field + u':' + (value.startsWith(u'/') ? value : asWord(value));
    }
    if (terms.isEmpty())
        return {};
    return (isNegated ? u"-"_s : u""_s) + terms.join(u'|');
}

} // namespace

bool canFilter(const orm::Table &table, int column)
{
    const QStringList fields = fieldsOf(table, column);
    return std::ranges::all_of(
        fields.first(), [](QChar letter) { return letter.isLetterOrNumber() || letter == u'_'; });
}

QString filterOf(const QString &search, const orm::Table &table, int column)
{
    for (const Condition &condition : conditionsOf(search, table, column)) {
        if (condition.filter)
            return *condition.filter;
    }
    return {};
}

QString withFilter(const QString &search, const orm::Table &table, int column,
                   const QString &filter)
{
    QStringList kept;
    for (const Condition &condition : conditionsOf(search, table, column)) {
        if (!condition.filter)
            kept << condition.text;
    }
    if (const QString added = conditionFor(filter, table, column); !added.isEmpty())
        kept << added;
    return kept.join(u' ');
}

} // namespace ui::columnfilter

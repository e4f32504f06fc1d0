// SPDX-License-Identifier: MIT
#include "core/transfer/rowtext.h"

#include "core/dialect/dialect.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

bool isBytes(const StoredValue &value)
{
    return value.storageClass() == StorageClass::Blob || !value.isValidText();
}

/// For all but JSON and SQL.
QString plain(const StoredValue &value)
{
    return isBytes(value) ? u"X'"_s + QString::fromLatin1(value.bytes().toHex().toUpper()) + u'\''
                          : value.toString();
}

QString separated(const StoredValue &value, QChar separator)
{
    if (value.isNull())
        return {};
    QString text = plain(value);
    const auto isSpecial
        = [separator](QChar c) { return c == separator || c == u'\n' || c == u'\r' || c == u'"'; };
    const bool hasEdges = !text.isEmpty() && (text.front().isSpace() || text.back().isSpace());
    if (!text.isEmpty() && !hasEdges && std::none_of(text.cbegin(), text.cend(), isSpecial))
        return text;
    return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

QString html(const StoredValue &value)
{
    QString text = plain(value).toHtmlEscaped();
    text.replace(u'\t', u"&#9;"_s).replace("\r\n"_L1, "&#13;<br>"_L1);
    return text.replace(u'\r', u"&#13;"_s).replace(u'\n', u"<br>"_s);
}

/// In a cell of a table: nothing in it is markup.
QString markdown(const StoredValue &value)
{
    static const QString marks = u"\\`*_{}[]()#+-.!|<>&~\"'"_s;
    const QString text = plain(value);
    QString cell;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        const bool isEdge = i == 0 || i == text.size() - 1;
        if (c == u'\n')
            cell += "<br>"_L1;
        else if (c == u'\r')
            cell += "&#13;"_L1;
        else if (c == u'\t')
            cell += "&#9;"_L1;
        else if (c == u' ' && isEdge)
            cell += "&#32;"_L1; // the spaces at its edges are the table's
        else if (marks.contains(c))
            cell += QString(u'\\') + c;
        else
            cell += c;
    }
    return cell;
}

QString jsonText(const QString &text)
{
    QString escaped(u'"');
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            escaped += QString(u'\\') + c;
        else if (c == u'\n')
            escaped += "\\n"_L1;
        else if (c == u'\t')
            escaped += "\\t"_L1;
        else if (c == u'\r')
            escaped += "\\r"_L1;
        else if (c < u' ' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator
                 || c == QChar::ByteOrderMark)
            escaped += u"\\u%1"_s.arg(c.unicode(), 4, 16, QChar(u'0'));
        else
            escaped += c;
    }
    return escaped + u'"';
}

QString json(const StoredValue &value)
{
    if (isBytes(value))
        return u"{\"$base64\": \"%1\"}"_s.arg(QString::fromLatin1(value.bytes().toBase64()));
    switch (value.storageClass()) {
    case StorageClass::Null:
        return u"null"_s;
    case StorageClass::Integer:
        return value.toString();
    case StorageClass::Real:
        return std::isfinite(value.toReal()) ? value.toString() : u"null"_s;
    case StorageClass::Text:
    case StorageClass::Blob:
        break;
    }
    return jsonText(value.toString());
}

/// A field, and where the next one, or its line end, begins.
struct Field
{
    SeparatedField value;
    qsizetype end = 0;
};

bool endsField(const QString &text, qsizetype at, QChar separator)
{
    return at >= text.size() || text.at(at) == separator || text.at(at) == u'\n'
        || text.at(at) == u'\r';
}

Field readField(const QString &text, qsizetype begin, QChar separator)
{
    if (begin < text.size() && text.at(begin) == u'"') {
        QString value;
        qsizetype done = begin + 1;
        for (qsizetype quote = text.indexOf(u'"', done); quote >= 0;
             quote = text.indexOf(u'"', done)) {
            value += QStringView(text).sliced(done, quote - done);
            done = quote + 1;
            if (endsField(text, done, separator))
                return {value, done};
            if (text.at(done) != u'"')
                break; // it only begins with a quote
            value += u'"';
            ++done;
        }
    }
    qsizetype end = begin;
    while (!endsField(text, end, separator))
        ++end;
    return {end == begin ? SeparatedField() : text.sliced(begin, end - begin), end};
}

} // namespace

RowText::RowText(RowFormat format, Table table, QString scheme)
    : m_format(format)
    , m_table(std::move(table))
    , m_scheme(std::move(scheme))
{}

void RowText::add(const QList<StoredValue> &values)
{
    QStringList fields;
    for (qsizetype i = 0; i < m_table.columns.size(); ++i) {
        const StoredValue value = values.value(i);
        switch (m_format) {
        case RowFormat::Tsv:
            fields << separated(value, u'\t');
            break;
        case RowFormat::Csv:
            fields << separated(value, u',');
            break;
        case RowFormat::Html:
            fields << u"<td>"_s + html(value) + u"</td>"_s;
            break;
        case RowFormat::Markdown:
            fields << markdown(value);
            break;
        case RowFormat::Json:
            fields << u"    "_s + jsonText(m_table.columns.at(i).name) + u": "_s + json(value);
            break;
        case RowFormat::Sql:
            fields << Dialect::of(m_scheme).literal(value);
            break;
        }
    }
    switch (m_format) {
    case RowFormat::Tsv:
        m_rows += fields.join(u'\t') + u'\n';
        break;
    case RowFormat::Csv:
        m_rows += fields.join(u',') + u"\r\n"_s;
        break;
    case RowFormat::Html:
        m_rows += u"<tr>"_s + fields.join(QString()) + u"</tr>\n"_s;
        break;
    case RowFormat::Markdown:
        m_rows += u"| "_s + fields.join(u" | "_s) + u" |\n"_s;
        break;
    case RowFormat::Json:
        m_rows += (m_isEmpty ? u"  {\n"_s : u",\n  {\n"_s) + fields.join(u",\n"_s) + u"\n  }"_s;
        break;
    case RowFormat::Sql:
        m_rows += u"INSERT INTO "_s + heading() + u" VALUES ("_s + fields.join(u", "_s) + u");\n"_s;
        break;
    }
    m_isEmpty = false;
}

/// The names of the columns as the format has them; of SQL the table's with it.
QString RowText::heading() const
{
    QStringList names;
    for (const Column &column : m_table.columns) {
        const StoredValue name = StoredValue::text(column.name);
        if (m_format == RowFormat::Html)
            names << u"<th>"_s + html(name) + u"</th>"_s;
        else if (m_format == RowFormat::Markdown)
            names << markdown(name);
        else if (m_format == RowFormat::Sql)
            names << Dialect::of(m_scheme).quote(column.name);
        else
            names << separated(name, u',');
    }
    switch (m_format) {
    case RowFormat::Html:
        return u"<tr>"_s + names.join(QString()) + u"</tr>\n"_s;
    case RowFormat::Markdown:
        return u"| "_s + names.join(u" | "_s) + u" |\n|"_s + u" --- |"_s.repeated(names.size())
            + u'\n';
    case RowFormat::Sql:
        return Dialect::of(m_scheme).quote(m_table.name) + u" ("_s + names.join(u", "_s) + u')';
    case RowFormat::Csv:
        return names.join(u',') + u"\r\n"_s;
    case RowFormat::Tsv:
    case RowFormat::Json:
        break;
    }
    return {};
}

QString RowText::text() const
{
    switch (m_format) {
    case RowFormat::Tsv:
    case RowFormat::Sql:
        break;
    case RowFormat::Html:
        return u"<meta charset=\"utf-8\"><table style=\"white-space: pre-wrap\">\n"_s + heading()
            + m_rows + u"</table>\n"_s;
    case RowFormat::Markdown:
    case RowFormat::Csv:
        return heading() + m_rows;
    case RowFormat::Json:
        return m_isEmpty ? u"[]\n"_s : u"[\n"_s + m_rows + u"\n]\n"_s;
    }
    return m_rows;
}

QList<QList<SeparatedField>> parseSeparated(const QString &text, QChar separator)
{
    QList<QList<SeparatedField>> lines;
    QList<SeparatedField> line;
    for (qsizetype i = 0; i < text.size();) {
        const Field field = readField(text, i, separator);
        line << field.value;
        i = field.end;
        if (i < text.size() && text.at(i) == separator) {
            ++i;
            if (i == text.size())
                line << SeparatedField(); // the last field is empty
            else
                continue;
        } else if (i < text.size()) {
            i += text.at(i) == u'\r' && i + 1 < text.size() && text.at(i + 1) == u'\n' ? 2 : 1;
        }
        lines << line;
        line.clear();
    }
    return lines;
}

} // namespace orm

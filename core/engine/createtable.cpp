// SPDX-License-Identifier: MIT
#include "core/engine/createtable.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

struct Token
{
    enum class Kind { Word, Quoted, Text, Number, Symbol };

    Kind kind = Kind::Symbol;
    QString text; ///< without its quotes
    qsizetype begin = 0;
    qsizetype end = 0;

    bool isWord(QStringView word) const
    {
        return kind == Kind::Word && text.compare(word, Qt::CaseInsensitive) == 0;
    }
    bool isSymbol(QChar symbol) const { return kind == Kind::Symbol && text == symbol; }
    bool isName() const { return kind == Kind::Word || kind == Kind::Quoted; }
};

/// SQLite's tokens, without blanks and comments.
QList<Token> tokensOf(const QString &sql)
{
    QList<Token> tokens;
    qsizetype i = 0;
    const auto isLetter = [](QChar c) {
        return c.isLetterOrNumber() || c == u'_' || c == u'$' || c.unicode() > 127;
    };
    while (i < sql.size()) {
        const QChar c = sql.at(i);
        if (c.isSpace()) {
            ++i;
            continue;
        }
        if (sql.mid(i, 2) == u"--"_s || sql.mid(i, 2) == u"/*"_s) {
            const bool isLine = c == u'-';
            const qsizetype end = sql.indexOf(isLine ? u"\n"_s : u"*/"_s, i + 2);
            i = end < 0 ? sql.size() : end + (isLine ? 1 : 2);
            continue;
        }
        Token token;
        token.begin = i;
        const bool isQuote = c == u'"' || c == u'`' || c == u'\'' || c == u'[';
        if (isQuote) {
            const QChar close = c == u'[' ? u']' : c;
            for (++i; i < sql.size(); ++i) {
                if (sql.at(i) != close) {
                    token.text += sql.at(i);
                } else if (close != u']' && i + 1 < sql.size() && sql.at(i + 1) == close) {
                    token.text += close;
                    ++i;
                } else {
                    break;
                }
            }
            ++i;
            token.kind = c == u'\'' ? Token::Kind::Text : Token::Kind::Quoted;
        } else if (isLetter(c)) {
            while (i < sql.size() && isLetter(sql.at(i)))
                ++i;
            token.text = sql.mid(token.begin, i - token.begin);
            token.kind = c.isDigit() ? Token::Kind::Number : Token::Kind::Word;
        } else {
            ++i;
            token.text = c;
        }
        token.end = qMin(i, sql.size());
        tokens.append(token);
    }
    return tokens;
}

/// Index behind the bracket that closes the one at @p open.
qsizetype behindBracket(const QList<Token> &tokens, qsizetype open)
{
    int depth = 0;
    for (qsizetype i = open; i < tokens.size(); ++i) {
        if (tokens.at(i).isSymbol(u'('))
            ++depth;
        else if (tokens.at(i).isSymbol(u')') && --depth == 0)
            return i + 1;
    }
    return tokens.size();
}

/// Names in the brackets at @p open, one for each comma.
QStringList namesInBrackets(const QList<Token> &tokens, qsizetype open)
{
    QStringList names;
    if (open >= tokens.size() || !tokens.at(open).isSymbol(u'('))
        return names;
    const qsizetype end = behindBracket(tokens, open) - 1;
    bool isFirst = true;
    for (qsizetype i = open + 1; i < end; ++i) {
        if (tokens.at(i).isSymbol(u','))
            isFirst = true;
        else if (isFirst && (tokens.at(i).isName() || tokens.at(i).kind == Token::Kind::Text)) {
            names.append(tokens.at(i).text);
            isFirst = false;
        }
    }
    return names;
}

std::optional<CreateTable::Part::Kind> constraintKind(const Token &token)
{
    using Kind = CreateTable::Part::Kind;
    if (token.isWord(u"PRIMARY"))
        return Kind::PrimaryKey;
    if (token.isWord(u"UNIQUE"))
        return Kind::Unique;
    if (token.isWord(u"CHECK"))
        return Kind::Check;
    if (token.isWord(u"FOREIGN") || token.isWord(u"REFERENCES"))
        return Kind::ForeignKey;
    return {};
}

/// Whether a column's type ends before this.
bool endsType(const Token &token)
{
    static const QStringList words{u"CONSTRAINT"_s, u"PRIMARY"_s,   u"NOT"_s,     u"NULL"_s,
                                   u"UNIQUE"_s,     u"CHECK"_s,     u"DEFAULT"_s, u"COLLATE"_s,
                                   u"REFERENCES"_s, u"GENERATED"_s, u"AS"_s,      u"ON"_s};
    return std::any_of(words.begin(), words.end(),
                       [&token](const QString &word) { return token.isWord(word); });
}

CreateTable::Part partOf(const QString &text)
{
    CreateTable::Part part;
    part.text = text;
    const QList<Token> tokens = tokensOf(text);
    if (tokens.isEmpty())
        return part;
    qsizetype i = 0;
    if (tokens.first().isWord(u"CONSTRAINT") && tokens.size() > 2) {
        part.name = tokens.at(1).text;
        i = 2;
    }
    const auto kind = constraintKind(tokens.at(i));
    if (!kind) {
        part.name = tokens.first().text;
        return part;
    }
    part.kind = *kind;
    while (i < tokens.size() && !tokens.at(i).isSymbol(u'('))
        ++i;
    if (part.kind != CreateTable::Part::Kind::Check)
        part.columns = namesInBrackets(tokens, i);
    return part;
}

} // namespace

std::optional<CreateTable> CreateTable::parse(const QString &sql)
{
    const QList<Token> tokens = tokensOf(sql);
    if (tokens.size() < 4 || !tokens.first().isWord(u"CREATE"))
        return {};
    qsizetype open = 1;
    while (open < tokens.size() && !tokens.at(open).isSymbol(u'(')) {
        if (tokens.at(open).isWord(u"VIRTUAL") || tokens.at(open).isWord(u"VIEW"))
            return {};
        ++open;
    }
    if (open >= tokens.size())
        return {};
    const qsizetype end = behindBracket(tokens, open);
    CreateTable created;
    int depth = 0;
    qsizetype begin = tokens.at(open).end;
    for (qsizetype i = open + 1; i < end; ++i) {
        const Token &token = tokens.at(i);
        if (token.isSymbol(u'('))
            ++depth;
        const bool isEnd = depth == 0 && (token.isSymbol(u',') || token.isSymbol(u')'));
        if (token.isSymbol(u')'))
            --depth;
        if (!isEnd)
            continue;
        created.m_parts.append(partOf(sql.mid(begin, token.begin - begin).trimmed()));
        begin = token.end;
    }
    created.m_tail = sql.mid(begin).trimmed();
    return created;
}

QList<CreateTable::Part> CreateTable::constraints() const
{
    QList<Part> all;
    for (const Part &part : m_parts) {
        if (part.kind != Part::Kind::Column) {
            all.append(part);
            continue;
        }
        const QList<Token> tokens = tokensOf(part.text);
        QString name;
        int depth = 0;
        for (qsizetype i = 1; i < tokens.size(); ++i) {
            const Token &token = tokens.at(i);
            if (token.isSymbol(u'('))
                ++depth;
            else if (token.isSymbol(u')'))
                --depth;
            if (depth > 0)
                continue;
            if (token.isWord(u"CONSTRAINT") && i + 1 < tokens.size()) {
                name = tokens.at(++i).text;
                continue;
            }
            const auto kind = constraintKind(token);
            if (!kind)
                continue;
            Part constraint;
            constraint.kind = *kind;
            constraint.name = name;
            constraint.columns = QStringList{part.name};
            qsizetype last = i;
            if (*kind == Part::Kind::Check && i + 1 < tokens.size())
                last = behindBracket(tokens, i + 1) - 1;
            constraint.text = part.text.mid(token.begin, tokens.at(last).end - token.begin);
            all.append(constraint);
            name.clear();
        }
    }
    return all;
}

int CreateTable::indexOfColumn(const QString &name) const
{
    for (int i = 0; i < m_parts.size(); ++i) {
        if (m_parts.at(i).kind == Part::Kind::Column
            && m_parts.at(i).name.compare(name, Qt::CaseInsensitive) == 0)
            return i;
    }
    return -1;
}

namespace {

/// Index behind a column's type.
qsizetype behindType(const QList<Token> &tokens)
{
    qsizetype end = 1;
    while (end < tokens.size() && !endsType(tokens.at(end)))
        end = tokens.at(end).isSymbol(u'(') ? behindBracket(tokens, end) : end + 1;
    return end;
}

/// Index of the word outside of all brackets; -1 if it isn't there.
qsizetype indexOfWord(const QList<Token> &tokens, QStringView word, qsizetype from = 0)
{
    for (qsizetype i = from; i < tokens.size();) {
        if (tokens.at(i).isWord(word))
            return i;
        i = tokens.at(i).isSymbol(u'(') ? behindBracket(tokens, i) : i + 1;
    }
    return -1;
}

/// Index behind the value that begins at @p begin: (expression), -1.5, x'00', 'text', name.
qsizetype behindDefault(const QList<Token> &tokens, qsizetype begin)
{
    if (begin >= tokens.size())
        return tokens.size();
    if (tokens.at(begin).isSymbol(u'('))
        return behindBracket(tokens, begin);
    qsizetype end = begin + 1;
    if (tokens.at(begin).isSymbol(u'-') || tokens.at(begin).isSymbol(u'+'))
        ++end;
    while (end < tokens.size() && tokens.at(end).begin == tokens.at(end - 1).end
           && !tokens.at(end).isSymbol(u'('))
        ++end;
    return end;
}

} // namespace

bool CreateTable::setNotNull(const QString &column)
{
    const int index = indexOfColumn(column);
    if (index < 0)
        return false;
    Part &part = m_parts[index];
    const QList<Token> tokens = tokensOf(part.text);
    part.text.insert(tokens.at(behindType(tokens) - 1).end, u" NOT NULL"_s);
    return true;
}

bool CreateTable::setDefault(const QString &column, const QString &sql)
{
    const int index = indexOfColumn(column);
    if (index < 0)
        return false;
    Part &part = m_parts[index];
    QList<Token> tokens = tokensOf(part.text);
    if (const qsizetype old = indexOfWord(tokens, u"DEFAULT", 1); old >= 0) {
        const qsizetype end = behindDefault(tokens, old + 1);
        part.text.remove(tokens.at(old).begin, tokens.at(end - 1).end - tokens.at(old).begin);
        tokens = tokensOf(part.text);
    }
    part.text.insert(tokens.at(behindType(tokens) - 1).end, u" DEFAULT (%1)"_s.arg(sql));
    return true;
}

bool CreateTable::setOnDelete(const QString &column, const QString &parent, const QString &action)
{
    const auto isSame
        = [](const QString &a, const QString &b) { return a.compare(b, Qt::CaseInsensitive) == 0; };
    for (Part &part : m_parts) {
        const bool isOwn = part.kind == Part::Kind::Column && isSame(part.name, column);
        const bool isOfTable = part.kind == Part::Kind::ForeignKey && part.columns.size() == 1
            && isSame(part.columns.first(), column);
        if (!isOwn && !isOfTable)
            continue;
        const QList<Token> tokens = tokensOf(part.text);
        const qsizetype begin = indexOfWord(tokens, u"REFERENCES");
        if (begin < 0 || begin + 1 >= tokens.size() || !isSame(tokens.at(begin + 1).text, parent))
            continue;
        qsizetype end = begin + 2;
        if (end < tokens.size() && tokens.at(end).isSymbol(u'('))
            end = behindBracket(tokens, end);
        const qsizetype place = tokens.at(end - 1).end;
        for (qsizetype i = end; i + 2 < tokens.size(); ++i) {
            if (!tokens.at(i).isWord(u"ON") || !tokens.at(i + 1).isWord(u"DELETE"))
                continue;
            const bool isTwo = tokens.at(i + 2).isWord(u"SET") || tokens.at(i + 2).isWord(u"NO");
            const qsizetype last = std::min(i + (isTwo ? 3 : 2), tokens.size() - 1);
            part.text.remove(tokens.at(i).begin, tokens.at(last).end - tokens.at(i).begin);
            break;
        }
        part.text.insert(place, u" ON DELETE "_s + action);
        return true;
    }
    return false;
}

bool CreateTable::setType(const QString &column, const QString &type)
{
    const int index = indexOfColumn(column);
    if (index < 0)
        return false;
    Part &part = m_parts[index];
    const QList<Token> tokens = tokensOf(part.text);
    const QString rest = part.text.mid(tokens.at(behindType(tokens) - 1).end); // and its comments
    part.text = part.text.left(tokens.first().end) + u' ' + type + rest;
    return true;
}

void CreateTable::addColumn(const QString &definition)
{
    const auto firstConstraint = std::find_if(m_parts.begin(), m_parts.end(), [](const Part &part) {
        return part.kind != Part::Kind::Column;
    });
    m_parts.insert(firstConstraint, partOf(definition));
}

void CreateTable::addConstraint(const QString &definition)
{
    m_parts.append(partOf(definition));
}

bool CreateTable::removeColumn(const QString &name)
{
    const int index = indexOfColumn(name);
    if (index < 0)
        return false;
    m_parts.removeAt(index);
    return true;
}

void CreateTable::removeTableName(const QString &table)
{
    for (Part &part : m_parts) {
        const QList<Token> tokens = tokensOf(part.text);
        const auto isDot = [&tokens](qsizetype i) {
            return i >= 0 && i < tokens.size() && tokens.at(i).isSymbol(u'.');
        };
        for (qsizetype i = tokens.size() - 1; i > 0; --i) {
            const Token &token = tokens.at(i);
            // SQLite takes a text for a name, too
            const bool isName = token.isName() || token.kind == Token::Kind::Text;
            if (!isName || !isDot(i + 1) || token.text.compare(table, Qt::CaseInsensitive) != 0)
                continue;
            const qsizetype first = isDot(i - 1) ? i - 2 : i; // main.posts.title
            const qsizetype begin = tokens.at(first).begin;
            part.text.remove(begin, tokens.at(i + 1).end - begin);
            i = first;
        }
    }
}

QString CreateTable::sql(const QString &table) const
{
    QStringList texts;
    for (const Part &part : m_parts) {
        // A comment to the end of the line must not swallow the comma
        const bool hasComment = part.text.contains(u"--"_s);
        texts.append(u'\t' + part.text + (hasComment ? u"\n"_s : QString()));
    }
    return u"CREATE TABLE "_s + table + u" (\n"_s + texts.join(u",\n"_s) + u"\n)"_s
        + (m_tail.isEmpty() ? QString() : u' ' + m_tail);
}

QStringList triggerColumns(const QString &sql)
{
    const QList<Token> tokens = tokensOf(sql);
    QStringList columns;
    qsizetype i = 3; // behind CREATE TRIGGER and its name
    while (i < tokens.size() && !tokens.at(i).isWord(u"UPDATE")) {
        if (tokens.at(i).isWord(u"ON")) // what follows is what it does
            return columns;
        ++i;
    }
    if (++i >= tokens.size() || !tokens.at(i).isWord(u"OF"))
        return columns;
    while (++i < tokens.size() && !tokens.at(i).isWord(u"ON")) {
        if (!tokens.at(i).isSymbol(u','))
            columns.append(tokens.at(i).text);
    }
    return columns;
}

} // namespace orm

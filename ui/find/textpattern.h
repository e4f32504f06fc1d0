// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>
#include <QList>
#include <QRegularExpression>
#include <QString>

namespace ui {

/// What is looked for in one text, and what takes its place: the same in a find bar and in many rows.
///
/// A text is searched line by line as its reader sees it: "\r\n" is one line end, which "\n" finds. "^"
/// and "$" are the ends of lines.
class TextPattern final
{
    Q_DECLARE_TR_FUNCTIONS(ui::TextPattern)

public:
    struct Options
    {
        bool isRegex = false;
        bool matchesCase = false;
        bool operator==(const Options &) const = default;
    };
    /// A place in the searched text, and what is to stand there instead.
    struct Hit
    {
        qsizetype start = 0;
        qsizetype length = 0;
        QString replacement;
        qsizetype end() const { return start + length; }
        bool operator==(const Hit &) const = default;
    };

    /// Finds nothing.
    TextPattern() = default;
    TextPattern(const QString &text, Options options);

    bool isEmpty() const { return m_text.isEmpty(); }
    const QString &text() const { return m_text; }
    Options options() const { return m_options; }
    /// Why nothing can be found by it, in a sentence; empty if it is well.
    QString problem() const;

    /// The first @p limit hits, in order. Those of a regular expression may be empty: "^".
    /// @param replacement of a regular expression it may have groups, $1 or \1, ${name}, $0 for all,
    /// and \n and \t; else it is what it says. Its line ends become the text's own.
    QList<Hit> find(const QString &text, const QString &replacement = {},
                    qsizetype limit = std::numeric_limits<qsizetype>::max()) const;
    /// @p text with the replacements of @p hits, which are in order.
    static QString replaced(const QString &text, const QList<Hit> &hits);

private:
    QString expand(const QRegularExpressionMatch &match, const QString &replacement) const;

    QString m_text;
    Options m_options;
    QRegularExpression m_expression;
};

} // namespace ui

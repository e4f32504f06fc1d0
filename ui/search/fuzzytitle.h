// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/rowscore.h"
#include "ui/search/foldedtext.h"

namespace ui {

/// Titles with all characters of a text in their order, in any case, not necessarily side by side:
/// "pn49" finds "Post number 49". The nearer the fewer gaps, the more beginnings of words, and the
/// shorter the title.
class FuzzyTitle final : public orm::RowScore
{
public:
    FuzzyTitle(int column, const QString &text);

    QList<int> columns() const override { return {m_column}; }
    std::optional<qint64> score(const QList<orm::ValueView> &values) const override;

private:
    int m_column;
    FoldedText m_text;
    FoldedText m_whole; ///< as one substring, which is worth more than all else
};

/// Rows from an instant on, the earliest nearest.
class FirstFrom final : public orm::RowScore
{
public:
    /// @param from in milliseconds since 1970, UTC
    FirstFrom(int column, qint64 from)
        : m_column(column)
        , m_from(from)
    {}

    QList<int> columns() const override { return {m_column}; }
    std::optional<qint64> score(const QList<orm::ValueView> &values) const override;

private:
    int m_column;
    qint64 m_from;
};

} // namespace ui

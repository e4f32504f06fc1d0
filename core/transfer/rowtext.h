// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "core/schema/table.h"

#include <optional>

namespace orm {

/// The kinds of text that rows can be written as.
enum class RowFormat {
    Tsv, ///< as spreadsheets take it, without a heading
    Html, ///< a table
    Markdown, ///< a table
    Csv, ///< RFC 4180, with a heading
    Json, ///< an array of objects
    Sql, ///< an INSERT a row
};

/// Writes rows as text, one after the other, so that the values can be read back from it.
///
/// NULL and an empty text differ: in TSV and CSV an empty text has quotes. A blob, and text that is no
/// UTF-8, is written as X'00FF'; in JSON as {"$base64": "AP8="}.
class RowText final
{
public:
    /// @param scheme of the database's URL, whose dialect SQL is written in
    RowText(RowFormat format, Table table, QString scheme);

    /// Adds a row: a value for each column of the table.
    void add(const QList<StoredValue> &values);
    /// All of it, with what begins and ends it.
    QString text() const;

private:
    QString heading() const;

    RowFormat m_format;
    Table m_table;
    QString m_scheme;
    QString m_rows;
    bool m_isEmpty = true;
};

/// A field of separated text; nothing where it is empty and has no quotes.
using SeparatedField = std::optional<QString>;

/// The lines of TSV or CSV, @p separator being a tab or a comma. A field in quotes may have line ends,
/// and its quotes are doubled; one that only begins with a quote is taken as it is.
QList<QList<SeparatedField>> parseSeparated(const QString &text, QChar separator);

} // namespace orm

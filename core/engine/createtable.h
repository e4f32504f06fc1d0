// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace orm {

/// The text of a CREATE TABLE as sqlite_schema keeps it, taken apart: what no PRAGMA tells (names of
/// constraints, checks), and a way to change one part and leave every other byte as it is.
/// @see https://www.sqlite.org/lang_createtable.html
class CreateTable
{
public:
    /// A column, or a constraint of the table.
    struct Part
    {
        enum class Kind { Column, PrimaryKey, Unique, Check, ForeignKey };

        Kind kind = Kind::Column;
        QString name; ///< the column's or constraint's; empty for a constraint without one
        QStringList columns; ///< of a constraint, as far as they are named in brackets
        QString text; ///< as it stands between the commas, trimmed
    };

    /// @returns nothing if @p sql is not understood: a virtual table, say
    static std::optional<CreateTable> parse(const QString &sql);

    const QList<Part> &parts() const { return m_parts; }
    /// Constraints, those that stand behind their column, too.
    QList<Part> constraints() const;
    int indexOfColumn(const QString &name) const; ///< -1 if there is none; names match in any case

    /// Gives a column another type. @returns false if there is no such column
    bool setType(const QString &column, const QString &type);
    bool setNotNull(const QString &column); ///< @returns the same
    /// Gives a column another default, which is an expression. @returns the same
    bool setDefault(const QString &column, const QString &sql);
    /// Gives the foreign key of one column to @p parent another ON DELETE; the rest of it stays.
    /// @returns false if there is no such foreign key
    bool setOnDelete(const QString &column, const QString &parent, const QString &action);
    void addColumn(const QString &definition); ///< behind the last column
    void addConstraint(const QString &definition);
    bool removeColumn(const QString &name);
    /// Turns posts.title into title where an expression says so, which then suits any name of the
    /// table.
    void removeTableName(const QString &table);

    /// The statement for a table of another name; @p table is quoted as it must be.
    QString sql(const QString &table) const;

private:
    QList<Part> m_parts;
    QString m_tail; ///< behind the last bracket: WITHOUT ROWID, STRICT
};

/// The columns behind the UPDATE OF of a CREATE TRIGGER; none if it runs for any column.
/// @see https://www.sqlite.org/lang_createtrigger.html
QStringList triggerColumns(const QString &sql);

} // namespace orm

// SPDX-License-Identifier: MIT
#include "ui/common/problemtext.h"

#include "core/error.h"
#include "core/session/changeset.h"
#include "ui/common/counting.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ui::ProblemText)
};

QString nameOf(const orm::Column &column)
{
    return inSentence(column.text());
}

QString wrongTypeText(const orm::Column &column)
{
    using Kind = orm::ColumnType::Kind;
    switch (column.type.kind) {
    case Kind::Boolean:
        return Text::tr("This is neither yes nor no. Correct it to save.");
    case Kind::Integer:
    case Kind::BigInteger:
        return Text::tr("This is not a whole number. Correct it to save.");
    case Kind::Float:
    case Kind::Numeric:
        return Text::tr("This is not a number. Correct it to save.");
    case Kind::Date:
        return Text::tr("This is not a date such as 2024-01-21. Correct it to save.");
    case Kind::Time:
        return Text::tr("This is not a time such as 19:00:00. Correct it to save.");
    case Kind::DateTime:
        return Text::tr(
            "This is not a date and time such as 2024-01-21 19:00:00. Correct it to save.");
    case Kind::Enum:
        return Text::tr("This is none of the choices. Choose one to save.");
    default:
        break;
    }
    return Text::tr("The %1 can't take this value. Correct it to save.").arg(nameOf(column));
}

QStringList columnTexts(const QList<int> &columns, const orm::Table &table)
{
    QStringList texts;
    for (const int column : columns) {
        if (column >= 0 && column < table.columns.size())
            texts << table.columns.at(column).text();
    }
    return texts;
}

/// @param columns those that are taken together, @p column among them
QString takenText(const orm::Column &column, const QList<int> &columns, const orm::Table &table)
{
    if (columns.size() > 1)
        return Text::tr("Another %1 has the same %2. Change one of them to save.")
            .arg(table.singular, columnTexts(columns, table).join(u", "_s));
    return Text::tr("This %1 is taken. Choose another one to save.").arg(nameOf(column));
}

QString constraintText(const orm::RowProblem &problem, const orm::Table &table, const QString &row)
{
    using Constraint = orm::IntegrityError::Constraint;
    const QString fields = columnTexts(problem.columns, table).join(u", "_s);
    switch (problem.constraint) {
    case Constraint::NotNull:
        if (!fields.isEmpty())
            return Text::tr("%1 can't be saved: %2 must not be empty.").arg(row, fields);
        break;
    case Constraint::Unique:
    case Constraint::PrimaryKey:
        if (!fields.isEmpty())
            return Text::tr("%1 can't be saved: another %2 has the same %3.")
                .arg(row, table.singular, fields);
        break;
    case Constraint::ForeignKey:
        return Text::tr("%1 can't be saved: it refers to something that isn't there, or something "
                        "else still refers to it.")
            .arg(row);
    case Constraint::Check:
    case Constraint::Other:
        break;
    }
    return Text::tr("%1 can't be saved. The database says: %2").arg(row, problem.message);
}

} // namespace

QString fieldProblemText(const orm::Column &column, const orm::ValueProblem &problem)
{
    const QLocale locale;
    switch (problem.kind) {
    case orm::ValueProblem::Kind::Null:
        return Text::tr("The %1 must not be empty. Fill it in to save.").arg(nameOf(column));
    case orm::ValueProblem::Kind::TooLong:
        return Text::tr("The %1 has %2 characters; %3 is the most that fits. Shorten it to save.")
            .arg(nameOf(column), locale.toString(problem.length), locale.toString(problem.limit));
    case orm::ValueProblem::Kind::WrongType:
        return wrongTypeText(column);
    case orm::ValueProblem::Kind::InvalidText:
        return Text::tr(
                   "There is half a character in the %1 that can't be stored. Delete it to save.")
            .arg(nameOf(column));
    }
    return {};
}

QString fieldProblemText(const orm::Table &table, int index, const orm::RowProblem &problem)
{
    using Constraint = orm::IntegrityError::Constraint;
    const orm::Column &column = table.columns.at(index);
    const bool isBlamed = problem.columns.contains(index);
    switch (problem.kind) {
    case orm::RowProblem::Kind::ChangedOutside: {
        const auto conflict = std::find_if(
            problem.conflicts.begin(), problem.conflicts.end(),
            [index](const orm::FieldConflict &found) { return found.column == index; });
        if (conflict == problem.conflicts.end())
            return {};
        return Text::tr("Another program has changed the %1, too.").arg(nameOf(column));
    }
    case orm::RowProblem::Kind::KeyTaken:
        if (!column.isPrimaryKey)
            return {};
        return takenText(column, table.primaryKey(), table);
    case orm::RowProblem::Kind::Invalid:
        if (!isBlamed || !problem.invalid)
            return {};
        return fieldProblemText(column, *problem.invalid);
    case orm::RowProblem::Kind::Constraint:
        if (!isBlamed)
            return {};
        switch (problem.constraint) {
        case Constraint::NotNull:
            return fieldProblemText(column, {orm::ValueProblem::Kind::Null});
        case Constraint::Unique:
        case Constraint::PrimaryKey:
            return takenText(column, problem.columns, table);
        default:
            return Text::tr("The database refuses this %1: %2")
                .arg(nameOf(column), problem.message);
        }
    case orm::RowProblem::Kind::DeletedOutside:
        break;
    }
    return {};
}

QString problemText(const orm::RowProblem &problem, const orm::Table &table, const QString &row)
{
    switch (problem.kind) {
    case orm::RowProblem::Kind::ChangedOutside:
        return Text::tr("%1 was changed by another program while you were editing it.").arg(row);
    case orm::RowProblem::Kind::DeletedOutside:
        return Text::tr("%1 was deleted by another program while you were editing it.").arg(row);
    case orm::RowProblem::Kind::KeyTaken:
        return (table.hasIntegerKey()
                    ? Text::tr("%1 can't come back under its old number: another %2 has it now.")
                    : Text::tr("%1 can't come back under its old key: another %2 has it now."))
            .arg(row, table.singular);
    case orm::RowProblem::Kind::Constraint:
        return constraintText(problem, table, row);
    case orm::RowProblem::Kind::Invalid:
        if (problem.invalid && !problem.columns.isEmpty()) {
            const int column = problem.columns.first();
            if (column >= 0 && column < table.columns.size())
                return Text::tr("%1 can't be saved yet. %2")
                    .arg(row, fieldProblemText(table.columns.at(column), *problem.invalid));
        }
        return Text::tr("%1 can't be saved as it is.").arg(row);
    }
    return {};
}

} // namespace ui

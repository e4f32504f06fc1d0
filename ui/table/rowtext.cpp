// SPDX-License-Identifier: MIT
#include "ui/table/rowtext.h"

#include "ui/changes/editbuffer.h"
#include "ui/common/counting.h"
#include "ui/common/problemtext.h"
#include "ui/table/celltext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// tr() for functions that have no class.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ui::RowText)
};

QString changesText(const EditBuffer &edits, const orm::Key &key)
{
    QStringList changes;
    for (const orm::FieldChange &field : edits.fields(key)) {
        const orm::Column &column = edits.table().columns.at(field.column);
        const QString name = inSentence(column.text());
        if (column.type.isLarge())
            changes.append(name);
        else
            //: A changed field and what it held before: "title, was Post number 500"
            changes.append(Text::tr("%1, was %2").arg(name, celltext::spoken(column, field.base)));
    }
    return changes.join(u"; "_s);
}

QString problemPhrase(const EditBuffer &edits, const orm::Key &key)
{
    const auto problem = edits.problem(key);
    if (!problem)
        return {};
    QString text = problem->message;
    if (problem->invalid && !problem->columns.isEmpty())
        text = fieldProblemText(edits.table().columns.at(problem->columns.first()),
                                *problem->invalid);
    if (text.endsWith(u'.'))
        text.chop(1);
    return text;
}

} // namespace

int titleColumn(const orm::Table &table)
{
    if (const int title = table.indexOf(orm::Role::Title); title >= 0)
        return title;
    for (int i = 0; i < table.columns.size(); ++i) {
        const orm::Column &column = table.columns.at(i);
        if (!column.isPrimaryKey && column.type.isText())
            return i;
    }
    const QList<int> key = table.primaryKey();
    return key.isEmpty() ? 0 : key.first();
}

QString stateText(const EditBuffer &edits, const orm::Key &key, RowState state)
{
    switch (state) {
    case RowState::Clean:
        return {};
    case RowState::ChangedOutside:
        return Text::tr("changed outside");
    case RowState::Modified:
        return Text::tr("modified: %1").arg(changesText(edits, key));
    case RowState::New:
        return Text::tr("new, not saved");
    case RowState::Deleted:
        return Text::tr("marked for deletion");
    case RowState::Invalid:
        return Text::tr("cannot be saved: %1").arg(problemPhrase(edits, key));
    case RowState::Conflict:
        return Text::tr("changed outside since you read it");
    }
    return {};
}

QString rowText(const EditBuffer &edits, const orm::Key &key, RowState state,
                const std::function<std::optional<orm::StoredValue>(int)> &value)
{
    const orm::Table &table = edits.table();
    QStringList parts;
    const int title = titleColumn(table);
    if (const auto text = value(title))
        parts.append(celltext::spoken(table.columns.at(title), *text));
    const int created = table.indexOf(orm::Role::Created);
    if (created >= 0) {
        if (const auto time = value(created); time && !time->isNull())
            parts.append(celltext::spoken(table.columns.at(created), *time));
    }
    if (const QString pending = stateText(edits, key, state); !pending.isEmpty())
        parts.append(pending);
    return parts.join(u", "_s);
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/review/rowname.h"

#include "ui/changes/editbuffer.h"
#include "ui/table/rowtext.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ui::RowName)
};

constexpr qsizetype longestName = 60;

QString shown(const orm::StoredValue &value)
{
    const QString text = value.toString().left(4 * longestName).simplified();
    return text.size() > longestName ? text.left(longestName) + u'…' : text;
}

} // namespace

QString rowName(const EditBuffer &edits, const orm::Key &key)
{
    const orm::Table &table = edits.table();
    const int title = titleColumn(table);
    const orm::Key known = edits.resolve(key);
    // Others may have the same title: that is why there is more to the key
    if (table.columns.at(title).isPrimaryKey && table.primaryKey().size() > 1
        && !known.isTemporary())
        return Text::tr("“%1”").arg(shown(orm::StoredValue::text(known.toString())));
    const orm::StoredValue stored = edits.snapshot(key).values.value(title);
    QString text = shown(stored);
    if (text.isEmpty())
        text = shown(edits.value(key, title).value_or(orm::StoredValue()));
    if (!text.isEmpty())
        return Text::tr("“%1”").arg(text);
    if (known.isTemporary())
        return Text::tr("The new %1").arg(table.singular);
    //: "post 499"
    return Text::tr("%1 %2").arg(table.singular, known.toString());
}

} // namespace ui

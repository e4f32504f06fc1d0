// SPDX-License-Identifier: MIT
#include "app/translatedtable.h"

#include <QCoreApplication>

namespace app {

namespace {

void translate(QString &text)
{
    if (!text.isEmpty())
        text = QCoreApplication::translate("app::Post", text.toUtf8().constData());
}

} // namespace

orm::Table translated(orm::Table table)
{
    translate(table.singular);
    translate(table.plural);
    for (orm::Column &column : table.columns)
        translate(column.label);
    return table;
}

} // namespace app

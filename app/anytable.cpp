// SPDX-License-Identifier: MIT
#include "app/anytable.h"

#include "app/post.h"
#include "app/translatedtable.h"
#include "core/dialect/dialect.h"
#include "core/engine/connection.h"
#include "core/engine/inspector.h"
#include "ui/common/errortext.h"
#include "ui/mainwindow/databaseopener.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(app::AnyTable)
};

bool isSameName(const QString &a, const QString &b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

QString missing(orm::Connection &connection, const QString &database, const QString &name)
{
    QStringList names;
    for (const QString &table : orm::tableNames(connection))
        names << u'\'' + table + u'\'';
    return names.isEmpty()
        ? Text::tr("%1 has no table '%2', nor any other.").arg(database, name)
        : Text::tr("%1 has no table '%2'. It has %3.").arg(database, name, names.join(u", "_s));
}

/// What a row is known by to a reader: the column of one of the usual names, else the first short text.
int titleOf(const orm::Table &table)
{
    for (const QLatin1StringView usual : {"title"_L1, "name"_L1, "subject"_L1, "label"_L1}) {
        if (const int column = table.indexOf(usual);
            column >= 0 && table.columns.at(column).type.isText())
            return column;
    }
    for (const bool isKeyWanted : {false, true}) {
        for (int i = 0; i < table.columns.size(); ++i) {
            const orm::Column &column = table.columns.at(i);
            if (column.type.isText() && !column.type.isLarge() && !column.isReadOnly
                && column.isPrimaryKey == isKeyWanted)
                return i;
        }
    }
    return -1;
}

/// The window takes an integer key for one that the database counts up, and keeps it from being typed.
void tellKeysApart(orm::Table &table)
{
    const QList<int> key = table.primaryKey();
    if (!table.hasIntegerKey() || table.columns.at(key.first()).type == orm::Integer)
        return;
    table.columns[key.first()].type = orm::Numeric{};
}

} // namespace

orm::Table described(const orm::LiveTable &live)
{
    orm::Table table = live.table;
    table.singular = QCoreApplication::translate("app::AnyTable", "row");
    table.plural = QCoreApplication::translate("app::AnyTable", "rows");
    if (live.isView) {
        for (orm::Column &column : table.columns)
            column.isPrimaryKey = true;
    } else if (table.primaryKey().isEmpty() || live.hasNullKey) {
        for (orm::Column &column : table.columns)
            column.isPrimaryKey = false;
        orm::Column number;
        number.name = u"rowid"_s;
        number.type = orm::Integer;
        number.isPrimaryKey = true;
        number.isNullable = false;
        number.isReadOnly = true;
        number.isMapped = false;
        table.columns.prepend(number);
    }
    tellKeysApart(table);
    if (const int title = titleOf(table); title >= 0)
        table.columns[title].role = orm::Role::Title;
    return table;
}

AnyTable AnyTable::find(const QString &database, const QString &name)
{
    const auto url = ui::DatabaseOpener::urlOf(database);
    if (!url || !url->isSqlite())
        return {{},
                Text::tr("'%1' names no database of which a table can be shown.").arg(database)};
    const QFileInfo file(url->database);
    if (!file.isFile())
        return {{}, Text::tr("there is no file %1.").arg(database)};
    try {
        orm::ConnectionOptions options;
        options.access = orm::ConnectionOptions::Access::ReadOnly;
        options.create = orm::ConnectionOptions::Create::Never;
        orm::Connection connection(*url, orm::Dialect::of(url->scheme), options);
        const orm::Table &posts = orm::Mapper::of<Post>().table();
        if (isSameName(name, posts.name))
            return {translated(posts), {}};
        const orm::LiveTable live = orm::reflect(connection, name);
        if (!live.exists)
            return {{}, missing(connection, database, name)};
        return {described(live), {}};
    } catch (const orm::Error &error) {
        return {{}, ui::errorText(error, ui::DatabaseOpener::nameOf(*url))};
    }
}

} // namespace app

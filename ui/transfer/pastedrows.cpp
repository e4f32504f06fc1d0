// SPDX-License-Identifier: MIT
#include "ui/transfer/pastedrows.h"

#include "core/transfer/rowtext.h"
#include "ui/table/celltext.h"

#include <QDataStream>
#include <QIODevice>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMimeData>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui::pastedrows {

namespace {

const auto ownFormat = u"application/x-postdesk-rows"_s;

void write(QDataStream &stream, const orm::StoredValue &value)
{
    stream << quint8(value.storageClass());
    switch (value.storageClass()) {
    case orm::StorageClass::Null:
        break;
    case orm::StorageClass::Integer:
        stream << value.toInteger();
        break;
    case orm::StorageClass::Real:
        stream << value.toReal();
        break;
    case orm::StorageClass::Text:
    case orm::StorageClass::Blob:
        stream << value.bytes();
        break;
    }
}

orm::StoredValue read(QDataStream &stream)
{
    quint8 kind = 0;
    stream >> kind;
    QByteArray bytes;
    switch (orm::StorageClass(kind)) {
    case orm::StorageClass::Null:
        break;
    case orm::StorageClass::Integer: {
        qint64 value = 0;
        stream >> value;
        return orm::StoredValue::integer(value);
    }
    case orm::StorageClass::Real: {
        double value = 0;
        stream >> value;
        return orm::StoredValue::real(value);
    }
    case orm::StorageClass::Text:
        stream >> bytes;
        return orm::StoredValue::utf8(bytes);
    case orm::StorageClass::Blob:
        stream >> bytes;
        return orm::StoredValue::blob(bytes);
    }
    return {};
}

/// Whether a pasted row may say what stands in the column: a key only where the database doesn't
/// count it up.
bool isTaken(const orm::Table &table, int index)
{
    const orm::Column &column = table.columns.at(index);
    return !(column.isPrimaryKey && table.hasIntegerKey()) && !column.isReadOnly
        && !column.isVersion;
}

/// The table's columns of these names; -1 for one that is none, or is not taken.
QList<int> columnsOf(const QStringList &names, const orm::Table &table)
{
    QList<int> columns;
    for (const QString &name : names) {
        const int column = table.indexOf(name);
        columns << (column >= 0 && isTaken(table, column) ? column : -1);
    }
    return columns;
}

/// As spreadsheets give it, by the order of columns: all of the table, or those that one writes.
QList<int> columnsInOrder(qsizetype count, const orm::Table &table)
{
    QStringList names;
    QList<int> columns;
    if (count == table.columns.size()) {
        for (const orm::Column &column : table.columns)
            names << column.name;
        return columnsOf(names, table);
    }
    for (const orm::Role role : {orm::Role::Title, orm::Role::Body, orm::Role::Created}) {
        if (const int column = table.indexOf(role); column >= 0)
            columns << column;
    }
    for (int i = 0; i < table.columns.size(); ++i) {
        if (isTaken(table, i) && !columns.contains(i))
            columns << i;
    }
    return columns;
}

QList<Values> takeOwn(const QByteArray &packed, const orm::Table &table)
{
    QDataStream stream(packed);
    QStringList names;
    qint64 count = 0;
    stream >> names >> count;
    const QList<int> columns = columnsOf(names, table);
    QList<Values> rows;
    for (qint64 i = 0; i < count && stream.status() == QDataStream::Ok; ++i) {
        Values values;
        for (const int column : columns) {
            const orm::StoredValue value = read(stream);
            if (column >= 0 && !value.isNull())
                values.insert(column, value);
        }
        rows << values;
    }
    return stream.status() == QDataStream::Ok ? rows : QList<Values>();
}

orm::StoredValue fromJson(const orm::Column &column, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return orm::StoredValue::integer(value.toBool() ? 1 : 0);
    case QJsonValue::Double: {
        const QVariant number = value.toVariant(); // a whole one is a qlonglong
        return number.typeId() == QMetaType::LongLong
            ? orm::StoredValue::integer(number.toLongLong())
            : orm::StoredValue::real(value.toDouble());
    }
    case QJsonValue::String: {
        // Stored as it is written, also where a cell would show or take it otherwise.
        const orm::StoredValue text = orm::StoredValue::text(value.toString());
        return column.type.isText() || !orm::validate(column, text)
            ? text
            : celltext::parse(column, value.toString());
    }
    case QJsonValue::Object: {
        const QString base64 = value.toObject().value("$base64"_L1).toString();
        return orm::StoredValue::blob(QByteArray::fromBase64(base64.toLatin1()));
    }
    default:
        return {};
    }
}

QList<Values> takeJson(const QString &text, const orm::Table &table)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    const QJsonArray objects
        = document.isObject() ? QJsonArray{document.object()} : document.array();
    QList<Values> rows;
    for (const QJsonValue object : objects) {
        Values values;
        const QJsonObject fields = object.toObject();
        for (auto field = fields.constBegin(); field != fields.constEnd(); ++field) {
            const int column = columnsOf({field.key()}, table).first();
            if (column >= 0 && !field.value().isNull())
                values.insert(column, fromJson(table.columns.at(column), field.value()));
        }
        if (!values.isEmpty())
            rows << values;
    }
    return rows;
}

QStringList heading(const QList<orm::SeparatedField> &line)
{
    QStringList names;
    for (const orm::SeparatedField &field : line)
        names << field.value_or(QString()).trimmed();
    return names;
}

/// Whether most of @p line are names of the table's columns.
bool isHeading(const QList<orm::SeparatedField> &line, const orm::Table &table)
{
    const QStringList names = heading(line);
    const auto known = std::count_if(names.cbegin(), names.cend(), [&table](const QString &name) {
        return table.indexOf(name) >= 0;
    });
    return 2 * known > names.size();
}

orm::StoredValue fromText(const orm::Column &column, const QString &text)
{
    const orm::StoredValue asIs = orm::StoredValue::text(text);
    using Kind = orm::ColumnType::Kind;
    const Kind kind = column.type.kind;
    const bool isTime = kind == Kind::DateTime || kind == Kind::Date || kind == Kind::Time;
    // A time that is written as the database writes it is UTC; else it is as one types it.
    return column.type.isText() || (isTime && !orm::validate(column, asIs))
        ? asIs
        : celltext::parse(column, text);
}

QList<Values> takeText(const QString &text, const orm::Table &table)
{
    // Commas are in any sentence; only a heading tells that they separate. Tabs may be in a text, too.
    QList<QList<orm::SeparatedField>> lines
        = orm::parseSeparated(text.left(text.indexOf(u'\n')), u',');
    const bool hasCommas
        = !lines.isEmpty() && lines.first().size() > 1 && isHeading(lines.first(), table);
    lines = orm::parseSeparated(text, hasCommas ? u',' : u'\t');
    if (lines.isEmpty())
        return {};
    QList<int> columns;
    if (lines.size() > 1 && isHeading(lines.first(), table))
        columns = columnsOf(heading(lines.takeFirst()), table);
    QList<Values> rows;
    for (const QList<orm::SeparatedField> &line : std::as_const(lines)) {
        const QList<int> places = columns.isEmpty() ? columnsInOrder(line.size(), table) : columns;
        Values values;
        for (qsizetype i = 0; i < line.size() && i < places.size(); ++i) {
            if (places.at(i) >= 0 && line.at(i))
                values.insert(places.at(i), fromText(table.columns.at(places.at(i)), *line.at(i)));
        }
        if (!values.isEmpty())
            rows << values;
    }
    return rows;
}

} // namespace

QByteArray packed(const orm::Table &table, const QList<QList<orm::StoredValue>> &rows)
{
    QStringList names;
    for (const orm::Column &column : table.columns)
        names << column.name;
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << names << qint64(rows.size());
    for (const QList<orm::StoredValue> &row : rows) {
        for (qsizetype i = 0; i < names.size(); ++i)
            write(stream, row.value(i));
    }
    return bytes;
}

void put(QMimeData &data, const QByteArray &packed)
{
    data.setData(ownFormat, packed);
}

void put(QMimeData &data, const orm::Table &table, const QList<QList<orm::StoredValue>> &rows)
{
    put(data, packed(table, rows));
}

Clip clipOf(const QMimeData &data)
{
    if (data.hasFormat(ownFormat))
        return {data.data(ownFormat), {}};
    return {{}, data.text()};
}

QList<Values> take(const Clip &clip, const orm::Table &table)
{
    if (!clip.own.isEmpty())
        return takeOwn(clip.own, table);
    const QString trimmed = clip.text.trimmed();
    if (trimmed.startsWith(u'[') || trimmed.startsWith(u'{')) {
        if (QList<Values> rows = takeJson(clip.text, table); !rows.isEmpty())
            return rows;
    }
    return takeText(clip.text, table);
}

QList<Values> take(const QMimeData &data, const orm::Table &table)
{
    return take(clipOf(data), table);
}

bool canTake(const QMimeData &data)
{
    return data.hasFormat(ownFormat) || (data.hasText() && !data.text().isEmpty());
}

} // namespace ui::pastedrows

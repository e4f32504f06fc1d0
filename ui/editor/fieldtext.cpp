// SPDX-License-Identifier: MIT
#include "ui/editor/fieldtext.h"

#include "ui/table/celltext.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using Kind = orm::ColumnType::Kind;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ui::FieldText)
};

bool isDateOrTime(Kind kind)
{
    return kind == Kind::Date || kind == Kind::Time || kind == Kind::DateTime;
}

/// Whether all that is typed is meant as it is typed, an empty text too.
bool isPlainText(Kind kind)
{
    switch (kind) {
    case Kind::String:
    case Kind::Text:
    case Kind::Uuid:
    case Kind::Json:
        return true;
    default:
        return false;
    }
}

/// A column that says nothing of its type takes numbers where there was one.
orm::StoredValue parseLike(const orm::StoredValue &base, const QString &text)
{
    bool isNumber = false;
    if (base.storageClass() == orm::StorageClass::Integer) {
        const qint64 integer = text.trimmed().toLongLong(&isNumber);
        if (isNumber)
            return orm::StoredValue::integer(integer);
    } else if (base.storageClass() == orm::StorageClass::Real) {
        const double real = text.trimmed().toDouble(&isNumber);
        if (isNumber)
            return orm::StoredValue::real(real);
    }
    return orm::StoredValue::text(text);
}

} // namespace

QString fieldText(const orm::Column &column, const orm::StoredValue &value)
{
    QString text = celltext::edit(column, value).toString();
    if (column.type.kind == Kind::Time && text.endsWith(".000000"_L1))
        text.chop(7);
    return text;
}

QString comparedText(const orm::Column &column, const orm::StoredValue &value)
{
    return column.type.isText() ? value.toString() : fieldText(column, value);
}

orm::StoredValue fieldValue(const orm::Column &column, const QString &text,
                            const orm::StoredValue &base)
{
    const Kind kind = column.type.kind;
    if (text.isEmpty() && base.isNull())
        return {};
    if (!base.isNull() && text == fieldText(column, base))
        return base;
    if (isPlainText(kind))
        return orm::StoredValue::text(text);
    if (kind == Kind::Unknown)
        return parseLike(base, text);
    return celltext::parse(column, text);
}

QString keptText(const orm::Column &column, const orm::StoredValue &value)
{
    using orm::StorageClass;
    if (value.isNull())
        return {};
    const QLocale locale;
    const Kind kind = column.type.kind;
    switch (value.storageClass()) {
    case StorageClass::Blob:
        return Text::tr("This value is binary (%1 bytes). It is kept as it is.")
            .arg(locale.toString(value.bytes().size()));
    case StorageClass::Text:
        if (!value.isValidText())
            return Text::tr("This text is not valid UTF-8 (%1 bytes). It is kept as it is.")
                .arg(locale.toString(value.bytes().size()));
        if (kind == Kind::Boolean || kind == Kind::Integer || kind == Kind::BigInteger
            || kind == Kind::Float)
            return Text::tr(
                       "This value is the text \u201C%1\u201D, not a number. It is kept as it is.")
                .arg(value.toString().left(60));
        if (kind == Kind::LargeBinary)
            return Text::tr(
                       "This value is text in a binary column (%1 bytes). It is kept as it is.")
                .arg(locale.toString(value.bytes().size()));
        return {};
    case StorageClass::Integer:
    case StorageClass::Real:
        if (isDateOrTime(kind))
            return Text::tr("This value is the number %1, not a date. It is kept as it is.")
                .arg(value.toString());
        if (column.type.isText() || kind == Kind::Uuid || kind == Kind::LargeBinary)
            return Text::tr("This value is the number %1, not text. It is kept as it is.")
                .arg(value.toString());
        if (value.storageClass() == StorageClass::Real
            && (kind == Kind::Boolean || kind == Kind::Integer || kind == Kind::BigInteger))
            return Text::tr("This value is %1, not a whole number. It is kept as it is.")
                .arg(value.toString());
        return {};
    case StorageClass::Null:
        break;
    }
    return {};
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/table/celltext.h"

#include "core/schema/datetimecodec.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui::celltext {

namespace {

using Kind = orm::ColumnType::Kind;

/// tr() for functions that have no class.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ui::CellText)
};

/// Characters of a text that a cell shows; more don't fit on any screen.
constexpr qsizetype longestText = 1000;

bool endsLine(QChar character)
{
    return character == u'\n' || character == u'\r' || character == QChar::LineSeparator
        || character == QChar::ParagraphSeparator;
}

QString firstLine(const orm::StoredValue &value)
{
    // Of a body of megabytes only what may be shown is decoded.
    const QByteArray bytes = value.bytes();
    QString text = QString::fromUtf8(
        QByteArrayView(bytes).first(std::min<qsizetype>(bytes.size(), 4 * longestText)));
    const auto end = std::find_if(text.cbegin(), text.cend(), endsLine);
    text.truncate(std::min<qsizetype>(end - text.cbegin(), longestText));
    return text;
}

QDateTime dateTimeOf(const orm::StoredValue &value)
{
    if (value.storageClass() != orm::StorageClass::Text)
        return {};
    return orm::datetimecodec::parseDateTime(value.bytes());
}

QDate dateOf(const orm::StoredValue &value)
{
    if (value.storageClass() != orm::StorageClass::Text)
        return {};
    return orm::datetimecodec::parseDate(value.bytes());
}

QTime timeOf(const orm::StoredValue &value)
{
    if (value.storageClass() != orm::StorageClass::Text)
        return {};
    return orm::datetimecodec::parseTime(value.bytes());
}

QString shortDate(QDate date)
{
    const bool isThisYear = date.year() == QDate::currentDate().year();
    //: A day of this year; a day of another one. See QDate::toString()
    return QLocale().toString(date, isThisYear ? Text::tr("d MMM") : Text::tr("d MMM yyyy"));
}

bool isBoolean(const orm::StoredValue &value)
{
    return value.storageClass() == orm::StorageClass::Integer
        && (value.toInteger() == 0 || value.toInteger() == 1);
}

QString yesNo(const orm::StoredValue &value)
{
    return value.toInteger() == 1 ? Text::tr("yes") : Text::tr("no");
}

/// Whether something follows the time that says its zone.
bool saysZone(const QString &text)
{
    const QStringView afterDate = QStringView(text).sliced(std::min<qsizetype>(10, text.size()));
    return afterDate.endsWith(u'Z', Qt::CaseInsensitive) || afterDate.contains(u'+')
        || afterDate.contains(u'-');
}

orm::StoredValue instant(const QDateTime &time)
{
    return orm::StoredValue::utf8(orm::datetimecodec::formatDateTime(time.toUTC()));
}

orm::StoredValue parseDateTime(const QString &text)
{
    const QDateTime time = orm::datetimecodec::parseDateTime(text.toUtf8());
    if (!time.isValid())
        return orm::StoredValue::text(text);
    return instant(saysZone(text) ? time : QDateTime(time.date(), time.time(), Qt::LocalTime));
}

orm::StoredValue parseInteger(const QString &text)
{
    bool isNumber = false;
    qint64 number = text.toLongLong(&isNumber);
    if (!isNumber)
        number = QLocale().toLongLong(text, &isNumber);
    return isNumber ? orm::StoredValue::integer(number) : orm::StoredValue::text(text);
}

std::optional<double> parseNumber(const QString &text)
{
    bool isNumber = false;
    double number = text.toDouble(&isNumber);
    if (!isNumber)
        number = QLocale().toDouble(text, &isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

orm::StoredValue parseReal(const QString &text)
{
    const auto number = parseNumber(text);
    return number ? orm::StoredValue::real(*number) : orm::StoredValue::text(text);
}

/// Exact digits stay text, so that none is lost on the way.
orm::StoredValue parseDecimal(const QString &text)
{
    bool isNumber = false;
    text.toDouble(&isNumber);
    if (isNumber)
        return orm::StoredValue::text(text);
    const QLocale locale;
    QString plain = text;
    plain.remove(locale.groupSeparator());
    plain.replace(locale.decimalPoint(), "."_L1);
    plain.toDouble(&isNumber);
    return orm::StoredValue::text(isNumber ? plain : text);
}

orm::StoredValue parseBoolean(const QString &text)
{
    const auto is
        = [&text](const QString &word) { return text.compare(word, Qt::CaseInsensitive) == 0; };
    if (is(QCoreApplication::translate("ui::CellText", "yes")) || is(u"true"_s) || is(u"yes"_s)
        || is(u"1"_s))
        return orm::StoredValue::integer(1);
    if (is(QCoreApplication::translate("ui::CellText", "no")) || is(u"false"_s) || is(u"no"_s)
        || is(u"0"_s))
        return orm::StoredValue::integer(0);
    return orm::StoredValue::text(text);
}

orm::StoredValue parseEnum(const orm::ColumnType &type, const QString &text)
{
    for (const char *const *name = type.enumNames; name && *name; ++name) {
        const QString known = QString::fromUtf8(*name);
        if (known.compare(text, Qt::CaseInsensitive) == 0)
            return orm::StoredValue::text(known);
    }
    return orm::StoredValue::text(text);
}

/// @p value, a time to the millisecond at best, with the digits of a second that were typed.
orm::StoredValue withFraction(const orm::StoredValue &value, const QString &typed)
{
    const QByteArray formatted = value.bytes();
    const qsizetype own = formatted.lastIndexOf('.');
    const qsizetype point = typed.lastIndexOf(u'.');
    if (point < 0 || own < 0)
        return value;
    QByteArray digits;
    for (qsizetype i = point + 1; i < typed.size() && typed[i] >= u'0' && typed[i] <= u'9'; ++i)
        digits += char(typed[i].unicode());
    return orm::StoredValue::utf8(formatted.first(own + 1) + digits.leftJustified(6, '0', true));
}

orm::StoredValue parseText(const orm::Column &column, const QString &typed)
{
    const Kind kind = column.type.kind;
    if (kind == Kind::String || kind == Kind::Text || kind == Kind::Unknown)
        return orm::StoredValue::text(typed);
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return {};
    switch (kind) {
    case Kind::Boolean:
        return parseBoolean(text);
    case Kind::Integer:
    case Kind::BigInteger:
        return parseInteger(text);
    case Kind::Float:
        return parseReal(text);
    case Kind::Numeric:
        return parseDecimal(text);
    case Kind::Date: {
        const QDate date = orm::datetimecodec::parseDate(text.toUtf8());
        return date.isValid() ? orm::StoredValue::utf8(orm::datetimecodec::formatDate(date))
                              : orm::StoredValue::text(typed);
    }
    case Kind::Time: {
        const QTime time = orm::datetimecodec::parseTime(text.toUtf8());
        return time.isValid() ? orm::StoredValue::utf8(orm::datetimecodec::formatTime(time))
                              : orm::StoredValue::text(typed);
    }
    case Kind::DateTime:
        return parseDateTime(text);
    case Kind::Enum:
        return parseEnum(column.type, text);
    case Kind::LargeBinary:
        return orm::StoredValue::blob(typed.toUtf8());
    case Kind::Uuid:
    case Kind::Json:
    case Kind::String:
    case Kind::Text:
    case Kind::Unknown:
        break;
    }
    return orm::StoredValue::text(typed);
}

} // namespace

QString display(const orm::Column &column, const orm::StoredValue &value)
{
    switch (column.type.kind) {
    case Kind::Boolean:
        if (isBoolean(value))
            return yesNo(value);
        break;
    case Kind::Date:
        if (const QDate date = dateOf(value); date.isValid())
            return shortDate(date);
        break;
    case Kind::Time:
        if (const QTime time = timeOf(value); time.isValid())
            return QLocale().toString(time, time.second() ? u"HH:mm:ss"_s : u"HH:mm"_s);
        break;
    case Kind::DateTime:
        if (const QDateTime time = dateTimeOf(value).toLocalTime(); time.isValid())
            return shortDate(time.date()) + u' ' + QLocale().toString(time.time(), u"HH:mm"_s);
        break;
    case Kind::Float:
        if (value.storageClass() == orm::StorageClass::Real)
            return QLocale().toString(value.toReal(), 'g', QLocale::FloatingPointShortest);
        break;
    case Kind::LargeBinary:
        if (value.storageClass() == orm::StorageClass::Blob)
            return QLocale().formattedDataSize(value.bytes().size());
        break;
    default:
        break;
    }
    switch (value.storageClass()) {
    case orm::StorageClass::Text:
    case orm::StorageClass::Blob:
        return firstLine(value);
    default:
        return value.toString();
    }
}

QString toolTip(const orm::Column &column, const orm::StoredValue &value)
{
    if (column.type.kind == Kind::DateTime && dateTimeOf(value).isValid())
        //: A time as the database has it
        return Text::tr("%1 UTC").arg(value.toString());
    return {};
}

QString spoken(const orm::Column &column, const orm::StoredValue &value)
{
    const QLocale locale;
    if (column.type.kind == Kind::Date) {
        if (const QDate date = dateOf(value); date.isValid())
            return locale.toString(date, Text::tr("d MMMM yyyy"));
    }
    if (column.type.kind == Kind::DateTime) {
        if (const QDateTime time = dateTimeOf(value).toLocalTime(); time.isValid())
            return locale.toString(time.date(), Text::tr("d MMMM yyyy"));
    }
    return value.isNull() ? Text::tr("empty") : display(column, value);
}

Qt::Alignment alignment(const orm::Column &column)
{
    switch (column.type.kind) {
    case Kind::Integer:
    case Kind::BigInteger:
    case Kind::Float:
    case Kind::Numeric:
        return Qt::AlignRight | Qt::AlignVCenter;
    default:
        return Qt::AlignLeft | Qt::AlignVCenter;
    }
}

QVariant edit(const orm::Column &column, const orm::StoredValue &value)
{
    if (value.isNull())
        return {};
    if (column.type.kind == Kind::Boolean && isBoolean(value))
        return yesNo(value);
    if (column.type.kind == Kind::DateTime) {
        if (const QDateTime time = dateTimeOf(value).toLocalTime(); time.isValid())
            return time.toString(u"yyyy-MM-dd HH:mm:ss"_s);
    }
    return value.toString();
}

orm::StoredValue parse(const orm::Column &column, const QVariant &typed)
{
    if (!typed.isValid())
        return {};
    switch (typed.typeId()) {
    case QMetaType::Bool:
        return orm::StoredValue::integer(typed.toBool() ? 1 : 0);
    case QMetaType::QDateTime:
        return instant(typed.toDateTime());
    case QMetaType::QDate:
        return orm::StoredValue::utf8(orm::datetimecodec::formatDate(typed.toDate()));
    case QMetaType::QTime:
        return orm::StoredValue::utf8(orm::datetimecodec::formatTime(typed.toTime()));
    default:
        break;
    }
    if (typed.typeId() == qMetaTypeId<orm::StoredValue>())
        return typed.value<orm::StoredValue>();
    const QString text = typed.toString();
    const orm::StoredValue value = parseText(column, text);
    if (!value.isNull() && orm::validate(column, value))
        return orm::StoredValue::text(text); // as typed, blanks and all
    const bool isTime = column.type.kind == Kind::Time || column.type.kind == Kind::DateTime;
    return isTime ? withFraction(value, text) : value;
}

} // namespace ui::celltext

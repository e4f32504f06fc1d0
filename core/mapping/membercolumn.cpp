// SPDX-License-Identifier: MIT
#include "core/mapping/membercolumn.h"

using namespace Qt::StringLiterals;

namespace orm::detail {

Expression compareInstant(const Expression &column, const char *operation, const QDateTime &instant)
{
    const StoredValue whole = TypeTraits<QDateTime>::toStored(instant);
    const QByteArrayView name(operation);
    if (instant.time().msec() != 0)
        return Expression::binary(column, QString::fromLatin1(name), Expression::value(whole));
    // "10:00:00" comes before "10:00:00.000000", which is the same instant
    const StoredValue bare = StoredValue::utf8(whole.bytes().first(19));
    if (name == "=")
        return Expression::in(column, {bare, whole});
    if (name == "!=")
        return Expression::unary(Expression::Kind::Not, Expression::in(column, {bare, whole}));
    const bool wantsBare = name == ">=" || name == "<";
    return Expression::binary(column, QString::fromLatin1(name),
                              Expression::value(wantsBare ? bare : whole));
}

Expression columnOf(const Mapper &mapper, quint64 tag)
{
    const int column = mapper.columnOf(tag);
    if (column < 0)
        throw InvalidRequestError(
            u"A member of '%1' that has no column was named in an expression"_s.arg(
                mapper.table().name));
    return Expression::ownColumn(mapper.table().columns.at(column).name, mapper.table().name);
}

} // namespace orm::detail

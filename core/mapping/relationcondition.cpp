// SPDX-License-Identifier: MIT
#include "core/mapping/relationcondition.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

using Kind = RelationshipMapping::Kind;

QString columnName(const Mapper &mapper, quint64 tag)
{
    const int column = mapper.columnOf(tag);
    if (column < 0)
        throw InvalidRequestError(
            u"The foreign key of a relationship is no column of '%1'"_s.arg(mapper.table().name));
    return mapper.table().columns.at(column).name;
}

QString keyName(const Mapper &mapper)
{
    if (mapper.primaryKey().size() != 1)
        throw InvalidRequestError(
            u"The key of '%1' has several columns, a foreign key one"_s.arg(mapper.table().name));
    return mapper.table().columns.at(mapper.primaryKey().front()).name;
}

Expression equal(const QString &column, const QString &table, const QString &otherColumn,
                 const QString &otherTable)
{
    return Expression::binary(Expression::column(column, table), u"="_s,
                              Expression::column(otherColumn, otherTable));
}

/// The columns that tie a row of the target, named @p target, to one of @p mapper's table.
Expression tie(const Mapper &mapper, const RelationshipMapping &relationship, const QString &target)
{
    const QString &own = mapper.table().name;
    if (relationship.kind == Kind::ManyToOne)
        return equal(keyName(relationship.target()), target,
                     columnName(mapper, relationship.foreignKey), own);
    return equal(columnName(relationship.target(), relationship.foreignKey), target,
                 keyName(mapper), own);
}

} // namespace

namespace detail {

const RelationshipMapping &relationshipOf(const Mapper &mapper, quint64 tag)
{
    const auto all = mapper.relationships();
    const auto found = std::find_if(
        all.begin(), all.end(), [tag](const RelationshipMapping &one) { return one.tag == tag; });
    if (found == all.end())
        throw InvalidRequestError(u"'%1' has no such relationship"_s.arg(mapper.table().name));
    return *found;
}

Expression related(const Mapper &mapper, const RelationshipMapping &relationship,
                   const Expression &condition)
{
    const Mapper &target = relationship.target();
    const QString &table = target.table().name;
    if (relationship.kind == Kind::ManyToMany) {
        const Mapper &association = relationship.association();
        const QString &between = association.table().name;
        const QString alias
            = &target == &mapper ? u"%1_%2"_s.arg(table).arg(condition.depth() + 1) : QString();
        const QString &name = alias.isEmpty() ? table : alias;
        const Expression inner = alias.isEmpty() ? condition : condition.requalified(table, alias);
        return Expression::exists(
            between, {},
            equal(columnName(association, relationship.foreignKey), between, keyName(mapper),
                  mapper.table().name)
                && Expression::exists(table, alias,
                                      equal(keyName(target), name,
                                            columnName(association, relationship.targetKey),
                                            between)
                                          && inner));
    }
    if (&target != &mapper)
        return Expression::exists(table, {}, tie(mapper, relationship, table) && condition);
    // Rows of one table: the inner ones bear another name, each level its own
    const QString alias = u"%1_%2"_s.arg(table).arg(condition.depth() + 1);
    return Expression::exists(
        table, alias, tie(mapper, relationship, alias) && condition.requalified(table, alias));
}

QList<Join> aliasedJoins(const Mapper &mapper, const RelationshipMapping &relationship,
                         Join::Kind kind, const QString &alias, int number)
{
    const Mapper &target = relationship.target();
    const QString &table = target.table().name;
    const QString asName = alias == table ? QString() : alias;
    if (relationship.kind != Kind::ManyToMany)
        return {{table, asName, kind, tie(mapper, relationship, alias)}};
    const Mapper &association = relationship.association();
    const QString &between = association.table().name;
    const QString betweenAlias = number == 0 ? QString() : u"%1_%2"_s.arg(between).arg(number);
    const QString betweenName = number == 0 ? between : betweenAlias;
    return {{between, betweenAlias, kind,
             equal(columnName(association, relationship.foreignKey), betweenName, keyName(mapper),
                   mapper.table().name)},
            {table, asName, kind,
             equal(keyName(target), alias, columnName(association, relationship.targetKey),
                   betweenName)}};
}

QList<Join> joins(const Mapper &mapper, const RelationshipMapping &relationship, Join::Kind kind)
{
    const Mapper &target = relationship.target();
    if (&target == &mapper)
        throw InvalidRequestError(
            u"'%1' can't be joined with itself; any() and has() look at its own rows"_s.arg(
                target.table().name));
    return aliasedJoins(mapper, relationship, kind, target.table().name, 0);
}

} // namespace detail

Expression related(const Mapper &mapper, const QString &relationship, const Expression &condition)
{
    return detail::related(mapper, mapper.relationship(relationship), condition);
}

} // namespace orm

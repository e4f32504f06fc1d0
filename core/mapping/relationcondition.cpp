// SPDX-License-Identifier: MIT
#include "core/mapping/relationcondition.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

using Kind = RelationshipMapping::Kind;

QStringList columnNames(const Mapper &mapper, const KeyTags &tags)
{
    QStringList names;
    for (const quint64 tag : tags) {
        const int column = tag ? mapper.columnOf(tag) : -1;
        if (tag && column < 0)
            throw InvalidRequestError(
                u"The foreign key of a relationship is no column of '%1'"_s.arg(
                    mapper.table().name));
        if (tag)
            names.append(mapper.table().columns.at(column).name);
    }
    return names;
}

QStringList keyNames(const Mapper &mapper)
{
    QStringList names;
    for (const int column : mapper.primaryKey())
        names.append(mapper.table().columns.at(column).name);
    return names;
}

/// Each of @p columns is the one of @p otherColumns.
Expression equal(const QStringList &columns, const QString &table, const QStringList &otherColumns,
                 const QString &otherTable)
{
    if (columns.size() != otherColumns.size())
        throw InvalidRequestError(
            u"%1 of '%2' and %3 of '%4': a foreign key has as many columns as "
            "the key that it refers to"_s.arg(columns.join(u", "_s), table,
                                              otherColumns.join(u", "_s), otherTable));
    Expression all;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const Expression one
            = Expression::binary(Expression::column(columns.at(i), table), u"="_s,
                                 Expression::column(otherColumns.at(i), otherTable));
        all = all.isNull() ? one : all && one;
    }
    return all;
}

/// The columns that tie a row of the target, named @p target, to one of @p mapper's table.
Expression tie(const Mapper &mapper, const RelationshipMapping &relationship, const QString &target)
{
    const QString &own = mapper.table().name;
    if (relationship.kind == Kind::ManyToOne)
        return equal(keyNames(relationship.target()), target,
                     columnNames(mapper, relationship.foreignKey), own);
    return equal(columnNames(relationship.target(), relationship.foreignKey), target,
                 keyNames(mapper), own);
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
            equal(columnNames(association, relationship.foreignKey), between, keyNames(mapper),
                  mapper.table().name)
                && Expression::exists(table, alias,
                                      equal(keyNames(target), name,
                                            columnNames(association, relationship.targetKey),
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
             equal(columnNames(association, relationship.foreignKey), betweenName, keyNames(mapper),
                   mapper.table().name)},
            {table, asName, kind,
             equal(keyNames(target), alias, columnNames(association, relationship.targetKey),
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

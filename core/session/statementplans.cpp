// SPDX-License-Identifier: MIT
#include "core/session/statementplans.h"

#include "core/dialect/dialect.h"
#include "core/engine/connection.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

struct StatementPlans::PerMapper
{
    const Mapper *mapper = nullptr;
    std::unique_ptr<PreparedStatement> select;
    std::unique_ptr<PreparedStatement> remove;
    std::vector<std::unique_ptr<Insert>> inserts;
    std::vector<std::unique_ptr<Update>> updates;
};

namespace {

constexpr size_t mostPlans = 64; // of one kind and mapper: sets of changed columns may be many

/// The plan that fits, moved to the front: the next row nearly always wants the same.
template<typename Plan, typename Fits>
Plan *findPlan(std::vector<std::unique_ptr<Plan>> &plans, const Fits &fits)
{
    if (!plans.empty() && fits(*plans.front()))
        return plans.front().get();
    const auto found = std::find_if(plans.begin(), plans.end(),
                                    [&fits](const auto &plan) { return fits(*plan); });
    if (found == plans.end())
        return nullptr;
    std::iter_swap(found, plans.begin());
    return plans.front().get();
}

template<typename Plan>
Plan &addPlan(std::vector<std::unique_ptr<Plan>> &plans, std::unique_ptr<Plan> plan)
{
    if (plans.size() >= mostPlans)
        plans.pop_back();
    plans.insert(plans.begin(), std::move(plan));
    return *plans.front();
}

} // namespace

StatementPlans::StatementPlans(Connection &connection)
    : m_connection(connection)
{}

StatementPlans::~StatementPlans() = default;

StatementPlans::PerMapper &StatementPlans::of(const Mapper &mapper)
{
    if (!m_mappers.empty() && m_mappers.front()->mapper == &mapper)
        return *m_mappers.front();
    const auto found = std::find_if(m_mappers.begin(), m_mappers.end(),
                                    [&](const auto &plans) { return plans->mapper == &mapper; });
    if (found == m_mappers.end()) {
        auto plans = std::make_unique<PerMapper>();
        plans->mapper = &mapper;
        m_mappers.insert(m_mappers.begin(), std::move(plans));
    } else {
        std::iter_swap(found, m_mappers.begin());
    }
    return *m_mappers.front();
}

QString StatementPlans::condition(const Mapper &mapper) const
{
    QStringList terms;
    for (const int column : mapper.primaryKey())
        terms.append(m_connection.dialect().quote(mapper.table().columns.at(column).name)
                     + u"=?"_s);
    return terms.join(u" AND "_s);
}

QString StatementPlans::versionCondition(const Mapper &mapper) const
{
    if (mapper.versionColumn() < 0)
        return {};
    const Column &version = mapper.table().columns.at(mapper.versionColumn());
    return u" AND "_s + m_connection.dialect().quote(version.name) + u"=?"_s;
}

PreparedStatement &StatementPlans::select(const Mapper &mapper)
{
    PerMapper &plans = of(mapper);
    if (!plans.select) {
        const Dialect &dialect = m_connection.dialect();
        QStringList columns;
        for (const Column &column : mapper.table().columns)
            columns.append(dialect.quote(column.name));
        plans.select = m_connection.prepare(u"SELECT %1 FROM %2 WHERE %3"_s.arg(
            columns.join(u", "_s), dialect.quote(mapper.table().name), condition(mapper)));
    }
    return *plans.select;
}

PreparedStatement &StatementPlans::remove(const Mapper &mapper)
{
    PerMapper &plans = of(mapper);
    if (!plans.remove)
        plans.remove = m_connection.prepare(
            u"DELETE FROM %1 WHERE %2"_s.arg(m_connection.dialect().quote(mapper.table().name),
                                             condition(mapper) + versionCondition(mapper)));
    return *plans.remove;
}

StatementPlans::Insert &StatementPlans::insert(const Mapper &mapper, quint64 sent,
                                               quint64 expressions)
{
    PerMapper &plans = of(mapper);
    if (Insert *known = findPlan(plans.inserts, [&](const Insert &plan) {
            return plan.sent == sent && plan.expressions == expressions;
        }))
        return *known;
    const Dialect &dialect = m_connection.dialect();
    const QList<Column> &columns = mapper.table().columns;
    auto plan = std::make_unique<Insert>();
    plan->sent = sent;
    plan->expressions = expressions;
    QStringList names;
    QStringList values;
    QStringList returned;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const auto index = static_cast<size_t>(i);
        const QString name = dialect.quote(columns.at(i).name);
        const bool isExpression = expressions & bit(index);
        if ((sent & bit(index)) || isExpression) {
            names.append(name);
            values.append(isExpression ? columns.at(i).clientDefault.sql : u"?"_s);
        }
        if (!(sent & bit(index))) {
            plan->returned.push_back(index);
            returned.append(name);
        }
    }
    QString sql = u"INSERT INTO "_s + dialect.quote(mapper.table().name);
    if (names.isEmpty())
        sql += u" DEFAULT VALUES"_s;
    else
        sql += u" ("_s + names.join(u", "_s) + u") VALUES ("_s + values.join(u", "_s) + u')';
    plan->returnsRowid = mapper.hasIntegerKey() && plan->returned.size() == 1
        && plan->returned.front() == static_cast<size_t>(mapper.primaryKey().front())
        && m_connection.isRowid(mapper.table().name, columns.at(mapper.primaryKey().front()).name);
    const bool isReadBack = !returned.isEmpty() && !plan->returnsRowid;
    if (isReadBack && dialect.supportsReturning())
        sql += u" RETURNING "_s + returned.join(u", "_s);
    plan->statement = m_connection.prepare(sql);
    if (isReadBack && !dialect.supportsReturning()) {
        for (const int key : mapper.primaryKey())
            plan->isFoundByRowid = plan->isFoundByRowid || !(sent & bit(static_cast<size_t>(key)));
        plan->readBack = m_connection.prepare(u"SELECT %1 FROM %2 WHERE %3"_s.arg(
            returned.join(u", "_s), dialect.quote(mapper.table().name),
            plan->isFoundByRowid ? u"rowid=?"_s : condition(mapper)));
    }
    return addPlan(plans.inserts, std::move(plan));
}

StatementPlans::Update &StatementPlans::update(const Mapper &mapper, quint64 changed)
{
    PerMapper &plans = of(mapper);
    if (Update *known
        = findPlan(plans.updates, [&](const Update &plan) { return plan.changed == changed; }))
        return *known;
    const Dialect &dialect = m_connection.dialect();
    const QList<Column> &columns = mapper.table().columns;
    auto plan = std::make_unique<Update>();
    plan->changed = changed;
    QStringList assignments;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const QString name = dialect.quote(columns.at(i).name);
        if (changed & bit(static_cast<size_t>(i))) {
            assignments.append(name + u"=?"_s);
        } else if (columns.at(i).onUpdate.kind == Default::Kind::Sql) {
            assignments.append(name + u'=' + columns.at(i).onUpdate.sql);
            plan->isReadBack = true;
        } else if (columns.at(i).isReadOnly) {
            plan->isReadBack = true;
        }
    }
    plan->statement = m_connection.prepare(u"UPDATE %1 SET %2 WHERE %3"_s.arg(
        dialect.quote(mapper.table().name), assignments.join(u", "_s),
        condition(mapper) + versionCondition(mapper)));
    return addPlan(plans.updates, std::move(plan));
}

int StatementPlans::bindIdentity(PreparedStatement &statement, int index,
                                 const InstanceState &state)
{
    if (state.mapper().hasIntegerKey()) {
        statement.bindInteger(index, state.integerIdentity());
        return index + 1;
    }
    const QList<StoredValue> values = state.identity().toValues();
    for (const StoredValue &value : values)
        statement.bind(index++, value);
    return index;
}

} // namespace orm

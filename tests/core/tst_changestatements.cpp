// SPDX-License-Identifier: MIT
#include "core/dialect/dialect.h"
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "core/session/applychanges.h"
#include "core/session/changestatements.h"
#include "tests/support/sqltrace.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace orm;

namespace {

const QString odd
    = u"CREATE TABLE \"odd ? posts\" (id INTEGER PRIMARY KEY, \"a ? b\" TEXT, size REAL, data BLOB,"
      " version INTEGER NOT NULL DEFAULT 1, words GENERATED ALWAYS AS (length(\"a ? b\")) STORED);"
      "INSERT INTO \"odd ? posts\" (id, \"a ? b\") VALUES (1, 'one'), (2, 'two'), (3, 'three');"_s;

RowChange change(RowChange::Kind kind, const Key &key, const QList<FieldChange> &fields)
{
    RowChange change;
    change.kind = kind;
    change.key = key;
    change.fields = fields;
    return change;
}

/// Texts and bytes that a careless quoting would spoil.
ChangeSet oddChanges(const Table &table)
{
    using Kind = RowChange::Kind;
    ChangeSet changes;
    changes.table = table;
    changes.rows = {
        change(Kind::Insert, Key::temporary(1),
               {{1, {}, StoredValue::text(u"It's ? \"odd\"\n; DROP"_s)},
                {2, {}, StoredValue::real(2)}}),
        change(Kind::Insert, Key::temporary(2), {}),
        change(Kind::Update, Key::integer(1),
               {{1, StoredValue::text(u"one"_s), {}}, {3, {}, StoredValue::blob("\x00?\xff"_ba)}}),
        change(Kind::Update, Key::integer(2), {{2, {}, StoredValue::real(0.1)}}),
        change(Kind::Delete, Key::integer(3), {}),
    };
    changes.rows.last().base.values
        = {StoredValue::integer(3), StoredValue::text(u"three"_s), {}, {},
           StoredValue::integer(1), StoredValue::integer(5)};
    return changes;
}

QString dump(const TestDatabase &database)
{
    return database
        .outsideScalar(
            u"SELECT group_concat(id || '|' || quote(\"a ? b\") || '|' || quote(size) || '|' ||"
            " quote(data) || '|' || version, char(10)) FROM"
            " (SELECT * FROM \"odd ? posts\" ORDER BY id)"_s)
        .toString();
}

} // namespace

class ChangeStatementsTest final : public QObject
{
    Q_OBJECT

private slots:
    void whatIsShownIsWhatIsSent()
    {
        const TestDatabase database(odd);
        const auto connection = Engine::create(database.url()).connect();
        Table table = reflect(*connection, u"odd ? posts"_s).table;
        table.columns[4].isVersion = true;
        const ChangeSet changes = oddChanges(table);
        const Dialect &dialect = connection->dialect();
        QStringList expected;
        for (const RowChange &row : changes.rows) {
            switch (row.kind) {
            case RowChange::Kind::Insert:
                expected << insertStatement(dialect, table, row).sql;
                break;
            case RowChange::Kind::Update:
                expected << updateStatement(dialect, table, row.key, row.fields).sql;
                break;
            case RowChange::Kind::Delete:
                expected << deleteStatement(dialect, table, row.key).sql;
                break;
            }
        }
        const SqlTrace trace(*connection);
        QVERIFY(applyChanges(*connection, changes).isCommitted());
        QStringList sent;
        for (const QString &statement : trace.statements()) {
            if (!statement.startsWith(u"SELECT"_s))
                sent << statement;
        }
        QCOMPARE(sent, expected);

        // And the values: another program that runs what is shown gets the same rows.
        const TestDatabase twin(odd);
        const QStringList shown = literalSql(changes, database.url());
        QCOMPARE(shown.size(), 5);
        QCOMPARE(twin.outside(shown.join(u'\n')), 0);
        QCOMPARE(dump(twin), dump(database));
        QVERIFY(dump(twin).contains(u"It''s ? \"odd\""_s));
    }

    void valuesAreWrittenIn()
    {
        const TestDatabase database(odd);
        const auto connection = Engine::create(database.url()).connect();
        const Table table = reflect(*connection, u"odd ? posts"_s).table;
        ChangeSet changes;
        changes.table = table;
        changes.rows = {change(RowChange::Kind::Update, Key::integer(2),
                               {{1, {}, StoredValue::text(u"it's?"_s)}, {2, {}, {}}})};
        QCOMPARE(
            literalSql(changes, database.url()),
            QStringList{
                u"UPDATE \"odd ? posts\" SET \"a ? b\" = 'it''s?', size = NULL WHERE id = 2;"_s});
    }

    void aKeyThatDoesNotFitIsRefused()
    {
        Table table;
        table.name = u"pairs"_s;
        Column column;
        column.isPrimaryKey = true;
        column.name = u"a"_s;
        table.columns << column;
        column.name = u"b"_s;
        table.columns << column;
        const Dialect &dialect = Dialect::of(u"sqlite"_s);
        QVERIFY_THROWS_EXCEPTION(InvalidRequestError,
                                 deleteStatement(dialect, table, Key::integer(1)));
        const CompiledStatement statement = deleteStatement(
            dialect, table, Key::values({StoredValue::integer(1), StoredValue()}));
        QCOMPARE(statement.sql, u"DELETE FROM pairs WHERE a = ? AND b IS NULL"_s);
        QCOMPARE(statement.values, QList<StoredValue>{StoredValue::integer(1)});
    }
};

QTEST_GUILESS_MAIN(ChangeStatementsTest)
#include "tst_changestatements.moc"

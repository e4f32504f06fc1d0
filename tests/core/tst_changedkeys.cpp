// SPDX-License-Identifier: MIT
#include "core/dialect/dialect.h"
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "core/session/applychanges.h"
#include "core/session/rowreader.h"
#include "tests/support/testdatabase.h"
#include "tests/support/thrown.h"

#include <QTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace orm;

namespace {

StoredValue valueOf(const QVariant &value)
{
    if (value.typeId() == QMetaType::Int)
        return StoredValue::integer(value.toInt());
    if (value.typeId() == QMetaType::Double)
        return StoredValue::real(value.toDouble());
    if (value.typeId() == QMetaType::QByteArray)
        return StoredValue::blob(value.toByteArray());
    return value.isNull() ? StoredValue() : StoredValue::text(value.toString());
}

Key keyOf(const QVariantList &values)
{
    QList<StoredValue> stored;
    for (const QVariant &value : values)
        stored.append(valueOf(value));
    return Key::values(stored);
}

} // namespace

/// Saves that give stored rows other keys.
class ChangedKeysTest final : public QObject
{
    Q_OBJECT

private:
    struct Fixture
    {
        explicit Fixture(const QString &sql)
            : database(sql)
            , connection(Engine::create(database.url()).connect())
            , table(reflect(*connection, u"t"_s).table)
        {}
        static RowChange rename(const QVariantList &from, const QVariantList &to)
        {
            RowChange change;
            change.key = keyOf(from);
            for (int i = 0; i < from.size(); ++i) {
                if (from.at(i) != to.at(i))
                    change.fields.append({i, valueOf(from.at(i)), valueOf(to.at(i))});
            }
            return change;
        }
        RowChange deleteOf(const QVariantList &key) const
        {
            RowChange change;
            change.kind = RowChange::Kind::Delete;
            change.key = keyOf(key);
            RowReader(*connection, table)
                .readKeys({change.key}, RowReader::Cut::None,
                          [&change](const Key &, const Record &row) { change.base = row; });
            return change;
        }
        CommitResult apply(const QList<RowChange> &rows) const
        {
            return applyChanges(*connection, {table, rows});
        }
        QString rows(const QString &columns = u"k || v"_s, const QString &from = u"t"_s) const
        {
            return database
                .outsideScalar(
                    u"SELECT group_concat(%1, ' ') FROM (SELECT * FROM %2 ORDER BY 1, 2)"_s.arg(
                        columns, from))
                .toString();
        }

        TestDatabase database;
        std::shared_ptr<Connection> connection;
        Table table;
    };

    static QString letters()
    {
        return u"CREATE TABLE t (k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID;"
               "INSERT INTO t VALUES ('a', 1), ('b', 2), ('c', 3);"_s;
    }

private slots:
    void keysGoRound_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QVariantList>("keys");
        QTest::newRow("texts") << letters() << QVariantList{u"a"_s, u"b"_s, u"c"_s};
        QTest::newRow("of a rowid table, that may be NULL")
            << u"CREATE TABLE t (k TEXT PRIMARY KEY, v TEXT);"
               "INSERT INTO t VALUES ('a', 1), ('b', 2), ('c', 3);"_s
            << QVariantList{u"a"_s, u"b"_s, u"c"_s};
        QTest::newRow("short ones")
            << u"CREATE TABLE t (k TEXT PRIMARY KEY CHECK (length(k) < 8), v TEXT);"
               "INSERT INTO t VALUES ('a', 1), ('b', 2), ('c', 3);"_s
            << QVariantList{u"a"_s, u"b"_s, u"c"_s};
        QTest::newRow("numbers") << u"CREATE TABLE t (k INT PRIMARY KEY, v TEXT) STRICT;"
                                    "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3);"_s
                                 << QVariantList{1, 2, 3};
        QTest::newRow("negative ones")
            << u"CREATE TABLE t (k INT PRIMARY KEY CHECK (k < 0), v TEXT);"
               "INSERT INTO t VALUES (-3, 1), (-2, 2), (-1, 3);"_s
            << QVariantList{-3, -2, -1};
        QTest::newRow("fractions") << u"CREATE TABLE t (k REAL PRIMARY KEY, v TEXT);"
                                      "INSERT INTO t VALUES (0.5, 1), (1.5, 2), (2.5, 3);"_s
                                   << QVariantList{0.5, 1.5, 2.5};
        QTest::newRow("blobs") << u"CREATE TABLE t (k BLOB PRIMARY KEY, v TEXT) STRICT;"
                                  "INSERT INTO t VALUES (x'00', 1), (x'01', 2), (x'02', 3);"_s
                               << QVariantList{QByteArray("\0", 1), QByteArray("\1"),
                                               QByteArray("\2")};
    }

    /// a → b → c → a, then the first two swap theirs.
    void keysGoRound()
    {
        QFETCH(const QString, sql);
        QFETCH(const QVariantList, keys);
        const Fixture f(sql);
        const QVariant &a = keys.at(0);
        const QVariant &b = keys.at(1);
        const QVariant &c = keys.at(2);
        const CommitResult round
            = f.apply({f.rename({a}, {b}), f.rename({b}, {c}), f.rename({c}, {a})});
        QVERIFY(round.isCommitted());
        QCOMPARE(f.rows(u"v"_s), u"3 1 2"_s);
        QCOMPARE(round.rows.at(0).requested, keyOf({a}));
        QCOMPARE(round.rows.at(0).key, keyOf({b}));
        QCOMPARE(round.rows.at(0).row.values, (QList{valueOf(b), StoredValue::text(u"1"_s)}));
        QCOMPARE(round.renamedKeys().size(), 3);
        QVERIFY(f.apply({f.rename({a}, {b}), f.rename({b}, {a})}).isCommitted());
        QCOMPARE(f.rows(u"v"_s), u"1 3 2"_s);
        QCOMPARE(f.database.outsideScalar(u"SELECT count(*) FROM t"_s).toInteger(), 3);
    }

    void partsOfAKeySwap()
    {
        const Fixture f(
            u"CREATE TABLE t (k INTEGER, l TEXT, v TEXT, PRIMARY KEY (k, l)) WITHOUT ROWID;"
            "INSERT INTO t VALUES (1, 'x', 'one'), (1, 'y', 'two'), (2, 'x', 'three');"_s);
        QVERIFY(f.apply({f.rename({1, u"x"_s}, {1, u"y"_s}), f.rename({1, u"y"_s}, {1, u"x"_s}),
                         f.rename({2, u"x"_s}, {3, u"z"_s})})
                    .isCommitted());
        QCOMPARE(f.rows(u"k || l || v"_s), u"1xtwo 1yone 3zthree"_s);
    }

    void uniqueColumnsThatMustNotBeNullSwap()
    {
        const Fixture f(u"CREATE TABLE t (k TEXT PRIMARY KEY, v TEXT NOT NULL UNIQUE);"
                        "INSERT INTO t VALUES ('a', 'x'), ('b', 'y');"_s);
        RowChange first;
        first.key = keyOf({u"a"_s});
        first.fields = {{1, valueOf(u"x"_s), valueOf(u"y"_s)}};
        RowChange second;
        second.key = keyOf({u"b"_s});
        second.fields = {{1, valueOf(u"y"_s), valueOf(u"x"_s)}};
        QVERIFY(f.apply({first, second}).isCommitted());
        QCOMPARE(f.rows(), u"ay bx"_s);
    }

    void aKeyIsTakenOverFromARowThatGoes()
    {
        const Fixture f(letters());
        const CommitResult result = f.apply({f.rename({u"a"_s}, {u"b"_s}), f.deleteOf({u"b"_s})});
        QVERIFY(result.isCommitted());
        QCOMPARE(f.rows(), u"b1 c3"_s);
        QCOMPARE(result.rows.at(1).row.values.at(1), StoredValue::text(u"2"_s));
    }

    void aTakenKeyIsSaidAndNothingIsWritten_data()
    {
        QTest::addColumn<QString>("second");
        QTest::newRow("by a row that nobody changes") << QString();
        QTest::newRow("by another one of this save") << u"c"_s;
    }

    void aTakenKeyIsSaidAndNothingIsWritten()
    {
        QFETCH(const QString, second);
        const Fixture f(letters());
        const QString wanted = second.isEmpty() ? u"b"_s : u"z"_s;
        QList<RowChange> changes{f.rename({u"a"_s}, {wanted})};
        if (!second.isEmpty())
            changes.append(f.rename({second}, {wanted}));
        const CommitResult result = f.apply(changes);
        QCOMPARE(result.problems.size(), 1);
        QCOMPARE(result.problems.first().kind, RowProblem::Kind::Constraint);
        QCOMPARE(result.problems.first().columns, QList<int>{0});
        QCOMPARE(f.rows(), u"a1 b2 c3"_s);
    }

    void whatReferredToAKeyFollows()
    {
        const Fixture f(letters()
                        + u"CREATE TABLE child (t TEXT REFERENCES t ON UPDATE CASCADE, n);"
                          "INSERT INTO child VALUES ('a', 1), ('b', 2);"_s);
        QVERIFY(
            f.apply({f.rename({u"a"_s}, {u"b"_s}), f.rename({u"b"_s}, {u"a"_s})}).isCommitted());
        QCOMPARE(f.rows(), u"a2 b1 c3"_s);
        QCOMPARE(f.rows(u"t || n"_s, u"child"_s), u"a2 b1"_s);
    }

    void whatRefersToAKeyAndDoesNotFollowKeepsIt()
    {
        const Fixture f(letters()
                        + u"CREATE TABLE child (t TEXT REFERENCES t);"
                          "INSERT INTO child VALUES ('a');"_s);
        const CommitResult result = f.apply({f.rename({u"a"_s}, {u"z"_s})});
        QCOMPARE(result.problems.size(), 1);
        QCOMPARE(result.problems.first().constraint, IntegrityError::Constraint::ForeignKey);
        QCOMPARE(f.rows(), u"a1 b2 c3"_s);
    }

    void aRowComesBackUnderAnotherKey()
    {
        const Fixture f(letters());
        const CommitResult gone = f.apply({f.deleteOf({u"a"_s})});
        RowChange back;
        back.kind = RowChange::Kind::Insert;
        back.key = keyOf({u"a"_s});
        back.fields = {{0, {}, valueOf(u"z"_s)}, {1, {}, gone.rows.first().row.values.at(1)}};
        QCOMPARE(f.database.outside(u"INSERT INTO t VALUES ('a', 'another')"_s), 0);
        const CommitResult result = f.apply({back});
        QVERIFY(result.isCommitted());
        QCOMPARE(result.rows.first().key, keyOf({u"z"_s}));
        QCOMPARE(f.rows(), u"aanother b2 c3 z1"_s);
    }

    void whatOthersDidMeanwhileIsSaid_data()
    {
        QTest::addColumn<QString>("outside");
        QTest::addColumn<RowProblem::Kind>("problem");
        QTest::addColumn<QString>("rows"); ///< afterwards, as before the save
        using Kind = RowProblem::Kind;
        QTest::newRow("changed the value") << u"UPDATE t SET v = 'theirs' WHERE k = 'a'"_s
                                           << Kind::ChangedOutside << u"atheirs b2 c3"_s;
        QTest::newRow("removed the row")
            << u"DELETE FROM t WHERE k = 'a'"_s << Kind::DeletedOutside << u"b2 c3"_s;
        QTest::newRow("gave it another key")
            << u"UPDATE t SET k = 'q' WHERE k = 'a'"_s << Kind::DeletedOutside << u"b2 c3 q1"_s;
        QTest::newRow("gave it the key that is wanted")
            << u"UPDATE t SET k = 'z' WHERE k = 'a'"_s << Kind::DeletedOutside << u"b2 c3 z1"_s;
        QTest::newRow("took the key") << u"INSERT INTO t VALUES ('z', 'theirs')"_s
                                      << Kind::Constraint << u"a1 b2 c3 ztheirs"_s;
        QTest::newRow("took the key for another row")
            << u"UPDATE t SET k = 'z' WHERE k = 'b'"_s << Kind::Constraint << u"a1 c3 z2"_s;
    }

    void whatOthersDidMeanwhileIsSaid()
    {
        QFETCH(const QString, outside);
        QFETCH(const RowProblem::Kind, problem);
        QFETCH(const QString, rows);
        const Fixture f(letters()
                        + u"CREATE TABLE child (t TEXT REFERENCES t ON UPDATE CASCADE ON DELETE "
                          "SET NULL DEFERRABLE INITIALLY DEFERRED, n);"
                          "INSERT INTO child VALUES ('c', 1);"_s);
        QCOMPARE(f.database.outside(outside), 0);
        RowChange change = f.rename({u"a"_s}, {u"z"_s});
        change.fields.append({1, valueOf(u"1"_s), valueOf(u"mine"_s)});
        const CommitResult result = f.apply({f.rename({u"c"_s}, {u"x"_s}), change});
        QCOMPARE(result.problems.size(), 1);
        QCOMPARE(result.problems.constFirst().key, keyOf({u"a"_s}));
        QCOMPARE(result.problems.constFirst().kind, problem);
        if (problem == RowProblem::Kind::ChangedOutside) {
            const FieldConflict conflict = result.problems.constFirst().conflicts.constFirst();
            QCOMPARE(conflict.column, 1);
            QCOMPARE(conflict.mine, valueOf(u"mine"_s));
            QCOMPARE(conflict.theirs, valueOf(u"theirs"_s));
        }
        QCOMPARE(f.rows(), rows);
        QCOMPARE(f.rows(u"t || n"_s, u"child"_s), u"c1"_s);
        QCOMPARE(f.database.outsideScalar(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
    }

    void whatOthersWroteBesideTheKeyStays()
    {
        const Fixture f(letters());
        RowChange change = f.rename({u"a"_s}, {u"z"_s});
        change.base = f.deleteOf({u"a"_s}).base;
        QCOMPARE(f.database.outside(u"UPDATE t SET v = 'theirs' WHERE k = 'a'"_s), 0);
        const CommitResult result = f.apply({change});
        QVERIFY(result.isCommitted());
        QVERIFY(result.rows.constFirst().isMerged);
        QCOMPARE(result.rows.constFirst().row.values.at(1), valueOf(u"theirs"_s));
        QCOMPARE(f.rows(), u"b2 c3 ztheirs"_s);
    }

    void whoIsKilledHalfWayLeavesTheOldKeys_data()
    {
        QTest::addColumn<QString>("at");
        QTest::addColumn<int>("number"); ///< of the statement that begins so, from 1
        QTest::newRow("after the first key") << u"UPDATE"_s << 2;
        QTest::newRow("between two that swap") << u"UPDATE"_s << 3;
        QTest::newRow("before COMMIT") << u"COMMIT"_s << 1;
    }

    void whoIsKilledHalfWayLeavesTheOldKeys()
    {
        QFETCH(const QString, at);
        QFETCH(const int, number);
        const TestDatabase database(letters()
                                    + u"CREATE TABLE child (t TEXT REFERENCES t ON UPDATE CASCADE);"
                                      "INSERT INTO child VALUES ('a'), ('b');"_s);
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            const auto own = Engine::create(database.url()).connect();
            const Table table = reflect(*own, u"t"_s).table;
            int seen = 0;
            own->setTrace([&](const QString &sql) {
                if (sql.startsWith(at) && ++seen == number)
                    ::kill(::getpid(), SIGKILL);
            });
            applyChanges(*own,
                         {table,
                          {Fixture::rename({u"a"_s}, {u"b"_s}), Fixture::rename({u"b"_s}, {u"a"_s}),
                           Fixture::rename({u"c"_s}, {u"z"_s})}});
            ::_exit(0);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        QCOMPARE(database.outsideScalar(u"SELECT group_concat(k || v, ' ') FROM t"_s).toString(),
                 u"a1 b2 c3"_s);
        QCOMPARE(database.outsideScalar(u"SELECT group_concat(t) FROM child"_s).toString(),
                 u"a,b"_s);
    }

    /// NULL is no key: SQLite lets several rows of an old-style table have it.
    void severalRowsOfOneKeyAreNotChanged()
    {
        const Fixture f(u"CREATE TABLE t (k TEXT PRIMARY KEY, v TEXT);"
                        "INSERT INTO t VALUES (NULL, 1), (NULL, 2), ('a', 3);"_s);
        RowChange change;
        change.key = keyOf({QVariant()});
        change.fields = {{1, valueOf(u"2"_s), valueOf(u"5"_s)}};
        QVERIFY(thrown<InvalidRequestError>([&] { f.apply({change}); }));
        QCOMPARE(f.rows(u"coalesce(k, '-') || v"_s), u"-1 -2 a3"_s);
    }
};

QTEST_APPLESS_MAIN(ChangedKeysTest)
#include "tst_changedkeys.moc"

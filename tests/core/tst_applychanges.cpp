// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "core/error.h"
#include "core/session/applychanges.h"
#include "core/session/dependents.h"
#include "core/session/rowreader.h"
#include "tests/support/sqltrace.h"
#include "tests/support/testdatabase.h"

#include <QTest>

#include <csignal>
#include <functional>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace orm;

namespace {

/// The tutorial's table, with three rows.
const QString tutorial
    = u"CREATE TABLE posts (id INTEGER NOT NULL, title VARCHAR(255), content TEXT, "
      "created_at DATETIME, PRIMARY KEY (id));"
      "INSERT INTO posts VALUES (1, 'First', 'one', '2024-01-01 10:00:00.678901'),"
      " (2, 'Second', NULL, '2024-01-02 10:00:00'), (3, 'Third', x'00ff', NULL);"_s;

const QString blog
    = u"CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
      "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT,"
      " author INTEGER REFERENCES users ON DELETE CASCADE,"
      " editor INTEGER DEFAULT 1 REFERENCES users (id) ON DELETE SET NULL,"
      " words GENERATED ALWAYS AS (length(title)) STORED);"
      "CREATE TABLE comments (body TEXT, post INTEGER REFERENCES posts ON DELETE CASCADE);"
      "CREATE TABLE likes (user INTEGER REFERENCES users ON DELETE SET DEFAULT DEFAULT 1,"
      " comment TEXT, PRIMARY KEY (comment)) WITHOUT ROWID;"
      "INSERT INTO users VALUES (1, 'root'), (2, 'ann'), (3, 'bob');"
      "INSERT INTO posts (id, title, author, editor) VALUES (1, 'a', 2, 3), (2, 'b', 2, 2), (3, "
      "'c', 3, 2);"
      "INSERT INTO comments VALUES ('x', 1), ('y', 1), ('z', 3);"
      "INSERT INTO likes VALUES (2, 'x'), (3, 'y');"_s;

StoredValue text(const QString &value)
{
    return StoredValue::text(value);
}

StoredValue integer(qint64 value)
{
    return StoredValue::integer(value);
}

RowChange updateOf(qint64 id, const QList<FieldChange> &fields)
{
    RowChange change;
    change.kind = RowChange::Kind::Update;
    change.key = Key::integer(id);
    change.fields = fields;
    return change;
}

RowChange insertOf(const Key &key, const QList<std::pair<int, StoredValue>> &values)
{
    RowChange change;
    change.kind = RowChange::Kind::Insert;
    change.key = key;
    for (const auto &[column, value] : values)
        change.fields.append({column, {}, value});
    return change;
}

/// A database, the connection under test, and the live table of the mapping.
struct Fixture
{
    explicit Fixture(const QString &sql, const QString &name = u"posts"_s)
        : database(sql)
        , connection(connect(database))
        , table(live(*connection, name))
    {}

    static std::shared_ptr<Connection> connect(const TestDatabase &database)
    {
        ConnectionOptions options;
        options.busyTimeout = 0ms;
        if (QTest::currentDataTag() == "query"_ba)
            options.statements = ConnectionOptions::Statements::Query;
        return Engine::create(database.url(), options).connect();
    }
    static Table live(Connection &connection, const QString &name)
    {
        Table found = reflect(connection, name).table;
        if (const int created = found.indexOf(u"created_at"_s); created >= 0)
            found.columns[created].clientDefault = {Default::Kind::Sql, {}, u"CURRENT_TIMESTAMP"_s};
        return found;
    }

    CommitResult apply(const QList<RowChange> &rows, const BeforeCommit &beforeCommit = {}) const
    {
        return applyChanges(*connection, {table, rows}, beforeCommit);
    }
    Record row(const Key &key) const
    {
        Record found;
        RowReader(*connection, table)
            .readKeys({key}, RowReader::Cut::None,
                      [&found](const Key &, const Record &record) { found = record; });
        return found;
    }
    RowChange deleteOf(qint64 id) const
    {
        RowChange change;
        change.kind = RowChange::Kind::Delete;
        change.key = Key::integer(id);
        change.base = row(change.key);
        return change;
    }
    /// What brings a deleted row back, as an undo does.
    RowChange bringBack(const CommittedRow &deleted) const
    {
        RowChange change;
        change.kind = RowChange::Kind::Insert;
        change.key = deleted.key;
        for (int i = 0; i < table.columns.size(); ++i)
            change.fields.append({i, {}, deleted.row.values.at(i)});
        change.dependents = deleted.dependents;
        return change;
    }
    QString dump(const QString &name) const
    {
        return database
            .outsideScalar(u"SELECT group_concat(quote(%1), ' ') FROM (SELECT * FROM %2)"_s.arg(
                name.section(u'.', 1), name.section(u'.', 0, 0)))
            .toString();
    }
    qint64 count(const QString &from) const
    {
        return database.outsideScalar(u"SELECT count(*) FROM "_s + from).toInteger();
    }

    TestDatabase database;
    std::shared_ptr<Connection> connection;
    Table table;
};

QString kindOf(const CommitResult &result)
{
    QStringList kinds;
    for (const RowProblem &problem : result.problems) {
        static const QStringList names{u"ChangedOutside"_s, u"DeletedOutside"_s, u"KeyTaken"_s,
                                       u"Constraint"_s, u"Invalid"_s};
        kinds.append(names.at(int(problem.kind)) + u' ' + problem.key.toString());
    }
    return kinds.join(u", "_s);
}

} // namespace

class ApplyChangesTest final : public QObject
{
    Q_OBJECT

private:
    static void bothStatements()
    {
        QTest::addColumn<int>("unused");
        QTest::newRow("native") << 0;
        QTest::newRow("query") << 1;
    }

private slots:
    // The least SQL

    void anUpdateSendsTheChangedColumnAlone_data() { bothStatements(); }
    void anUpdateSendsTheChangedColumnAlone()
    {
        const Fixture f(tutorial);
        SqlTrace trace(*f.connection);
        const CommitResult result = f.apply({updateOf(1, {{1, text(u"First"_s), text(u"1st"_s)}})});
        QVERIFY(result.isCommitted());
        QCOMPARE(trace.statements(u"UPDATE"_s),
                 QStringList{u"UPDATE posts SET title = ? WHERE id = ?"_s});
        QCOMPARE(result.rows.first().row.values.at(1), text(u"1st"_s));
        QCOMPARE(result.rows.first().key, Key::integer(1));
        QVERIFY(!result.rows.first().isMerged);
        QCOMPARE(f.database.outsideScalar(u"SELECT title FROM posts WHERE id = 1"_s),
                 text(u"1st"_s));
        // what was not touched is as it was, to the microsecond
        QCOMPARE(f.database.outsideScalar(u"SELECT created_at FROM posts WHERE id = 1"_s),
                 text(u"2024-01-01 10:00:00.678901"_s));
    }

    void anInsertSendsTheGivenColumnsAndTheDefaults_data() { bothStatements(); }
    void anInsertSendsTheGivenColumnsAndTheDefaults()
    {
        const Fixture f(tutorial);
        SqlTrace trace(*f.connection);
        const CommitResult result = f.apply({insertOf(Key::temporary(1), {{1, text(u"New"_s)}})});
        QVERIFY(result.isCommitted());
        QCOMPARE(trace.statements(u"INSERT"_s),
                 QStringList{u"INSERT INTO posts (title, created_at) VALUES (?, CURRENT_TIMESTAMP)"
                             " RETURNING id, title, content, created_at"_s});
        QCOMPARE(result.rows.first().requested, Key::temporary(1));
        QCOMPARE(result.rows.first().key, Key::integer(4));
        QCOMPARE(result.rows.first().row, f.row(Key::integer(4)));
        QCOMPARE(result.rows.first().row.values.at(3).bytes().size(), 19); // bare, as the web app's
        QVERIFY(result.rows.first().row.values.at(2).isNull());
    }

    void anInsertOfNothingUsesTheDefaults_data() { bothStatements(); }
    void anInsertOfNothingUsesTheDefaults()
    {
        const Fixture f(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, n DEFAULT 7)"_s);
        SqlTrace trace(*f.connection);
        const CommitResult result
            = f.apply({insertOf(Key::temporary(1), {}), insertOf(Key::temporary(2), {})});
        QCOMPARE(trace.statements(u"INSERT"_s).first(),
                 u"INSERT INTO posts DEFAULT VALUES RETURNING id, n"_s);
        QCOMPARE(result.rows.at(1).key, Key::integer(2));
        QCOMPARE(result.rows.at(1).row.values.at(1), integer(7));
    }

    void aDeleteSendsTheKey_data() { bothStatements(); }
    void aDeleteSendsTheKey()
    {
        const Fixture f(tutorial);
        const RowChange change = f.deleteOf(3);
        SqlTrace trace(*f.connection);
        const CommitResult result = f.apply({change});
        QVERIFY(result.isCommitted());
        QCOMPARE(trace.statements(u"DELETE"_s), QStringList{u"DELETE FROM posts WHERE id = ?"_s});
        QCOMPARE(result.rows.first().row, change.base);
        QCOMPARE(f.count(u"posts"_s), 2);
    }

    void updatesAreSortedByKeyAndTheAnswerIsNot()
    {
        const Fixture f(TestDatabase::data(u"f500.sql"_s));
        QList<RowChange> rows;
        for (const qint64 id : {30, 4, 100, 9})
            rows.append(updateOf(id, {{1, text(u"Post number %1"_s.arg(id)), text(u"x"_s)}}));
        SqlTrace trace(*f.connection);
        const CommitResult result = f.apply(rows);
        QCOMPARE(result.rows.at(0).key, Key::integer(30));
        QCOMPARE(result.rows.at(3).key, Key::integer(9));
        QCOMPARE(trace.statements(u"UPDATE"_s).size(), 4);
        QCOMPARE(trace.statements(u"SELECT"_s).size(), 3); // before, triggers?, after
        QCOMPARE(trace.all().first(), u"BEGIN IMMEDIATE"_s);
        QCOMPARE(trace.all().last(), u"COMMIT"_s);
    }

    void anEmptyChangeSetSendsNothing()
    {
        const Fixture f(tutorial);
        SqlTrace trace(*f.connection);
        QVERIFY(f.apply({}).isCommitted());
        QVERIFY(trace.all().isEmpty());
    }

    void valuesAreWrittenAsTheyAre_data() { bothStatements(); }
    void valuesAreWrittenAsTheyAre()
    {
        const Fixture f(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, v)"_s);
        const QList<StoredValue> values{
            StoredValue(),
            integer(9007199254740993),
            StoredValue::real(0.1),
            text(u""_s),
            StoredValue::utf8(QByteArray("a\0b", 3)),
            text(u"🎉\r\n\r\u2028\u00a0"_s),
            StoredValue::blob(QByteArray("\0\xff", 2)),
            StoredValue::blob({}),
            text(u"2024-01-01 10:00:00.678901"_s),
            text(u"5"_s),
        };
        QList<RowChange> rows;
        for (int i = 0; i < values.size(); ++i)
            rows.append(insertOf(Key::temporary(i + 1), {{1, values.at(i)}}));
        const CommitResult result = f.apply(rows);
        for (int i = 0; i < values.size(); ++i) {
            QCOMPARE(result.rows.at(i).row.values.at(1), values.at(i));
            QCOMPARE(f.database.outsideScalar(u"SELECT v FROM posts WHERE id = %1"_s.arg(i + 1)),
                     values.at(i));
        }
        // and the check at the next save meets the very same values
        rows.clear();
        for (int i = 0; i < values.size(); ++i)
            rows.append(updateOf(i + 1, {{1, values.at(i), text(u"changed"_s)}}));
        QVERIFY(f.apply(rows).isCommitted());
    }

    // The check

    void aValueThatSomebodyChangedIsAConflict_data() { bothStatements(); }
    void aValueThatSomebodyChangedIsAConflict()
    {
        const Fixture f(tutorial);
        f.database.outside(u"UPDATE posts SET title = 'Theirs', content = 'two' WHERE id = 1"_s);
        const CommitResult result = f.apply({
            updateOf(1,
                     {{1, text(u"First"_s), text(u"Mine"_s)},
                      {3, text(u"2024-01-01 10:00:00.678901"_s),
                       text(u"2025-01-01 00:00:00.000000"_s)}}),
            updateOf(2, {{1, text(u"Second"_s), text(u"2nd"_s)}}),
        });
        QCOMPARE(kindOf(result), u"ChangedOutside 1"_s);
        QVERIFY(result.rows.isEmpty());
        const RowProblem &problem = result.problems.first();
        QCOMPARE(problem.conflicts.size(), 1);
        QCOMPARE(problem.conflicts.first().column, 1);
        QCOMPARE(problem.conflicts.first().base, text(u"First"_s));
        QCOMPARE(problem.conflicts.first().mine, text(u"Mine"_s));
        QCOMPARE(problem.conflicts.first().theirs, text(u"Theirs"_s));
        QCOMPARE(problem.theirs, f.row(Key::integer(1)));
        // all or nothing
        QCOMPARE(f.database.outsideScalar(u"SELECT title FROM posts WHERE id = 2"_s),
                 text(u"Second"_s));
        QVERIFY(!f.connection->inTransaction());
    }

    void theSameChangeByBothIsNoConflict_data() { bothStatements(); }
    void theSameChangeByBothIsNoConflict()
    {
        const Fixture f(tutorial);
        f.database.outside(u"UPDATE posts SET title = 'Same' WHERE id = 1"_s);
        SqlTrace trace(*f.connection);
        const CommitResult result
            = f.apply({updateOf(1, {{1, text(u"First"_s), text(u"Same"_s)}})});
        QVERIFY(result.isCommitted());
        QCOMPARE(trace.statements(u"UPDATE"_s), QStringList());
        QCOMPARE(result.rows.first().row.values.at(1), text(u"Same"_s));
    }

    void changesOfOtherColumnsAreMerged_data() { bothStatements(); }
    void changesOfOtherColumnsAreMerged()
    {
        const Fixture f(tutorial);
        RowChange change = updateOf(1, {{1, text(u"First"_s), text(u"Mine"_s)}});
        change.base = f.row(Key::integer(1));
        f.database.outside(u"UPDATE posts SET content = 'theirs' WHERE id = 1"_s);
        const CommitResult result = f.apply({change});
        QVERIFY(result.isCommitted());
        QVERIFY(result.rows.first().isMerged);
        QCOMPARE(result.rows.first().row.values.at(1), text(u"Mine"_s));
        QCOMPARE(result.rows.first().row.values.at(2), text(u"theirs"_s));
    }

    void storageClassesCountInTheCheck_data() { bothStatements(); }
    void storageClassesCountInTheCheck()
    {
        const Fixture f(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, v);"
                        "INSERT INTO posts VALUES (1, 1), (2, 'a'), (3, NULL)"_s);
        QCOMPARE(kindOf(f.apply({updateOf(1, {{1, text(u"1"_s), integer(2)}})})),
                 u"ChangedOutside 1"_s);
        QCOMPARE(kindOf(f.apply({updateOf(2, {{1, StoredValue::blob("a"), integer(2)}})})),
                 u"ChangedOutside 2"_s);
        QCOMPARE(kindOf(f.apply({updateOf(3, {{1, text(u""_s), integer(2)}})})),
                 u"ChangedOutside 3"_s);
    }

    void aRowThatIsGoneIsAProblemForAnUpdateAndNoneForADelete_data() { bothStatements(); }
    void aRowThatIsGoneIsAProblemForAnUpdateAndNoneForADelete()
    {
        const Fixture f(tutorial);
        const RowChange removal = f.deleteOf(2);
        f.database.outside(u"DELETE FROM posts WHERE id IN (1, 2)"_s);
        QCOMPARE(kindOf(f.apply({updateOf(1, {{1, text(u"First"_s), text(u"x"_s)}}), removal})),
                 u"DeletedOutside 1"_s);
        const CommitResult result = f.apply({removal});
        QVERIFY(result.isCommitted());
        QCOMPARE(result.rows.first().row, removal.base);
    }

    void aDeleteChecksTheWholeRowAlsoWhatNoMappingKnows_data() { bothStatements(); }
    void aDeleteChecksTheWholeRowAlsoWhatNoMappingKnows()
    {
        const Fixture f(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, secret);"
                        "INSERT INTO posts VALUES (1, 'a', 'seen')"_s);
        const RowChange removal = f.deleteOf(1);
        f.database.outside(u"UPDATE posts SET secret = 'new'"_s);
        const CommitResult result = f.apply({removal});
        QCOMPARE(kindOf(result), u"ChangedOutside 1"_s);
        QCOMPARE(result.problems.first().conflicts.first().column, 2);
        QCOMPARE(f.count(u"posts"_s), 1);
    }

    void aDeleteWithoutTheWholeRowIsRefused()
    {
        const Fixture f(tutorial);
        RowChange removal = f.deleteOf(1);
        removal.base.truncated.resize(4);
        QVERIFY_THROWS_EXCEPTION(InvalidRequestError, f.apply({removal}));
        removal.base = {};
        QVERIFY_THROWS_EXCEPTION(InvalidRequestError, f.apply({removal}));
    }

    void theCheckHappensInsideTheWriteTransaction_data() { bothStatements(); }
    void theCheckHappensInsideTheWriteTransaction()
    {
        // Another program writes before each of our statements: it succeeds before BEGIN, where the
        // check still sees it, and never after
        const Fixture f(tutorial);
        QStringList wrote;
        f.connection->setTrace([&](const QString &sql) {
            if (f.database.outside(u"UPDATE posts SET title = title || '!' WHERE id = 1"_s,
                                   noPatience)
                == 0)
                wrote.append(sql);
        });
        int hook = -1;
        const QList<RowChange> rows{updateOf(1, {{1, text(u"First!"_s), text(u"Mine"_s)}})};
        const CommitResult result = f.apply(rows, [&](const CommitResult &) {
            hook = f.database.outside(u"UPDATE posts SET content = 'late' WHERE id = 1"_s,
                                      noPatience);
        });
        f.connection->setTrace({});
        QCOMPARE(wrote, QStringList{u"BEGIN IMMEDIATE"_s});
        QVERIFY(result.isCommitted()); // so the check read what was written before BEGIN
        QCOMPARE(hook, 5); // SQLITE_BUSY
        QCOMPARE(f.database.outsideScalar(u"SELECT title || content FROM posts WHERE id = 1"_s),
                 text(u"Mineone"_s));
    }

    // Before any SQL

    void anInvalidValueIsRefusedBeforeAnySql()
    {
        const Fixture f(tutorial);
        SqlTrace trace(*f.connection);
        const CommitResult result = f.apply({
            updateOf(1, {{1, text(u"First"_s), text(u"x"_s.repeated(256))}}),
            insertOf(Key::temporary(1), {{3, text(u"yesterday"_s)}}),
            updateOf(2, {{1, text(u"Second"_s), text(u"fine"_s)}}),
        });
        QCOMPARE(kindOf(result), u"Invalid 1, Invalid new 1"_s);
        QCOMPARE(result.problems.first().columns, QList<int>{1});
        QCOMPARE(result.problems.first().invalid->kind, ValueProblem::Kind::TooLong);
        QCOMPARE(result.problems.first().invalid->length, 256);
        QVERIFY(trace.all().isEmpty());
    }

    void aMissingValueIsRefusedBeforeAnySql()
    {
        const Fixture f(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, a TEXT NOT NULL,"
                        " b TEXT NOT NULL DEFAULT 'x', c TEXT)"_s);
        SqlTrace trace(*f.connection);
        const CommitResult result = f.apply({insertOf(Key::temporary(1), {})});
        QCOMPARE(kindOf(result), u"Invalid new 1"_s);
        QCOMPARE(result.problems.first().columns, QList<int>{1});
        QCOMPARE(result.problems.first().invalid->kind, ValueProblem::Kind::Null);
        QVERIFY(trace.all().isEmpty());
    }

    void aGeneratedColumnIsNotWritten()
    {
        const Fixture f(blog);
        QCOMPARE(kindOf(f.apply({updateOf(1, {{4, integer(1), integer(2)}})})), u"Invalid 1"_s);
    }

    void aTitleThatIsTooLongAlreadyStaysWhenAnotherColumnChanges()
    {
        const Fixture f(tutorial
                        + u"UPDATE posts SET title = replace(hex(zeroblob(300)), '00', 'x')"_s);
        QVERIFY(f.apply({updateOf(1, {{2, text(u"one"_s), text(u"1"_s)}})}).isCommitted());
        QCOMPARE(f.database.outsideScalar(u"SELECT length(title) FROM posts"_s), integer(300));
    }

    void nonsenseIsRefused()
    {
        const Fixture f(tutorial);
        const RowChange update = updateOf(1, {});
        QVERIFY_THROWS_EXCEPTION(InvalidRequestError, f.apply({update, update}));
        QVERIFY_THROWS_EXCEPTION(InvalidRequestError, f.apply({update, f.deleteOf(1)}));
        QVERIFY_THROWS_EXCEPTION(InvalidRequestError, f.apply({updateOf(1, {{9, {}, {}}})}));
        RowChange temporary = update;
        temporary.key = Key::temporary(1);
        QVERIFY_THROWS_EXCEPTION(InvalidRequestError, f.apply({temporary}));
    }

    // Constraints

    void aConstraintNamesRowAndColumn_data() { bothStatements(); }
    void aConstraintNamesRowAndColumn()
    {
        const Fixture f(
            u"CREATE TABLE users (id INTEGER PRIMARY KEY);"
            "CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT UNIQUE,"
            " n INTEGER CONSTRAINT positive CHECK (n > 0), author INTEGER REFERENCES users);"
            "INSERT INTO posts VALUES (1, 'a', 1, NULL), (2, 'b', 1, NULL)"_s);
        const auto only = [](const CommitResult &result) { return result.problems.value(0); };

        const RowProblem unique = only(f.apply({updateOf(1, {{2, integer(1), integer(5)}}),
                                                updateOf(2, {{1, text(u"b"_s), text(u"a"_s)}})}));
        QCOMPARE(unique.kind, RowProblem::Kind::Constraint);
        QCOMPARE(unique.key, Key::integer(2));
        QCOMPARE(unique.constraint, IntegrityError::Constraint::Unique);
        QCOMPARE(unique.columns, QList<int>{1});
        QCOMPARE(f.database.outsideScalar(u"SELECT n FROM posts WHERE id = 1"_s), integer(1));

        const RowProblem check = only(f.apply({insertOf(Key::temporary(4), {{2, integer(-1)}})}));
        QCOMPARE(check.key, Key::temporary(4));
        QCOMPARE(check.constraint, IntegrityError::Constraint::Check);
        QVERIFY(check.message.contains(u"positive"_s));
        QCOMPARE(check.columns, QList<int>{2});

        const RowProblem foreign = only(f.apply({updateOf(2, {{3, {}, integer(77)}})}));
        QCOMPARE(foreign.key, Key::integer(2));
        QCOMPARE(foreign.constraint, IntegrityError::Constraint::ForeignKey);
        QCOMPARE(foreign.columns, QList<int>{3});
    }

    void aReferredRowIsNotDeleted_data() { bothStatements(); }
    void aReferredRowIsNotDeleted()
    {
        const Fixture f(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);"
            "CREATE TABLE notes (post INTEGER REFERENCES posts);"
            "INSERT INTO posts VALUES (1, 'a'), (2, 'b'); INSERT INTO notes VALUES (2)"_s);
        const CommitResult result = f.apply({f.deleteOf(1), f.deleteOf(2)});
        QCOMPARE(kindOf(result), u"Constraint 2"_s);
        QCOMPARE(result.problems.first().constraint, IntegrityError::Constraint::ForeignKey);
        QCOMPARE(f.count(u"posts"_s), 2);
    }

    void aDeferredConstraintIsFoundAtCommit_data() { bothStatements(); }
    void aDeferredConstraintIsFoundAtCommit()
    {
        const Fixture f(
            u"CREATE TABLE users (id INTEGER PRIMARY KEY);"
            "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT,"
            " author INTEGER REFERENCES users DEFERRABLE INITIALLY DEFERRED);"
            "CREATE TABLE notes (post INTEGER REFERENCES posts DEFERRABLE INITIALLY DEFERRED);"
            "INSERT INTO posts VALUES (1, 'a', NULL), (2, 'b', NULL); INSERT INTO notes VALUES (2)"_s);
        const CommitResult wrong = f.apply({updateOf(1, {{1, text(u"a"_s), text(u"x"_s)}}),
                                            insertOf(Key::temporary(1), {{2, integer(9)}})});
        QCOMPARE(kindOf(wrong), u"Constraint new 1"_s);
        QCOMPARE(wrong.problems.first().columns, QList<int>{2});
        QCOMPARE(kindOf(f.apply({f.deleteOf(1), f.deleteOf(2)})), u"Constraint 2"_s);
        QVERIFY(!f.connection->inTransaction());
        QCOMPARE(f.database.outsideScalar(u"SELECT group_concat(title) FROM posts"_s),
                 text(u"a,b"_s));
    }

    /// None of the rows is to blame, and all the same nothing is saved.
    void whatATriggerBreaksIsFoundAtCommit_data() { bothStatements(); }
    void whatATriggerBreaksIsFoundAtCommit()
    {
        const Fixture f(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);"
            "CREATE TABLE users (id INTEGER PRIMARY KEY);"
            "CREATE TABLE seen (by INTEGER REFERENCES users DEFERRABLE INITIALLY DEFERRED);"
            "CREATE TRIGGER t AFTER UPDATE ON posts BEGIN INSERT INTO seen VALUES (9); END;"
            "INSERT INTO posts VALUES (1, 'a'), (2, 'b')"_s);
        const CommitResult result = f.apply({updateOf(2, {{1, text(u"b"_s), text(u"x"_s)}})});
        QCOMPARE(kindOf(result), u"Constraint 2"_s);
        QCOMPARE(result.problems.first().constraint, IntegrityError::Constraint::ForeignKey);
        QCOMPARE(f.database.outsideScalar(u"SELECT group_concat(title) FROM posts"_s),
                 text(u"a,b"_s));
    }

    void aUniqueValueMayMove_data() { bothStatements(); }
    void aUniqueValueMayMove()
    {
        const Fixture f(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT UNIQUE);"
            "INSERT INTO posts VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd'), (5, 'e')"_s);
        // from a deleted row to a new one
        CommitResult result
            = f.apply({insertOf(Key::temporary(1), {{1, text(u"a"_s)}}), f.deleteOf(1)});
        QCOMPARE(kindOf(result), QString());
        QCOMPARE(result.rows.first().key, Key::integer(6));
        // along a chain, and around in a circle
        result = f.apply({updateOf(2, {{1, text(u"b"_s), text(u"c"_s)}}),
                          updateOf(3, {{1, text(u"c"_s), text(u"d"_s)}}),
                          updateOf(4, {{1, text(u"d"_s), text(u"x"_s)}})});
        QCOMPARE(kindOf(result), QString());
        result = f.apply({updateOf(2, {{1, text(u"c"_s), text(u"d"_s)}}),
                          updateOf(3, {{1, text(u"d"_s), text(u"c"_s)}})});
        QCOMPARE(kindOf(result), QString());
        QCOMPARE(f.database.outsideScalar(
                     u"SELECT group_concat(id || slug) FROM (SELECT * FROM posts ORDER BY id)"_s),
                 text(u"2d,3c,4x,5e,6a"_s));
    }

    void aNewRowDoesNotGetTheIdOfARowDeletedWithIt()
    {
        const Fixture f(tutorial);
        const CommitResult result
            = f.apply({f.deleteOf(3), insertOf(Key::temporary(1), {{1, text(u"x"_s)}})});
        QCOMPARE(result.rows.at(1).key, Key::integer(4));
    }

    void rowsOfATreeComeAndGoInAnyOrder_data() { bothStatements(); }
    void rowsOfATreeComeAndGoInAnyOrder()
    {
        const Fixture f(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES posts);"
            "INSERT INTO posts VALUES (1, NULL), (2, 1), (3, 2)"_s);
        const QList<RowChange> removals{f.deleteOf(1), f.deleteOf(2), f.deleteOf(3)};
        const CommitResult gone = f.apply(removals);
        QCOMPARE(kindOf(gone), QString());
        QCOMPARE(f.count(u"posts"_s), 0);
        const CommitResult back
            = f.apply({f.bringBack(gone.rows.at(2)), f.bringBack(gone.rows.at(1)),
                       f.bringBack(gone.rows.at(0))});
        QCOMPARE(kindOf(back), QString());
        QCOMPARE(f.count(u"posts"_s), 3);
    }

    void aTransactionThatAConstraintEndsLeavesNothing_data() { bothStatements(); }
    void aTransactionThatAConstraintEndsLeavesNothing()
    {
        const Fixture f(u"CREATE TABLE posts (id INTEGER PRIMARY KEY,"
                        " slug TEXT UNIQUE ON CONFLICT ROLLBACK);"
                        "INSERT INTO posts VALUES (1, 'a'), (2, 'b'), (3, 'c')"_s);
        const CommitResult result = f.apply({updateOf(1, {{1, text(u"a"_s), text(u"x"_s)}}),
                                             updateOf(2, {{1, text(u"b"_s), text(u"c"_s)}}),
                                             updateOf(3, {{1, text(u"c"_s), text(u"z"_s)}})});
        QCOMPARE(kindOf(result), u"Constraint 2"_s);
        QCOMPARE(f.database.outsideScalar(u"SELECT group_concat(slug) FROM posts"_s),
                 text(u"a,b,c"_s));
        QVERIFY(f.apply({updateOf(1, {{1, text(u"a"_s), text(u"x"_s)}})}).isCommitted());
    }

    void aChangeThatTheDatabaseIgnoresIsAProblem_data() { bothStatements(); }
    void aChangeThatTheDatabaseIgnoresIsAProblem()
    {
        const Fixture f(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT);"
            "INSERT INTO posts VALUES (1, 'a');"
            "CREATE TRIGGER t BEFORE UPDATE ON posts BEGIN SELECT RAISE(IGNORE); END;"
            "CREATE TRIGGER i BEFORE INSERT ON posts BEGIN SELECT RAISE(IGNORE); END"_s);
        QCOMPARE(kindOf(f.apply({updateOf(1, {{1, text(u"a"_s), text(u"b"_s)}})})),
                 u"Constraint 1"_s);
        QCOMPARE(kindOf(f.apply({insertOf(Key::temporary(1), {{1, text(u"b"_s)}})})),
                 u"Constraint new 1"_s);
    }

    // Keys

    void anInsertWithItsOwnKeyFindsItTaken_data() { bothStatements(); }
    void anInsertWithItsOwnKeyFindsItTaken()
    {
        const Fixture f(tutorial);
        const CommitResult gone = f.apply({f.deleteOf(3)});
        f.database.outside(u"INSERT INTO posts (title) VALUES ('Theirs')"_s); // it gets id 3 again
        const CommitResult result = f.apply({f.bringBack(gone.rows.first())});
        QCOMPARE(kindOf(result), u"KeyTaken 3"_s);
        QCOMPARE(result.problems.first().theirs.values.at(1), text(u"Theirs"_s));
    }

    void aDeletedRowComesBackExactly_data() { bothStatements(); }
    void aDeletedRowComesBackExactly()
    {
        const Fixture f(tutorial
                        + u"UPDATE posts SET title = replace(hex(zeroblob(300)), '00', 'x')"_s);
        for (const qint64 id : {1, 2, 3}) {
            const Record before = f.row(Key::integer(id));
            const CommitResult gone = f.apply({f.deleteOf(id)});
            QVERIFY(gone.isCommitted());
            const CommitResult back = f.apply({f.bringBack(gone.rows.first())});
            QCOMPARE(kindOf(back), QString());
            QCOMPARE(back.rows.first().key, Key::integer(id));
            QCOMPARE(f.row(Key::integer(id)), before);
            // once more is nothing: it is there already
            QVERIFY(f.apply({f.bringBack(gone.rows.first())}).isCommitted());
        }
    }

    void aKeyMayChange_data() { bothStatements(); }
    void aKeyMayChange()
    {
        const Fixture f(u"CREATE TABLE posts (slug TEXT PRIMARY KEY, title TEXT) WITHOUT ROWID;"
                        "INSERT INTO posts VALUES ('a', 'x'), ('b', 'y')"_s);
        RowChange change;
        change.key = Key::values({text(u"a"_s)});
        change.fields = {{0, text(u"a"_s), text(u"c"_s)}};
        SqlTrace trace(*f.connection);
        const CommitResult result = f.apply({change});
        QCOMPARE(kindOf(result), QString());
        QCOMPARE(trace.statements(u"UPDATE"_s),
                 QStringList{u"UPDATE posts SET slug = ? WHERE slug = ?"_s});
        QCOMPARE(result.rows.first().requested, change.key);
        QCOMPARE(result.rows.first().key, Key::values({text(u"c"_s)}));
        QCOMPARE(result.rows.first().row.values.at(1), text(u"x"_s));

        change.key = Key::values({text(u"c"_s)});
        change.fields = {{0, text(u"c"_s), text(u"b"_s)}};
        const CommitResult taken = f.apply({change});
        QCOMPARE(kindOf(taken), u"Constraint c"_s);
        QCOMPARE(taken.problems.first().columns, QList<int>{0});
    }

    void keysOfSeveralColumnsWork_data() { bothStatements(); }
    void keysOfSeveralColumnsWork()
    {
        const Fixture f(u"CREATE TABLE posts (a INTEGER, b TEXT, v, PRIMARY KEY (a, b));"
                        "INSERT INTO posts VALUES (1, 'x', 1), (1, 'y', 2), (2, 'x', 3)"_s);
        RowChange update;
        update.key = Key::values({integer(1), text(u"y"_s)});
        update.fields = {{2, integer(2), integer(20)}};
        RowChange removal;
        removal.kind = RowChange::Kind::Delete;
        removal.key = Key::values({integer(2), text(u"x"_s)});
        removal.base = f.row(removal.key);
        const CommitResult result = f.apply(
            {update, removal, insertOf(Key::temporary(1), {{0, integer(3)}, {1, text(u"z"_s)}})});
        QCOMPARE(kindOf(result), QString());
        QCOMPARE(result.rows.at(2).key, Key::values({integer(3), text(u"z"_s)}));
        QCOMPARE(f.database.outsideScalar(
                     u"SELECT group_concat(a || b || coalesce(v, '-')) FROM posts"_s),
                 text(u"1x1,1y20,3z-"_s));
    }

    void aNewRowMayBringItsKeyAsAField_data() { bothStatements(); }
    void aNewRowMayBringItsKeyAsAField()
    {
        const Fixture f(u"CREATE TABLE posts (slug TEXT PRIMARY KEY, title TEXT)"_s);
        const CommitResult result
            = f.apply({insertOf(Key::temporary(1), {{0, text(u"a"_s)}, {1, text(u"b"_s)}})});
        QCOMPARE(result.rows.first().key, Key::values({text(u"a"_s)}));
        QCOMPARE(kindOf(f.apply({insertOf(Key::temporary(1), {{1, text(u"b"_s)}})})),
                 u"Invalid new 1"_s);
    }

    // What the database adds

    void theAnswerHasTheRowAsTriggersLeftIt_data() { bothStatements(); }
    void theAnswerHasTheRowAsTriggersLeftIt()
    {
        const Fixture f(tutorial
                        + u"CREATE TRIGGER u AFTER UPDATE OF title ON posts BEGIN"
                          "  UPDATE posts SET content = 'was ' || old.title WHERE id = new.id; END;"
                          "CREATE TRIGGER i AFTER INSERT ON posts BEGIN"
                          "  UPDATE posts SET content = 'new' WHERE id = new.id; END"_s);
        const CommitResult result = f.apply({updateOf(1, {{1, text(u"First"_s), text(u"x"_s)}}),
                                             insertOf(Key::temporary(1), {{1, text(u"y"_s)}})});
        QCOMPARE(result.rows.at(0).row.values.at(2), text(u"was First"_s));
        QCOMPARE(result.rows.at(1).row.values.at(2), text(u"new"_s));
        QCOMPARE(result.rows.at(1).row, f.row(result.rows.at(1).key));
    }

    void versionsCountUpAndOnUpdateIsSent_data() { bothStatements(); }
    void versionsCountUpAndOnUpdateIsSent()
    {
        Fixture f(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, version INTEGER, kind TEXT);"
            "INSERT INTO posts VALUES (1, 'a', 4, 'draft')"_s);
        f.table.columns[2].isVersion = true;
        f.table.columns[3].onUpdate = {Default::Kind::Value, text(u"edited"_s), {}};
        const CommitResult result = f.apply({updateOf(1, {{1, text(u"a"_s), text(u"b"_s)}})});
        QCOMPARE(result.rows.first().row.values.at(2), integer(5));
        QCOMPARE(result.rows.first().row.values.at(3), text(u"edited"_s));
    }

    // Other tables

    void rowsThatGoAlongAreTold_data() { bothStatements(); }
    void rowsThatGoAlongAreTold()
    {
        const Fixture f(blog, u"users"_s);
        QCOMPARE(
            dependentCounts(*f.connection, f.table, {Key::integer(2)}),
            (QList<DependentCount>{{u"posts"_s, 2, 1}, {u"comments"_s, 2, 0}, {u"likes"_s, 0, 1}}));
        QCOMPARE(dependentCount(*f.connection, f.table, {Key::integer(2)}), 6);
        QCOMPARE(dependentCount(*f.connection, f.table, {Key::integer(1)}), 0);
        QCOMPARE(dependentCount(*f.connection, f.table, {Key::integer(2), Key::integer(3)}), 8);
    }

    void rowsThatWentAlongComeBack_data() { bothStatements(); }
    void rowsThatWentAlongComeBack()
    {
        const Fixture f(blog, u"users"_s);
        const auto everything = [&f] {
            return f.database
                .outsideScalar(
                    u"SELECT (SELECT group_concat(id || name) FROM users) || '; '"
                    " || (SELECT group_concat(id || title || quote(author) || quote(editor) || "
                    "words) FROM posts)"
                    " || '; ' || (SELECT group_concat(rowid || body || post) FROM comments)"
                    " || '; ' || (SELECT group_concat(user || comment) FROM likes)"_s)
                .toString();
        };
        const QString before = everything();
        const CommitResult gone = f.apply({f.deleteOf(2)});
        QCOMPARE(kindOf(gone), QString());
        QCOMPARE(everything(), u"1root,3bob; 3c3NULL1; 3z3; 1x,3y"_s);
        QCOMPARE(gone.rows.first().dependents.size(), 6);
        const CommitResult back = f.apply({f.bringBack(gone.rows.first())});
        QCOMPARE(kindOf(back), QString());
        QCOMPARE(everything(), before);
    }

    void aReferenceThatSomebodyGaveAnewIsNotTakenBack_data() { bothStatements(); }
    void aReferenceThatSomebodyGaveAnewIsNotTakenBack()
    {
        const Fixture f(blog, u"users"_s);
        const CommitResult gone = f.apply({f.deleteOf(2)});
        f.database.outside(u"UPDATE posts SET editor = 3 WHERE id = 3"_s);
        QVERIFY(f.apply({f.bringBack(gone.rows.first())}).isCommitted());
        QCOMPARE(f.database.outsideScalar(u"SELECT editor FROM posts WHERE id = 3"_s), integer(3));
    }

    void aPlaceThatIsTakenKeepsARowFromComingBack_data() { bothStatements(); }
    void aPlaceThatIsTakenKeepsARowFromComingBack()
    {
        const Fixture f(blog, u"users"_s);
        const CommitResult gone = f.apply({f.deleteOf(2)});
        f.database.outside(u"INSERT INTO posts (id, title) VALUES (1, 'new')"_s);
        QCOMPARE(kindOf(f.apply({f.bringBack(gone.rows.first())})), u"Constraint 2"_s);
        QCOMPARE(f.count(u"users"_s), 2);
    }

    void aTreeThatGoesAlongComesBack_data() { bothStatements(); }
    void aTreeThatGoesAlongComesBack()
    {
        const Fixture f(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY,"
            " parent INTEGER REFERENCES posts ON DELETE CASCADE);"
            "INSERT INTO posts VALUES (1, NULL), (2, 1), (3, 2), (4, 2), (5, NULL);"
            "PRAGMA foreign_keys = OFF; UPDATE posts SET parent = 4 WHERE id = 1"_s); // a cycle
        // 2 is deleted by its own change, the others along with them
        const CommitResult gone = f.apply({f.deleteOf(1), f.deleteOf(2)});
        QCOMPARE(kindOf(gone), QString());
        QCOMPARE(f.count(u"posts"_s), 1);
        QCOMPARE(gone.rows.at(0).dependents.size(), 0);
        QCOMPARE(gone.rows.at(1).dependents.size(), 2);
    }

    // Trouble

    void aFullDiskLeavesEverything_data() { bothStatements(); }
    void aFullDiskLeavesEverything()
    {
        const Fixture f(tutorial);
        f.connection->execute(u"PRAGMA max_page_count = %1"_s.arg(
            f.connection->scalar(u"PRAGMA page_count"_s).toInteger()));
        const QList<RowChange> rows{
            updateOf(1, {{1, text(u"First"_s), text(u"x"_s)}}),
            insertOf(Key::temporary(1), {{2, text(u"y"_s.repeated(100'000))}}),
        };
        try {
            f.apply(rows);
            QFAIL("there is no room");
        } catch (const OperationalError &error) {
            QCOMPARE(error.reason(), OperationalError::Reason::DiskFull);
        }
        QVERIFY(!f.connection->inTransaction());
        QCOMPARE(f.database.outsideScalar(u"SELECT group_concat(title) FROM posts"_s),
                 text(u"First,Second,Third"_s));
        f.connection->execute(u"PRAGMA max_page_count = 100000"_s);
        QVERIFY(f.apply(rows).isCommitted());
    }

    void aLockedDatabaseIsSaidAndCanBeTriedAgain_data() { bothStatements(); }
    void aLockedDatabaseIsSaidAndCanBeTriedAgain()
    {
        const Fixture f(tutorial);
        const QList<RowChange> rows{updateOf(1, {{1, text(u"First"_s), text(u"x"_s)}})};
        OtherProgram other(f.database);
        QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), 0);
        try {
            f.apply(rows);
            QFAIL("it is locked");
        } catch (const OperationalError &error) {
            QCOMPARE(error.reason(), OperationalError::Reason::Busy);
        }
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QVERIFY(f.apply(rows).isCommitted());
    }

    void aReaderAtCommitLeavesNothingHalfDone_data() { bothStatements(); }
    void aReaderAtCommitLeavesNothingHalfDone()
    {
        // in rollback mode COMMIT needs all readers gone: here one stays
        const Fixture f(tutorial);
        OtherProgram other(f.database);
        QCOMPARE(other.run(u"BEGIN; SELECT * FROM posts"_s), 0);
        const QList<RowChange> rows{updateOf(1, {{1, text(u"First"_s), text(u"x"_s)}})};
        QVERIFY_THROWS_EXCEPTION(OperationalError, f.apply(rows));
        QVERIFY(!f.connection->inTransaction());
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QCOMPARE(f.database.outsideScalar(u"SELECT title FROM posts WHERE id = 1"_s),
                 text(u"First"_s));
        QVERIFY(f.apply(rows).isCommitted());
    }

    void theHookSeesWhatCommitWillMakeTrueAndMayForbidIt_data() { bothStatements(); }
    void theHookSeesWhatCommitWillMakeTrueAndMayForbidIt()
    {
        const Fixture f(tutorial);
        const QList<RowChange> rows{insertOf(Key::temporary(1), {{1, text(u"x"_s)}})};
        CommitResult seen;
        QVERIFY_THROWS_EXCEPTION(OperationalError, f.apply(rows, [&](const CommitResult &result) {
            seen = result;
            throw OperationalError(OperationalError::Reason::DiskFull,
                                   u"no room for the journal"_s);
        }));
        QCOMPARE(seen.rows.first().key, Key::integer(4));
        QCOMPARE(f.count(u"posts"_s), 3);
        QVERIFY(!f.connection->inTransaction());
        SqlTrace trace(*f.connection);
        QString last;
        QVERIFY(
            f.apply(rows, [&](const CommitResult &) { last = trace.all().last(); }).isCommitted());
        QVERIFY(last != u"COMMIT"_s);
        QCOMPARE(trace.all().last(), u"COMMIT"_s);
    }

    // After a crash

    void aSaveThatWasKilledIsSettled_data()
    {
        QTest::addColumn<bool>("isCommitted");
        QTest::addColumn<bool>("isWal");
        QTest::newRow("before COMMIT") << false << false;
        QTest::newRow("after COMMIT") << true << false;
        QTest::newRow("before COMMIT, WAL") << false << true;
        QTest::newRow("after COMMIT, WAL") << true << true;
    }
    void aSaveThatWasKilledIsSettled()
    {
        QFETCH(bool, isCommitted);
        QFETCH(bool, isWal);
        Fixture f(tutorial);
        if (isWal)
            f.connection->scalar(u"PRAGMA journal_mode = WAL"_s);
        const QList<RowChange> rows{
            updateOf(1, {{1, text(u"First"_s), text(u"x"_s)}}),
            insertOf(Key::temporary(1), {{1, text(u"y"_s)}}),
            f.deleteOf(3),
        };
        const Table table = f.table;
        f.connection.reset();

        // what the hook is told crosses to us through a pipe, as it would to a journal
        int ends[2] = {};
        QCOMPARE(pipe(ends), 0);
        const pid_t child = fork();
        if (child == 0) {
            const auto connection = Fixture::connect(f.database);
            applyChanges(*connection, {table, rows}, [&](const CommitResult &prepared) {
                for (const CommittedRow &row : prepared.rows) {
                    const qint64 id = row.key.number();
                    const QByteArray date = row.row.values.at(3).bytes().leftJustified(26, '\0');
                    if (write(ends[1], &id, sizeof(id)) < 0 || write(ends[1], date.data(), 26) < 0)
                        _exit(1);
                }
                if (!isCommitted)
                    kill(getpid(), SIGKILL);
            });
            kill(getpid(), SIGKILL);
        }
        close(ends[1]);
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        CommitResult prepared;
        const QList<RowChange::Kind> kinds{RowChange::Kind::Update, RowChange::Kind::Insert,
                                           RowChange::Kind::Delete};
        const QStringList titles{u"x"_s, u"y"_s, u"Third"_s};
        for (int i = 0; i < 3; ++i) {
            qint64 id = 0;
            QByteArray date(26, '\0');
            QCOMPARE(read(ends[0], &id, sizeof(id)), qint64(sizeof(id)));
            QCOMPARE(read(ends[0], date.data(), 26), 26);
            date.truncate(qstrnlen(date.constData(), 26));
            CommittedRow row;
            row.kind = kinds.at(i);
            row.requested = rows.at(i).key;
            row.key = Key::integer(id);
            row.row.values
                = {integer(id), text(titles.at(i)), i == 0 ? text(u"one"_s) : StoredValue(),
                   date.isEmpty() ? StoredValue() : StoredValue::utf8(date)};
            prepared.rows.append(row);
        }
        close(ends[0]);

        f.connection = Fixture::connect(f.database);
        const std::optional<CommitResult> settled = settle(*f.connection, f.table, prepared);
        QCOMPARE(settled.has_value(), isCommitted);
        if (!settled)
            QVERIFY(f.apply(rows).isCommitted());
        QCOMPARE(f.count(u"posts WHERE title = 'y'"_s), 1); // saved, and not twice
        QCOMPARE(f.count(u"posts"_s), 3);
    }

    void settleKnowsWhatOthersDidSince_data()
    {
        QTest::addColumn<QString>("since");
        QTest::addColumn<bool>("isSettled");
        QTest::newRow("nothing") << QString() << true;
        QTest::newRow("the new row was edited")
            << u"UPDATE posts SET title = 'edited' WHERE id = 4"_s << true;
        QTest::newRow("the changed row was edited")
            << u"UPDATE posts SET title = 'edited' WHERE id = 1"_s << true;
        QTest::newRow("another row took the id")
            << u"UPDATE posts SET title = 'a', content = 'b', created_at = 'c' WHERE id = 4"_s
            << false;
        QTest::newRow("the new row was deleted") << u"DELETE FROM posts WHERE id = 4"_s << false;
    }
    void settleKnowsWhatOthersDidSince()
    {
        QFETCH(QString, since);
        QFETCH(bool, isSettled);
        const Fixture f(tutorial);
        const CommitResult done
            = f.apply({updateOf(1, {{1, text(u"First"_s), text(u"x"_s)}}),
                       insertOf(Key::temporary(1), {{1, text(u"y"_s)}, {2, text(u"body"_s)}})});
        QCOMPARE(f.database.outside(since), 0);
        QCOMPARE(settle(*f.connection, f.table, done).has_value(), isSettled);
    }

    void settleOfUpdatesAloneNeedsAllOfThem()
    {
        const Fixture f(tutorial);
        CommitResult done = f.apply({updateOf(1, {{1, text(u"First"_s), text(u"x"_s)}}),
                                     updateOf(2, {{1, text(u"Second"_s), text(u"y"_s)}})});
        QVERIFY(settle(*f.connection, f.table, done));
        f.database.outside(u"UPDATE posts SET title = 'z' WHERE id = 2"_s);
        QVERIFY(!settle(*f.connection, f.table, done));
        QVERIFY(!settle(*f.connection, f.table, {}));
        done = f.apply({f.deleteOf(3)});
        QVERIFY(settle(*f.connection, f.table, done));
        f.database.outside(u"INSERT INTO posts (id) VALUES (3)"_s);
        QVERIFY(!settle(*f.connection, f.table, done));
    }

    // Many

    void manyRowsAreOneTransaction_data() { bothStatements(); }
    void manyRowsAreOneTransaction()
    {
        const Fixture f(TestDatabase::data(u"f500.sql"_s));
        QList<RowChange> rows;
        for (qint64 id = 1; id <= 500; ++id) {
            if (id % 3 == 0)
                rows.append(f.deleteOf(id));
            else
                rows.append(updateOf(id, {{1, text(u"Post number %1"_s.arg(id)), text(u"x"_s)}}));
            rows.append(insertOf(Key::temporary(id), {{1, text(u"new"_s)}}));
        }
        SqlTrace trace(*f.connection);
        QVERIFY(f.apply(rows).isCommitted());
        QCOMPARE(trace.all().filter(u"BEGIN"_s).size(), 1);
        QCOMPARE(f.count(u"posts WHERE title = 'new'"_s), 500);
        QCOMPARE(f.count(u"posts WHERE title = 'x'"_s), 334);
        QCOMPARE(f.count(u"posts"_s), 834);
    }
};

QTEST_GUILESS_MAIN(ApplyChangesTest)
#include "tst_applychanges.moc"

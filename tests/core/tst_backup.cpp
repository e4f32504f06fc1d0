// SPDX-License-Identifier: MIT
#include "core/engine/backup.h"
#include "core/engine/engine.h"
#include "core/error.h"
#include "tests/support/testdatabase.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace orm;

/// A copy of a database that others read and write.
class TestBackup final : public QObject
{
    Q_OBJECT

private:
    static QString manyRows()
    {
        return u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, body TEXT);"
               "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) "
               "INSERT INTO posts SELECT i, 'Post ' || i, hex(randomblob(1000)) FROM n;"_s;
    }

    static StoredValue readFrom(const QString &file, const QString &sql)
    {
        const Engine engine = Engine::create(DatabaseUrl::sqlite(file));
        return engine.connect()->scalar(sql);
    }

private slots:
    void theCopyHasEverything_data()
    {
        QTest::addColumn<bool>("isWal");
        QTest::newRow("rollback journal") << false;
        QTest::newRow("WAL") << true;
    }

    void theCopyHasEverything()
    {
        QFETCH(bool, isWal);
        const TestDatabase database(
            manyRows(), isWal ? TestDatabase::Journal::Wal : TestDatabase::Journal::Rollback);
        const QString copy = database.file() + u".copy"_s;
        const Engine engine = Engine::create(database.url());
        const auto connection = engine.connect();
        QList<int> percents;
        Backup::copy(*connection, copy, [&](int percent) {
            percents << percent;
            return true;
        });
        QVERIFY(percents.size() > 1);
        QCOMPARE(percents.last(), 100);
        QVERIFY(std::is_sorted(percents.cbegin(), percents.cend()));
        const QString sum = u"SELECT count(*) || ':' || sum(length(body)) FROM posts"_s;
        QCOMPARE(readFrom(copy, sum), connection->scalar(sum));
        QCOMPARE(readFrom(copy, u"PRAGMA integrity_check"_s), StoredValue::text(u"ok"_s));
    }

    void othersWriteMeanwhile_data() { theCopyHasEverything_data(); }

    void othersWriteMeanwhile()
    {
        QFETCH(bool, isWal);
        const TestDatabase database(
            manyRows(), isWal ? TestDatabase::Journal::Wal : TestDatabase::Journal::Rollback);
        const QString copy = database.file() + u".copy"_s;
        const Engine engine = Engine::create(database.url());
        int written = 0;
        int refused = 0;
        Backup::copy(*engine.connect(), copy, [&](int) {
            if (written + refused < Backup::maxRestarts - 1) {
                const int code = database.outside(
                    u"UPDATE posts SET title = title || '!' WHERE id = 1"_s, noPatience);
                ++(code == 0 ? written : refused);
            }
            return true;
        });
        QCOMPARE(refused, 0); // with no timeout at all
        QCOMPARE(written, Backup::maxRestarts - 1);
        QCOMPARE(readFrom(copy, u"PRAGMA integrity_check"_s), StoredValue::text(u"ok"_s));
        QCOMPARE(readFrom(copy, u"SELECT count(*) FROM posts"_s), StoredValue::integer(4000));
    }

    void itEndsHoweverMuchOthersWrite()
    {
        // More than can be copied before it has begun again too often.
        const TestDatabase database(manyRows() + u"UPDATE posts SET body = zeroblob(25000);"_s);
        const QString copy = database.file() + u".copy"_s;
        const Engine engine = Engine::create(database.url());
        int refused = 0;
        Backup::copy(*engine.connect(), copy, [&](int) {
            refused
                += database.outside(u"UPDATE posts SET title = hex(randomblob(4)) WHERE id = 1"_s,
                                    noPatience)
                != 0;
            return true;
        });
        QVERIFY(refused > 0);
        QCOMPARE(readFrom(copy, u"SELECT count(*) FROM posts"_s), StoredValue::integer(4000));
    }

    void cancelledItLeavesNothingBehind()
    {
        const TestDatabase database(manyRows());
        const QString copy = database.file() + u".copy"_s;
        const Engine engine = Engine::create(database.url());
        QVERIFY_THROWS_EXCEPTION(CancelledError,
                                 Backup::copy(*engine.connect(), copy, [](int) { return false; }));
        const QFileInfo file(database.file());
        QCOMPARE(file.dir().entryList(QDir::Files), QStringList{file.fileName()});
    }

    void aFileThatIsThereStays()
    {
        const TestDatabase database(manyRows());
        const QString copy = database.file() + u".copy"_s;
        QFile file(copy);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("precious");
        file.close();
        const Engine engine = Engine::create(database.url());
        QVERIFY_THROWS_EXCEPTION(InvalidRequestError, Backup::copy(*engine.connect(), copy));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "precious"_ba);
    }

    void aFolderThatCannotBeWrittenIsSaid()
    {
        const TestDatabase database(manyRows());
        const Engine engine = Engine::create(database.url());
        QVERIFY_THROWS_EXCEPTION(OperationalError,
                                 Backup::copy(*engine.connect(), u"/nowhere/at/all/copy.db"_s));
    }
};

QTEST_GUILESS_MAIN(TestBackup)
#include "tst_backup.moc"

// SPDX-License-Identifier: MIT
//
// Many rows, and another program that writes meanwhile. tst_manyrows [--rows N] [--seed N] [FUNCTION…]
#include "app/post.h"
#include "core/session/orderreader.h"
#include "core/session/pagereader.h"
#include "core/session/sessionworker.h"
#include "tests/support/testdatabase.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/search/matcher.h"
#include "ui/search/searchparser.h"
#include "ui/table/databaserecordsource.h"
#include "ui/table/follower.h"
#include "ui/table/recordtablemodel.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <cstdio>
#include <poll.h>
#include <sqlite3.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using orm::Key;
using ui::RecordTableModel;

namespace {

constexpr int window = 30; ///< rows that a view shows
qint64 wantedRows = 0; ///< 0: as many as the test wants
quint32 seed = 0;

/// Rows with gaps in the ids, equal titles and dates, and NULLs.
QString postsSql(qint64 rows)
{
    return u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, content TEXT, created_at "
           u"DATETIME);"
           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT %1)"
           " INSERT INTO posts SELECT i * 3,"
           " CASE WHEN i % 17 = 0 THEN NULL ELSE 'Title ' || (i * 7919 % 5003) END,"
           " 'Text of ' || i,"
           " CASE WHEN i % 23 = 0 THEN NULL"
           " ELSE datetime(1600000000 + i * 104729 % 40009 * 60, 'unixepoch') END FROM n"_s.arg(
               rows);
}

bool isInputClosed()
{
    pollfd input{STDIN_FILENO, POLLIN, 0};
    return poll(&input, 1, 0) > 0;
}

/// What the other program does until its input is closed: rows come, change and go at random, with ids
/// up to @p mostId.
int writeAtRandom(const QByteArray &file, quint32 withSeed, int mostId)
{
    QRandomGenerator random(withSeed);
    sqlite3 *database = nullptr;
    sqlite3_open(file.constData(), &database);
    sqlite3_busy_timeout(database, 5000);
    int failed = 0;
    while (!isInputClosed()) {
        const int id = random.bounded(mostId);
        const int title = random.bounded(6000);
        QByteArray sql;
        switch (random.bounded(4)) {
        case 0:
            sql = "INSERT OR IGNORE INTO posts VALUES (" + QByteArray::number(id) + ", 'Title "
                + QByteArray::number(title) + "', 'new', datetime('now'))";
            break;
        case 1:
            sql = "INSERT INTO posts (title, content) VALUES (NULL, 'on top')";
            break;
        case 2:
            sql = "DELETE FROM posts WHERE id BETWEEN " + QByteArray::number(id) + " AND "
                + QByteArray::number(id + 5);
            break;
        default:
            sql = "UPDATE posts SET title = 'Title " + QByteArray::number(title)
                + "', created_at = NULL WHERE id BETWEEN " + QByteArray::number(id) + " AND "
                + QByteArray::number(id + 3);
        }
        failed += sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr) != SQLITE_OK;
        QThread::usleep(1000 + random.bounded(4000));
    }
    sqlite3_close(database);
    return failed == 0 ? 0 : 1;
}

/// One that saves a post every few milliseconds until its input is closed, by turns with 100 ms of
/// patience and with none; says how many of each there were, and how many of them failed.
int writeAsNeighbour(const QByteArray &file)
{
    sqlite3 *database = nullptr;
    sqlite3_open(file.constData(), &database);
    sqlite3_exec(database, "PRAGMA synchronous = OFF", nullptr, nullptr, nullptr);
    std::array<int, 2> count{};
    std::array<int, 2> failed{};
    for (size_t kind = 0; !isInputClosed(); kind = 1 - kind) {
        sqlite3_busy_timeout(database, kind == 0 ? 100 : 0);
        ++count.at(kind);
        failed.at(kind)
            += sqlite3_exec(database,
                            "UPDATE posts SET content = 'saved ' || random() WHERE id = 3", nullptr,
                            nullptr, nullptr)
            != SQLITE_OK;
        QThread::usleep(5000);
    }
    sqlite3_close(database);
    std::printf("%d %d %d %d\n", count.at(0), failed.at(0), count.at(1), failed.at(1));
    return 0;
}

/// This program again, as another one.
class OtherProcess
{
public:
    explicit OtherProcess(const QStringList &arguments)
    {
        m_process.start(QCoreApplication::applicationFilePath(), arguments);
        m_process.waitForStarted();
    }
    /// Lets it end. @returns what it said
    QByteArray end()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
        return m_process.readAllStandardOutput();
    }
    int exitCode() const { return m_process.exitCode(); }

private:
    QProcess m_process;
};

/// All that stands behind a list.
struct Desk
{
    explicit Desk(const TestDatabase &database)
        : table(orm::Mapper::of<app::Post>().table())
        , worker(database.url())
        , pages(database.url())
        , orders(database.url())
        , source(pages, orders)
        , edits(table)
        , history(edits)
        , model(source, edits, history)
        , follower(
              model, edits, source, [this] { return worker.dataVersion(); }, 0)
    {}

    /// As a view on the rows from @p first on does: asks, and looks at what is there.
    void look(int first)
    {
        const int last = std::min(first + window, model.rowCount()) - 1;
        model.prefetch(first, last);
        QSet<Key> seen;
        for (int row = first; row <= last; ++row) {
            const Key key = model.keyAt(row);
            QVERIFY2(!seen.contains(key), "a row is there twice");
            seen.insert(key);
            model.index(row, 2).data();
        }
    }
    bool isAtRest() const { return !model.isRefreshing() && model.isCounted(); }

    orm::Table table;
    orm::SessionWorker worker;
    orm::PageReader pages;
    orm::OrderReader orders;
    ui::DatabaseRecordSource source;
    ui::EditBuffer edits;
    ui::EditHistory history;
    RecordTableModel model;
    ui::Follower follower;
};

/// The ids of a plain SELECT that ends so.
QList<qint64> idsOf(const TestDatabase &database, const QString &end)
{
    QList<qint64> ids;
    sqlite3 *handle = nullptr;
    sqlite3_open(database.file().toUtf8().constData(), &handle);
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v2(handle, (u"SELECT id FROM posts"_s + end).toUtf8().constData(), -1,
                       &statement, nullptr);
    while (sqlite3_step(statement) == SQLITE_ROW)
        ids.append(sqlite3_column_int64(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(handle);
    return ids;
}

QList<qint64> idsOf(const RecordTableModel &model)
{
    QList<qint64> ids;
    ids.reserve(model.rowCount());
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.keyAt(row).number());
    return ids;
}

} // namespace

class TestManyRows final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qInfo("seed %u", seed); }

    void theRowsAreThoseOfAPlainSelectWhateverOthersWrite_data()
    {
        using Sort = QList<std::pair<QString, bool>>;
        QTest::addColumn<Sort>("sort"); // column, descending
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("index");
        QTest::addColumn<QString>("search");
        QTest::addColumn<bool>("isWal");
        const QString id = u"id"_s;
        const QString title = u"title"_s;
        const QString content = u"content"_s;
        const QString created = u"created_at"_s;
        struct Order
        {
            const char *name;
            Sort sort;
            QString sql;
        };
        const Order byKey{"by key", {}, u"id DESC"_s};
        const Order byCreated{"created", {{created, false}}, u"created_at, id"_s};
        const Order byCreatedDown{"created DESC", {{created, true}}, u"created_at DESC, id DESC"_s};
        const Order byTitle{"title", {{title, false}}, u"title, id"_s};
        const Order byBoth{"title, created DESC",
                           {{title, false}, {created, true}},
                           u"title, created_at DESC, id DESC"_s};
        const QList<Order> orders{
            byKey,
            {"id", {{id, false}}, u"id"_s},
            byCreated,
            byCreatedDown,
            byTitle,
            {"title DESC", {{title, true}}, u"title DESC, id DESC"_s},
            {"content", {{content, false}}, u"content, id"_s},
            byBoth,
            {"created DESC, title, id DESC",
             {{created, true}, {title, false}, {id, true}},
             u"created_at DESC, title, id DESC"_s},
        };
        for (const Order &order : orders)
            QTest::newRow(order.name) << order.sort << order.sql << QString() << QString() << true;
        // As they are read where an index gives the order
        const QString dates = u"CREATE INDEX dates ON posts (created_at);"_s;
        for (const Order &order : {byCreated, byCreatedDown})
            QTest::addRow("%s, indexed", order.name)
                << order.sort << order.sql << dates << QString() << true;
        QTest::newRow("title, created DESC, indexed")
            << byBoth.sort << byBoth.sql
            << u"CREATE INDEX both ON posts (title, created_at DESC, id DESC);"_s << QString()
            << true;
        for (const Order &order : {byKey, byCreated, byTitle})
            QTest::addRow("49, %s", order.name)
                << order.sort << order.sql << QString() << u"49"_s << true;
        QTest::newRow("49, created, indexed")
            << byCreated.sort << byCreated.sql << dates << u"49"_s << true;
        for (const Order &order : {byKey, byTitle})
            QTest::addRow("%s, rollback mode", order.name)
                << order.sort << order.sql << QString() << QString() << false;
    }
    void theRowsAreThoseOfAPlainSelectWhateverOthersWrite()
    {
        using Sort = QList<std::pair<QString, bool>>;
        QFETCH(const Sort, sort);
        QFETCH(const QString, sql);
        QFETCH(const QString, index);
        QFETCH(const QString, search);
        QFETCH(const bool, isWal);
        const qint64 rows = wantedRows > 0 ? wantedRows : 200'000;
        const TestDatabase database(postsSql(rows) + u';' + index,
                                    isWal ? TestDatabase::Journal::Wal
                                          : TestDatabase::Journal::Rollback);
        Desk desk(database);
        QList<orm::SortColumn> order;
        for (const auto &[column, isDescending] : sort)
            order.append({desk.table.indexOf(column),
                          isDescending ? Qt::DescendingOrder : Qt::AscendingOrder});
        OtherProcess writer({u"--write"_s, database.file(), QString::number(seed + 1),
                             QString::number(rows * 7 / 2)});
        desk.model.setQuery({desk.table, order});
        const auto typeSearch = [&] {
            desk.model.setSearch(std::make_shared<ui::Matcher>(
                *ui::parseSearch(search, desk.table).query, desk.table));
        };
        if (!search.isEmpty())
            typeSearch();
        QRandomGenerator random(seed);
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 1500) {
            desk.look(random.bounded(std::max(1, desk.model.rowCount() - window)));
            if (random.bounded(10) == 0)
                desk.follower.check();
            if (random.bounded(10) == 0)
                desk.model.loader().readFrom(random.bounded(2) == 0 ? ui::RowOrder::Edge::End
                                                                    : ui::RowOrder::Edge::Top);
            if (!search.isEmpty() && random.bounded(50) == 0)
                typeSearch(); // before the last one has come to its end
            QTest::qWait(5);
        }
        writer.end();
        QCOMPARE(writer.exitCode(), 0);
        desk.follower.refresh(); // after much reading the next by itself is a while off
        constexpr int patience = 60'000;
        QTRY_VERIFY_WITH_TIMEOUT(desk.isAtRest(), patience);

        const QString where = search.isEmpty()
            ? QString()
            : u" WHERE title LIKE '%%1%' OR content LIKE '%%1%'"_s.arg(search);
        const QList<qint64> expected = idsOf(database, where + u" ORDER BY "_s + sql);
        const QList<qint64> shown = idsOf(desk.model);
        QCOMPARE(shown.size(), expected.size());
        for (qsizetype row = 0; row < expected.size(); ++row) {
            if (shown.at(row) != expected.at(row))
                QFAIL(qPrintable(u"row %1 is %2 instead of %3"_s.arg(row)
                                     .arg(shown.at(row))
                                     .arg(expected.at(row))));
        }
        for (int i = 0; i < 5; ++i) { // what the cells say, too
            const int first = random.bounded(desk.model.rowCount() - window);
            const auto isLoaded = [&](int row) {
                return desk.model.index(row, 2).data(ui::CellLoadedRole).toBool();
            };
            desk.look(first);
            QTRY_VERIFY(isLoaded(first) && isLoaded(first + window - 1));
            for (int row = first; row < first + window; ++row) {
                const orm::StoredValue title = database.outsideScalar(
                    u"SELECT title FROM posts WHERE id = %1"_s.arg(shown.at(row)));
                // A row that was on its way when others wrote is read once more when it is seen
                QTRY_COMPARE(desk.model.value(desk.model.keyAt(row), 1), title);
            }
        }
    }

    /// In rollback mode a reader keeps writers out; these don't.
    void aNeighbourWritesAllTheWhile()
    {
        constexpr qint64 rows = 10'000;
        const TestDatabase database(postsSql(wantedRows > 0 ? wantedRows : rows));
        OtherProcess neighbour({u"--neighbour"_s, database.file()});
        QTest::qWait(300);
        Desk desk(database);
        desk.model.setQuery({desk.table, {}});
        constexpr int patience = 600'000;
        QRandomGenerator random(seed);
        const auto scrollUntilRest = [&] {
            QElapsedTimer timer;
            timer.start();
            while (timer.elapsed() < 500 || desk.model.loader().isReading()) {
                if (timer.elapsed() > patience)
                    return;
                desk.look(random.bounded(std::max(1, desk.model.rowCount() - window)));
                QTest::qWait(100);
            }
        };
        scrollUntilRest();
        desk.model.setSort({{desk.table.indexOf(u"title"_s), Qt::AscendingOrder}});
        scrollUntilRest();
        desk.model.setSearch(std::make_shared<ui::Matcher>(
            *ui::parseSearch(u"title 49"_s, desk.table).query, desk.table));
        scrollUntilRest();
        desk.model.setSearch(nullptr);
        scrollUntilRest();
        QVERIFY(desk.isAtRest() || desk.model.isCounted());

        const QList<QByteArray> said = neighbour.end().trimmed().split(' ');
        QCOMPARE(said.size(), 4);
        const double share = said.at(3).toDouble() * 100 / std::max(1, said.at(2).toInt());
        qInfo("with 100 ms of patience %s of %s writes failed, with none %s of %s (%.2f %%)",
              said.at(1).constData(), said.at(0).constData(), said.at(3).constData(),
              said.at(2).constData(), share);
        QCOMPARE(said.at(1).toInt(), 0);
        QVERIFY(said.at(2).toInt() > 10);
        QVERIFY2(share < 1, "a reading kept writers out");
    }
};

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--write"_s)
        return writeAtRandom(arguments.at(2).toUtf8(), arguments.at(3).toUInt(),
                             arguments.at(4).toInt());
    if (arguments.value(1) == u"--neighbour"_s)
        return writeAsNeighbour(arguments.at(2).toUtf8());
    seed = QRandomGenerator::global()->generate();
    const auto take = [&arguments](const QString &option, auto &value) {
        const qsizetype at = arguments.indexOf(option);
        if (at < 0 || at + 1 >= arguments.size())
            return;
        value = std::decay_t<decltype(value)>(arguments.at(at + 1).toLongLong());
        arguments.remove(at, 2);
    };
    take(u"--rows"_s, wantedRows);
    take(u"--seed"_s, seed);
    TestManyRows test;
    return QTest::qExec(&test, arguments);
}

#include "tst_manyrows.moc"

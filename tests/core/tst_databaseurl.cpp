// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"
#include "core/error.h"

#include <QTest>

using namespace Qt::StringLiterals;
using orm::DatabaseUrl;

/// Where a database is, as text.
class DatabaseUrlTest final : public QObject
{
    Q_OBJECT

private slots:
    void sqlitePaths_data();
    void sqlitePaths();
    void servers();
    void thePasswordIsNeverPrinted();
    void whatIsNoUrl_data();
    void whatIsNoUrl();
    void enginesRefuseWhatTheyCannotOpen();
    void enginesInMemoryShareTheirConnection();
};

void DatabaseUrlTest::sqlitePaths_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("isMemory");

    QTest::newRow("relative") << u"sqlite:///blog.db"_s << u"blog.db"_s << false;
    QTest::newRow("absolute") << u"sqlite:////var/lib/blog.db"_s << u"/var/lib/blog.db"_s << false;
    QTest::newRow("scheme in capitals") << u"SQLITE:///blog.db"_s << u"blog.db"_s << false;
    QTest::newRow("blank") << u"sqlite:////a b/c.db"_s << u"/a b/c.db"_s << false;
    QTest::newRow("escaped") << u"sqlite:////a%20b/%C3%A4.db"_s << u"/a b/\u00E4.db"_s << false;
    QTest::newRow("percent") << u"sqlite:////100%2541.db"_s << u"/100%41.db"_s << false;
    QTest::newRow("memory") << u"sqlite://"_s << u""_s << true;
    QTest::newRow("memory by name") << u"sqlite:///:memory:"_s << u":memory:"_s << true;
}

void DatabaseUrlTest::sqlitePaths()
{
    QFETCH(const QString, text);
    const auto url = DatabaseUrl::parse(text);
    QVERIFY(url);
    QVERIFY(url->isSqlite());
    QTEST(url->database, "file");
    QTEST(url->isMemory(), "isMemory");
    QCOMPARE(DatabaseUrl::parse(url->toString()), url);
}

void DatabaseUrlTest::servers()
{
    const auto url = DatabaseUrl::parse(u"postgresql://ann:s%40cret@host:5433/blog"_s);
    QVERIFY(url);
    QVERIFY(!url->isSqlite());
    QCOMPARE(url->scheme, u"postgresql"_s);
    QCOMPARE(url->user, u"ann"_s);
    QCOMPARE(url->password, u"s@cret"_s);
    QCOMPARE(url->host, u"host"_s);
    QCOMPARE(url->port, 5433);
    QCOMPARE(url->database, u"blog"_s);
}

void DatabaseUrlTest::thePasswordIsNeverPrinted()
{
    const auto url = DatabaseUrl::parse(u"postgresql://ann:secret@host:5433/blog"_s);
    QCOMPARE(url->toString(), u"postgresql://ann@host:5433/blog"_s);
    try {
        orm::Engine::create(*url);
        QFAIL("there is no such dialect yet");
    } catch (const orm::Error &error) {
        QVERIFY(!QString::fromUtf8(error.what()).contains(u"secret"_s));
    }
    try {
        orm::Engine::create(u"postgresql:/ann:secret@host"_s);
        QFAIL("it is no URL");
    } catch (const orm::Error &error) {
        QVERIFY(!QString::fromUtf8(error.what()).contains(u"secret"_s));
    }
    QCOMPARE(DatabaseUrl::sqlite(u"/tmp/x.db"_s).toString(), u"sqlite:////tmp/x.db"_s);
}

void DatabaseUrlTest::whatIsNoUrl_data()
{
    QTest::addColumn<QString>("text");

    for (const char *text :
         {"", "blog.db", "://x", "/var/blog.db", "sqlite://host/blog.db", "postgresql://[x/blog"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void DatabaseUrlTest::whatIsNoUrl()
{
    QFETCH(const QString, text);
    QVERIFY(!DatabaseUrl::parse(text));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, orm::Engine::create(text));
}

void DatabaseUrlTest::enginesRefuseWhatTheyCannotOpen()
{
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, orm::Engine::create(u"oracle://x/y"_s));
}

void DatabaseUrlTest::enginesInMemoryShareTheirConnection()
{
    const auto engine = orm::Engine::create(u"sqlite://"_s);
    const orm::Engine copy = engine;
    QCOMPARE(engine.connect(), copy.connect());
    QVERIFY(engine.connect() != orm::Engine::create(u"sqlite://"_s).connect());
}

QTEST_GUILESS_MAIN(DatabaseUrlTest)
#include "tst_databaseurl.moc"

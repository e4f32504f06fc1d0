// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "tests/support/flaskapp.h"
#include "ui/mainwindow/mainwindow.h"

#include <QDir>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace {

const auto schemaText = u"SELECT group_concat(type || name || tbl_name || sql, char(10)) "
                        "FROM (SELECT * FROM sqlite_schema ORDER BY type, name)"_s;

const auto stamp = u"2023-10-26T10:11:12.678901"_s;

} // namespace

/// The window and the tutorial's Flask app on one database, in turns: what one writes the other reads,
/// and what neither was asked to change stays as it is.
class TestFlaskWindow final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!FlaskApp::isInstalled())
            QSKIP("python3-flask-sqlalchemy is not installed");
    }

    void theirPostsAreEditedAndReadByThem()
    {
        Journey journey{QString()};
        const FlaskApp flask(journey.database().file());
        QVERIFY(flask.run(u"create"_s).isNull());
        flask.run(u"add"_s,
                  {{u"title"_s, u"New Post"_s},
                   {u"content"_s, u"This is a new blog post."_s},
                   {u"created_at"_s, stamp}});
        flask.run(u"add"_s, {{u"title"_s, u""_s}, {u"content"_s, QJsonValue::Null}});
        flask.run(u"add"_s, {{u"title"_s, u"To go"_s}, {u"content"_s, u"\r\nKept"_s}});
        const QString tables = journey.sql(schemaText);

        journey.start();
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.counts(), u"3 posts"_s);
        QCOMPARE(journey.cell(2, u"title"_s), u"New Post"_s);
        QCOMPARE(journey.cell(1, u"title"_s), QString());
        journey.press(u"Del, Down, Down, F2"_s);
        journey.type(u"Updated Post"_s);
        journey.press(u"Return, Ctrl+N"_s);
        journey.type(u"From the window"_s);
        journey.press(u"Tab"_s);
        journey.type(u"Text"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        QCOMPARE(flask.run(u"list"_s).toArray().size(), 3); // nothing is there before the save
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);

        const QJsonArray seen = flask.run(u"list"_s).toArray();
        QCOMPARE(seen.size(), 3);
        QCOMPARE(seen.at(0)[u"title"_s].toString(), u"Updated Post"_s);
        QCOMPARE(seen.at(0)[u"content"_s].toString(), u"This is a new blog post."_s);
        QCOMPARE(seen.at(0)[u"created_at"_s].toString(), stamp); // each microsecond of it
        QCOMPARE(seen.at(1)[u"title"_s], QJsonValue(u""_s));
        QCOMPARE(seen.at(1)[u"content"_s], QJsonValue(QJsonValue::Null));
        QCOMPARE(seen.at(2)[u"title"_s].toString(), u"From the window"_s);
        QCOMPARE(seen.at(2)[u"content"_s].toString(), u"Text"_s);
        const QDateTime created = QDateTime::fromString(
            seen.at(2)[u"created_at"_s].toString() + u'Z', Qt::ISODateWithMs);
        QVERIFY(qAbs(created.secsTo(QDateTime::currentDateTimeUtc())) < 100);
        QCOMPARE(journey.sql(schemaText), tables);
        QCOMPARE(journey.sql(u"PRAGMA journal_mode"_s), u"delete"_s);

        // And back again, while the window is open.
        flask.run(u"edit"_s, {{u"id"_s, 1}, {u"title"_s, u"Theirs again"_s}});
        flask.run(u"delete"_s, {{u"id"_s, 2}});
        QVERIFY(flask.run(u"add"_s, {{u"title"_s, u"Their newest"_s}}).toInteger() > 3);
        journey.press(u"Ctrl+1, F5"_s);
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Their newest"_s);
        QTRY_COMPARE(journey.cell(2, u"title"_s), u"Theirs again"_s);
        QTRY_COMPARE(journey.counts(), u"3 posts"_s);
        QCOMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.message(), QString());
    }

    void theirEditShowsInTheForm()
    {
        Journey journey{QString()};
        const FlaskApp flask(journey.database().file());
        flask.run(u"create"_s);
        flask.run(u"add"_s, {{u"title"_s, u"Before"_s}, {u"content"_s, u"Old text"_s}});
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.fieldText(u"bodyEdit"_s), u"Old text"_s);
        flask.run(u"edit"_s, {{u"id"_s, 1}, {u"content"_s, u"New text"_s}});
        journey.press(u"F5"_s);
        QTRY_COMPARE(journey.fieldText(u"bodyEdit"_s), u"New text"_s);
    }

    void ourNewDatabaseIsTheirs()
    {
        Journey journey;
        journey.start({});
        const QString file = QDir(journey.folder()).filePath(u"ours.db"_s);
        journey.press(u"Ctrl+Shift+N"_s);
        journey.choose(file);
        QTRY_COMPARE(journey.title(), u"ours.db — Postdesk"_s);
        QTRY_COMPARE(journey.counts(), u"0 posts"_s);
        journey.press(u"Ctrl+N"_s);
        journey.type(u"Written here"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);

        const FlaskApp flask(file);
        QVERIFY(flask.run(u"create"_s).isNull()); // it finds its own table
        QCOMPARE(flask.post(1)[u"title"_s].toString(), u"Written here"_s);
        QCOMPARE(flask.post(1)[u"content"_s], QJsonValue(QJsonValue::Null));
        const TestDatabase theirs{QString()};
        QVERIFY(FlaskApp(theirs.file()).run(u"create"_s).isNull());
        const TestDatabase ours = TestDatabase::at(file);
        QCOMPARE(ours.outsideScalar(schemaText).toString(),
                 theirs.outsideScalar(schemaText).toString()); // to the letter

        QCOMPARE(flask.run(u"add"_s, {{u"title"_s, u"Written there"_s}}).toInteger(), 2);
        flask.run(u"edit"_s, {{u"id"_s, 1}, {u"title"_s, u"Corrected there"_s}});
        journey.press(u"Ctrl+1, F5"_s);
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Written there"_s);
        QTRY_COMPARE(journey.cell(1, u"title"_s), u"Corrected there"_s);
        journey.press(u"Ctrl+Home, F2"_s);
        journey.type(u"And here again"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(flask.post(2)[u"title"_s].toString(), u"And here again"_s);
    }

    void whatIsNotOursIsNotTouched()
    {
        Journey journey{QString()};
        const FlaskApp flask(journey.database().file());
        flask.run(u"create"_s);
        flask.run(u"add"_s, {{u"title"_s, u"a"_s}});
        flask.run(u"add"_s, {{u"title"_s, u"b"_s}, {u"created_at"_s, stamp}});
        QCOMPARE(
            journey.database().outside(u"CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);"
                                       "INSERT INTO users VALUES (1, 'ann');"
                                       "CREATE INDEX by_title ON posts (title);"
                                       "CREATE TRIGGER stamp AFTER UPDATE ON posts "
                                       "BEGIN UPDATE users SET name = name || '!'; END;"
                                       "CREATE VIEW titles AS SELECT title FROM posts;"_s),
            0);
        const QString tables = journey.sql(schemaText);
        const QString version = journey.sql(u"PRAGMA schema_version"_s);
        const QByteArray bytes = journey.fileBytes();

        journey.start();
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.counts(), u"2 posts"_s);
        QCOMPARE(journey.fileBytes(), bytes); // looking changes nothing at all
        const QString other = journey.sql(u"SELECT hex(title) || hex(created_at) FROM posts "
                                          "WHERE id = 1"_s);
        journey.press(u"F2"_s);
        journey.type(u"changed"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(schemaText), tables);
        QCOMPARE(journey.sql(u"PRAGMA schema_version"_s), version);
        QCOMPARE(journey.sql(u"SELECT name FROM users"_s),
                 u"ann!"_s); // their trigger has run, once
        QCOMPARE(journey.sql(u"SELECT hex(title) || hex(created_at) FROM posts WHERE id = 1"_s),
                 other);
        QCOMPARE(flask.post(2)[u"title"_s].toString(), u"changed"_s);
        QCOMPARE(flask.post(2)[u"created_at"_s].toString(), stamp);
    }
};

QTEST_MAIN(TestFlaskWindow)
#include "tst_flaskwindow.moc"

// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"

using namespace Qt::StringLiterals;

/// The database refuses a save: the caret goes where something can be done about it, nothing is written
/// by halves, and nothing is lost.
class TestConstraints final : public QObject
{
    Q_OBJECT

private:
    static QString blog()
    {
        return u"CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT);"
               "CREATE TABLE posts (id INTEGER NOT NULL, title VARCHAR(255) UNIQUE, content TEXT,"
               " created_at DATETIME, stars INTEGER CHECK (stars BETWEEN 1 AND 5),"
               " author_id INTEGER REFERENCES authors (id), PRIMARY KEY (id));"
               "CREATE TABLE comments (id INTEGER PRIMARY KEY,"
               " post_id INTEGER NOT NULL REFERENCES posts (id), text TEXT);"
               "INSERT INTO authors VALUES (1, 'Ann');"
               "INSERT INTO posts VALUES (1, 'First', 'a', NULL, 3, 1), (2, 'Second', 'b', NULL, "
               "4, 1),"
               " (3, 'Third', 'c', NULL, NULL, NULL);"
               "INSERT INTO comments VALUES (1, 2, 'x');"_s;
    }

    static void open(Journey &journey)
    {
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Esc"_s); // that there are further columns
        QTRY_COMPARE(journey.counts(), u"3 posts"_s);
    }

    static void changeTitle(Journey &journey, const QString &title)
    {
        journey.press(u"F2"_s);
        journey.type(title);
        journey.press(u"Return"_s);
    }

    /// Saves, and is refused because of @p field, where @p problem stands under it.
    static void beRefused(Journey &journey, const QString &field, const QString &problem)
    {
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.focus(), field);
        QCOMPARE(journey.pending(), u"1 problem"_s);
        QTRY_VERIFY2(journey.problemText().startsWith(problem), qPrintable(journey.problemText()));
        QTRY_VERIFY(journey.window().isSettled());
    }

    static QString dump(Journey &journey)
    {
        return journey.sql(
            u"SELECT group_concat(id || coalesce(title, '-') || coalesce(stars, '-')"
            " || coalesce(author_id, '-')) FROM (SELECT * FROM posts ORDER BY id)"_s);
    }

private slots:
    void aValueThatAnotherPostHas()
    {
        Journey journey(blog());
        open(journey);
        const QString before = dump(journey);
        changeTitle(journey, u"First"_s); // #3
        journey.press(u"Down"_s);
        changeTitle(journey, u"Fine"_s);
        journey.press(u"Home, Ctrl+End"_s);
        beRefused(journey, u"titleEdit"_s, u"This title is taken. Choose another one to save."_s);
        QCOMPARE(journey.currentId(), u"3"_s);
        QCOMPARE(journey.message(), u"“Third” can't be saved: another post has the same Title."_s);
        QCOMPARE(journey.fieldText(u"titleEdit"_s), u"First"_s);
        QCOMPARE(dump(journey), before); // all or nothing
        journey.press(u"Ctrl+A"_s);
        journey.type(u"Free"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.message(), QString());
        QCOMPARE(dump(journey), u"1First31,2Fine41,3Free--"_s);
    }

    void aValueThatACheckRefuses_data()
    {
        QTest::addColumn<QString>("check");
        QTest::newRow("that has no name") << u"CHECK"_s;
        QTest::newRow("that has a name") << u"CONSTRAINT few CHECK"_s;
    }

    void aValueThatACheckRefuses()
    {
        QFETCH(const QString, check);
        Journey journey(blog().replace(u"CHECK"_s, check));
        open(journey);
        const QString before = dump(journey);
        journey.window().findChild<QWidget *>(u"starsEdit"_s)->setFocus();
        QTRY_COMPARE(journey.focus(), u"starsEdit"_s);
        journey.press(u"Ctrl+A"_s);
        journey.type(u"9"_s);
        journey.press(u"Ctrl+1"_s);
        beRefused(journey, u"starsEdit"_s, u"The database refuses this stars:"_s);
        QCOMPARE(journey.fieldText(u"starsEdit"_s), u"9"_s);
        QCOMPARE(dump(journey), before);
        journey.press(u"Ctrl+A"_s);
        journey.type(u"5"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(dump(journey), u"1First31,2Second41,3Third5-"_s);
    }

    void aReferenceToNothing()
    {
        Journey journey(blog());
        open(journey);
        const QString before = dump(journey);
        journey.window().findChild<QWidget *>(u"author_idEdit"_s)->setFocus();
        QTRY_COMPARE(journey.focus(), u"author_idEdit"_s);
        journey.type(u"7"_s);
        journey.press(u"Ctrl+1"_s);
        beRefused(journey, u"author_idEdit"_s, u"The database refuses this author_id:"_s);
        QCOMPARE(dump(journey), before);
        // The author comes from elsewhere: the same change is saved now.
        QCOMPARE(journey.database().outside(u"INSERT INTO authors VALUES (7, 'Ben')"_s),
                 0); // a page may just be read
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(dump(journey), u"1First31,2Second41,3Third-7"_s);
    }

    void aDeletionOfWhatIsReferredTo()
    {
        Journey journey(blog());
        open(journey);
        const QString before = dump(journey);
        journey.press(u"Down, Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Up"_s);
        changeTitle(journey, u"Changed"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"1 problem"_s);
        QCOMPARE(journey.currentId(), u"2"_s);
        QCOMPARE(journey.message(),
                 u"“Second” can't be saved: it refers to something that isn't there, or something "
                 "else still refers to it."_s);
        QCOMPARE(dump(journey), before);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Alt+K"_s); // "Keep it"
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(dump(journey), u"1First31,2Second41,3Changed--"_s);
    }
};

QTEST_MAIN(TestConstraints)
#include "tst_constraints.moc"

// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/table/recordtableview.h"

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPlainTextEdit>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

const auto createPosts = u"CREATE TABLE posts (id INTEGER NOT NULL, title VARCHAR(255), "
                         "content TEXT, created_at DATETIME, PRIMARY KEY (id));"_s;

/// A folder that everybody may enter, in which nobody but its owner may write.
class PublicFolder
{
public:
    PublicFolder()
        : m_folder(u"/tmp/postdesk-public-XXXXXX"_s)
    {
        ::chmod(QFile::encodeName(m_folder.path()).constData(), 0755);
    }
    /// A copy of @p original with these permissions.
    QString add(const QString &name, const QString &original, mode_t mode) const
    {
        const QString file = m_folder.filePath(name);
        QFile::copy(original, file);
        ::chmod(QFile::encodeName(file).constData(), mode);
        return file;
    }
    QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
};

/// An ordinary user for a scope; root may do anything, so that nothing would be refused.
class OrdinaryUser
{
public:
    OrdinaryUser()
        : m_wasRoot(::geteuid() == 0)
    {
        if (m_wasRoot && ::seteuid(65534) != 0)
            qFatal("seteuid failed");
    }
    ~OrdinaryUser()
    {
        if (m_wasRoot && ::seteuid(0) != 0)
            qFatal("seteuid failed");
    }
    Q_DISABLE_COPY_MOVE(OrdinaryUser)

private:
    const bool m_wasRoot;
};

QString fileWith(const QTemporaryDir &folder, const QString &name, const QByteArray &bytes)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return {};
    return file.fileName();
}

} // namespace

/// What can't be opened, or not wholly, is said in a sentence in the window; nothing is lost and no
/// box stands in the way.
class TestBadInput final : public QObject
{
    Q_OBJECT

private:
    /// The window says a sentence with @p words, and works on.
    static void says(Journey &journey, const QString &words)
    {
        QTRY_VERIFY2(journey.message().contains(words), qPrintable(journey.message()));
        QVERIFY(!QApplication::activeModalWidget());
        QVERIFY2(journey.message().endsWith(u'.'), qPrintable(journey.message()));
    }

    static void saysOnTheWelcomePage(Journey &journey, const QString &words)
    {
        says(journey, words);
        QVERIFY(journey.isShown(u"welcomePage"_s));
        QCOMPARE(journey.title(), u"Postdesk"_s);
    }

private slots:
    void aFileThatIsNoDatabase()
    {
        const QTemporaryDir folder;
        const QByteArray bytes = QByteArray("Dear diary, this is no database. ").repeated(100);
        const QString file = fileWith(folder, u"diary.txt"_s, bytes);
        Journey journey;
        journey.start(file);
        saysOnTheWelcomePage(journey, u"diary.txt is not a database"_s);
        journey.press(u"Esc"_s);
        QFile after(file);
        QVERIFY(after.open(QIODevice::ReadOnly));
        QCOMPARE(after.readAll(), bytes);
    }

    void aFolder()
    {
        const QTemporaryDir folder;
        Journey journey;
        journey.start(folder.path());
        saysOnTheWelcomePage(journey, u"is a folder"_s);
    }

    /// What only has the name of a database doesn't count.
    void aFolderWithADatabase()
    {
        const QTemporaryDir folder;
        Journey journey;
        QVERIFY(QFile::copy(journey.database().file(), folder.filePath(u"blog.sqlite"_s)));
        fileWith(folder, u"thumbs.db"_s, "No database at all");
        journey.start(folder.path());
        QTRY_START_STATE(journey);
        QCOMPARE(journey.title(), u"blog.sqlite — Postdesk"_s);
    }

    void aFolderWithSeveralDatabases()
    {
        const QTemporaryDir folder;
        Journey journey;
        for (const char *name : {"blog.db", "diary.db"}) {
            const QString file = folder.filePath(QLatin1StringView(name));
            QVERIFY(QFile::copy(journey.database().file(), file));
        }
        QFile older(folder.filePath(u"blog.db"_s));
        QVERIFY(older.open(QIODevice::ReadWrite));
        QVERIFY(older.setFileTime(QDateTime::currentDateTime().addDays(-1),
                                  QFileDevice::FileModificationTime));
        older.close();
        journey.start(folder.path());
        QTRY_VERIFY2(journey.message().contains(u"2 databases"_s), qPrintable(journey.message()));
        journey.press(u"Tab, Return"_s);
        QTRY_START_STATE(journey);
        QCOMPARE(journey.title(), u"blog.db — Postdesk"_s);
        journey.press(u"Ctrl+W"_s);
        journey.start(folder.path());
        QTRY_VERIFY(!journey.message().isEmpty());
        journey.press(u"Return"_s);
        QTRY_START_STATE(journey);
        QCOMPARE(journey.title(), u"diary.db — Postdesk"_s);
    }

    void aFileWithoutPermission()
    {
        Journey journey;
        const PublicFolder folder;
        const QString file = folder.add(u"secret.db"_s, journey.database().file(), 0);
        const OrdinaryUser user;
        journey.start(file);
        saysOnTheWelcomePage(journey, u"you may not read it"_s);
        journey.stop();
    }

    void aReadOnlyFile()
    {
        Journey journey;
        const PublicFolder folder;
        const QString file = folder.add(u"archive.db"_s, journey.database().file(), 0444);
        const OrdinaryUser user;
        journey.start(file);
        QTRY_START_STATE(journey);
        says(journey, u"archive.db can only be read"_s);
        QCOMPARE(journey.pending(), u"Read only"_s);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        journey.press(u"F2, Ctrl+N, Del, Ctrl+D, Ctrl+S"_s);
        QVERIFY(!journey.view().hasCellEditor());
        QCOMPARE(journey.id(0), u"500"_s);
        QCOMPARE(journey.mark(0), QString());
        journey.press(u"Ctrl+2"_s);
        journey.type(u"x"_s);
        QCOMPARE(journey.fieldText(u"titleEdit"_s), u"Post number 500"_s);
        journey.press(u"Ctrl+1, Esc"_s);
        QCOMPARE(journey.message(), QString()); // said once
        journey.press(u"F5, Down"_s);
        QCOMPARE(journey.message(), QString());
        journey.stop();
    }

    void openedOnlyForReading()
    {
        Journey journey;
        const QByteArray before = journey.fileBytes();
        journey.start(journey.database().file(), app::Options::Access::ReadOnly);
        QTRY_START_STATE(journey);
        QCOMPARE(journey.pending(), u"Read only"_s);
        journey.press(u"F2, Ctrl+N, Del"_s);
        QCOMPARE(journey.mark(0), QString());
        QCOMPARE(journey.fileBytes(), before);
    }

    void anEmptyFile()
    {
        const QTemporaryDir folder;
        const QString file = fileWith(folder, u"blog.db"_s, {});
        Journey journey;
        journey.start(file);
        saysOnTheWelcomePage(journey,
                             u"blog.db is empty. Press Enter to create the posts table in it."_s);
        QCOMPARE(QFileInfo(file).size(), 0);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"blog.db"_s});
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.counts(), u"0 posts"_s);
        QCOMPARE(journey.title(), u"blog.db — Postdesk"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.message(), QString());
        QVERIFY(QFileInfo(file).size() > 0);
    }

    void aDatabaseWithoutTheTable()
    {
        Journey journey(u"CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT);"
                        "INSERT INTO notes (text) VALUES ('keep me')"_s);
        const QByteArray before = journey.fileBytes();
        journey.start();
        saysOnTheWelcomePage(journey, u"has no table named posts"_s);
        QCOMPARE(journey.fileBytes(), before);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.counts(), u"0 posts"_s);
        QCOMPARE(journey.sql(u"SELECT text FROM notes"_s), u"keep me"_s);
        QCOMPARE(journey.sql(u"PRAGMA journal_mode"_s), u"delete"_s); // its owner's choice
    }

    void aMissingFile()
    {
        const QTemporaryDir folder;
        Journey journey;
        journey.start(folder.filePath(u"new.db"_s));
        saysOnTheWelcomePage(journey, u"There is no new.db yet"_s);
        QVERIFY(!QFileInfo::exists(folder.filePath(u"new.db"_s)));
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.counts(), u"0 posts"_s);
        QVERIFY(QFileInfo::exists(folder.filePath(u"new.db"_s)));
    }

    void aMissingFolder()
    {
        const QTemporaryDir folder;
        Journey journey;
        journey.start(folder.filePath(u"no/such/blog.db"_s));
        saysOnTheWelcomePage(journey, u"there is no folder"_s);
        QVERIFY(!QFileInfo::exists(folder.filePath(u"no"_s)));
    }

    void aUrlThatIsNone_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("words");
        QTest::newRow("scheme") << u"postgresql://ann:secret@host/blog"_s << u"“postgresql”"_s;
        QTest::newRow("unknown") << u"gopher://host/blog"_s << u"“gopher”"_s;
        QTest::newRow("memory") << u"sqlite://"_s << u"names no database"_s;
    }

    void aUrlThatIsNone()
    {
        QFETCH(QString, url);
        QFETCH(QString, words);
        Journey journey;
        journey.start(url);
        saysOnTheWelcomePage(journey, words);
        QVERIFY(!journey.message().contains(u"secret"_s));
    }

    void aTableThatLacksAColumn()
    {
        Journey journey(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title VARCHAR(255));"
                        "INSERT INTO posts (title) VALUES ('Only a title')"_s);
        journey.start();
        QTRY_START_STATE(journey);
        says(journey, u"has no content, created_at"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Only a title"_s);
        journey.press(u"Esc, F2"_s);
        journey.type(u"A better title"_s);
        journey.press(u"Return, Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts"_s), u"A better title"_s);
        journey.press(u"Ctrl+N"_s);
        journey.type(u"Another"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.counts(), u"2 posts"_s);
    }

    void aTableWithOtherTypesAndMoreColumns()
    {
        Journey journey(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, content BLOB, "
                        "created_at INTEGER, mood TEXT, stars INTEGER DEFAULT 3);"
                        "INSERT INTO posts (title, content, created_at, mood, stars) "
                        "VALUES ('Odd', x'00ff10', 1700000000, 'calm', 5)"_s);
        journey.start();
        QTRY_START_STATE(journey);
        says(journey, u"mood, stars"_s);
        QVERIFY(journey.message().contains(u"created_at"_s));
        QCOMPARE(journey.cell(0, u"mood"_s), u"calm"_s);
        journey.press(u"Esc, F2"_s);
        journey.type(u"Odder"_s);
        journey.press(u"Return, Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title || hex(content) || created_at || mood || stars "
                             "FROM posts"_s),
                 u"Odder00FF101700000000calm5"_s);
    }

    void aTitleThatIsTooLong()
    {
        const QString title = QString(u'a').repeated(253) + u"😀😀😀"_s; // 256 code points
        for (const bool isPasted : {false, true}) {
            Journey journey;
            const QByteArray before = journey.fileBytes();
            journey.start();
            QTRY_START_STATE(journey);
            journey.press(u"Ctrl+2"_s);
            QTRY_COMPARE(journey.focus(), u"titleEdit"_s);
            journey.press(u"Ctrl+A"_s);
            if (isPasted) {
                QApplication::clipboard()->setText(title);
                journey.press(u"Ctrl+V"_s);
            } else {
                for (int i = 0; i < 256; ++i)
                    journey.type(u"b"_s);
            }
            QCOMPARE(journey.fieldText(u"titleEdit"_s).toUcs4().size(), 256);
            QCOMPARE(journey.mark(0), u"?"_s);
            QTRY_VERIFY2(journey.problemText().contains(u"256"_s),
                         qPrintable(journey.problemText()));
            QCOMPARE(journey.pending(), u"1 problem"_s);
            journey.press(u"Ctrl+1, Ctrl+S"_s);
            says(journey, u"256"_s);
            QCOMPARE(journey.focus(), u"titleEdit"_s);
            QCOMPARE(journey.fieldText(u"titleEdit"_s).toUcs4().size(), 256);
            QCOMPARE(journey.fileBytes(), before);
            journey.press(u"End, Backspace"_s);
            QTRY_COMPARE(journey.pending(), u"1 change"_s);
            journey.press(u"Ctrl+S"_s);
            QTRY_COMPARE(journey.pending(), u"Saved"_s);
            QCOMPARE(journey.sql(u"SELECT length(title) FROM posts WHERE id = 500"_s), u"255"_s);
            QCOMPARE(journey.message(), QString());
        }
    }

    void aTitleOfAnotherProgramThatIsTooLong()
    {
        Journey journey(createPosts
                        + u"INSERT INTO posts (title, content) VALUES "
                          "(replace(hex(zeroblob(150)), '0', 'x'), 'text')"_s);
        journey.start();
        QTRY_START_STATE(journey);
        QCOMPARE(journey.mark(0), QString());
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s).size(), 300);
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+End"_s);
        journey.type(u" more"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT length(title) || content FROM posts"_s), u"300text more"_s);
    }

    void oddTextsStayAsTheyAre()
    {
        // NUL, emoji, right-to-left, CRLF, a lone CR, U+2028, a no-break space
        const QString odd = u"char(97,0,98,13,10,99,13,100,8232,101,160,102,128512,1513,1500)"_s;
        Journey journey(createPosts
                        + u"INSERT INTO posts (title, content) VALUES ('Odd', %1)"_s.arg(odd));
        journey.start();
        QTRY_START_STATE(journey);
        const QString before = journey.sql(u"SELECT hex(content) FROM posts"_s);
        journey.press(u"F2"_s);
        journey.type(u"Still odd"_s);
        journey.press(u"Return, Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT hex(content) FROM posts"_s), before);
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+End"_s);
        journey.type(u"!"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT hex(content) FROM posts"_s), before + u"21"_s);
    }
};

QTEST_MAIN(TestBadInput)
#include "tst_badinput.moc"

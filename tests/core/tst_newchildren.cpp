// SPDX-License-Identifier: MIT
#include "tests/support/graphschema.h"
#include "tests/support/thrown.h"

#include <QTest>

using namespace Qt::StringLiterals;
using orm::Session;

namespace {

struct Book;
struct Folder;

struct Shelf
{
    qint64 id = 0;
    orm::ToMany<Book> books = {};
    orm::ToMany<Book> wanted = {};
};

/// Has no members for its shelves.
struct Book
{
    qint64 id = 0;
    QString title = {};
    std::optional<qint64> shelfId = {};
    std::optional<qint64> wantedOnId = {};
};

struct Part;

/// A mistake: its key has one column, what refers to it two.
struct Case
{
    qint64 id = 0;
    orm::ToMany<Part> parts = {};
};

struct Part
{
    qint64 id = 0;
    std::optional<qint64> caseId = {};
    std::optional<qint64> number = {};
};

struct Folder
{
    qint64 id = 0;
    QString name = {};
    std::optional<qint64> parentId = {};
    orm::ToMany<Folder> folders = {};
};

} // namespace

template<>
struct orm::Mapping<Shelf>
{
    static constexpr auto table
        = orm::table<Shelf>("shelves", {column<&Shelf::id>("id", primaryKey)});
    static constexpr auto relationships = orm::relationships<Shelf>(
        {oneToMany<&Shelf::books, &Book::shelfId>(cascade{Cascade::Delete}),
         oneToMany<&Shelf::wanted, &Book::wantedOnId>()});
};

template<>
struct orm::Mapping<Book>
{
    static constexpr auto table
        = orm::table<Book>("books",
                           {column<&Book::id>("id", primaryKey), column<&Book::title>("title"),
                            column<&Book::shelfId>("shelf_id", notNull, references("shelves(id)")),
                            column<&Book::wantedOnId>("wanted_on_id", references("shelves(id)"))});
};

template<>
struct orm::Mapping<Case>
{
    static constexpr auto table = orm::table<Case>("cases", {column<&Case::id>("id", primaryKey)});
    static constexpr auto relationships = orm::relationships<Case>(
        {oneToMany<&Case::parts, orm::columns<&Part::caseId, &Part::number>>()});
};

template<>
struct orm::Mapping<Part>
{
    static constexpr auto table
        = orm::table<Part>("parts",
                           {column<&Part::id>("id", primaryKey), column<&Part::caseId>("case_id"),
                            column<&Part::number>("number")});
};

template<>
struct orm::Mapping<Folder>
{
    static constexpr auto table = orm::table<Folder>(
        "folders",
        {column<&Folder::id>("id", primaryKey), column<&Folder::name>("name", unique),
         column<&Folder::parentId>("parent_id", references("folders(id)"))});
    static constexpr auto relationships
        = orm::relationships<Folder>({oneToMany<&Folder::folders, &Folder::parentId>()});
};

namespace {

class Library : public graph::Database
{
public:
    Library()
    {
        orm::MetaData meta;
        meta.add<Shelf>();
        meta.add<Book>();
        meta.add<Folder>();
        meta.add<Case>();
        meta.add<Part>();
        meta.createAll(engine());
        execute(u"INSERT INTO shelves (id) VALUES (7), (8)"_s);
        execute(u"INSERT INTO cases (id) VALUES (7)"_s);
    }
    /// Titles with their shelves.
    QString books() const { return rows(u"title,shelf_id"_s, u"books"_s); }
};

orm::Ref<Book> newBook(const QString &title = u"a"_s)
{
    return orm::make(Book{.title = title});
}

} // namespace

/// New objects in a collection whose class has no member for the parent: the collection alone says
/// what their foreign key is to be.
class NewChildrenTest final : public QObject
{
    Q_OBJECT

private slots:
    void theyFollowANewParent();
    void theyFollowAParentThatIsThere();
    void theyFollowAParentThatGetsAnotherKey();
    void theyFollowAParentOfTheSameTableThatGetsAnotherKey();
    void aForeignKeyOfOtherColumnsIsRefused();
    void theyMayBeThereBeforeTheirParentIsAdded();
    void aFailedFlushGivesThemNoKeyOfANewParent();
    void theyAreInTheCollectionOnce();
    void whatIsTakenOutHasNoParent();
    void theyMoveToAnotherParent();
    void theyMayBeInTwoCollections();
    void theyOutliveTheCollectionsExpiry();
    void aParentThatLeavesIsMissed();
    void theyGoWithTheirParent();
    void anUndoneAppendCanBeAddedAgain();
    void anUndoneInsertTakesItsParentAlong();
    void aParentMayBeDroppedBeforeTheFlush();
    void whatIsDeletedLeavesTheCollection();
    void whatIsMadeTransientKeepsItsForeignKey();
    void aTreeIsWrittenFromItsRoot();
    void aParentMayWaitForAnUpdate();
};

void NewChildrenTest::theyFollowANewParent()
{
    const Library library;
    Session session(library.engine());
    const auto shelf = session.add(Shelf{});
    const auto book = newBook();
    shelf->books.append(book);
    QVERIFY(session.contains(book));
    SqlTrace trace(session.connection());
    session.flush();
    QCOMPARE(shelf.read().books.size(), 1); // which is not read
    session.commit();
    QCOMPARE(
        trace.statements(),
        (QStringList{u"INSERT INTO shelves DEFAULT VALUES"_s,
                     u"INSERT INTO books (title, shelf_id, wanted_on_id) VALUES (?, ?, ?)"_s}));
    QCOMPARE(book.read().shelfId, shelf.read().id);
    QCOMPARE(library.books(), u"a|9"_s);
}

void NewChildrenTest::theyFollowAParentThatIsThere()
{
    const Library library;
    Session session(library.engine());
    const auto there = session.get<Shelf>(7);
    const auto given = session.add(Shelf{.id = 5}); // its key is known before it is written
    there->books.append(newBook(u"a"_s));
    given->books.append(newBook(u"b"_s));
    session.commit();
    QCOMPARE(library.books(), u"a|7, b|5"_s);
}

void NewChildrenTest::theyFollowAParentThatGetsAnotherKey()
{
    const Library library;
    Session session(library.engine());
    const auto shelf = session.get<Shelf>(7);
    const auto folder = session.add(Folder{.name = u"a"_s});
    session.flush();
    shelf->books.append(newBook());
    shelf->id = 9;
    folder->folders.append(orm::make(Folder{.name = u"b"_s}));
    folder->name = u"c"_s; // another value says nothing of the key
    session.commit();
    QCOMPARE(library.books(), u"a|9"_s);
    QCOMPARE(library.rows(u"name,quote(parent_id)"_s, u"folders"_s), u"b|1, c|NULL"_s);
}

void NewChildrenTest::theyFollowAParentOfTheSameTableThatGetsAnotherKey()
{
    const Library library;
    library.execute(u"DROP TABLE folders"_s);
    library.execute(u"CREATE TABLE folders (id INTEGER PRIMARY KEY, name TEXT, parent_id INTEGER "
                    "REFERENCES folders(id) ON UPDATE CASCADE)"_s);
    library.execute(u"INSERT INTO folders (name) VALUES ('a')"_s);
    Session session(library.engine());
    const auto folder = session.get<Folder>(1);
    folder->id = 5;
    folder->folders.append(orm::make(Folder{.name = u"b"_s})); // written before that
    session.commit();
    QCOMPARE(library.rows(u"id,name,quote(parent_id)"_s, u"folders"_s), u"2|b|5, 5|a|NULL"_s);
}

void NewChildrenTest::aForeignKeyOfOtherColumnsIsRefused()
{
    const Library library;
    Session session(library.engine());
    session.get<Case>(7)->parts.append(orm::make(Part{}));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.flush());
}

void NewChildrenTest::theyMayBeThereBeforeTheirParentIsAdded()
{
    const Library library;
    Session session(library.engine());
    const auto shelf = orm::make(Shelf{});
    shelf->books.append(newBook());
    session.add(shelf);
    session.commit();
    QCOMPARE(library.books(), u"a|9"_s);
}

void NewChildrenTest::aFailedFlushGivesThemNoKeyOfANewParent()
{
    const Library library;
    Session session(library.engine());
    const auto book = newBook();
    session.get<Shelf>(7)->books.append(book);
    session.add(Shelf{})->wanted.append(book);
    session.add(Book{.title = u"on no shelf"_s});
    QVERIFY_THROWS_EXCEPTION(orm::DataError, session.flush());
    QVERIFY(!book.read().wantedOnId);
}

void NewChildrenTest::theyAreInTheCollectionOnce()
{
    const Library library;
    Session session(library.engine());
    const auto shelf = session.get<Shelf>(7);
    const auto book = newBook();
    shelf->books.append(book);
    shelf->books.append(book);
    QCOMPARE(shelf.read().books.size(), 1); // flushes, and reads
    QCOMPARE(shelf.read().books.at(0), book);
    shelf->books.append(book);
    session.commit();
    QCOMPARE(shelf.read().books.size(), 1);
    QCOMPARE(library.books(), u"a|7"_s);
}

void NewChildrenTest::whatIsTakenOutHasNoParent()
{
    const Library library;
    Session session(library.engine());
    const auto shelf = session.add(Shelf{});
    const auto book = newBook();
    shelf->books.append(book);
    shelf->books.remove(book);
    QVERIFY(shelf.read().books.isEmpty());
    QVERIFY(session.contains(book));
    const auto error = thrown<orm::IntegrityError>([&] { session.flush(); });
    QVERIFY(error);
    QCOMPARE(error->columns, QStringList{u"shelf_id"_s});

    book->shelfId = 7;
    shelf->wanted.append(book);
    shelf->wanted.remove(book);
    session.expunge(book);
    session.commit();
    QCOMPARE(library.books(), QString());
}

void NewChildrenTest::theyMoveToAnotherParent()
{
    const Library library;
    Session session(library.engine());
    const auto first = session.add(Shelf{});
    const auto second = session.get<Shelf>(8);
    const auto book = newBook();
    first->books.append(book);
    second->books.append(book);
    QVERIFY(first.read().books.isEmpty());
    session.commit();
    QCOMPARE(library.books(), u"a|8"_s);
}

void NewChildrenTest::theyMayBeInTwoCollections()
{
    const Library library;
    Session session(library.engine());
    const auto first = session.add(Shelf{});
    const auto second = session.add(Shelf{});
    const auto book = newBook();
    first->books.append(book);
    second->wanted.append(book);
    const auto twice = newBook(u"b"_s);
    first->books.append(twice);
    first->wanted.append(twice);
    session.commit();
    QCOMPARE(library.rows(u"title,shelf_id,wanted_on_id"_s, u"books"_s), u"a|9|10, b|9|9"_s);

    const auto third = newBook(u"c"_s);
    first->books.append(third);
    second->wanted.append(third);
    session.flush();
    session.remove(third);
    session.flush();
    QVERIFY(!first.read().books.contains(third));
    QVERIFY(!second.read().wanted.contains(third));
}

void NewChildrenTest::theyOutliveTheCollectionsExpiry()
{
    const Library library;
    Session session(library.engine());
    const auto shelf = session.get<Shelf>(7);
    shelf->books.append(newBook(u"a"_s));
    session.expire(shelf);
    shelf->books.append(newBook(u"b"_s));
    session.expireAll();
    QCOMPARE(shelf.read().id, 7);
    session.commit();
    QCOMPARE(library.books(), u"a|7, b|7"_s);
}

void NewChildrenTest::aParentThatLeavesIsMissed()
{
    const Library library;
    Session session(library.engine());
    const auto shelf = session.add(Shelf{});
    const auto book = newBook();
    shelf->books.append(book);
    session.expunge(shelf);
    QVERIFY_THROWS_EXCEPTION(orm::FlushError, session.flush());
    session.rollback();
    session.add(book); // takes it along
    session.commit();
    QCOMPARE(library.books(), u"a|9"_s);

    auto dropped = session.add(Shelf{});
    dropped->books.append(newBook(u"b"_s));
    session.expunge(dropped);
    dropped = {};
    QVERIFY_THROWS_EXCEPTION(orm::FlushError, session.flush());
}

void NewChildrenTest::theyGoWithTheirParent()
{
    const Library library;
    Session session(library.engine());
    const auto shelf = session.get<Shelf>(7);
    const auto book = newBook();
    shelf->books.append(book);
    session.remove(shelf);
    session.commit();
    QVERIFY(!session.contains(book));
    QCOMPARE(library.books(), QString());
    QCOMPARE(library.rows(u"id"_s, u"shelves"_s), u"8"_s);
}

void NewChildrenTest::anUndoneAppendCanBeAddedAgain()
{
    const Library library;
    Session session(library.engine());
    const auto shelf = session.get<Shelf>(7);
    const auto book = newBook();
    shelf->books.append(book);
    session.rollback();
    QVERIFY(!session.contains(book));
    QVERIFY(shelf.read().books.isEmpty());
    session.add(book);
    session.commit();
    QCOMPARE(library.books(), u"a|7"_s);
}

void NewChildrenTest::anUndoneInsertTakesItsParentAlong()
{
    const Library library;
    for (const bool isExpired : {false, true}) {
        Session session(library.engine());
        const auto shelf = session.add(Shelf{});
        const auto book = newBook();
        shelf->books.append(book);
        session.flush();
        QCOMPARE(book.read().shelfId, 9);
        if (isExpired) {
            session.expireAll();
            QCOMPARE(shelf.read().books.size(), 1);
        }
        session.rollback();
        QCOMPARE(book.read().id, 0);
        QVERIFY(!session.contains(shelf));
        library.execute(u"INSERT INTO shelves (id) VALUES (9)"_s); // its key is another's now
        session.add(book);
        QVERIFY(session.contains(shelf));
        session.commit();
        QCOMPARE(library.books(), u"a|10"_s);
        library.execute(u"DELETE FROM books"_s);
        library.execute(u"DELETE FROM shelves WHERE id > 8"_s);
    }
}

void NewChildrenTest::aParentMayBeDroppedBeforeTheFlush()
{
    const Library library;
    Session session(library.engine());
    const auto book = newBook();
    session.get<Shelf>(7)->books.append(book);
    session.add(Shelf{})->books.append(newBook(u"b"_s));
    session.commit();
    QCOMPARE(library.books(), u"a|7, b|9"_s);
    QCOMPARE(book.read().shelfId, 7);
    session.remove(book);
    session.commit();
    QCOMPARE(library.books(), u"b|9"_s);
}

void NewChildrenTest::whatIsDeletedLeavesTheCollection()
{
    const Library library;
    Session session(library.engine());
    const auto shelf = session.add(Shelf{});
    const auto book = newBook();
    shelf->books.append(book);
    shelf->books.append(newBook(u"b"_s));
    session.flush();
    session.remove(book);
    session.flush();
    QCOMPARE(shelf.read().books.size(), 1);
    session.commit();
    QCOMPARE(library.books(), u"b|9"_s);
}

void NewChildrenTest::whatIsMadeTransientKeepsItsForeignKey()
{
    const Library library;
    Session session(library.engine());
    const auto shelf = session.add(Shelf{});
    const auto book = newBook();
    shelf->books.append(book);
    session.flush();
    Session::makeTransient(book);
    book->id = 0;
    book->shelfId = 8;
    session.add(book);
    session.commit();
    QCOMPARE(library.books(), u"a|8, a|9"_s);
}

void NewChildrenTest::aTreeIsWrittenFromItsRoot()
{
    const Library library;
    Session session(library.engine());
    const auto folder = [](const QString &name) { return orm::make(Folder{.name = name}); };
    const auto middle = session.add(folder(u"middle"_s));
    const auto leaf = folder(u"leaf"_s);
    middle->folders.append(leaf);
    leaf->folders.append(folder(u"below"_s));
    const auto root = session.add(folder(u"root"_s));
    root->folders.append(middle);
    session.commit();
    QCOMPARE(library.rows(u"name,parent_id"_s, u"folders"_s), u"below|3, leaf|2, middle|1"_s);
    QCOMPARE(library.rows(u"name,id"_s, u"folders WHERE parent_id IS NULL"_s), u"root|1"_s);
}

void NewChildrenTest::aParentMayWaitForAnUpdate()
{
    const Library library;
    library.execute(u"INSERT INTO folders (name) VALUES ('a')"_s);
    Session session(library.engine());
    session.get<Folder>(1)->name = u"b"_s;
    const auto parent = session.add(Folder{.name = u"a"_s}); // to be written behind that
    parent->folders.append(orm::make(Folder{.name = u"c"_s}));
    session.commit();
    QCOMPARE(library.rows(u"name,quote(parent_id)"_s, u"folders"_s), u"a|NULL, b|NULL, c|2"_s);
}

QTEST_GUILESS_MAIN(NewChildrenTest)
#include "tst_newchildren.moc"

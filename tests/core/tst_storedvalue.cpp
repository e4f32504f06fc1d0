// SPDX-License-Identifier: MIT
#include "core/mapping/record.h"
#include "core/schema/storedvalue.h"

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using orm::Key;
using orm::KeyList;
using orm::StorageClass;
using orm::StoredValue;

/// Values as stored, and the keys made of them.
class StoredValueTest final : public QObject
{
    Q_OBJECT

private slots:
    void knowsItsStorageClass();
    void readsAsText_data();
    void readsAsText();
    void isEqualByClassAndBytes();
    void invalidUtf8IsKept();
    void nullAndEmptyTextAreTwo();
    void keysOfOneIntegerTakeTheFastPath();
    void temporaryKeysAreOthers();
    void keyListsHoldAnyKey();
};

void StoredValueTest::knowsItsStorageClass()
{
    QCOMPARE(StoredValue().storageClass(), StorageClass::Null);
    QCOMPARE(StoredValue::integer(7).storageClass(), StorageClass::Integer);
    QCOMPARE(StoredValue::real(7).storageClass(), StorageClass::Real);
    QCOMPARE(StoredValue::text(u"7").storageClass(), StorageClass::Text);
    QCOMPARE(StoredValue::blob("7").storageClass(), StorageClass::Blob);
    QCOMPARE(StoredValue::integer(7).toReal(), 7.0);
    QCOMPARE(StoredValue::text(u"7").toInteger(), 0); // never guessed
    QCOMPARE(StoredValue::integer(7).bytes(), QByteArray());
}

void StoredValueTest::readsAsText_data()
{
    QTest::addColumn<StoredValue>("value");
    QTest::addColumn<QString>("text");

    QTest::newRow("null") << StoredValue() << QString();
    QTest::newRow("integer") << StoredValue::integer(std::numeric_limits<qint64>::min())
                             << u"-9223372036854775808"_s;
    QTest::newRow("real") << StoredValue::real(0.1) << u"0.1"_s;
    QTest::newRow("text") << StoredValue::text(u"a\u00E4\U0001F600") << u"a\u00E4\U0001F600"_s;
    QTest::newRow("nul") << StoredValue::text(u"a\0b"_s) << u"a\0b"_s;
    QTest::newRow("blob") << StoredValue::blob("abc") << u"abc"_s;
    QTest::newRow("empty") << StoredValue::utf8({}) << u""_s;
}

void StoredValueTest::readsAsText()
{
    QFETCH(const StoredValue, value);
    QTEST(value.toString(), "text");
}

void StoredValueTest::isEqualByClassAndBytes()
{
    QVERIFY(StoredValue::integer(1) != StoredValue::real(1));
    QVERIFY(StoredValue::text(u"1") != StoredValue::blob("1"));
    QVERIFY(StoredValue::text(u"1") != StoredValue::integer(1));
    const double nan = std::numeric_limits<double>::quiet_NaN();
    QVERIFY(StoredValue::real(nan) == StoredValue::real(nan));
    QVERIFY(StoredValue::utf8("a") == StoredValue::text(u"a"));
    QCOMPARE(qHash(StoredValue::utf8("a")), qHash(StoredValue::text(u"a")));
    QVERIFY(StoredValue() == StoredValue());
}

void StoredValueTest::invalidUtf8IsKept()
{
    const QByteArray bytes("a\xFF\xFE");
    const StoredValue value = StoredValue::utf8(bytes);
    QCOMPARE(value.bytes(), bytes);
    QVERIFY(!value.isValidText());
    QVERIFY(StoredValue::blob(bytes).isValidText()); // a blob is not asked
}

void StoredValueTest::nullAndEmptyTextAreTwo()
{
    QVERIFY(StoredValue() != StoredValue::utf8({}));
    QVERIFY(!StoredValue::utf8({}).isNull());
    QVERIFY(!StoredValue::text(QString()).isNull());
    QVERIFY(!StoredValue::utf8({}).toString().isNull());
    QVERIFY(StoredValue().toString().isNull());
}

void StoredValueTest::keysOfOneIntegerTakeTheFastPath()
{
    const Key key = Key::values({StoredValue::integer(7)});
    QVERIFY(key.isInteger());
    QCOMPARE(key, Key::integer(7));
    QCOMPARE(qHash(key), qHash(Key::integer(7)));
    QCOMPARE(key.toValues(), QList{StoredValue::integer(7)});
    const Key two = Key::values({StoredValue::integer(7), StoredValue::text(u"x")});
    QVERIFY(!two.isInteger());
    QCOMPARE(two.toString(), u"7, x"_s);
    QVERIFY(Key::values({StoredValue::text(u"7")}) != key);
    QVERIFY(Key().isNull());
    QVERIFY(!Key::integer(0).isNull());
}

void StoredValueTest::temporaryKeysAreOthers()
{
    QVERIFY(Key::temporary(7) != Key::integer(7));
    QVERIFY(Key::temporary(7).isTemporary());
    QCOMPARE(Key::temporary(7).toString(), u"new 7"_s);
    QVERIFY(Key::temporary(7).toValues().isEmpty());
}

void StoredValueTest::keyListsHoldAnyKey()
{
    KeyList list;
    list.append(Key::integer(5));
    list.append(Key::integer(3));
    list.insert(1, Key::integer(4));
    QCOMPARE(list.size(), 3);
    QCOMPARE(list.at(1), Key::integer(4));
    QCOMPARE(list.indexOf(Key::integer(3)), 2);
    QCOMPARE(list.indexOf(Key::temporary(3)), -1);
    list.insert(0, Key::temporary(1));
    QCOMPARE(list.at(0), Key::temporary(1));
    QCOMPARE(list.indexOf(Key::integer(4)), 2);
    list.removeAt(0);
    QCOMPARE(list.at(0), Key::integer(5));
    KeyList other;
    other.append(Key::values({StoredValue::text(u"x")}));
    list.append(other);
    QCOMPARE(list.size(), 4);
    list.clear();
    QVERIFY(list.isEmpty());
}

QTEST_APPLESS_MAIN(StoredValueTest)
#include "tst_storedvalue.moc"

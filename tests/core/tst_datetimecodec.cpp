// SPDX-License-Identifier: MIT
#include "core/schema/datetimecodec.h"

#include <QRandomGenerator>
#include <QTest>
#include <QTimeZone>

#include <time.h>

using namespace Qt::StringLiterals;
using namespace orm::datetimecodec;

/// Dates as texts, in whatever zone the process is.
class DateTimeCodecTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data();
    void init();
    void cleanup();

    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void agreesWithQDateTime();
    void everyDayAndBack();
    void writesSixDigits();
    void writesUtcWhateverTheZone();
    void onlyFourDigitYearsAreStorable();
    void timesAndBack();
};

void DateTimeCodecTest::initTestCase_data()
{
    QTest::addColumn<QByteArray>("zone");

    QTest::newRow("utc") << QByteArray("UTC");
    QTest::newRow("east, with summer time") << QByteArray("CET-1CEST,M3.5.0,M10.5.0/3");
    QTest::newRow("far west") << QByteArray("XYZ11:30");
    QTest::newRow("far east") << QByteArray("XYZ-13:45");
}

void DateTimeCodecTest::init()
{
    QFETCH_GLOBAL(const QByteArray, zone);
    qputenv("TZ", zone);
    tzset();
}

void DateTimeCodecTest::cleanup()
{
    qputenv("TZ", "UTC");
    tzset();
}

void DateTimeCodecTest::parses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QDateTime>("instant");

    const auto utc = [](int hour, int minute, int second, int msec) {
        return QDateTime(QDate(2023, 10, 26), QTime(hour, minute, second, msec), Qt::UTC);
    };
    QTest::newRow("date") << QByteArray("2023-10-26") << utc(0, 0, 0, 0);
    QTest::newRow("minutes") << QByteArray("2023-10-26 10:11") << utc(10, 11, 0, 0);
    QTest::newRow("CURRENT_TIMESTAMP") << QByteArray("2023-10-26 10:11:12") << utc(10, 11, 12, 0);
    QTest::newRow("SQLAlchemy") << QByteArray("2023-10-26 10:11:12.345678") << utc(10, 11, 12, 345);
    QTest::newRow("one digit") << QByteArray("2023-10-26 10:11:12.3") << utc(10, 11, 12, 300);
    QTest::newRow("nanoseconds") << QByteArray("2023-10-26 10:11:12.345678901")
                                 << utc(10, 11, 12, 345);
    QTest::newRow("T") << QByteArray("2023-10-26T10:11:12") << utc(10, 11, 12, 0);
    QTest::newRow("Z") << QByteArray("2023-10-26T10:11:12.345Z") << utc(10, 11, 12, 345);
    QTest::newRow("offset") << QByteArray("2023-10-26 10:11:12+02:00") << utc(8, 11, 12, 0);
    QTest::newRow("offset, no colon")
        << QByteArray("2023-10-26 10:11:12-0130") << utc(11, 41, 12, 0);
    QTest::newRow("leap day") << QByteArray("2024-02-29 00:00:00")
                              << QDateTime(QDate(2024, 2, 29), QTime(0, 0), Qt::UTC);
}

void DateTimeCodecTest::parses()
{
    QFETCH(const QByteArray, text);
    const QDateTime instant = parseDateTime(text);
    QCOMPARE(instant.timeSpec(), Qt::UTC);
    QTEST(instant, "instant");
}

void DateTimeCodecTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");

    for (const char *text : {"",
                             " ",
                             "now",
                             "2023",
                             "2023-1-2",
                             "2023-13-01",
                             "2023-00-01",
                             "2023-02-29",
                             "2023-10-32",
                             "2023-10-26 ",
                             "2023-10-26 10",
                             "2023-10-26 24:00:00",
                             "2023-10-26 10:60:00",
                             "2023-10-26 10:11:60",
                             "2023-10-26 10:11:12.",
                             "2023-10-26 10:11:12 x",
                             "2023-10-26x10:11",
                             "2023-10-26 10:11:12+",
                             "2023-10-26 10:11:12+25:00",
                             "0000-01-01",
                             "12023-10-26",
                             "-2023-10-26",
                             "1698300000",
                             "2023-10-26 10:11:12Zulu"})
        QTest::newRow(text) << QByteArray(text);
}

void DateTimeCodecTest::refuses()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!parseDateTime(text).isValid());
}

void DateTimeCodecTest::agreesWithQDateTime()
{
    QRandomGenerator random(1); // the same ones each time
    constexpr qint64 first = -62'135'596'800'000;
    constexpr qint64 last = 253'402'300'799'999;
    for (int i = 0; i < 20'000; ++i) {
        const qint64 msecs
            = first + static_cast<qint64>(random.generate64() % quint64(last - first + 1));
        const QDateTime instant = QDateTime::fromMSecsSinceEpoch(msecs, Qt::UTC);
        const QByteArray text = formatDateTime(instant);
        const QString expected = instant.toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s) + u"000"_s;
        QCOMPARE(QString::fromLatin1(text), expected);
        QCOMPARE(parseDateTime(text), instant);
    }
}

void DateTimeCodecTest::everyDayAndBack()
{
    const QDate last(9999, 12, 31);
    for (QDate date(1, 1, 1); date <= last; date = date.addDays(date.year() % 400 == 0 ? 1 : 17)) {
        QCOMPARE(parseDate(formatDate(date)), date);
        QCOMPARE(QString::fromLatin1(formatDate(date)), date.toString(Qt::ISODate));
    }
}

void DateTimeCodecTest::writesSixDigits()
{
    const QDateTime instant(QDate(2023, 1, 2), QTime(3, 4, 5, 6), Qt::UTC);
    QCOMPARE(formatDateTime(instant), QByteArray("2023-01-02 03:04:05.006000"));
    QCOMPARE(formatDateTime(QDateTime(QDate(1969, 12, 31), QTime(23, 59, 59, 999), Qt::UTC)),
             QByteArray("1969-12-31 23:59:59.999000"));
    QCOMPARE(formatTime(QTime(3, 4, 5, 6)), QByteArray("03:04:05.006000"));
}

void DateTimeCodecTest::writesUtcWhateverTheZone()
{
    const QDateTime local = QDateTime(QDate(2023, 7, 2), QTime(3, 4, 5)); // in the process's zone
    const QDateTime offset = QDateTime(QDate(2023, 7, 2), QTime(3, 4, 5), Qt::OffsetFromUTC, 5400);
    QCOMPARE(formatDateTime(offset), QByteArray("2023-07-02 01:34:05.000000"));
    QCOMPARE(parseDateTime(formatDateTime(local)), local.toUTC());
    QCOMPARE(formatDateTime(local), formatDateTime(local.toUTC()));
}

void DateTimeCodecTest::onlyFourDigitYearsAreStorable()
{
    QVERIFY(isStorable(QDate(1, 1, 1)));
    QVERIFY(isStorable(QDate(9999, 12, 31)));
    QVERIFY(!isStorable(QDate(-1, 12, 31)));
    QVERIFY(!isStorable(QDate(10'000, 1, 1)));
    QVERIFY(!isStorable(QDate()));
    QVERIFY(isStorable(QDateTime(QDate(9999, 12, 31), QTime(23, 59, 59, 999), Qt::UTC)));
    QVERIFY(!isStorable(QDateTime(QDate(10'000, 1, 1), QTime(0, 0), Qt::UTC)));
    QVERIFY(!isStorable(QDateTime(QDate(-1, 12, 31), QTime(23, 0), Qt::UTC)));
    QVERIFY(!isStorable(QDateTime()));
    QCOMPARE(formatDate(QDate(10'000, 1, 1)), QByteArray());
    QCOMPARE(formatDateTime(QDateTime()), QByteArray());
    QCOMPARE(formatTime(QTime()), QByteArray());
}

void DateTimeCodecTest::timesAndBack()
{
    for (int msecs = 0; msecs < 86'400'000; msecs += 9'973) {
        const QTime time = QTime::fromMSecsSinceStartOfDay(msecs);
        QCOMPARE(parseTime(formatTime(time)), time);
    }
    QCOMPARE(parseTime("03:04"), QTime(3, 4));
    QVERIFY(!parseTime("24:00").isValid());
    QVERIFY(!parseTime("03:04:05 ").isValid());
}

QTEST_APPLESS_MAIN(DateTimeCodecTest)
#include "tst_datetimecodec.moc"

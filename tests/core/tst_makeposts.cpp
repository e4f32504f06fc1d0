// SPDX-License-Identifier: MIT
#include "tests/support/makeposts.h"
#include "tests/support/testdatabase.h"

#include <QChar>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

/// The posts on which tests and benchmarks run are like those of a blog, and not merely many.
class MakePostsTest final : public QObject
{
    Q_OBJECT

private:
    static constexpr int rows = 20'000;

    orm::StoredValue scalar(const QString &sql) const { return m_database.outsideScalar(sql); }

    TestDatabase m_database;

private slots:
    void initTestCase() { QVERIFY(makePosts(m_database.file(), rows)); }

    void asManyAsAreWanted()
    {
        QCOMPARE(scalar(u"SELECT count(*) FROM posts"_s).toInteger(), rows);
        QCOMPARE(scalar(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
        QCOMPARE(scalar(u"PRAGMA journal_mode"_s).toString(), u"delete"_s);
        QCOMPARE(
            scalar(u"SELECT count(*) FROM posts WHERE title = '' OR content = '' OR created_at "
                   "NOT LIKE '20__-__-__ __:__:__%' OR length(title) > 255"_s)
                .toInteger(),
            0);
    }

    void idsHaveGaps()
    {
        const qint64 gaps
            = scalar(u"SELECT count(*) FROM posts a WHERE NOT EXISTS (SELECT 1 FROM posts "
                     "b WHERE b.id = a.id + 1)"_s)
                  .toInteger();
        QVERIFY2(gaps > rows / 20 && gaps < rows / 5, qPrintable(QString::number(gaps)));
        QVERIFY(scalar(u"SELECT max(id) FROM posts"_s).toInteger() > rows * 11 / 10);
    }

    void titlesAreOfManyScripts()
    {
        const QString all = scalar(u"SELECT group_concat(title, ' ') FROM posts"_s).toString();
        QMap<QChar::Script, int> letters;
        for (const uint character : all.toUcs4()) {
            if (QChar::isLetter(character))
                ++letters[QChar::script(character)];
        }
        for (const auto script :
             {QChar::Script_Latin, QChar::Script_Cyrillic, QChar::Script_Greek, QChar::Script_Han,
              QChar::Script_Hangul, QChar::Script_Devanagari, QChar::Script_Hebrew})
            QVERIFY2(letters.value(script) > rows / 100, qPrintable(QString::number(script)));
        QVERIFY(all.contains(u"\u00DF"_s));
    }

    /// The n-th word comes n times less often than the first: seen over three octaves.
    void wordsComeByZipfsLaw()
    {
        static const QRegularExpression apart(u"[\\s.]+"_s);
        const QStringList words
            = scalar(u"SELECT group_concat(content, ' ') FROM (SELECT content FROM posts LIMIT "
                     "5000)"_s)
                  .toString()
                  .split(apart, Qt::SkipEmptyParts);
        QHash<QString, int> counts;
        for (const QString &word : words)
            ++counts[word];
        QList<int> sorted = counts.values();
        std::sort(sorted.begin(), sorted.end(), std::greater<>());
        QVERIFY(sorted.size() > 3000);
        for (const int rank : {8, 64, 512}) {
            const double share = double(sorted.at(rank - 1)) * rank / double(sorted.at(0));
            QVERIFY2(share > 0.3 && share < 3.5, qPrintable(u"%1: %2"_s.arg(rank).arg(share)));
        }
    }

    void someAreEssays()
    {
        const qint64 essays
            = scalar(u"SELECT count(*) FROM posts WHERE length(content) > 8000"_s).toInteger();
        QVERIFY2(essays > 5 && essays < rows / 200, qPrintable(QString::number(essays)));
        const qint64 usual
            = scalar(u"SELECT CAST(avg(length(CAST(content AS BLOB))) AS INTEGER) FROM posts"_s)
                  .toInteger();
        QVERIFY2(usual > 300 && usual < 800, qPrintable(QString::number(usual)));
    }

    void aSeedAlwaysMakesTheSame()
    {
        const auto made = [](unsigned seed) {
            const TestDatabase database;
            if (!makePosts(database.file(), 100, seed))
                return QByteArray();
            QFile file(database.file());
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QVERIFY(!made(3).isEmpty());
        QCOMPARE(made(3), made(3));
        QVERIFY(made(3) != made(4));
    }

    void theProgramSaysHowFastItWas()
    {
        const TestDatabase database;
        QProcess program;
        program.start(QStringLiteral(POSTDESK_MAKEPOSTS),
                      {database.file(), u"--rows"_s, u"300"_s, u"--seed"_s, u"9"_s});
        QVERIFY(program.waitForFinished(60'000));
        QCOMPARE(program.exitCode(), 0);
        const QString said = QString::fromUtf8(program.readAllStandardOutput());
        static const QRegularExpression form(
            u"^300 posts, \\d+ MB, in [\\d.]+ s: ([\\d,]+) rows per second\\n$"_s);
        const auto match = form.match(said);
        QVERIFY2(match.hasMatch(), qPrintable(said));
        QVERIFY(match.captured(1).remove(u',').toLongLong() > 0);
        QCOMPARE(database.outsideScalar(u"SELECT count(*) FROM posts"_s).toInteger(), 300);
    }
};

QTEST_GUILESS_MAIN(MakePostsTest)
#include "tst_makeposts.moc"

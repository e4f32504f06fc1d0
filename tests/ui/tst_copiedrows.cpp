// SPDX-License-Identifier: MIT
#include "core/transfer/rowtext.h"
#include "tests/support/fakerecordsource.h"
#include "ui/transfer/pastedrows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>
#include <QTextTable>

using namespace Qt::StringLiterals;
using orm::RowFormat;
using orm::StoredValue;

namespace {

constexpr int titleColumn = 1;
constexpr int bodyColumn = 2;

/// What some format has a meaning for.
QStringList awkward()
{
    return {u""_s,           u"plain"_s,        u"a\tb"_s,
            u"a\nb"_s,       u"a\r\nb"_s,       u"a\rb"_s,
            u"\n"_s,         u"\r\n"_s,         u"ends\n"_s,
            u" edges "_s,    u"two  blanks"_s,  u"\t"_s,
            u"say \"no\""_s, u"\"all\""_s,      u"\""_s,
            u"it's"_s,       u"=1+1"_s,         u"+1, -1; @x"_s,
            u"NULL"_s,       u"<b>&amp;</b>"_s, u"\\n \\ \\\\"_s,
            u"🎉 é ß 中"_s};
}

QString withNul()
{
    return u"a"_s + QChar(0) + u"b"_s;
}

/// A post a text, which is its title; the body has its own, and the last one none of either.
QList<QList<StoredValue>> rowsOf(const QStringList &texts)
{
    QList<QList<StoredValue>> rows;
    for (const QString &text : texts)
        rows << QList<StoredValue>{StoredValue::integer(rows.size() + 1), StoredValue::text(text),
                                   StoredValue::text(text + u'!'),
                                   StoredValue::text(u"2024-01-01 00:00:00.678901"_s)};
    rows << QList<StoredValue>{StoredValue::integer(rows.size() + 1), {}, {}, {}};
    return rows;
}

QString written(RowFormat format, const QStringList &texts)
{
    orm::RowText text(format, test::postsTable(), u"sqlite"_s);
    for (const QList<StoredValue> &row : rowsOf(texts))
        text.add(row);
    return text.text();
}

} // namespace

/// Rows that were copied, read back by those who get them.
class TestCopiedRows final : public QObject
{
    Q_OBJECT

private slots:
    void theyArePastedAsTheyWere_data()
    {
        QTest::addColumn<RowFormat>("format");
        QTest::newRow("TSV") << RowFormat::Tsv;
        QTest::newRow("CSV") << RowFormat::Csv;
        QTest::newRow("JSON") << RowFormat::Json;
    }

    void theyArePastedAsTheyWere()
    {
        QFETCH(RowFormat, format);
        const QStringList texts = awkward() << withNul();
        const auto rows
            = ui::pastedrows::take({.own = {}, .text = written(format, texts)}, test::postsTable());
        // The last one has nothing, and is no row.
        QCOMPARE(rows.size(), texts.size());
        for (qsizetype i = 0; i < rows.size(); ++i) {
            QVERIFY(rows.at(i).contains(titleColumn)); // empty, but not NULL
            QCOMPARE(rows.at(i).value(titleColumn), StoredValue::text(texts.at(i)));
            QCOMPARE(rows.at(i).value(bodyColumn), StoredValue::text(texts.at(i) + u'!'));
        }
    }

    void theirTableIsReadByATextEditor()
    {
        QStringList texts = awkward();
        // A carriage return is there as its number, which a text editor takes for another line end.
        texts.removeIf([](const QString &text) { return text.contains(u'\r'); });
        QTextDocument document;
        document.setHtml(written(RowFormat::Html, texts));
        const QTextTable *table = nullptr;
        for (QTextFrame *frame : document.rootFrame()->childFrames())
            table = table ? table : qobject_cast<const QTextTable *>(frame);
        QVERIFY(table);
        const int heading = table->rows() - int(texts.size()) - 1;
        QVERIFY(heading == 0 || heading == 1);
        for (int i = 0; i < texts.size(); ++i) {
            const QTextTableCell cell = table->cellAt(heading + i, titleColumn);
            QTextCursor cursor = cell.firstCursorPosition();
            cursor.setPosition(cell.lastPosition(), QTextCursor::KeepAnchor);
            QString text = cursor.selectedText();
            text.replace(QChar::LineSeparator, u'\n').replace(QChar::ParagraphSeparator, u'\n');
            QCOMPARE(text, texts.at(i));
        }
    }

    void theirCsvIsReadByPython()
    {
        const QString python = QStandardPaths::findExecutable(u"python3"_s);
        if (python.isEmpty())
            QSKIP("there is no python3");
        const QStringList texts = awkward();
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"rows.csv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(written(RowFormat::Csv, texts).toUtf8());
        file.close();
        QProcess process;
        process.start(python,
                      {u"-c"_s,
                       u"import csv, json, sys\n"
                       "with open(sys.argv[1], newline='', encoding='utf-8') as file:\n"
                       "    print(json.dumps(list(csv.reader(file, strict=True))))"_s,
                       file.fileName()});
        QVERIFY(process.waitForFinished(60'000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
        const QJsonArray rows = QJsonDocument::fromJson(process.readAllStandardOutput()).array();
        QCOMPARE(rows.size(), texts.size() + 2); // the heading, and the one that has nothing
        for (int i = 0; i < texts.size(); ++i) {
            QCOMPARE(rows.at(i + 1).toArray().at(titleColumn).toString(), texts.at(i));
            QCOMPARE(rows.at(i + 1).toArray().at(bodyColumn).toString(), texts.at(i) + u'!');
        }
    }

    /// What others make of it, they say as JSON of their own making: lists of values.
    void theyAreReadByPython_data()
    {
        QTest::addColumn<RowFormat>("format");
        QTest::addColumn<QString>("reading");
        QTest::newRow("JSON") << RowFormat::Json
                              << u"rows = [list(row.values()) for row in json.loads(text)]"_s;
        QTest::newRow("SQL") << RowFormat::Sql
                             << u"import sqlite3\n"
                                "base = sqlite3.connect(':memory:')\n"
                                "base.execute('CREATE TABLE posts (id INTEGER, title, content, "
                                "created_at)')\n"
                                "base.executescript(text)\n"
                                "rows = base.execute('SELECT * FROM posts').fetchall()"_s;
        QTest::newRow("SQL, by sqlite3")
            << RowFormat::Sql
            << u"import subprocess\n"
               "made = subprocess.run(['sqlite3', '-json', ':memory:'], check=True,"
               " capture_output=True, input=('CREATE TABLE posts (id INTEGER, title, content, "
               "created_at);' + text + 'SELECT id, hex(title) AS t, hex(content) AS c, created_at, "
               "typeof(title) AS tt FROM posts;').encode())\n"
               "rows = []\n"
               "for row in json.loads(made.stdout):\n"
               "    isText = row['tt'] == 'text'\n"
               "    rows.append([row['id']] + [bytes.fromhex(row[n]).decode() if isText else None"
               " for n in ('t', 'c')] + [row['created_at']])"_s;
    }

    void theyAreReadByPython()
    {
        QFETCH(RowFormat, format);
        QFETCH(QString, reading);
        const QString python = QStandardPaths::findExecutable(u"python3"_s);
        if (python.isEmpty())
            QSKIP("there is no python3");
        if (reading.contains(u"subprocess"_s)
            && QStandardPaths::findExecutable(u"sqlite3"_s).isEmpty())
            QSKIP("there is no sqlite3");
        const QStringList texts = awkward() << withNul() << u"a|b `c` $1 \\1 %s"_s;
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"rows"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(written(format, texts).toUtf8());
        file.close();
        QProcess process;
        process.start(python,
                      {u"-c"_s,
                       u"import json, sys\n"
                       "text = open(sys.argv[1], newline='', encoding='utf-8').read()\n"
                       "%1\nprint(json.dumps(rows))"_s.arg(reading),
                       file.fileName()});
        QVERIFY(process.waitForFinished(60'000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
        const QJsonArray rows = QJsonDocument::fromJson(process.readAllStandardOutput()).array();
        QCOMPARE(rows.size(), texts.size() + 1);
        for (int i = 0; i < texts.size(); ++i) {
            const QJsonArray row = rows.at(i).toArray();
            QCOMPARE(row.at(0).toInteger(), i + 1);
            QVERIFY(row.at(titleColumn).isString()); // empty, but not NULL
            QCOMPARE(row.at(titleColumn).toString(), texts.at(i));
            QCOMPARE(row.at(bodyColumn).toString(), texts.at(i) + u'!');
            QCOMPARE(row.at(3).toString(), u"2024-01-01 00:00:00.678901"_s);
        }
        const QJsonArray last = rows.last().toArray(); // has none of either
        QVERIFY(last.at(titleColumn).isNull());
        QVERIFY(last.at(bodyColumn).isNull());
    }
};

QTEST_MAIN(TestCopiedRows)
#include "tst_copiedrows.moc"

// SPDX-License-Identifier: MIT
#include "core/transfer/rowtext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <sqlite3.h>

using namespace Qt::StringLiterals;
using orm::RowFormat;
using orm::StoredValue;

namespace {

/// A column of this name.
orm::Column column(const QString &name, const orm::ColumnType &type = {},
                   orm::Role role = orm::Role::None)
{
    orm::Column made;
    made.name = name;
    made.type = type;
    made.role = role;
    made.isPrimaryKey = name == "id"_L1;
    return made;
}

orm::Table posts()
{
    orm::Table table;
    table.name = u"posts"_s;
    table.columns = {column(u"id"_s), column(u"title"_s), column(u"the \"body\", | <b>"_s)};
    return table;
}

/// What texts are made of that some format has a meaning for.
QList<StoredValue> awkward()
{
    QList<StoredValue> values;
    for (const QString &text : {u""_s,
                                u"plain"_s,
                                u"a\tb"_s,
                                u"a\nb"_s,
                                u"a\r\nb"_s,
                                u"a\rb"_s,
                                u"\n"_s,
                                u" edges "_s,
                                u"\t"_s,
                                u"say \"no\""_s,
                                u"\"all\""_s,
                                u"\""_s,
                                u"it's"_s,
                                u"a,b;c|d"_s,
                                u"NULL"_s,
                                u"a"_s + QChar(0) + u"b"_s,
                                QString(QChar(0)),
                                u"🎉 é ß 中"_s,
                                u"\\n \\ \\\\"_s,
                                u"<b>&amp; & <br></b>"_s,
                                u"*a* _b_ `c` [d](e) # ~f~ | g"_s,
                                u"'); DROP TABLE x; --"_s,
                                u"$1 %1 {title}"_s,
                                u"\u2028\u2029\u00A0"_s,
                                u"\uFEFFbom"_s,
                                u"=1+1"_s,
                                u"x'00'"_s})
        values << StoredValue::text(text);
    return values;
}

QString written(RowFormat format, const QList<QList<StoredValue>> &rows)
{
    orm::RowText text(format, posts(), u"sqlite"_s);
    for (const QList<StoredValue> &row : rows)
        text.add(row);
    return text.text();
}

/// A row for each awkward text, with another one beside it.
QList<QList<StoredValue>> awkwardRows()
{
    QList<QList<StoredValue>> rows;
    const QList<StoredValue> texts = awkward();
    for (qsizetype i = 0; i < texts.size(); ++i)
        rows << QList<StoredValue>{StoredValue::integer(i), texts.at(i),
                                   texts.at((i + 1) % texts.size())};
    return rows;
}

void compareTexts(const QList<QList<orm::SeparatedField>> &lines)
{
    const auto rows = awkwardRows();
    QCOMPARE(lines.size(), rows.size());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        QCOMPARE(lines.at(i).size(), 3);
        for (const int place : {1, 2}) {
            const orm::SeparatedField &field = lines.at(i).at(place);
            QVERIFY(field.has_value());
            QCOMPARE(*field, rows.at(i).at(place).toString());
        }
    }
}

/// As a reader of Markdown does: escapes, entities, line breaks.
QString unescaped(QString cell)
{
    static const QRegularExpression escape(uR"(\\(.)|&#(\d+);|<br>)"_s,
                                           QRegularExpression::DotMatchesEverythingOption);
    QString text;
    qsizetype done = 0;
    auto found = escape.globalMatch(cell);
    while (found.hasNext()) {
        const auto match = found.next();
        text += cell.mid(done, match.capturedStart() - done);
        done = match.capturedEnd();
        if (match.hasCaptured(1))
            text += match.captured(1);
        else if (match.hasCaptured(2))
            text += QChar(match.captured(2).toInt());
        else
            text += u'\n';
    }
    return text + cell.mid(done);
}

} // namespace

/// That what was copied says the same as what is stored.
class TestRowText final : public QObject
{
    Q_OBJECT

private slots:
    void separatedTextComesBack()
    {
        compareTexts(orm::parseSeparated(written(RowFormat::Tsv, awkwardRows()), u'\t'));
        auto lines = orm::parseSeparated(written(RowFormat::Csv, awkwardRows()), u',');
        const auto heading = lines.takeFirst();
        QCOMPARE(heading.at(2).value_or(QString()), posts().columns.at(2).name);
        compareTexts(lines);
    }

    void nothingIsNotAnEmptyText()
    {
        const QString text
            = written(RowFormat::Tsv, {{StoredValue::integer(1), StoredValue::text(u""), {}}});
        QCOMPARE(text, u"1\t\"\"\t\n"_s);
        const auto line = orm::parseSeparated(text, u'\t').first();
        QVERIFY(line.at(1).has_value());
        QVERIFY(!line.at(2).has_value());
    }

    /// Other programs cut blanks at the ends, unless quotes hold them.
    void blanksAtTheEdgesAreQuoted()
    {
        const QList<QList<StoredValue>> rows{
            {StoredValue::integer(1), StoredValue::text(u" a"), StoredValue::text(u"b ")}};
        QCOMPARE(written(RowFormat::Tsv, rows), u"1\t\" a\"\t\"b \"\n"_s);
        QVERIFY(written(RowFormat::Csv, rows).endsWith(u"1,\" a\",\"b \"\r\n"_s));
    }

    void foreignTextIsReadAsItIsMeant()
    {
        const auto read = [](const QString &text) {
            QStringList lines;
            for (const auto &line : orm::parseSeparated(text, u'\t')) {
                QStringList fields;
                for (const auto &field : line)
                    fields << field.value_or(u"-"_s);
                lines << fields.join(u'/');
            }
            return lines;
        };
        QCOMPARE(read(u"a\tb\r\nc\t"_s), (QStringList{u"a/b"_s, u"c/-"_s}));
        QCOMPARE(read(u"\"He\" said\t\"no end"_s), QStringList{u"\"He\" said/\"no end"_s});
        QCOMPARE(read(u"a \"b\"\n\n\"c\nd\""_s), (QStringList{u"a \"b\""_s, u"-"_s, u"c\nd"_s}));
        QCOMPARE(read(QString()), QStringList());
    }

    void jsonComesBack()
    {
        const QString text = written(RowFormat::Json, awkwardRows());
        QJsonParseError error;
        const QJsonArray rows = QJsonDocument::fromJson(text.toUtf8(), &error).array();
        QCOMPARE(error.error, QJsonParseError::NoError);
        QCOMPARE(rows.size(), awkwardRows().size());
        for (qsizetype i = 0; i < rows.size(); ++i) {
            const QJsonObject row = rows.at(i).toObject();
            QCOMPARE(row[u"id"_s].toInteger(-1), i);
            QCOMPARE(row[u"title"_s].toString(), awkward().at(i).toString());
        }
        const QString other = written(RowFormat::Json,
                                      {{StoredValue::integer(std::numeric_limits<qint64>::max()),
                                        StoredValue::real(0.1), StoredValue::blob("\x00\xff"_ba)}});
        QVERIFY2(other.contains(u"9223372036854775807"_s), qPrintable(other));
        QVERIFY2(other.contains(u": 0.1,"_s), qPrintable(other));
        QVERIFY2(other.contains(u"{\"$base64\": \"AP8=\"}"_s), qPrintable(other));
        QCOMPARE(written(RowFormat::Json, {}), u"[]\n"_s);
    }

    void sqlComesBack()
    {
        sqlite3 *database = nullptr;
        QCOMPARE(sqlite3_open(":memory:", &database), SQLITE_OK);
        const auto run = [database](const QString &sql) {
            return sqlite3_exec(database, sql.toUtf8().constData(), nullptr, nullptr, nullptr);
        };
        QCOMPARE(run(u"CREATE TABLE posts (id INTEGER, title, \"the \"\"body\"\", | <b>\")"_s),
                 SQLITE_OK);
        QList<QList<StoredValue>> rows = awkwardRows();
        rows << QList<StoredValue>{StoredValue::integer(-5), {}, StoredValue::blob("\x00'"_ba)}
             << QList<StoredValue>{StoredValue::integer(7), StoredValue::real(2),
                                   StoredValue::utf8("\xff"_ba)};
        QCOMPARE(run(written(RowFormat::Sql, rows)), SQLITE_OK);
        sqlite3_stmt *statement = nullptr;
        sqlite3_prepare_v2(database, "SELECT * FROM posts ORDER BY rowid", -1, &statement, nullptr);
        for (const QList<StoredValue> &row : rows) {
            QCOMPARE(sqlite3_step(statement), SQLITE_ROW);
            for (int i = 0; i < 3; ++i) {
                const int type = sqlite3_column_type(statement, i);
                const QByteArray bytes(static_cast<const char *>(sqlite3_column_blob(statement, i)),
                                       sqlite3_column_bytes(statement, i));
                const StoredValue value = type == SQLITE_NULL ? StoredValue()
                    : type == SQLITE_INTEGER
                    ? StoredValue::integer(sqlite3_column_int64(statement, i))
                    : type == SQLITE_FLOAT ? StoredValue::real(sqlite3_column_double(statement, i))
                    : type == SQLITE_TEXT  ? StoredValue::utf8(bytes)
                                           : StoredValue::blob(bytes);
                QVERIFY2(value == row.at(i), qPrintable(row.at(i).toString()));
            }
        }
        QCOMPARE(sqlite3_step(statement), SQLITE_DONE);
        sqlite3_finalize(statement);
        sqlite3_close(database);
    }

    void markdownComesBack()
    {
        const QString table = written(RowFormat::Markdown, awkwardRows());
        QVERIFY(!table.contains(u'\r')); // it would end the row for a reader
        QVERIFY(!table.contains(u'\t'));
        const QStringList lines = table.split(u'\n');
        QCOMPARE(lines.size(), awkward().size() + 3); // heading, its line, and the last line's end
        QCOMPARE(lines.at(1), u"| --- | --- | --- |"_s);
        for (qsizetype i = 0; i < awkward().size(); ++i) {
            // Cells end at bars that nothing escapes.
            static const QRegularExpression cell(uR"(\| ((?:\\.|[^\\|])*) (?=\|))"_s,
                                                 QRegularExpression::DotMatchesEverythingOption);
            auto cells = cell.globalMatch(lines.at(i + 2));
            QStringList texts;
            while (cells.hasNext())
                texts << unescaped(cells.next().captured(1));
            QCOMPARE(texts.size(), 3);
            QCOMPARE(texts.at(1), awkward().at(i).toString());
        }
    }

    void htmlHasNoMarkupOfTheTexts()
    {
        const QString text = written(RowFormat::Html, awkwardRows());
        QCOMPARE(text.count(u"<td>"_s), 3 * awkward().size());
        static const QRegularExpression cell(u"<td>(.*?)</td>"_s,
                                             QRegularExpression::DotMatchesEverythingOption);
        auto cells = cell.globalMatch(text);
        for (const QList<StoredValue> &row : awkwardRows()) {
            for (int i = 0; i < 3; ++i) {
                QString shown = cells.next().captured(1);
                shown.replace(u"<br>"_s, u"\n"_s).replace(u"&#9;"_s, u"\t"_s);
                shown.replace(u"&#13;"_s, u"\r"_s).replace(u"&lt;"_s, u"<"_s);
                shown.replace(u"&gt;"_s, u">"_s).replace(u"&quot;"_s, u"\""_s);
                shown.replace(u"&amp;"_s, u"&"_s);
                QCOMPARE(shown, row.at(i).toString());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestRowText)
#include "tst_rowtext.moc"

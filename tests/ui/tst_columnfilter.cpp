// SPDX-License-Identifier: MIT
#include "app/post.h"
#include "core/mapping/mapper.h"
#include "ui/search/columnfilter.h"
#include "ui/search/searchparser.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ui;

class TestColumnFilter final : public QObject
{
    Q_OBJECT

private:
    static const orm::Table &posts() { return orm::Mapper::of<app::Post>().table(); }

private slots:
    void aFilterIsAPartOfTheSearch_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("after");
        const auto row = [](const char *name, const char *before, const char *column,
                            const char *filter, const char *after) {
            QTest::newRow(name) << QString::fromUtf8(before) << QString::fromUtf8(column)
                                << QString::fromUtf8(filter) << QString::fromUtf8(after);
        };
        row("word", "", "title", "hello", "title:hello");
        row("phrase", "", "title", "hello you", "title:\"hello you\"");
        row("quotes", "", "title", "say \"so\"", "title:\"say \\\"so\\\"\"");
        row("path", "", "title", "my docs\\", "title:\"my docs\\\\\"");
        row("backslashes", "", "title", "a\\b \"c\\\" \\\\d", "title:\"a\\b \\\"c\\\\\\\" \\\\d\"");
        row("instead of a path", "title:\"my docs\\\\\" web", "title", "x", "web title:x");
        row("either", "", "title", "a|b c", "title:a|title:\"b c\"");
        row("not", "", "content", "-draft", "-body:draft");
        row("pattern", "", "title", "/a|b+/", "title:/a|b+/");
        row("id", "", "id", "400-420", "id:400-420");
        row("on", "", "created_at", "2024-02", "on:2024-02");
        row("before", "", "created_at", "<2024-02", "before:2024-02");
        row("after", "", "created_at", ">2024", "after:2024");
        row("beside", "web -draft", "title", "x", "web -draft title:x");
        row("instead", "title:y web on:2024", "title", "x", "web on:2024 title:x");
        row("instead of a phrase", "title:\"y z\" web", "title", "x", "web title:x");
        row("instead of either", "title:a|title:b web", "title", "x", "web title:x");
        row("not instead of a mixture", "title:a|b web", "title", "x", "title:a|b web title:x");
        row("away", "a title:x b", "title", "", "a b");
        row("days are one", "before:2024 a", "created_at", "2025", "a on:2025");
        row("a phrase is no filter", "\"title:x y\" a", "title", "z", "\"title:x y\" a title:z");
        row("a pattern is no filter", "/title:x y/ a", "title", "z", "/title:x y/ a title:z");
    }

    void aFilterIsAPartOfTheSearch()
    {
        QFETCH(QString, before);
        QFETCH(QString, column);
        QFETCH(QString, filter);
        QFETCH(QString, after);
        const int index = posts().indexOf(column);
        QVERIFY(index >= 0);
        const QString search = columnfilter::withFilter(before, posts(), index, filter);
        QCOMPARE(search, after);
        if (before != u"title:a|b web"_s) // two filters: the first one is shown
            QCOMPARE(columnfilter::filterOf(search, posts(), index), filter);
        QVERIFY2(parseSearch(search, posts()).query, qPrintable(search));
    }

    void aColumnWhoseNameIsNoWordHasNone()
    {
        orm::Table table = posts();
        table.columns.last().name = u"two words"_s;
        table.columns.last().role = orm::Role::None;
        QVERIFY(!columnfilter::canFilter(table, int(table.columns.size()) - 1));
        QVERIFY(columnfilter::canFilter(table, 0));
    }
};

QTEST_GUILESS_MAIN(TestColumnFilter)
#include "tst_columnfilter.moc"

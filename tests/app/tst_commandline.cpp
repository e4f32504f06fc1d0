// SPDX-License-Identifier: MIT
#include "app/commandline.h"

#include <QTest>

using namespace Qt::StringLiterals;

using Outcome = app::CommandLine::Outcome;

class TestCommandLine final : public QObject
{
    Q_OBJECT

private slots:
    void allOptionsAreUnderstood()
    {
        const auto line = app::CommandLine::parse({u"/usr/bin/postdesk"_s, u"--config-dir"_s,
                                                   u"/tmp/c"_s, u"--read-only"_s, u"--theme"_s,
                                                   u"dark"_s, u"--screenshot=a.png"_s, u"--size"_s,
                                                   u"1024x600"_s, u"--test-mode"_s, u"blog.db"_s});
        QCOMPARE(line.outcome, Outcome::Run);
        QCOMPARE(line.options.configFolder, u"/tmp/c"_s);
        QCOMPARE(line.options.access, app::Options::Access::ReadOnly);
        QCOMPARE(line.options.theme, ui::ThemeChoice::Dark);
        QCOMPARE(line.options.screenshotFile, u"a.png"_s);
        QCOMPARE(line.options.windowSize, QSize(1024, 600));
        QVERIFY(line.options.isTestMode);
        QCOMPARE(line.options.database, u"blog.db"_s);
    }

    void nothingIsNeeded()
    {
        const auto line = app::CommandLine::parse({u"postdesk"_s});
        QCOMPARE(line.outcome, Outcome::Run);
        QCOMPARE(line.options.access, app::Options::Access::ReadWrite);
        QVERIFY(line.options.database.isEmpty());
        QVERIFY(!line.options.theme);
    }

    void aFileMayLookLikeAnOption()
    {
        const auto line = app::CommandLine::parse({u"postdesk"_s, u"--"_s, u"--odd.db"_s});
        QCOMPARE(line.outcome, Outcome::Run);
        QCOMPARE(line.options.database, u"--odd.db"_s);
    }

    void mistakesAreSaidAsGnuProgramsDo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("reason");
        QTest::newRow("option") << QStringList{u"--colour"_s} << u"Unknown option 'colour'"_s;
        QTest::newRow("theme") << QStringList{u"--theme"_s, u"pink"_s}
                               << u"no theme is called 'pink'; there are light, dark and system"_s;
        QTest::newRow("size") << QStringList{u"--size"_s, u"big"_s}
                              << u"'big' is no size such as 1280x800"_s;
        QTest::newRow("two files") << QStringList{u"a.db"_s, u"b.db"_s}
                                   << u"only one database can be opened, not also 'b.db'"_s;
        QTest::newRow("no folder")
            << QStringList{u"--config-dir"_s, u""_s} << u"--config-dir needs a folder"_s;
        QTest::newRow("empty") << QStringList{u""_s} << u"the name of the database is empty"_s;
    }

    void mistakesAreSaidAsGnuProgramsDo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, reason);
        const auto line = app::CommandLine::parse(QStringList{u"postdesk"_s} + arguments);
        QCOMPARE(line.outcome, Outcome::Refuse);
        QCOMPARE(line.text,
                 u"postdesk: %1\nTry 'postdesk --help' for more information.\n"_s.arg(reason));
    }

    void helpNamesEveryOption()
    {
        const auto line = app::CommandLine::parse({u"postdesk"_s, u"--help"_s});
        QCOMPARE(line.outcome, Outcome::Print);
        for (const char *option : {"--read-only", "--theme", "--size", "--screenshot",
                                   "--config-dir", "--test-mode", "--help", "--version"})
            QVERIFY2(line.text.contains(QLatin1StringView(option)), option);
        for (const QString &text : line.text.split(u'\n'))
            QVERIFY2(text.size() <= 80, qPrintable(text));
        QCOMPARE(app::CommandLine::parse({u"postdesk"_s, u"-h"_s}).text, line.text);
    }

    void versionIsShort()
    {
        const auto line = app::CommandLine::parse({u"postdesk"_s, u"-v"_s});
        QCOMPARE(line.outcome, Outcome::Print);
        QVERIFY(line.text.startsWith(u"Postdesk "_s));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"

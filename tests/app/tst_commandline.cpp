// SPDX-License-Identifier: MIT
#include "app/commandline.h"
#include "app/manual.h"
#include "app/optiontable.h"
#include "ui/mainwindow/actions.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

using Outcome = app::CommandLine::Outcome;

class TestCommandLine final : public QObject
{
    Q_OBJECT

private slots:
    void allOptionsAreUnderstood()
    {
        const auto line = app::CommandLine::parse(
            {u"/usr/bin/postdesk"_s, u"--config-dir"_s, u"/tmp/c"_s, u"--read-only"_s, u"--theme"_s,
             u"dark"_s, u"--screenshot=a.png"_s, u"--size"_s, u"1024x600"_s, u"--test-mode"_s,
             u"--table"_s, u"tags"_s, u"blog.db"_s});
        QCOMPARE(line.options.table, u"tags"_s);
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
        QTest::newRow("option") << QStringList{u"--colour"_s} << u"there is no option '--colour'"_s;
        QTest::newRow("letter") << QStringList{u"-x"_s} << u"there is no option '-x'"_s;
        QTest::newRow("no value") << QStringList{u"--theme"_s}
                                  << u"missing value after '--theme'"_s;
        QTest::newRow("new post, read only")
            << QStringList{u"--new-post"_s, u"--read-only"_s}
            << u"--new-post needs a database that can be changed, not one that is --read-only"_s;
        QTest::newRow("new window of a database")
            << QStringList{u"--new-window"_s, u"a.db"_s}
            << u"--new-window opens nothing, so it goes with neither a database nor --new-post"_s;
        QTest::newRow("new window and post")
            << QStringList{u"--new-window"_s, u"--new-post"_s}
            << u"--new-window opens nothing, so it goes with neither a database nor --new-post"_s;
        QTest::newRow("table of no database") << QStringList{u"--table"_s, u"tags"_s}
                                              << u"--table needs a database that has the table"_s;
        QTest::newRow("no table") << QStringList{u"--table"_s, u""_s, u"a.db"_s}
                                  << u"--table needs the name of a table"_s;
        QTest::newRow("theme")
            << QStringList{u"--theme"_s, u"pink"_s}
            << u"no theme is called 'pink'; there are light, dark, high-contrast and system"_s;
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
        for (const app::OptionSpec &option : app::optionSpecs()) {
            const QString start = u"\n  "_s + app::optionUsage(option) + u' ';
            QVERIFY2(line.text.contains(start), option.name);
        }
        for (const QString &text : line.text.split(u'\n'))
            QVERIFY2(text.size() <= 80, qPrintable(text));
        QCOMPARE(app::CommandLine::parse({u"postdesk"_s, u"-h"_s}).text, line.text);
    }

    void versionSaysItsLicence()
    {
        const auto line = app::CommandLine::parse({u"postdesk"_s, u"-v"_s});
        QCOMPARE(line.outcome, Outcome::Print);
        QVERIFY(line.text.startsWith(u"Postdesk "_s));
        QVERIFY(line.text.contains(u"\nLicense: MIT."_s));
    }

    void theWindowCanBeginOtherwise()
    {
        using Beginning = app::Options::Beginning;
        const auto beginning = [](const QStringList &arguments) {
            return app::CommandLine::parse(QStringList{u"postdesk"_s} + arguments)
                .options.beginning;
        };
        QCOMPARE(beginning({}), Beginning::Database);
        QCOMPARE(beginning({u"--new-post"_s, u"blog.db"_s}), Beginning::NewPost);
        QCOMPARE(beginning({u"--new-window"_s}), Beginning::WelcomePage);
    }

    void theManualNamesEveryOptionAndEveryKey()
    {
        const QString page = app::manualPage();
        for (const app::OptionSpec &option : app::optionSpecs()) {
            QString name = QString::fromLatin1(option.name);
            name.replace(u"-"_s, u"\\-"_s);
            QVERIFY2(page.contains(u"\\fB\\-\\-"_s + name + u"\\fR"_s), option.name);
        }
        int keys = 0;
        for (const ui::ActionSpec &action : ui::Actions::specs()) {
            for (QString key : QString::fromLatin1(action.keys).split(u' ', Qt::SkipEmptyParts)) {
                key.replace(u"-"_s, u"\\-"_s);
                QVERIFY2(page.contains(u"\\fB"_s + key + u"\\fR"_s), action.id);
                ++keys;
            }
        }
        QVERIFY(keys > 20);
        QVERIFY(!page.contains(u'%'));
        QVERIFY(!page.contains(u'&'));
        for (const QString &line : page.split(u'\n')) {
            QVERIFY2(line.size() <= 80, qPrintable(line));
            QVERIFY2(std::ranges::all_of(line, [](QChar c) { return c.unicode() < 127; }),
                     qPrintable(line));
        }
    }

    void bashCompletes_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QStringList>("offers");
        QTest::newRow("an option") << QStringList{u"--re"_s} << QStringList{u"--read-only"_s};
        QTest::newRow("a theme") << QStringList{u"--theme"_s, u"d"_s} << QStringList{u"dark"_s};
        // Bash takes --theme=d for three words.
        QTest::newRow("a theme after =")
            << QStringList{u"--theme"_s, u"="_s, u"l"_s} << QStringList{u"light"_s};
        QTest::newRow("all themes")
            << QStringList{u"--theme"_s, u"="_s}
            << QStringList{u"light"_s, u"dark"_s, u"high-contrast"_s, u"system"_s};
        QTest::newRow("databases and folders")
            << QStringList{u""_s}
            << QStringList{u"a folder"_s, u"blog.db"_s, u"old.sqlite"_s, u"übung.sqlite3"_s};
        QTest::newRow("folders") << QStringList{u"--config-dir"_s, u""_s}
                                 << QStringList{u"a folder"_s};
        QTest::newRow("pictures") << QStringList{u"--screenshot"_s, u"s"_s}
                                  << QStringList{u"shot.png"_s};
        QTest::newRow("nothing for a size") << QStringList{u"--size"_s, u""_s} << QStringList{};
    }

    void bashCompletes()
    {
        QFETCH(QStringList, words);
        QFETCH(QStringList, offers);
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir(u"a folder"_s));
        for (const QString &name :
             {u"blog.db"_s, u"old.sqlite"_s, u"übung.sqlite3"_s, u"notes.txt"_s, u"shot.png"_s})
            QVERIFY(QFile(folder.filePath(name)).open(QIODevice::WriteOnly));

        QProcess bash;
        bash.setWorkingDirectory(folder.path());
        // The last of the words is the one that the cursor is in.
        bash.start(u"bash"_s,
                   QStringList{u"-uc"_s,
                               app::completionScript()
                                   + u"COMP_WORDS=(postdesk \"$@\"); COMP_CWORD=$#\n"
                                     "_postdesk\n"
                                     "printf '%s\\n' \"${COMPREPLY[@]}\"\n"_s,
                               u"bash"_s}
                       + words);
        QVERIFY(bash.waitForFinished(60'000));
        QCOMPARE(QString::fromUtf8(bash.readAllStandardError()), QString());
        QCOMPARE(QString::fromUtf8(bash.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts),
                 offers);
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"

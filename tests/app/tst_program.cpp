// SPDX-License-Identifier: MIT
#include "tests/support/testdatabase.h"

#include <QDir>
#include <QImage>
#include <QProcess>
#include <QSettings>
#include <QTest>

using namespace Qt::StringLiterals;

/// The program as it is started from a shell.
class TestProgram final : public QObject
{
    Q_OBJECT

private:
    struct Outcome
    {
        int exitCode = -1;
        bool crashed = true;
        QString output;
        QString errors;
    };

    using Variables = QList<std::pair<QString, QString>>;

    /// Without any way to a display but those in @p variables.
    static QProcessEnvironment environment(const Variables &variables)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            environment.remove(QLatin1StringView(name));
        for (const auto &[name, value] : variables)
            environment.insert(name, value);
        return environment;
    }

    static Outcome run(const QStringList &arguments, const Variables &variables = {})
    {
        QProcess process;
        process.setProcessEnvironment(environment(variables));
        process.start(QStringLiteral(POSTDESK_PROGRAM), arguments);
        process.waitForFinished(60'000);
        return {process.exitCode(), process.exitStatus() == QProcess::CrashExit,
                QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

private slots:
    void versionAndHelpNeedNoDisplay()
    {
        const Outcome version = run({u"--version"_s});
        QCOMPARE(version.exitCode, 0);
        QVERIFY(version.output.startsWith(u"Postdesk "_s));
        QCOMPARE(version.errors, QString());
        const Outcome help = run({u"--help"_s});
        QCOMPARE(help.exitCode, 0);
        QVERIFY(help.output.startsWith(u"Usage: postdesk"_s));
    }

    void aTableThatIsNotThereIsRefused()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir folder;
        const QString picture = folder.filePath(u"window.png"_s);
        const QStringList arguments{u"--config-dir"_s, folder.path(),   u"--screenshot"_s,
                                    picture,           database.file(), u"--table"_s};
        const Outcome refused = run(arguments + QStringList{u"tags"_s});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.errors.contains(u"has no table 'tags'. It has 'posts'.\n"_s),
                 qPrintable(refused.errors));
        QCOMPARE(refused.errors.count(u'\n'), 1);
        QVERIFY(!QFile::exists(picture));
        const Outcome shown = run(arguments + QStringList{u"posts"_s});
        QCOMPARE(shown.exitCode, 0);
        QVERIFY(QFile::exists(picture));
    }

    /// In a process that has never put such sizes away itself.
    void sizesOfPanesAreRemembered()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        QList<QImage> pictures;
        for (const QList<int> &sizes : {QList<int>{900, 400}, QList<int>{500, 800}}) {
            const QTemporaryDir folder;
            {
                QSettings settings(folder.filePath(u"postdesk.ini"_s), QSettings::IniFormat);
                settings.setValue(u"window/splitterBeside"_s, QVariant::fromValue(sizes));
            }
            const QString picture = folder.filePath(u"window.png"_s);
            const Outcome outcome = run({u"--config-dir"_s, folder.path(), u"--screenshot"_s,
                                         picture, u"--size"_s, u"1280x800"_s, database.file()});
            QCOMPARE(outcome.exitCode, 0);
            QVERIFY2(!outcome.errors.contains(u"QVariant"_s), qPrintable(outcome.errors));
            pictures << QImage(picture);
        }
        QVERIFY(!pictures.first().isNull());
        QVERIFY(pictures.first() != pictures.last());
    }

    void withoutADisplayASentenceSaysSo_data()
    {
        QTest::addColumn<Variables>("variables");
        QTest::newRow("none") << Variables();
        QTest::newRow("one that isn't there") << Variables{{u"DISPLAY"_s, u":4711"_s}};
    }

    void withoutADisplayASentenceSaysSo()
    {
        QFETCH(Variables, variables);
        const Outcome outcome = run({u"blog.db"_s}, variables);
        QVERIFY(!outcome.crashed);
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.errors.contains(u"--screenshot FILE.png"_s), qPrintable(outcome.errors));
        QCOMPARE(outcome.errors.count(u'\n'), 1);
        QCOMPARE(outcome.output, QString());
    }

    void textThatCannotBeWrittenIsAFailure()
    {
        if (!QFile::exists(u"/dev/full"_s))
            QSKIP("this system has no /dev/full");
        QProcess process;
        process.setStandardOutputFile(u"/dev/full"_s);
        process.start(QStringLiteral(POSTDESK_PROGRAM), {u"--version"_s});
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().startsWith("postdesk: standard output can't be"));
    }

    void withoutFontsASentenceSaysWhatToInstall()
    {
        const QTemporaryDir folder;
        QFile fonts(folder.filePath(u"fonts.conf"_s));
        QVERIFY(fonts.open(QIODevice::WriteOnly));
        fonts.write("<?xml version='1.0'?><fontconfig><dir>/nonexistent</dir></fontconfig>");
        fonts.close();
        const Outcome outcome = run(
            {u"--config-dir"_s, folder.path(), u"--screenshot"_s, folder.filePath(u"window.png"_s)},
            {{u"FONTCONFIG_FILE"_s, fonts.fileName()}});
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.errors.startsWith(u"postdesk: no font with Latin letters"_s),
                 qPrintable(outcome.errors));
        QVERIFY(!QFile::exists(folder.filePath(u"window.png"_s)));
    }

    void aNewPostCanBeBegunAtTheStart()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir folder;
        QProcess process;
        process.setProcessEnvironment(environment({{u"QT_QPA_PLATFORM"_s, u"offscreen"_s}}));
        process.start(
            QStringLiteral(POSTDESK_PROGRAM),
            {u"--config-dir"_s, folder.path(), u"--test-mode"_s, u"--new-post"_s, database.file()});
        QByteArray state;
        while (!state.contains(R"("focus":"titleEdit")") && process.waitForReadyRead(60'000)) {
            while (process.canReadLine())
                state = process.readLine();
        }
        process.kill();
        process.waitForFinished();
        QVERIFY2(state.contains(R"("pending":"1 change")"), state);
        QVERIFY2(state.contains(R"("focus":"titleEdit")"), state);
    }

    void mistakesEndWithTwo()
    {
        const Outcome outcome = run({u"--colour"_s});
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY(outcome.errors.startsWith(u"postdesk: "_s));
        QCOMPARE(outcome.output, QString());
    }

    void aScreenshotNeedsNoDisplay()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"window.png"_s);
        const Outcome outcome = run({u"--config-dir"_s, folder.path(), u"--size"_s, u"1024x600"_s,
                                     u"--screenshot"_s, file, database.file()});
        QCOMPARE(outcome.errors, QString());
        QCOMPARE(outcome.exitCode, 0);
        const QImage image(file);
        QCOMPARE(image.size(), QSize(1024, 600));
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); y += 2) {
            for (int x = 0; x < image.width(); x += 2)
                colors << image.pixel(x, y);
        }
        QVERIFY2(colors.size() > 20, "there is text in it");
    }

    void aScreenshotThatCannotBeWrittenSaysSo()
    {
        const QTemporaryDir folder;
        const Outcome outcome = run({u"--config-dir"_s, folder.path(), u"--screenshot"_s,
                                     folder.filePath(u"no/such/folder.png"_s)});
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY(outcome.errors.contains(u"can't be written"_s));
    }

    void aScreenshotLeavesNoTrace()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir folder;
        const Outcome outcome
            = run({u"--config-dir"_s, folder.path(), u"--screenshot"_s,
                   folder.filePath(u"window.png"_s), u"sqlite:///"_s + database.file()});
        QCOMPARE(outcome.exitCode, 0);
        QFile settings(folder.filePath(u"postdesk.ini"_s));
        if (settings.open(QIODevice::ReadOnly))
            QVERIFY(!settings.readAll().contains("lastDatabase"));
    }
};

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"

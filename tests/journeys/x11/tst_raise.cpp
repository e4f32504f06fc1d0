// SPDX-License-Identifier: MIT
#include "tests/support/runningprogram.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// Which of several real windows is in front.
class TestRaise final : public QObject
{
    Q_OBJECT

private:
    static QString activeProcess()
    {
        QProcess xdotool;
        xdotool.start(u"xdotool"_s, {u"getactivewindow"_s, u"getwindowpid"_s});
        xdotool.waitForFinished();
        return QString::fromLatin1(xdotool.readAllStandardOutput()).trimmed();
    }

private slots:
    void aSecondStartBringsTheWindowToTheFront()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const TestDatabase another(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir config;
        const auto arguments = [&](const TestDatabase &opened) {
            return QStringList{u"--config-dir"_s, config.path(), opened.file()};
        };
        RunningProgram first(QStringLiteral(POSTDESK_PROGRAM), arguments(database));
        QVERIFY2(first.waitFor(u"counts"_s, u"500 posts"_s), first.text());
        RunningProgram second(QStringLiteral(POSTDESK_PROGRAM), arguments(another));
        QVERIFY2(second.waitFor(u"counts"_s, u"500 posts"_s), second.text());
        QTRY_COMPARE(activeProcess(), QString::number(second.pid()));

        RunningProgram third(QStringLiteral(POSTDESK_PROGRAM), arguments(database));
        QVERIFY(third.waitForEnd());
        QCOMPARE(third.exitCode(), 0);
        QTRY_COMPARE(activeProcess(), QString::number(first.pid()));
    }
};

QTEST_GUILESS_MAIN(TestRaise)
#include "tst_raise.moc"

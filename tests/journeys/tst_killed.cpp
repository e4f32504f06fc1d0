// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "tests/support/faultydisk.h"
#include "ui/mainwindow/mainwindow.h"

#include <QProcess>

using namespace Qt::StringLiterals;

namespace {

const auto childOption = u"--child"_s;

FaultyDisk::Moment momentNamed(const QString &name)
{
    return name == u"after"_s ? FaultyDisk::Moment::AfterCommit : FaultyDisk::Moment::BeforeCommit;
}

} // namespace

/// The program that is killed: it saves a new post, and that is its end.
class Child final : public QObject
{
    Q_OBJECT

public:
    explicit Child(const QStringList &arguments)
        : m_arguments(arguments)
    {}

private slots:
    void saves()
    {
        FaultyDisk disk;
        Journey journey{QString()};
        journey.setFolder(m_arguments.at(2));
        journey.start(m_arguments.at(1));
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+N"_s);
        journey.type(u"Draft"_s);
        disk.killAt(momentNamed(m_arguments.at(0)));
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"never"_s);
    }

private:
    QStringList m_arguments; ///< the moment, the database, the folder of settings
};

/// A save that is killed in the moment of its COMMIT is neither lost nor done twice.
class TestKilled final : public QObject
{
    Q_OBJECT

private:
    static void runChild(Journey &journey, const QString &moment)
    {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(),
                    {childOption, moment, journey.database().file(), journey.folder()});
        QVERIFY(child.waitForFinished(60'000));
        QVERIFY2(child.exitStatus() == QProcess::CrashExit, child.readAllStandardOutput());
    }

private slots:
    void afterCommitItIsNotSavedTwice()
    {
        Journey journey;
        runChild(journey, u"after"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts WHERE title = 'Draft'"_s), u"1"_s);
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.counts(), u"501 posts"_s);
        QCOMPARE(journey.pending(), u"Saved"_s);
        QVERIFY2(journey.toast().contains(u"got through"_s), qPrintable(journey.toast()));
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts WHERE title = 'Draft'"_s), u"1"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts"_s), u"501"_s);
    }

    void beforeCommitItIsStillPending()
    {
        Journey journey;
        runChild(journey, u"before"_s);
        journey.start();
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.cell(0, u"title"_s), u"Draft"_s);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts WHERE title = 'Draft'"_s), u"1"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts"_s), u"501"_s);
    }
};

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == childOption) {
        Child child(arguments.mid(2));
        return QTest::qExec(&child, {arguments.first()});
    }
    TestKilled test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_killed.moc"

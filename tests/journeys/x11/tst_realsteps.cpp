// SPDX-License-Identifier: MIT
#include "tests/journeys/steps.h"
#include "tests/support/runningprogram.h"
#include "tests/support/testdatabase.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

/// The journeys of steps.h on the built program in a real window, driven from outside.
class TestRealSteps final : public QObject
{
    Q_OBJECT

private:
    static bool xdotool(const QStringList &arguments)
    {
        return QProcess::execute(u"xdotool"_s, arguments) == 0;
    }

    static bool isInFront(const RunningProgram &program)
    {
        return xdotool({u"search"_s, u"--sync"_s, u"--onlyvisible"_s, u"--pid"_s,
                        QString::number(program.pid()), u"--name"_s, u"Postdesk"_s,
                        u"windowactivate"_s, u"--sync"_s});
    }

private slots:
    void journey_data()
    {
        QTest::addColumn<int>("number");
        for (int i = 0; i < steps::all().size(); ++i)
            QTest::newRow(steps::all().at(i).name) << i;
    }

    void journey()
    {
        QFETCH(int, number);
        const steps::Journey &driven = steps::all().at(number);
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir config;
        QStringList arguments{u"--config-dir"_s, config.path(), u"--size"_s, u"1180x700"_s};
        const auto start = [&](const QStringList &more) {
            return std::make_unique<RunningProgram>(QStringLiteral(POSTDESK_PROGRAM),
                                                    arguments + more);
        };
        auto program = start(driven.isFirstRun ? QStringList() : QStringList{database.file()});
        const QList<steps::Sight> first = driven.isFirstRun
            ? QList<steps::Sight>{{"focus", u"openSampleButton"_s}}
            : QList<steps::Sight>{{"counts", u"500 posts"_s}, {"focus", u"postsView"_s}};
        const auto shows = [](const QList<steps::Sight> &sights) {
            return [sights](const QJsonObject &state) {
                return steps::missing(state, sights).isEmpty();
            };
        };
        QVERIFY2(program->waitFor(shows(first)), program->text());
        QVERIFY(isInFront(*program));
        QJsonObject known; // after the step before
        for (const steps::Step &step : driven.steps) {
            switch (step.kind) {
            case steps::Step::Kind::Press:
                for (const QString &key : step.keys.split(u", "_s))
                    QVERIFY(xdotool({u"key"_s, steps::toXdotool(key)}));
                break;
            case steps::Step::Kind::Type:
                QVERIFY(xdotool({u"type"_s, u"--delay"_s, u"8"_s, u"--"_s, step.keys}));
                break;
            case steps::Step::Kind::Copy: {
                auto *data = new QMimeData;
                data->setHtml(step.keys);
                QGuiApplication::clipboard()->setMimeData(data);
                break;
            }
            case steps::Step::Kind::StartAgain:
                QVERIFY(program->waitForEnd());
                QCOMPARE(program->exitCode(), 0);
                program = start({});
                break;
            }
            QVERIFY2(
                program->waitFor(shows(step.sights)),
                qPrintable(step.keys + u": "_s + steps::missing(program->state(), step.sights)));
            if (step.kind == steps::Step::Kind::StartAgain)
                QVERIFY(isInFront(*program));
            const auto isSame = [&known, &step](const QJsonObject &state) {
                return steps::changed(known, state, step.same).isEmpty();
            };
            QVERIFY2(program->waitFor(isSame),
                     qPrintable(steps::changed(known, program->state(), step.same)));
            known = program->state();
            for (const steps::Stored &stored : step.stored)
                QCOMPARE(database.outsideScalar(QLatin1StringView(stored.query)).toString(),
                         stored.value);
        }
    }
};

// Not guiless: it is the other program that has the clipboard.
QTEST_MAIN(TestRealSteps)
#include "tst_realsteps.moc"

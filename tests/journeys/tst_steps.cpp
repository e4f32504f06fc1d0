// SPDX-License-Identifier: MIT
#include "app/windowreporter.h"
#include "tests/journeys/journey.h"
#include "tests/journeys/steps.h"
#include "ui/mainwindow/mainwindow.h"

#include <QClipboard>
#include <QFile>
#include <QJsonDocument>
#include <QMimeData>

#include <cstdio>

using namespace Qt::StringLiterals;

/// The journeys of steps.h in this process, by key events.
class TestSteps final : public QObject
{
    Q_OBJECT

private:
    static QJsonObject state(Journey &journey)
    {
        return QJsonDocument::fromJson(app::WindowReporter::describe(journey.window())).object();
    }

    static void copyHtml(const QString &html)
    {
        auto *data = new QMimeData;
        data->setHtml(html);
        QGuiApplication::clipboard()->setMimeData(data);
    }

    static QString missing(Journey &journey, const QList<steps::Sight> &sights)
    {
        return steps::missing(state(journey), sights);
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
        Journey journey;
        if (driven.isFirstRun) {
            journey.start(QString());
            QTRY_COMPARE(journey.focus(), u"openSampleButton"_s);
        } else {
            journey.start();
            QTRY_START_STATE(journey);
            QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        }
        QJsonObject known; // after the step before
        for (const steps::Step &step : driven.steps) {
            switch (step.kind) {
            case steps::Step::Kind::Press:
                journey.press(step.keys);
                break;
            case steps::Step::Kind::Type:
                journey.type(step.keys);
                break;
            case steps::Step::Kind::Copy:
                copyHtml(step.keys);
                break;
            case steps::Step::Kind::StartAgain:
                QTRY_VERIFY(!journey.window().isVisible());
                journey.start(QString());
                break;
            }
            QTRY_VERIFY2(
                missing(journey, step.sights).isEmpty(),
                qPrintable(step.keys + u": "_s + missing(journey, step.sights) + u"\n"_s
                           + QString::fromUtf8(app::WindowReporter::describe(journey.window()))));
            QTRY_VERIFY(journey.window().isSettled());
            QTRY_COMPARE(steps::changed(known, state(journey), step.same), QString());
            if (step.keys != u"Ctrl+Q"_s) // what was seen last is what comes back
                known = state(journey);
            for (const steps::Stored &stored : step.stored)
                QCOMPARE(journey.sql(QLatin1StringView(stored.query)), stored.value);
        }
    }

    /// Without an argument that says so it is a test like any other.
    void theStrokesAreCounted()
    {
        for (const steps::Journey &journey : steps::all())
            std::printf("| %s | %s | %d |\n", journey.name, journey.title, steps::strokes(journey));
        QCOMPARE(steps::strokes(steps::all().at(1)), 1 + 14 + 1 + 13 + 1);
    }

    void theReadmeSaysTheSame()
    {
        QFile readme(QStringLiteral(POSTDESK_SOURCE_DIR) + u"/README.md"_s);
        QVERIFY(readme.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(readme.readAll());
        int found = 0;
        for (const steps::Journey &journey : steps::all()) {
            if (*journey.name != 'J')
                continue; // of writing, which the other program doesn't do
            const QString begin = u"| %1 | "_s.arg(QLatin1StringView(journey.name));
            const QStringList line
                = text.mid(text.indexOf(begin)).section(u'\n', 0, 0).split(u" | "_s);
            if (!text.contains(begin))
                continue;
            ++found;
            QVERIFY2(line.at(2).section(u' ', 0, 0) == QString::number(steps::strokes(journey)),
                     journey.name);
        }
        QCOMPARE(found, 10);
    }

    void keysAreKnownToXdotool()
    {
        QCOMPARE(steps::toXdotool(u"Ctrl+Shift+P"_s), u"ctrl+shift+p"_s);
        QCOMPARE(steps::toXdotool(u"Esc"_s), u"Escape"_s);
        QCOMPARE(steps::toXdotool(u"F2"_s), u"F2"_s);
    }
};

QTEST_MAIN(TestSteps)
#include "tst_steps.moc"

// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/editor/recordeditorform.h"
#include "ui/editor/storedtextedit.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"

#include <QElapsedTimer>
#include <QTextBlock>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

/// Milliseconds that a key takes in a long body, until it is painted, with colours, spelling and preview.
class BenchWriting final : public QObject
{
    Q_OBJECT

private slots:
    void typing_data()
    {
        QTest::addColumn<int>("paragraphs");
        QTest::addColumn<bool>("isEndless");
        QTest::newRow("10 KB") << 20 << false;
        QTest::newRow("1 MB") << 2000 << false;
        QTest::newRow("1 MB, one paragraph") << 2000 << true;
    }

    void typing()
    {
        QFETCH(int, paragraphs);
        QFETCH(bool, isEndless);
        const QString sentence
            = u"Some *words* that people write, with a [link](https://example.org), again. "_s;
        QString body;
        for (int i = 0; i < paragraphs; ++i)
            body += sentence.repeated(7) + (isEndless ? QString() : u"\n\n"_s);
        Journey journey(TestDatabase::data(u"f500.sql"_s)
                        + u"UPDATE posts SET content = '%1' WHERE id = 500;"_s.arg(body));
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Return, F9"_s);
        ui::StoredTextEdit *edit = journey.window().pane()->form().bodyEdit();
        QTRY_VERIFY(edit->document()->characterCount() > body.size() / 2);
        QTest::qWait(2000);
        QTextCursor middle(edit->document());
        middle.setPosition(
            edit->document()->findBlockByNumber(edit->document()->blockCount() / 2).position());
        edit->setTextCursor(middle);
        QTest::qWait(1000);

        std::vector<double> times;
        const QString typed = u"the quick brown fox jumps over the lazy dog "_s.repeated(8);
        for (const QChar letter : typed) {
            QElapsedTimer time;
            time.start();
            QTest::keyClick(edit, Qt::Key(letter.toUpper().unicode()));
            edit->viewport()->repaint();
            QCoreApplication::processEvents(); // what the key has set going
            times.push_back(double(time.nsecsElapsed()) / 1e6);
            QTest::qWait(20);
        }
        std::sort(times.begin(), times.end());
        std::printf("%-20s median %6.2f ms, 99 %% %6.2f ms, worst %6.2f ms\n",
                    QTest::currentDataTag(), times.at(times.size() / 2),
                    times.at(times.size() * 99 / 100), times.back());
        std::fflush(stdout);
    }
};

QTEST_MAIN(BenchWriting)
#include "bench_writing.moc"

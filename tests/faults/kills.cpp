// SPDX-License-Identifier: MIT
#include "tests/faults/faults.h"
#include "tests/faults/user.h"
#include "tests/support/faultydisk.h"
#include "tests/support/testdatabase.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

constexpr int rows = 8;
constexpr int actionsPerSave = 9;

/// How a life ends.
enum class End { AtRandom, BeforeCommit, AfterCommit, AtOnce };

void say(const QByteArrayList &words)
{
    std::puts(words.join(' ').constData());
    std::fflush(stdout);
}

QByteArray encoded(const QByteArray &text)
{
    return text.isEmpty() ? "="_ba : text.toBase64();
}

/// The database and the edits at one moment.
struct State
{
    QByteArray database;
    QByteArray pending;
    bool operator==(const State &) const = default;
};

/// What one life has told of itself.
struct Life
{
    QList<State> states; ///< one after each action; the first as it was brought back
    int written = 0; ///< the journal has the state of this number, or a later one
    std::optional<State> saving; ///< what a save that was begun makes true

    /// Whether @p state is one that the next life may begin with.
    bool allows(const State &state) const
    {
        return states.indexOf(state, written) >= 0 || saving == state;
    }
    void read(const QByteArray &line);
};

void Life::read(const QByteArray &line)
{
    const QList<QByteArray> words = line.split(' ');
    const auto decoded = [&](int i) {
        return words.value(i) == "=" ? QByteArray() : QByteArray::fromBase64(words.value(i));
    };
    if (words.first() == "state" && words.size() == 3) {
        states.append({decoded(1), decoded(2)});
        saving.reset();
    } else if (words.first() == "saving" && words.size() == 3) {
        saving = State{decoded(1), decoded(2)};
    } else if (words.first() == "written" && words.size() == 2) {
        written = words.at(1).toInt();
    }
}

/// Lets the program live on @p database until it is killed. It tells of itself in a file: of what a
/// killed program has written into a pipe, QProcess may leave some unread.
Life live(const TestDatabase &database, const QString &journals, quint32 seed, End end,
          int milliseconds)
{
    QTemporaryFile told;
    if (!told.open())
        return {};
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.setStandardOutputFile(told.fileName());
    program.start(QCoreApplication::applicationFilePath(),
                  {u"--killed"_s, database.file(), journals, QString::number(seed),
                   QString::number(int(end))});
    QDeadlineTimer deadline(std::chrono::seconds(60));
    bool hasBegun = false;
    while (program.state() != QProcess::NotRunning && !deadline.hasExpired()) {
        program.waitForFinished(5);
        if (!hasBegun && QFileInfo(told.fileName()).size() > 0) {
            hasBegun = true;
            if (end == End::AtRandom)
                deadline.setRemainingTime(milliseconds);
            else if (end == End::AtOnce)
                break;
        }
    }
    program.kill();
    program.waitForFinished();
    Life life;
    const QList<QByteArray> lines = told.readAll().split('\n');
    for (qsizetype i = 0; i + 1 < lines.size(); ++i) // the last has no end
        life.read(lines.at(i));
    return life;
}

} // namespace

Faults proveKills(int kills, quint32 seed)
{
    Faults faults;
    QRandomGenerator random(seed);
    const QTemporaryDir journals;
    const TestDatabase database(User::sql(rows));
    std::optional<Life> before;
    for (int i = 0; i <= kills; ++i) {
        End end = End::AtRandom;
        if (i == kills)
            end = End::AtOnce; // only to look at the last one
        else if (i % 3 > 0)
            end = i % 3 == 1 ? End::BeforeCommit : End::AfterCommit;
        const Life life
            = live(database, journals.path(), random.generate(), end, random.bounded(400));
        const QString name = u"life %1 (seed %2)"_s.arg(i).arg(seed);
        if (life.states.isEmpty()) {
            faults.losses << name + u": it did not start"_s;
            break;
        }
        if (before && !before->allows(life.states.first()))
            faults.losses << name + u": began with\n"_s
                    + QString::fromUtf8(life.states.first().pending) + u"\nand the database\n"_s
                    + QString::fromUtf8(life.states.first().database) + u"\nafter\n"_s
                    + QString::fromUtf8(before->states.last().pending) + u"\nand\n"_s
                    + QString::fromUtf8(before->states.last().database);
        before = life;
        faults.cases += int(life.states.size());
        faults.kills += end == End::AtOnce ? 0 : 1;
    }
    return faults;
}

int beKilled(const QStringList &arguments)
{
    FaultyDisk disk;
    User user(arguments.at(0), arguments.at(1), arguments.at(2).toUInt());
    const auto end = End(arguments.at(3).toInt());
    if (!user.start())
        return 1;
    int number = 0;
    int asked = 0;
    const auto sayState
        = [&](const char *what, const QByteArray &database, const QByteArray &pending) {
              say({what, encoded(database), encoded(pending)});
          };
    sayState("state", user.database(), user.pending());
    QObject::connect(&user.journal(), &ui::Journal::aboutToWrite, &user.journal(),
                     [&] { asked = number; });
    QObject::connect(&user.journal(), &ui::Journal::written, &user.journal(), [&] {
        say({"written", QByteArray::number(asked)});
    });
    const int killingSave = 1 + user.below(4);
    int saves = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        timer.setInterval(user.below(6) == 0 ? 40 : 1); // fast, with pauses
        if (user.below(actionsPerSave) > 0) {
            user.act();
        } else if (user.changes() > 0) {
            if (++saves == killingSave && end == End::BeforeCommit)
                disk.killAt(FaultyDisk::Moment::BeforeCommit);
            else if (saves == killingSave && end == End::AfterCommit)
                disk.killAt(FaultyDisk::Moment::AfterCommit);
            sayState("saving", user.databaseAfterSave(), {});
            if (user.save() == User::Saved::Refused)
                user.giveUpProblems();
        }
        ++number;
        sayState("state", user.database(), user.pending());
    });
    timer.start(1);
    return QCoreApplication::exec();
}

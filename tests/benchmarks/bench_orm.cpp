// SPDX-License-Identifier: MIT
#include "tests/benchmarks/cbaseline.h"
#include "tests/benchmarks/ormarm.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <algorithm>
#include <functional>
#include <iostream>
#include <numeric>
#include <random>
#include <sqlite3.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace bench;

namespace {

constexpr int roundCount = 9; // each of the three arms comes first as often as the others
constexpr int commitShare = 10; ///< one row in so many, for what is slow
constexpr qint64 lettersEach = 10;

/// How many people with their letters go with so many posts.
constexpr qint64 peopleOf(qint64 rows)
{
    return rows / 20;
}

/// What one arm did in one round.
struct Sample
{
    Stopwatch watch;
    size_t keptBytes = 0;
    qint64 answer = 0;
};

struct Workload
{
    enum class Table { Empty, Filled, People };

    QString name;
    qint64 count = 0; ///< rows that it handles
    Table table = Table::Filled;
    bool spoilsTable = false; ///< it must be made anew for each round
    std::function<void(Arm &, int round, Sample &)> run;
};

/// Medians, one an arm.
struct Result
{
    QString name;
    qint64 count = 0;
    Storage storage = Storage::Memory;
    std::vector<double> milliseconds;
    std::vector<double> keptBytes; ///< zero where nothing is kept
};

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double milliseconds(const Stopwatch &watch)
{
    return std::chrono::duration<double, std::milli>(watch.elapsed()).count();
}

/// Says on a terminal what is being done: on a busy disk a line of the table can take a minute.
void showProgress(const QString &workload, int round)
{
    if (isatty(STDERR_FILENO))
        std::cerr << qPrintable(
            u"\r%1, round %2 of %3\033[K"_s.arg(workload).arg(round + 1).arg(roundCount));
}

void clearProgress()
{
    if (isatty(STDERR_FILENO))
        std::cerr << "\r\033[K";
}

/// The arms, ours first, and the databases that they work on.
class Benchmark
{
public:
    enum class Arms { All, Ours };

    Benchmark(qint64 rows, Arms arms)
        : m_rows(rows)
    {
        m_arms.push_back(std::make_unique<OrmArm>());
        if (arms == Arms::Ours)
            return;
        m_arms.push_back(plainBaseline());
        m_arms.push_back(qtBaseline());
    }

    QStringList armNames() const
    {
        QStringList names;
        for (const auto &arm : m_arms)
            names.append(arm->name());
        return names;
    }

    Result run(const Workload &workload, Storage storage)
    {
        std::vector<std::vector<double>> times(m_arms.size());
        std::vector<std::vector<double>> bytes(m_arms.size());
        for (int round = 0; round < roundCount; ++round) {
            showProgress(workload.name, round);
            std::vector<qint64> answers(m_arms.size());
            for (size_t i = 0; i < m_arms.size(); ++i) {
                // Who comes first changes: the first may find the machine in another state
                const size_t index = (i + static_cast<size_t>(round)) % m_arms.size();
                Arm &arm = *m_arms[index];
                if (round == 0 || workload.spoilsTable)
                    prepare(arm, workload.table, storage);
                Sample sample{Stopwatch(storage)};
                workload.run(arm, round, sample);
                answers[index] = sample.answer;
                times[index].push_back(milliseconds(sample.watch));
                bytes[index].push_back(static_cast<double>(sample.keptBytes));
            }
            if (std::count(answers.begin(), answers.end(), answers.front()) != std::ssize(answers))
                qFatal("%s: the arms did not do the same", qPrintable(workload.name));
        }
        clearProgress();
        Result result{workload.name, workload.count, storage, {}, {}};
        for (size_t i = 0; i < m_arms.size(); ++i) {
            m_arms[i]->close();
            result.milliseconds.push_back(median(times[i]));
            result.keptBytes.push_back(median(bytes[i]));
        }
        return result;
    }

private:
    void prepare(Arm &arm, Workload::Table table, Storage storage)
    {
        arm.close();
        const bool isOnDisk = storage == Storage::Disk;
        arm.open(isOnDisk ? m_folder.filePath(u"%1.db"_s.arg(++m_fileCount)) : QString());
        if (table == Workload::Table::Filled)
            arm.fill(m_rows);
        if (table == Workload::Table::People)
            arm.fillPeople(peopleOf(m_rows), lettersEach);
    }

    qint64 m_rows;
    std::vector<std::unique_ptr<Arm>> m_arms;
    QTemporaryDir m_folder;
    int m_fileCount = 0;
};

std::vector<Workload> workloads(qint64 rows)
{
    using Table = Workload::Table;
    const qint64 half = rows / 2;
    std::vector<qint64> ids(static_cast<size_t>(rows));
    std::iota(ids.begin(), ids.end(), 1);
    std::shuffle(ids.begin(), ids.end(), std::mt19937_64(7)); // the same order in each run
    ids.resize(static_cast<size_t>(half));
    return {
        {u"insert, ids back"_s, rows, Table::Empty, true,
         [=](Arm &arm, int, Sample &sample) { sample.answer = arm.insert(rows, sample.watch); }},
        {u"insert, C by rowid"_s, rows, Table::Empty, true,
         [=](Arm &arm, int, Sample &sample) {
             sample.answer = arm.insertByRowid(rows, sample.watch);
         }},
        {u"read, kept"_s, rows, Table::Filled, false,
         [](Arm &arm, int, Sample &sample) {
             sample.answer = arm.readKept(sample.watch, sample.keptBytes);
         }},
        {u"read, streamed"_s, rows, Table::Filled, false,
         [](Arm &arm, int, Sample &sample) { sample.answer = arm.readStreamed(sample.watch); }},
        {u"get by key"_s, half, Table::Filled, false,
         [=](Arm &arm, int, Sample &sample) { sample.answer = arm.get(ids, sample.watch); }},
        {u"update"_s, half, Table::Filled, false,
         [=](Arm &arm, int round, Sample &sample) {
             sample.answer = arm.update(half, round, sample.watch);
         }},
        {u"parents, selectIn"_s, peopleOf(rows), Table::People, false,
         [](Arm &arm, int, Sample &sample) {
             sample.answer = arm.readPeople(Along::SelectIn, sample.watch);
         }},
        {u"parents, joined"_s, peopleOf(rows), Table::People, false,
         [](Arm &arm, int, Sample &sample) {
             sample.answer = arm.readPeople(Along::Joined, sample.watch);
         }},
        {u"flush of a graph"_s, peopleOf(rows), Table::Empty, true,
         [=](Arm &arm, int, Sample &sample) {
             sample.answer = arm.insertPeople(peopleOf(rows), lettersEach, sample.watch);
         }},
        {u"delete"_s, half, Table::Filled, true,
         [=](Arm &arm, int, Sample &sample) { sample.answer = arm.remove(half, sample.watch); }},
    };
}

Workload commitWorkload(qint64 rows)
{
    const qint64 count = rows / commitShare;
    return {u"commit of one row"_s, count, Workload::Table::Empty, true,
            [=](Arm &arm, int, Sample &sample) {
                sample.answer = arm.commitEach(count, sample.watch);
            }};
}

/// Loading @p count objects and a flush with none touched: medians.
Result idleFlush(qint64 count)
{
    OrmArm arm;
    arm.open(QString());
    arm.fill(count);
    std::vector<double> loads;
    std::vector<double> flushes;
    for (int round = 0; round < roundCount; ++round) {
        Stopwatch load(Storage::Memory);
        Stopwatch flush(Storage::Memory);
        arm.flushUntouched(count, load, flush);
        loads.push_back(milliseconds(load));
        flushes.push_back(milliseconds(flush));
    }
    return {
        u"flush, nothing touched"_s, count, Storage::Memory, {median(flushes), median(loads)}, {}};
}

QString cell(const QString &text, int width)
{
    return text.rightJustified(width);
}

QString storageName(Storage storage)
{
    return storage == Storage::Memory ? u"memory"_s : u"disk"_s;
}

void print(const QString &line)
{
    std::cout << qPrintable(line) << std::endl; // each as soon as it is known
}

/// What all arms have in common; goes with every table.
QStringList conditions(qint64 rows)
{
    return {
        u"%1 rows of about 500 bytes; medians of %2 rounds, arms interleaved"_s.arg(rows).arg(
            roundCount),
        u"memory: CPU time; disk: wall time, files in the folder for temporary files"_s,
        u"all arms: SQLite %1, journal_mode=WAL (on disk), synchronous=NORMAL, foreign_keys=ON, "
        "temp_store=FILE, NOMUTEX"_s.arg(QLatin1String(sqlite3_libversion())),
    };
}

void printHeading(const QStringList &arms)
{
    QString line = u"%1%2%3"_s.arg(u"workload"_s, -24).arg(u"rows"_s, 8).arg(u"on"_s, 8);
    for (const QString &arm : arms)
        line += cell(arm + u" ms"_s, 14);
    for (const QString &arm : arms.mid(1))
        line += cell(u"× "_s + arm, 9);
    print(line);
}

void printRow(const QString &name, qint64 count, Storage storage, const std::vector<double> &values)
{
    QString line = u"%1%2%3"_s.arg(name, -24).arg(count, 8).arg(storageName(storage), 8);
    for (const double value : values)
        line += cell(QString::number(value, 'f', 1), 14);
    for (size_t i = 1; i < values.size(); ++i)
        line += cell(QString::number(values.front() / values[i], 'f', 2), 9);
    print(line);
}

void printResult(const Result &result)
{
    printRow(result.name, result.count, result.storage, result.milliseconds);
    if (result.keptBytes.front() == 0)
        return;
    constexpr double mebibyte = 1 << 20;
    std::vector<double> sizes = result.keptBytes;
    for (double &size : sizes)
        size /= mebibyte;
    printRow(u"  memory of it, MiB"_s, result.count, result.storage, sizes);
}

QJsonObject toJson(const Result &result, const QStringList &arms)
{
    QJsonObject object{{u"workload"_s, result.name},
                       {u"rows"_s, result.count},
                       {u"storage"_s, storageName(result.storage)}};
    for (qsizetype i = 0; i < arms.size(); ++i) {
        const auto index = static_cast<size_t>(i);
        QJsonObject arm{{u"milliseconds"_s, result.milliseconds[index]}};
        if (result.keptBytes[index] > 0)
            arm.insert(u"keptBytes"_s, result.keptBytes[index]);
        object.insert(arms[i], arm);
    }
    return object;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"The ORM beside C on the sqlite3 API. Without --memory and --disk: all in memory, and "
        "the commits on disk."_s);
    parser.addHelpOption();
    parser.addOptions({
        {u"rows"_s, u"Rows in the table; some workloads take a part of them."_s, u"count"_s,
         u"200000"_s},
        {u"memory"_s, u"In memory only: CPU time."_s},
        {u"disk"_s, u"All on disk: wall time."_s},
        {u"only"_s, u"The workloads whose name contains this."_s, u"text"_s},
        {u"ours"_s, u"Without the baselines, for a profiler."_s},
        {u"json"_s, u"One JSON document instead of the table."_s},
    });
    parser.process(application);
    const qint64 rows = parser.value(u"rows"_s).toLongLong();
    if (rows < commitShare)
        qFatal("--rows wants a number from %d on", commitShare);
    const bool isJson = parser.isSet(u"json"_s);

    std::vector<std::pair<Workload, Storage>> plan;
    for (const Workload &workload : workloads(rows)) {
        if (parser.isSet(u"memory"_s) || !parser.isSet(u"disk"_s))
            plan.emplace_back(workload, Storage::Memory);
    }
    for (const Workload &workload : workloads(rows)) {
        if (parser.isSet(u"disk"_s))
            plan.emplace_back(workload, Storage::Disk);
    }
    if (parser.isSet(u"disk"_s) || !parser.isSet(u"memory"_s))
        plan.emplace_back(commitWorkload(rows), Storage::Disk);
    std::erase_if(
        plan, [&](const auto &item) { return !item.first.name.contains(parser.value(u"only"_s)); });

    keepHeap();
    Benchmark benchmark(rows,
                        parser.isSet(u"ours"_s) ? Benchmark::Arms::Ours : Benchmark::Arms::All);
    const QStringList arms = benchmark.armNames();
    if (!isJson) {
        for (const QString &line : conditions(rows))
            print(line);
        printHeading(arms);
    }
    QJsonArray results;
    for (const auto &[workload, storage] : plan) {
        const Result result = benchmark.run(workload, storage);
        if (isJson)
            results.append(toJson(result, arms));
        else
            printResult(result);
    }
    const Result idle = idleFlush(rows / 2);
    const double percent = 100 * idle.milliseconds[0] / idle.milliseconds[1];
    if (isJson) {
        results.append(QJsonObject{{u"workload"_s, idle.name},
                                   {u"rows"_s, idle.count},
                                   {u"milliseconds"_s, idle.milliseconds[0]},
                                   {u"loadMilliseconds"_s, idle.milliseconds[1]}});
        const QJsonObject document{{u"conditions"_s, QJsonArray::fromStringList(conditions(rows))},
                                   {u"results"_s, results}};
        std::cout << QJsonDocument(document).toJson().constData();
    } else {
        print(u"%1: %2 ms for %3 loaded objects, %4 % of the %5 ms that loading them took"_s
                  .arg(idle.name)
                  .arg(idle.milliseconds[0], 0, 'f', 4)
                  .arg(idle.count)
                  .arg(percent, 0, 'f', 4)
                  .arg(idle.milliseconds[1], 0, 'f', 1));
    }
    return 0;
}

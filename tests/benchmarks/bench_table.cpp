// SPDX-License-Identifier: MIT
//
// The real window on many posts, as a user drives it: bench_table [--rows N] [--file FILE.db]
// [--only PART[,PART…]] [--runs N] [--seconds N]. See README.md.
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "core/session/searchindexbuilder.h"
#include "tests/benchmarks/desk.h"
#include "tests/support/makeposts.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/search/searchbar.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QMainWindow>
#include <QMap>
#include <QProcess>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSqlDatabase>
#include <QSqlTableModel>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <sqlite3.h>
#include <thread>

using namespace Qt::StringLiterals;

namespace {

constexpr int openings = 11;
constexpr int jumps = 500;

void print(const QString &line)
{
    std::fputs(line.toLocal8Bit().append('\n').constData(), stdout);
    std::fflush(stdout);
}

QString grouped(qint64 number)
{
    return QLocale::c().toString(number);
}

double median(QList<double> values, double share = 0.5)
{
    std::sort(values.begin(), values.end());
    return values.at(std::min(qsizetype(double(values.size()) * share), values.size() - 1));
}

/// One line of the table that the README shows.
void printFigure(const QString &what, double value, const QString &unit, const QString &target = {})
{
    print(u"| %1 | %2 %3 | %4 |"_s.arg(what, -48).arg(
        QLocale::c().toString(value, 'f', value < 100 ? 1 : 0), unit, target));
}

/// SQL by another connection, as another program would.
bool runOutside(const QString &file, const char *sql)
{
    sqlite3 *database = nullptr;
    bool isGood = sqlite3_open(QFile::encodeName(file).constData(), &database) == SQLITE_OK;
    constexpr int patience = 5000; // ms
    sqlite3_busy_timeout(database, patience);
    isGood = isGood && sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
    sqlite3_close(database);
    return isGood;
}

// --------------------------------------------------------------------------------------- beginnings

/// Another program that writes a row each @p period milliseconds or so until its input ends. Prints how
/// often, how often it failed, how long the longest write took, and how long they took in the middle.
int runWriter(const QString &file, int patience, int period)
{
    sqlite3 *database = nullptr;
    if (sqlite3_open(QFile::encodeName(file).constData(), &database) != SQLITE_OK)
        return 1;
    sqlite3_busy_timeout(database, patience);
    std::atomic_bool isOver = false;
    std::thread listener([&isOver] {
        while (std::getchar() != EOF) {}
        isOver = true;
    });
    int failures = 0;
    QList<double> times;
    QRandomGenerator random(1); // so that it doesn't beat with what it meets
    while (!isOver) {
        QElapsedTimer timer;
        timer.start();
        if (sqlite3_exec(database,
                         "UPDATE posts SET title = title || '.' "
                         "WHERE id = (SELECT max(id) FROM posts)",
                         nullptr, nullptr, nullptr)
            != SQLITE_OK)
            ++failures;
        times.append(milliseconds(timer));
        QThread::msleep(period / 2 + random.bounded(period + 1));
    }
    listener.join();
    sqlite3_close(database);
    print(u"%1 %2 %3 %4"_s.arg(times.size())
              .arg(failures)
              .arg(*std::max_element(times.cbegin(), times.cend()))
              .arg(median(times)));
    return 0;
}

/// What a process of its own does: from main() to the first rows, and then ends.
int runBeginning(const QString &kind, const QString &folder, const QString &file,
                 const QElapsedTimer &sinceMain)
{
    const auto say = [](double time) { print(u"%1 %2"_s.arg(time).arg(residentMegabytes())); };
    if (kind == u"bare" || kind == u"peer") {
        QMainWindow window;
        auto *view = new QTableView(&window);
        std::unique_ptr<QAbstractItemModel> model;
        if (kind == u"bare") {
            model = std::make_unique<QStandardItemModel>(50, 4);
        } else {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s);
            database.setDatabaseName(file);
            database.open();
            auto posts = std::make_unique<QSqlTableModel>(nullptr, database);
            posts->setTable(u"posts"_s);
            posts->select();
            model = std::move(posts);
        }
        view->setModel(model.get());
        window.setCentralWidget(view);
        window.resize(ui::MainWindow::defaultSize);
        window.show();
        while (!window.isVisible())
            QCoreApplication::processEvents();
        window.repaint();
        say(milliseconds(sinceMain));
        if (kind == u"peer") {
            QElapsedTimer timer;
            timer.start();
            while (model->canFetchMore({}))
                model->fetchMore({});
            view->scrollToBottom();
            window.repaint();
            print(u"%1 %2"_s.arg(milliseconds(timer)).arg(residentMegabytes()));
        }
        return 0;
    }
    const bool isEmpty = kind == u"welcome" || kind == u"parts";
    Desk desk(folder, isEmpty ? QString() : file,
              kind == u"parts" ? Desk::Empty::Parts : Desk::Empty::Welcome);
    say(desk.waitForFirstPaint(sinceMain));
    if (kind == u"counted") {
        waitFor([&desk] { return desk.model().isCounted(); });
        say(milliseconds(sinceMain));
    }
    return 0;
}

/// The figures of each line that such a process prints.
QList<QList<double>> beginning(const QString &kind, const QString &folder, const QString &file)
{
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(),
                  {u"--beginning"_s, kind, u"--folder"_s, folder, u"--file"_s, file});
    constexpr int patience = 300'000; // ms
    process.waitForFinished(patience);
    QList<QList<double>> lines;
    for (const QByteArray &line : process.readAllStandardOutput().trimmed().split('\n')) {
        QList<double> numbers;
        for (const QByteArray &number : line.split(' '))
            numbers.append(number.toDouble());
        lines.append(numbers);
    }
    return lines;
}

void measureBeginnings(const QString &folder, const QString &file, const QString &order)
{
    QMap<QString, QList<double>> times;
    QList<double> memory;
    for (int round = 0; round < openings; ++round) {
        for (const QString &kind : {u"bare"_s, u"welcome"_s, u"parts"_s, u"full"_s}) {
            const QList<double> opened = beginning(kind, folder, file).first();
            times[kind].append(opened.first());
            if (kind == u"full")
                memory.append(opened.last());
        }
    }
    const double full = median(times.value(u"full"_s));
    const double parts = median(times.value(u"parts"_s));
    const double bare = median(times.value(u"bare"_s));
    printFigure(u"bare QMainWindow with a QTableView"_s, bare, u"ms"_s);
    printFigure(u"our welcome page"_s, median(times.value(u"welcome"_s)), u"ms"_s);
    printFigure(u"our window, no database: menus, list, form"_s, parts, u"ms"_s);
    printFigure(u"rows painted, "_s + order, full, u"ms"_s);
    printFigure(u"  to our window without a database"_s, full / parts, u"×"_s, u"1.8 ×"_s);
    printFigure(u"  to the bare window"_s, full / bare, u"×"_s);
    printFigure(u"  memory then"_s, median(memory), u"MB"_s, u"60 MB"_s);
}

// --------------------------------------------------------------------------------------- the window

/// Drives one window through all that the list can do, and keeps how long it stood still in each part.
class Drive
{
public:
    Drive(const QString &folder, const QString &file, const QStringList &parts, int seconds)
        : m_file(file)
        , m_parts(parts)
        , m_seconds(seconds)
        , m_desk(folder, file)
    {}

    void run()
    {
        QElapsedTimer timer;
        timer.start();
        m_desk.waitForFirstPaint(timer);
        const double first = residentMegabytes();
        m_watchdog.forget();
        timer.restart();
        waitFor([this] { return m_desk.model().isCounted(); });
        m_rows = m_desk.model().committedCount();
        note(u"counting"_s);
        printFigure(u"all keys known"_s, milliseconds(timer), u"ms"_s);
        const double allowed = double(m_rows) * 9 / 1e6;
        printFigure(u"  memory then, more than with the first rows"_s, residentMegabytes() - first,
                    u"MB"_s, u"%1 MB"_s.arg(allowed, 0, 'f', 0));
        if (wants(u"id"_s))
            measureScrolling(u"id"_s);
        if (wants(u"keys"_s))
            measureKeys(u"id"_s);
        if (wants(u"outside"_s))
            measureOutside();
        if (wants(u"search"_s))
            measureSearches();
        if (m_parts.contains(u"word"_s))
            measureSearch(u"menlo"_s, u"medium"_s);
        if (m_parts.contains(u"large"_s))
            measureLarge();
        if (wants(u"created"_s)) {
            measureSort(u"created_at"_s, u"created"_s);
            measureScrolling(u"created"_s);
        }
        if (wants(u"title"_s)) {
            measureSort(u"title"_s, u"title"_s);
            measureScrolling(u"title"_s);
            measureKeys(u"title"_s);
            measureWayBack();
        }
        printFigure(u"memory at the end"_s, residentMegabytes(), u"MB"_s);
        m_desk.close();
    }

    struct Longest
    {
        double time = 0;
        double busy = 0;
    };
    /// How long the event loop did not turn, by part.
    const QMap<QString, Longest> &stoodStill() const { return m_stoodStill; }

private:
    bool wants(const QString &part) const { return m_parts.isEmpty() || m_parts.contains(part); }
    void note(const QString &part)
    {
        Longest &longest = m_stoodStill[part];
        longest.time = std::max(longest.time, m_watchdog.longest());
        longest.busy = std::max(longest.busy, m_watchdog.longestBusy());
        m_watchdog.forget();
    }

    void measureScrolling(const QString &order)
    {
        m_watchdog.forget();
        const QString last = order == u"id" ? u"20 ms"_s : u"20 ms, once sorted"_s;
        const double first = m_desk.press(Qt::Key_End, Qt::ControlModifier);
        printFigure(u"last row, "_s + order, first, u"ms"_s, last);
        QList<double> again;
        for (int i = 0; i < 5; ++i) {
            m_desk.press(Qt::Key_Home, Qt::ControlModifier);
            again.append(m_desk.press(Qt::Key_End, Qt::ControlModifier));
        }
        printFigure(u"  again"_s, median(again), u"ms"_s, last);
        note(u"last row, "_s + order);

        QRandomGenerator random(1);
        QScrollBar *bar = m_desk.view().verticalScrollBar();
        QList<double> times;
        for (int i = 0; i < jumps; ++i) {
            const int place = random.bounded(std::max(1, bar->maximum()));
            times.append(m_desk.painted([&] { bar->setValue(place); }));
        }
        printFigure(u"%1 random jumps, %2, median"_s.arg(jumps).arg(order), median(times), u"ms"_s);
        printFigure(u"  99th percentile"_s, median(times, 0.99), u"ms"_s, u"30 ms"_s);
        note(u"random jumps, "_s + order);

        m_desk.press(Qt::Key_Home, Qt::ControlModifier);
        QElapsedTimer timer;
        timer.start();
        int pages = 0;
        for (; timer.elapsed() < m_seconds * 1000; ++pages)
            m_desk.press(Qt::Key_PageDown);
        printFigure(u"%1 s of PgDn, %2"_s.arg(m_seconds).arg(order),
                    double(pages) * 1000 / double(timer.elapsed()), u"pages a second"_s);
        m_desk.press(Qt::Key_Home, Qt::ControlModifier);
        note(u"PgDn, "_s + order);
    }

    /// Select all, a new post on top, and a row that has to be looked for by its key.
    void measureKeys(const QString &order)
    {
        m_watchdog.forget();
        printFigure(u"select all, "_s + order, m_desk.press(Qt::Key_A, Qt::ControlModifier),
                    u"ms"_s);
        m_desk.press(Qt::Key_Home, Qt::ControlModifier);
        note(u"select all, "_s + order);
        QAction *create = m_desk.window().findChild<QAction *>(u"post.new"_s);
        if (create) {
            printFigure(u"a new post on top, "_s + order,
                        m_desk.painted([create] { create->trigger(); }), u"ms"_s);
            m_desk.view().setFocus();
            QCoreApplication::processEvents();
            note(u"a new post, "_s + order);
            m_desk.window().workspace()->history().undoStack().undo();
        }
        QList<double> times;
        QRandomGenerator random(2);
        for (int i = 0; i < 20; ++i) {
            const orm::Key key = m_desk.model().keyAt(random.bounded(m_desk.model().rowCount()));
            times.append(m_desk.painted([&] { m_desk.window().pane()->select(key); }));
        }
        printFigure(u"a row by its key, %1, median"_s.arg(order), median(times), u"ms"_s);
        note(u"by key, "_s + order);
        m_desk.press(Qt::Key_Home, Qt::ControlModifier);
    }

    /// Another program inserts a row at the top, and takes it away.
    void measureOutside()
    {
        m_watchdog.forget();
        const qint64 before = m_desk.model().committedCount();
        QElapsedTimer timer;
        timer.start();
        if (!runOutside(m_file,
                        "INSERT INTO posts (id, title, content) VALUES"
                        " (4000000000, 'from outside', '')"))
            return print(u"no program can write"_s);
        waitFor([&] { return m_desk.model().committedCount() == before + 1; });
        printFigure(u"a row from outside is seen after"_s, milliseconds(timer), u"ms"_s);
        runOutside(m_file, "DELETE FROM posts WHERE id = 4000000000");
        waitFor([&] {
            return m_desk.model().committedCount() == before && !m_desk.model().isRefreshing();
        });
        note(u"rows from outside"_s);
    }

    void measureSort(const QString &column, const QString &order)
    {
        m_watchdog.forget();
        const int index = m_desk.window().workspace()->table().indexOf(column);
        QElapsedTimer timer;
        timer.start();
        const double first = m_desk.painted([&] {
            m_desk.model().setSort({{index, Qt::AscendingOrder}});
        });
        printFigure(u"sort by %1, first page"_s.arg(order), first, u"ms"_s, u"4 s at 10 M"_s);
        waitFor([this] { return !m_desk.model().loader().isReading(); });
        m_desk.painted([] {});
        printFigure(u"  complete"_s, milliseconds(timer), u"ms"_s, u"9 s at 10 M"_s);
        note(u"sort by "_s + order);
    }

    void measureWayBack()
    {
        m_watchdog.forget();
        QElapsedTimer timer;
        timer.start();
        const double first = m_desk.painted([&] { m_desk.model().setSort({}); });
        printFigure(u"back to the order by id, first page"_s, first, u"ms"_s);
        waitFor([this] { return !m_desk.model().loader().isReading(); });
        printFigure(u"  complete"_s, milliseconds(timer), u"ms"_s);
        note(u"back to the order by id"_s);
    }

    void measureSearches()
    {
        measureSearch(u"漢字東京"_s, u"rare"_s);
        measureSearch(u"menlo"_s, u"medium"_s);
        measureSearch(u"ka"_s, u"common"_s);
        measureSearch(u"k"_s, u"one letter of a common"_s);
        measureSearch(u"zx"_s, u"two letters of no"_s);
        measureSearch(u"solduest"_s, u"rare, of common parts,"_s);
        measureSearch(u"title:nowherever"_s, u"no"_s);
    }

    /// The newest post is the current one, and large.
    void measureLarge()
    {
        QElapsedTimer timer;
        timer.start();
        waitFor([this] { return m_desk.window().isSettled(); });
        printFigure(u"a post of 50 MB in the form, after the keys"_s, milliseconds(timer), u"ms"_s);
        note(u"50 MB fill in"_s);
        measureStop(u"zzzq"_s);
        measureStop(u"/z{3}q$/"_s);
    }

    /// How long the reading thread is busy with the large one after the search was given up.
    void measureStop(const QString &text)
    {
        ui::SearchBar &bar = m_desk.window().pane()->searchBar();
        QList<double> times;
        constexpr int rounds = 20;
        for (int round = 0; round < rounds; ++round) {
            bar.setText(text);
            QElapsedTimer timer;
            timer.start();
            waitFor([&] { return timer.elapsed() > 10 * round; });
            bar.clear();
            timer.restart();
            waitFor([this] { return m_desk.model().isSettled(); });
            times.append(milliseconds(timer));
            waitFor([this] { return !m_desk.model().loader().isReading(); });
        }
        printFigure(u"  a search for %1 in it given up, rows again"_s.arg(text), median(times),
                    u"ms"_s);
        printFigure(u"    longest"_s, *std::max_element(times.cbegin(), times.cend()), u"ms"_s,
                    u"100 ms"_s);
        note(u"searches given up"_s);
    }

    void measureSearch(const QString &text, const QString &kind)
    {
        m_watchdog.forget();
        ui::SearchBar &bar = m_desk.window().pane()->searchBar();
        QElapsedTimer timer;
        timer.start();
        bar.setText(text);
        m_desk.view().viewport()->update();
        waitFor([this] {
            return m_desk.model().isSettled()
                && (m_desk.model().rowCount() > 0 || !m_desk.model().loader().isReading());
        });
        if (m_desk.model().rowCount() > 0)
            m_desk.painted([] {});
        printFigure(u"search, %1 word, first hits"_s.arg(kind), milliseconds(timer), u"ms"_s);
        waitFor([this] { return !m_desk.model().loader().isReading(); });
        printFigure(u"  all %1"_s.arg(grouped(m_desk.model().committedCount())),
                    milliseconds(timer), u"ms"_s);
        note(u"search"_s);
        timer.restart();
        m_desk.painted([&] { bar.clear(); });
        printFigure(u"  the search ended, rows painted"_s, milliseconds(timer), u"ms"_s);
        waitFor([this] { return !m_desk.model().loader().isReading(); });
        note(u"end of a search"_s);
    }

    const QString m_file;
    const QStringList m_parts;
    const int m_seconds;
    Desk m_desk;
    Watchdog m_watchdog;
    qint64 m_rows = 0;
    QMap<QString, Longest> m_stoodStill;
};

void measureWindow(const QString &folder, const QString &file, const QStringList &parts,
                   int seconds, int runs)
{
    QMap<QString, QList<double>> times;
    QMap<QString, QList<double>> busyTimes;
    for (int run = 0; run < runs; ++run) {
        Drive drive(folder, file, parts, seconds);
        drive.run();
        const QMap<QString, Drive::Longest> &longest = drive.stoodStill();
        for (auto part = longest.cbegin(); part != longest.cend(); ++part) {
            times[part.key()].append(part->time);
            busyTimes[part.key()].append(part->busy);
        }
    }
    print(u"The event loop stood still for at most, in ms (%1 runs):"_s.arg(runs));
    print(u"| part | median | worst | median of it busy | worst of it busy |"_s);
    const auto worst
        = [](const QList<double> &all) { return *std::max_element(all.cbegin(), all.cend()); };
    for (auto part = times.cbegin(); part != times.cend(); ++part) {
        const QList<double> busy = busyTimes.value(part.key());
        print(u"| %1 | %2 | %3 | %4 | %5 |"_s.arg(part.key(), -28)
                  .arg(median(*part), 5, 'f', 1)
                  .arg(worst(*part), 5, 'f', 1)
                  .arg(median(busy), 5, 'f', 1)
                  .arg(worst(busy), 5, 'f', 1));
    }
}

/// Runs @p step of @p builder until it says that it is done. Prints how long others could not write.
void measureSteps(const QString &name, const orm::SearchIndexBuilder &builder,
                  const std::function<orm::SearchIndexBuilder::Step()> &step)
{
    QList<double> times;
    QElapsedTimer all;
    all.start();
    for (bool goesOn = true; goesOn;) {
        goesOn = step() == orm::SearchIndexBuilder::Step::More;
        times.append(std::chrono::duration<double, std::milli>(builder.lockTime()).count());
        QThread::msleep(15); // as the window does, for others
    }
    printFigure(name, milliseconds(all) / 1000, u"s"_s);
    printFigure(u"  steps"_s, double(times.size()), {});
    printFigure(u"  nobody else can write for, median"_s, median(times), u"ms"_s);
    printFigure(u"    99th percentile"_s, median(times, 0.99), u"ms"_s, u"50 ms"_s);
    printFigure(u"    longest"_s, *std::max_element(times.cbegin(), times.cend()), u"ms"_s,
                u"50 ms"_s);
    const auto late = std::count_if(times.cbegin(), times.cend(), [](double time) {
        return time > double(orm::SearchIndexBuilder::longestStep.count());
    });
    printFigure(u"    steps over 50 ms"_s, double(late), {}, u"0"_s);
}

/// On a copy of the file: makes the index, searches with it, and takes it away.
void measureIndex(const QString &folder, const QString &file)
{
    const QString copy = folder + u"/indexed.db"_s;
    if (!QFile::copy(file, copy))
        return print(u"%1 can't be copied"_s.arg(file));
    const auto connection = orm::Engine::create(orm::DatabaseUrl::sqlite(copy)).connect();
    const orm::Table table = orm::reflect(*connection, u"posts"_s).table;
    const auto schema = [&connection] {
        return connection->scalar(u"SELECT group_concat(type || name || sql) FROM sqlite_schema"_s);
    };
    const orm::StoredValue before = schema();
    const qint64 size = QFileInfo(copy).size();
    orm::SearchIndexBuilder builder(table);
    measureSteps(u"the index made"_s, builder, [&] { return builder.build(*connection); });
    printFigure(u"  the file, more"_s, double(QFileInfo(copy).size() - size) / 1e6, u"MB"_s);
    print(u"With the index:"_s);
    measureWindow(folder, copy, {u"search"_s}, 0, 1);
    orm::SearchIndexBuilder remover(table);
    measureSteps(u"the index removed"_s, remover, [&] { return remover.remove(*connection); });
    print(schema() == before ? u"  the schema is as before"_s : u"  THE SCHEMA IS ANOTHER"_s);
    QFile::remove(copy);
}

/// On a copy of the file: posts of 50 MB on top.
void measureLargePosts(const QString &folder, const QString &file)
{
    const QString copy = folder + u"/large.db"_s;
    if (!QFile::copy(file, copy))
        return print(u"%1 can't be copied"_s.arg(file));
    for (const int posts : {1, 9}) {
        if (!runOutside(copy,
                        QByteArray("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                                   "FROM n LIMIT ")
                            + QByteArray::number(posts)
                            + ") INSERT INTO posts (title, content) SELECT 'Large', "
                              "replace(hex(zeroblob(1000000)), '00', "
                              "'A line of text of fifty letters, as lines are..'"
                              " || char(13, 10) || '.') FROM n"))
            return print(u"%1 can't be written"_s.arg(copy));
        QList<double> times;
        QList<double> memory;
        for (int round = 0; round < openings; ++round) {
            const QList<double> opened = beginning(u"full"_s, folder, copy).first();
            times.append(opened.first());
            memory.append(opened.last());
        }
        printFigure(u"rows painted, with %1 of 50 MB among them"_s.arg(posts == 1 ? 1 : 10),
                    median(times), u"ms"_s);
        printFigure(u"  memory then"_s, median(memory), u"MB"_s);
        measureWindow(folder, copy, {u"large"_s}, 0, 1);
    }
    QFile::remove(copy);
}

/// On a copy of the file, in rollback mode: how another program gets on that writes all the while.
void measureNeighbour(const QString &folder, const QString &file)
{
    struct Writer
    {
        int patience;
        int period;
    };
    for (const auto &[patience, period] : {Writer{100, 100}, Writer{0, 100}, Writer{0, 5}}) {
        print(u"While another program writes each %1 ms that waits for %2 ms:"_s.arg(period).arg(
            patience));
        // A file of its own: the window would come back in the order that it was left in
        const QString copy = folder + u"/shared-%1-%2.db"_s.arg(patience).arg(period);
        if (!QFile::copy(file, copy))
            return print(u"%1 can't be copied"_s.arg(file));
        QProcess writer;
        writer.start(QCoreApplication::applicationFilePath(),
                     {u"--beginning"_s, u"writer"_s, u"--file"_s, copy, u"--seconds"_s,
                      QString::number(patience), u"--period"_s, QString::number(period)});
        writer.waitForStarted();
        measureWindow(folder, copy, {u"id"_s, u"word"_s, u"created"_s}, 5, 1);
        writer.closeWriteChannel();
        writer.waitForFinished();
        const QList<QByteArray> said = writer.readAllStandardOutput().trimmed().split(' ');
        if (said.size() != 4)
            return print(u"the other program could not write"_s);
        printFigure(u"its writes"_s, said.at(0).toDouble(), {});
        printFigure(u"  that failed"_s, said.at(1).toDouble(), {},
                    patience > 0 ? u"0"_s : QString());
        printFigure(u"  in a hundred"_s, said.at(1).toDouble() * 100 / said.at(0).toDouble(),
                    u"%"_s, u"1 %"_s);
        printFigure(u"  the longest"_s, said.at(2).toDouble(), u"ms"_s);
        printFigure(u"  median"_s, said.at(3).toDouble(), u"ms"_s);
        QFile::remove(copy);
    }
}

void measurePeer(const QString &file, qint64 rows)
{
    constexpr qint64 most = 1'000'000; // it keeps all rows in memory
    if (rows > most)
        return;
    const auto lines = beginning(u"peer"_s, {}, file);
    if (lines.size() < 2)
        return;
    printFigure(u"QSqlTableModel: rows painted"_s, lines.at(0).first(), u"ms"_s);
    printFigure(u"  last row"_s, lines.at(1).first(), u"ms"_s);
    printFigure(u"  memory then"_s, lines.at(1).last(), u"MB"_s);
}

int run(int argc, char *argv[])
{
    QElapsedTimer sinceMain;
    sinceMain.start();
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({u"rows"_s, u"Posts in the database that is made."_s, u"N"_s, u"1000000"_s});
    parser.addOption({u"file"_s, u"Use this database; it is made if it isn't there."_s, u"FILE"_s});
    parser.addOption(
        {u"only"_s,
         u"Of beginnings, peer, id, keys, outside, search, created, title these; and, on a "
         "copy of the file, index, large and neighbour."_s,
         u"PARTS"_s});
    parser.addOption({u"runs"_s, u"Drive the window so many times."_s, u"N"_s, u"1"_s});
    parser.addOption({u"seconds"_s, u"How long PgDn is held."_s, u"N"_s, u"60"_s});
    QCommandLineOption beginningOption(u"beginning"_s, {}, u"KIND"_s);
    QCommandLineOption folderOption(u"folder"_s, {}, u"FOLDER"_s);
    QCommandLineOption periodOption(u"period"_s, {}, u"MS"_s);
    for (QCommandLineOption *option : {&beginningOption, &folderOption, &periodOption}) {
        option->setFlags(QCommandLineOption::HiddenFromHelp);
        parser.addOption(*option);
    }
    parser.process(application);
    if (parser.value(beginningOption) == u"writer")
        return runWriter(parser.value(u"file"_s), parser.value(u"seconds"_s).toInt(),
                         parser.value(periodOption).toInt());
    if (parser.isSet(beginningOption))
        return runBeginning(parser.value(beginningOption), parser.value(folderOption),
                            parser.value(u"file"_s), sinceMain);

    const QTemporaryDir folder;
    const qint64 rows = parser.value(u"rows"_s).toLongLong();
    const QString file
        = parser.isSet(u"file"_s) ? parser.value(u"file"_s) : folder.filePath(u"posts.db"_s);
    if (!QFile::exists(file)) {
        QElapsedTimer timer;
        timer.start();
        if (!makePosts(file, rows)) {
            print(u"%1 can't be written"_s.arg(file));
            return 1;
        }
        print(u"made %1 posts in %2 s"_s.arg(grouped(rows))
                  .arg(double(timer.elapsed()) / 1000, 0, 'f', 1));
    }
    const QStringList parts = parser.value(u"only"_s).split(u',', Qt::SkipEmptyParts);
    const auto wants
        = [&parts](const QString &part) { return parts.isEmpty() || parts.contains(part); };
    if (wants(u"beginnings"_s))
        measureBeginnings(folder.path(), file, u"by id"_s);
    if (parts.contains(u"neighbour"_s))
        measureNeighbour(folder.path(), file);
    if (parts.contains(u"large"_s))
        measureLargePosts(folder.path(), file);
    if (parts.contains(u"index"_s))
        measureIndex(folder.path(), file);
    if (wants(u"peer"_s))
        measurePeer(file, rows);
    const QStringList apart{u"beginnings"_s, u"peer"_s, u"large"_s, u"index"_s, u"neighbour"_s};
    const bool isOfTheWindow = parts.isEmpty()
        || std::any_of(parts.cbegin(), parts.cend(),
                       [&apart](const QString &part) { return !apart.contains(part); });
    if (isOfTheWindow)
        measureWindow(folder.path(), file, parts, parser.value(u"seconds"_s).toInt(),
                      std::max(1, parser.value(u"runs"_s).toInt()));
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    try {
        return run(argc, argv);
    } catch (const ToldToEnd &) {
        return 1;
    }
}

// SPDX-License-Identifier: MIT
#include "tests/faults/faults.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>

#include <cstdio>

using namespace Qt::StringLiterals;

void Faults::add(const Faults &other)
{
    kills += other.kills;
    faults += other.faults;
    cases += other.cases;
    losses += other.losses;
}

/// Proof by fault that no word is lost. The short form is for every run of the tests; the long one, by
/// hand: tests/support/run build/ci/tests/faults/faults --kills 1000 --comebacks 5000
/// --rounds 5000 --step 1 --seed 7
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--killed"_s)
        return beKilled(arguments.mid(2));

    QCommandLineParser parser;
    const QCommandLineOption kills(u"kills"_s, {}, u"N"_s, u"30"_s);
    const QCommandLineOption comebacks(u"comebacks"_s, {}, u"N"_s, u"300"_s);
    const QCommandLineOption rounds(u"rounds"_s, {}, u"N"_s, u"80"_s);
    const QCommandLineOption step(u"step"_s, {}, u"N"_s, u"4"_s);
    const QCommandLineOption seed(u"seed"_s, {}, u"N"_s, u"1"_s);
    parser.addOptions({kills, comebacks, rounds, step, seed});
    parser.process(application);
    const auto number
        = [&](const QCommandLineOption &option) { return parser.value(option).toInt(); };

    Faults all;
    QElapsedTimer timer;
    const auto print = [&](const char *name, const Faults &part) {
        std::printf("%-10s %5d kills %6d faults %7d cases %3d losses  %.1f s\n", name, part.kills,
                    part.faults, part.cases, int(part.losses.size()),
                    double(timer.restart()) / 1000);
        for (const QString &loss : part.losses)
            std::printf("  %s\n", qUtf8Printable(loss));
        std::fflush(stdout);
        all.add(part);
    };
    timer.start();
    const auto from = quint32(number(seed));
    print("kills", proveKills(number(kills), from));
    print("comebacks", proveComebacks(number(comebacks), from));
    print("neighbours", proveNeighbours(number(rounds), from));
    print("calls", proveCalls(number(step)));
    print("damage", proveDamage(number(step), from));
    const Faults sum = all;
    print("all", sum);
    return all.losses.isEmpty() ? 0 : 1;
}

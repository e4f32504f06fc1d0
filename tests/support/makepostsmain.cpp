// SPDX-License-Identifier: MIT
//
// makeposts FILE.db [--rows N] [--seed N]: a database of posts to try the program on.
#include "tests/support/makeposts.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addPositionalArgument(u"FILE"_s, u"The database; what is there is overwritten."_s);
    parser.addOption({u"rows"_s, u"Posts in it."_s, u"N"_s, u"1000000"_s});
    parser.addOption({u"seed"_s, u"Other posts for another number."_s, u"N"_s, u"1"_s});
    parser.process(application);
    if (parser.positionalArguments().size() != 1)
        parser.showHelp(1);
    const QString file = parser.positionalArguments().first();
    const qint64 rows = parser.value(u"rows"_s).toLongLong();
    QElapsedTimer timer;
    timer.start();
    if (!makePosts(file, rows, parser.value(u"seed"_s).toUInt())) {
        std::fprintf(stderr, "%s can't be written\n", qPrintable(file));
        return 1;
    }
    const double seconds = double(std::max<qint64>(timer.elapsed(), 1)) / 1000;
    std::printf("%s posts, %s MB, in %.1f s: %s rows per second\n",
                qPrintable(QLocale::c().toString(rows)),
                qPrintable(QLocale::c().toString(QFileInfo(file).size() / 1'000'000)), seconds,
                qPrintable(QLocale::c().toString(qint64(double(rows) / seconds))));
    return 0;
}

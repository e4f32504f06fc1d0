// SPDX-License-Identifier: MIT
#include "tests/benchmarks/arm.h"

#include <ctime>
#include <limits>
#include <malloc.h>

using namespace Qt::StringLiterals;

namespace bench {

Post makePost(qint64 number)
{
    static const QString sentence
        = u"The rain had stopped at noon, and by three the ferry was running again. "_s;
    const bool isAscii = number % 10 != 0;
    const QString name = isAscii ? u"Harbour"_s : u"Hafengeräusche"_s;
    Post post;
    post.title = u"%1, page %2"_s.arg(name).arg(number);
    QString content = QString::number(number) + u". "_s;
    while (content.size() < 430)
        content += sentence;
    if (!isAscii)
        content.replace(u"ferry"_s, u"Fähre"_s);
    post.content = content;
    constexpr qint64 year2020 = 1'577'836'800'000;
    post.createdAt = QDateTime::fromMSecsSinceEpoch(year2020 + number * 61'007, Qt::UTC);
    return post;
}

QString makeTitle(qint64 number, int round)
{
    return u"Second thoughts (%1) on page %2"_s.arg(round).arg(number);
}

QString makeName(qint64 number)
{
    return u"Person number %1"_s.arg(number);
}

QString makeLetter(qint64 number)
{
    return u"Letter %1. The rain had stopped at noon, and by three the ferry was running again; we "
           "took it home."_s.arg(number);
}

std::chrono::nanoseconds Stopwatch::now() const
{
    const clockid_t clock
        = m_storage == Storage::Memory ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC;
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

void keepHeap()
{
    constexpr int mostForMmap = 32 << 20; // mallopt() takes no more
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    mallopt(M_MMAP_THRESHOLD, mostForMmap);
}

size_t heapBytes()
{
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

} // namespace bench

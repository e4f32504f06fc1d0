// SPDX-License-Identifier: MIT
#include "app/quitsignals.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace app {

namespace {

constexpr std::array numbers{SIGTERM, SIGHUP, SIGINT};
std::array<int, 2> channel{-1, -1}; ///< read end, write end

/// All that may be done in the middle of anything.
void tell(int)
{
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = ::write(channel[1], &byte, 1);
}

} // namespace

QuitSignals::QuitSignals(QObject *parent)
    : QObject(parent)
{
    if (::pipe(channel.data()) != 0)
        return; // then they end the program at once, as they do by themselves
    for (const int end : channel) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    auto *notifier = new QSocketNotifier(channel[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (::read(channel[0], &byte, 1) == 1)
            emit received();
    });
    for (const int number : numbers)
        std::signal(number, &tell);
}

QuitSignals::~QuitSignals()
{
    for (const int number : numbers)
        std::signal(number, SIG_DFL);
    for (int &end : channel) {
        if (end >= 0)
            ::close(std::exchange(end, -1));
    }
}

} // namespace app

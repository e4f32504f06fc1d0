// SPDX-License-Identifier: MIT
//
// Part of the build, not installed: writes the manual page or the completion of bash to standard output.
#include "app/manual.h"
#include "app/optiontable.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char *argv[])
{
    const QString what = argc == 2 ? QString::fromLocal8Bit(argv[1]) : QString();
    const QString text = what == QLatin1String("man") ? app::manualPage()
        : what == QLatin1String("completion")         ? app::completionScript()
                                                      : QString();
    if (text.isEmpty()) {
        std::fputs("usage: postdesk_manual man|completion\n", stderr);
        return 2;
    }
    const bool isWritten
        = std::fputs(text.toUtf8().constData(), stdout) >= 0 && std::fflush(stdout) == 0;
    return isWritten ? EXIT_SUCCESS : EXIT_FAILURE;
}

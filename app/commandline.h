// SPDX-License-Identifier: MIT
#pragma once

#include "ui/common/theme.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace app {

/// What the user asked for on the command line.
struct Options
{
    enum class Access { ReadWrite, ReadOnly };
    /// What the window shows first.
    enum class Beginning {
        Database, ///< the given one, or the last
        NewPost, ///< the same, and a new post in it
        WelcomePage,
    };

    QString configFolder; ///< settings and data go there; empty: the user's own folders
    Access access = Access::ReadWrite;
    Beginning beginning = Beginning::Database;
    std::optional<ui::ThemeChoice> theme; ///< for this run; nothing: as in the settings
    QString screenshotFile; ///< paint the window into this file and end; empty: run
    QSize windowSize; ///< empty: as in the settings
    bool isTestMode = false; ///< one line of JSON on standard output after each settled change
    QString database; ///< a path or URL, not yet looked at; empty: the last one
    QString table; ///< of the database, to be shown in place of the posts; empty: the posts
};

/// The command line, understood or not. Needs no QApplication, so it works without a display.
struct CommandLine
{
    enum class Outcome {
        Run,
        Print, ///< text goes to standard output and the program ends with 0
        Refuse, ///< text goes to standard error and the program ends with 2
    };

    Outcome outcome = Outcome::Run;
    Options options;
    QString text;

    /// @param arguments with the program's name in front
    static CommandLine parse(const QStringList &arguments);
};

} // namespace app

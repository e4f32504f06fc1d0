// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <span>

namespace app {

enum class OptionId {
    ReadOnly,
    NewPost,
    NewWindow,
    Table,
    Theme,
    Size,
    Screenshot,
    ConfigFolder,
    TestMode,
    Help,
    Version,
};

/// One option of the command line, as data. Texts are for app::translatedOption().
struct OptionSpec
{
    /// What the value is, which the completion of a shell has to know.
    enum class Value { None, Choice, Name, Size, PictureFile, Folder };

    OptionId id;
    const char *letter; ///< "h", or nullptr
    const char *name; ///< "help"
    Value value;
    const char *valueName; ///< "THEME"; nullptr without a value
    const char *choices; ///< of Value::Choice, with blanks between, else nullptr
    const char *summary; ///< for --help, of one line
    const char *details; ///< further sentences for the manual, or nullptr
};

/// Every option, declared once, in the order of the help: parser, help, manual and completion read
/// this.
std::span<const OptionSpec> optionSpecs();

const OptionSpec &optionSpec(OptionId id);

/// "--theme THEME", "-h, --help".
QString optionUsage(const OptionSpec &option);

/// A text of an OptionSpec in the user's language.
QString translatedOption(const char *text);

/// What the name of a database's file may end in; any other name is taken, too.
QStringList databaseSuffixes();

/// What --help prints, lines of at most 80 characters.
QString helpText(const QString &program);

/// What --version prints.
QString versionText();

/// The completion for bash.
QString completionScript();

} // namespace app

// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QStringView>

namespace ui {

/// A part of a line of Markdown that isn't just text.
struct LineSpan
{
    enum class Kind {
        Mark, ///< stars, hashes, brackets
        Heading,
        Bold,
        Italic,
        StruckOut,
        Code,
        Link, ///< what is read of it
        Address, ///< of a link
        List, ///< bullet or number, with the box of a task
        Quote,
    };

    qsizetype begin = 0;
    qsizetype length = 0;
    Kind kind = Kind::Mark;

    bool operator==(const LineSpan &) const = default;
};

/// What a line has to know of those before it: 0 at the beginning of a text, else the fence of the code
/// that is open.
using LineState = int;

struct ReadLine
{
    QList<LineSpan> spans; ///< in the order they lie over each other
    LineState next = 0; ///< for the next line
};

/// Reads the line @p line for the eye: fast, and by the line, so that it can be done with each key.
ReadLine readLine(QStringView line, LineState before);
/// Only ReadLine::next.
LineState lineStateAfter(QStringView line, LineState before);

} // namespace ui

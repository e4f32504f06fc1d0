// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace ui {

/// A part of a Markdown text that can be read without the rest: a paragraph, a heading, a whole list, a
/// fenced piece of code.
struct BlockRange
{
    enum class Kind {
        Markdown,
        FrontMatter, ///< what stands between two lines of "---" at the beginning, for a site's generator
    };

    qsizetype begin = 0;
    qsizetype end = 0; ///< behind its last line, without the line end
    Kind kind = Kind::Markdown;

    bool operator==(const BlockRange &) const = default;
};

struct SplitText
{
    QList<BlockRange> blocks; ///< in order; blank lines between them belong to none
    QString
        linkDefinitions; ///< the lines "[name]: address" of all blocks; they hold for the whole text
};

/// Finds the blocks of @p text, whose lines end with LF or U+2029. Reads each line once.
SplitText splitBlocks(QStringView text);

} // namespace ui

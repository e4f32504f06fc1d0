// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace ui {

/// A piece of text of one look.
struct RichRun
{
    enum Style { Plain = 0, Bold = 1, Italic = 2, Code = 4, StruckOut = 8, Image = 16 };

    QString text;
    int styles = Plain; ///< of Style
    QString link = {}; ///< where it leads; empty if nowhere

    bool operator==(const RichRun &) const = default;
};

/// A cell of a table.
struct RichCell
{
    QList<RichRun> runs;
    Qt::Alignment alignment = Qt::AlignLeft;
    bool isHeader = false;
};

/// A paragraph as it is shown, or a table.
struct RichParagraph
{
    enum class Kind { Text, Heading, Code, Rule, Table };

    Kind kind = Kind::Text;
    int level = 0; ///< of a heading: 1 to 6
    int quotes = 0; ///< how many it stands in
    int lists = 0; ///< how many it stands in
    QString bullet = {}; ///< of an item's first paragraph: "•", "3.", "☐" or "☑"
    QList<RichRun> runs = {};
    QList<QList<RichCell>> rows = {}; ///< of a table
};

/// What a block of Markdown says.
struct RichBlock
{
    QList<RichParagraph> paragraphs;

    QString plainText() const; ///< paragraphs parted by LF, cells by tabs
};

/// Reads one block, as splitBlocks() finds them. Whatever is HTML is text like any other; an image is its
/// description, and nothing is loaded or run.
/// @param definitions lines "[name]: address" of the whole text
RichBlock readBlock(QStringView markdown, const QString &definitions = {});
/// A block that is not Markdown, as it stands.
RichBlock verbatimBlock(QStringView text);

} // namespace ui

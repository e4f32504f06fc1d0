// SPDX-License-Identifier: MIT
#pragma once

#include <QTextCursor>

/// What the keys of a Markdown text do: each is one step of the document's undo.
namespace ui::markdown {

/// Puts "**" around the selection or the word at the caret, or takes it away; blanks at its ends and the
/// marks of lists stay outside. Of several lines each gets its own.
void toggleBold(QTextCursor &cursor);
void toggleItalic(QTextCursor &cursor); ///< likewise, by "*"
/// Likewise, by "`"; several lines become a block between fences.
void toggleCode(QTextCursor &cursor);
/// No heading, "#", "##", "###", and none again, for all lines of the selection.
void cycleHeading(QTextCursor &cursor);
/// Makes a link of the selection or the word; of an address a link to it. The caret goes where something
/// is missing; in a link it selects the address.
/// @param address where it leads, if that is known
void insertLink(QTextCursor &cursor, const QString &address = {});

/// A new line that goes on with the list or quote of the line before: bullet, next number, box of a task.
/// In an empty item it ends the list instead. @returns false if there is neither; nothing was done
bool continueList(QTextCursor &cursor);
/// Moves the items of the selection a level in or out; a line that is none gets a tab.
void indent(QTextCursor &cursor);
void outdent(QTextCursor &cursor);

/// The address of the web that @p text is; empty if it is something else.
QString webAddress(const QString &text);

} // namespace ui::markdown

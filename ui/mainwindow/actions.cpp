// SPDX-License-Identifier: MIT
#include "ui/mainwindow/actions.h"

#include "ui/common/counting.h"
#include "ui/common/icon.h"

#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using Spec = ActionSpec;
using Context = ActionContext;
using Menu = ActionMenu;
using Need = ActionNeed;
using Std = ActionSpec::Standard;

constexpr auto noKey = QKeySequence::UnknownKey;

// Keys are portable: "Ctrl" is Command on a Mac. Mnemonics are unique in a menu (tst_actions).
constexpr Spec allActions[] = {
    {"file.open", QT_TRANSLATE_NOOP("ui::Actions", "&Open database…"), "open", "Ctrl+O",
     QKeySequence::Open, Std::All, Context::Window, Menu::File, 0, Need::Nothing,
     QT_TRANSLATE_NOOP("ui::Actions", "Choose a file with %2")},
    {"file.recent", QT_TRANSLATE_NOOP("ui::Actions", "Open rec&ent database…"), nullptr,
     "Ctrl+Shift+O", noKey, Std::None, Context::Window, Menu::File, 0, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "One that was open before, by a few letters")},
    {"file.newDb", QT_TRANSLATE_NOOP("ui::Actions", "&New database…"), "new-database",
     "Ctrl+Shift+N", noKey, Std::None, Context::Window, Menu::File, 0, Need::Nothing,
     QT_TRANSLATE_NOOP("ui::Actions", "Make a new file for %2")},
    {"file.close", QT_TRANSLATE_NOOP("ui::Actions", "&Close database"), "close", "Ctrl+W",
     QKeySequence::Close, Std::All, Context::Window, Menu::File, 0, Need::Database, nullptr},
    {"file.save", QT_TRANSLATE_NOOP("ui::Actions", "&Save changes"), "save", "Ctrl+S",
     QKeySequence::Save, Std::All, Context::Window, Menu::File, 1, Need::WritableDatabase,
     QT_TRANSLATE_NOOP("ui::Actions", "Write all changes to the database")},
    {"file.saveRest", QT_TRANSLATE_NOOP("ui::Actions", "Save &what can be saved"), nullptr, "",
     noKey, Std::None, Context::Window, Menu::File, 1, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "All changes but those with a conflict or a problem")},
    {"file.alwaysSaveRest", QT_TRANSLATE_NOOP("ui::Actions", "&Always save what can be saved"),
     nullptr, "", noKey, Std::None, Context::Window, Menu::File, 1, Need::WritableDatabase,
     QT_TRANSLATE_NOOP("ui::Actions", "Else a save writes everything or nothing")},
    {"file.saveCopy", QT_TRANSLATE_NOOP("ui::Actions", "Sa&ve a copy as…"), nullptr, "Ctrl+Shift+S",
     QKeySequence::SaveAs, Std::All, Context::Window, Menu::File, 1, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "The whole database, as it is saved, in another file")},
    {"file.review", QT_TRANSLATE_NOOP("ui::Actions", "&Review changes"), nullptr, "Ctrl+Shift+R",
     noKey, Std::None, Context::Window, Menu::File, 1, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "What a save would write, word by word and as SQL")},
    {"file.discardAll", QT_TRANSLATE_NOOP("ui::Actions", "&Discard all changes"), nullptr,
     "Ctrl+Shift+F5", noKey, Std::None, Context::Window, Menu::File, 1, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "Everything is as it is saved; Ctrl+Z brings it back")},
    {"file.prefs", QT_TRANSLATE_NOOP("ui::Actions", "Se&ttings…"), nullptr, "Ctrl+,",
     QKeySequence::Preferences, Std::All, Context::Window, Menu::File, 2, Need::Nothing,
     QT_TRANSLATE_NOOP("ui::Actions", "Size of the text, keys of the list")},
    {"file.quit", QT_TRANSLATE_NOOP("ui::Actions", "&Quit"), "quit", "Ctrl+Q", QKeySequence::Quit,
     Std::All, Context::Window, Menu::File, 2, Need::Nothing, nullptr},

    {"edit.undo", QT_TRANSLATE_NOOP("ui::Actions", "&Undo"), "undo", "Ctrl+Z", QKeySequence::Undo,
     Std::All, Context::WindowByFocus, Menu::Edit, 0, Need::Own, nullptr},
    {"edit.redo", QT_TRANSLATE_NOOP("ui::Actions", "&Redo"), "redo", "Ctrl+Shift+Z Ctrl+Y",
     QKeySequence::Redo, Std::All, Context::WindowByFocus, Menu::Edit, 0, Need::Own, nullptr},
    {"edit.cut", QT_TRANSLATE_NOOP("ui::Actions", "Cu&t"), "cut", "Ctrl+X", QKeySequence::Cut,
     Std::All, Context::WindowByFocus, Menu::Edit, 1, Need::Own, nullptr},
    {"edit.copy", QT_TRANSLATE_NOOP("ui::Actions", "&Copy"), "copy", "Ctrl+C", QKeySequence::Copy,
     Std::All, Context::WindowByFocus, Menu::Edit, 1, Need::Own, nullptr},
    {"edit.copyAs", QT_TRANSLATE_NOOP("ui::Actions", "Copy a&s…"), nullptr, "Ctrl+Shift+C", noKey,
     Std::None, Context::List, Menu::Edit, 1, Need::CurrentRow,
     QT_TRANSLATE_NOOP("ui::Actions", "The selected %2 as Markdown, CSV, JSON, SQL or HTML")},
    {"edit.paste", QT_TRANSLATE_NOOP("ui::Actions", "&Paste"), "paste", "Ctrl+V",
     QKeySequence::Paste, Std::All, Context::WindowByFocus, Menu::Edit, 1, Need::Own, nullptr},
    {"text.pastePlain", QT_TRANSLATE_NOOP("ui::Actions", "Paste as plain te&xt"), nullptr,
     "Ctrl+Shift+V", noKey, Std::None, Context::Body, Menu::Edit, 1, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions",
                       "As it stands; otherwise what is copied from pages becomes "
                       "Markdown")},
    {"edit.selectAll", QT_TRANSLATE_NOOP("ui::Actions", "Select &all"), nullptr, "Ctrl+A",
     QKeySequence::SelectAll, Std::All, Context::WindowByFocus, Menu::Edit, 2, Need::Own, nullptr},
    {"edit.deselect", QT_TRANSLATE_NOOP("ui::Actions", "Select &only the current row"), nullptr,
     "Ctrl+Shift+A", QKeySequence::Deselect, Std::All, Context::List, Menu::Edit, 2,
     Need::CurrentRow, nullptr},
    {"edit.setNull", QT_TRANSLATE_NOOP("ui::Actions", "Make the field &empty (NULL)"), nullptr, "",
     noKey, Std::None, Context::WindowByFocus, Menu::Edit, 3, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "No value at all, which is not the same as no text")},
    {"edit.find", QT_TRANSLATE_NOOP("ui::Actions", "&Find"), "search", "Ctrl+F", QKeySequence::Find,
     Std::All, Context::WindowByFocus, Menu::Edit, 4, Need::Database, nullptr},
    {"edit.findNext", QT_TRANSLATE_NOOP("ui::Actions", "Find &next"), nullptr, "F3",
     QKeySequence::FindNext, Std::All, Context::WindowByFocus, Menu::Edit, 4, Need::Database,
     QT_TRANSLATE_NOOP("ui::Actions", "The next hit in the text, or in the list")},
    {"edit.findPrev", QT_TRANSLATE_NOOP("ui::Actions", "Find pre&vious"), nullptr, "Shift+F3",
     QKeySequence::FindPrevious, Std::All, Context::WindowByFocus, Menu::Edit, 4, Need::Database,
     nullptr},
    {"edit.replace", QT_TRANSLATE_NOOP("ui::Actions", "Rep&lace"), nullptr, "Ctrl+H",
     QKeySequence::Replace, Std::All, Context::WindowByFocus, Menu::Edit, 4, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions",
                       "In the text of this %1; from the list, in all that are shown")},
    {"edit.replacePosts", QT_TRANSLATE_NOOP("ui::Actions", "Replace &in %2…"), nullptr,
     "Ctrl+Shift+H", noKey, Std::None, Context::Window, Menu::Edit, 4, Need::EditableRow,
     QT_TRANSLATE_NOOP("ui::Actions", "In those that are shown or selected, each hit seen first")},
    {"edit.searchPosts", QT_TRANSLATE_NOOP("ui::Actions", "Searc&h all %2"), nullptr,
     "Ctrl+Shift+F", noKey, Std::None, Context::Window, Menu::Edit, 4, Need::Database,
     QT_TRANSLATE_NOOP("ui::Actions", "Words that must be in them; Alt+Down there shows more")},
    {"edit.goTo", QT_TRANSLATE_NOOP("ui::Actions", "&Go to %1…"), nullptr, "Ctrl+L", noKey,
     Std::None, Context::Window, Menu::Edit, 4, Need::Database,
     QT_TRANSLATE_NOOP("ui::Actions", "By number, row, day or title")},

    {"view.refresh", QT_TRANSLATE_NOOP("ui::Actions", "&Refresh"), "refresh", "F5",
     QKeySequence::Refresh, Std::All, Context::Window, Menu::View, 0, Need::Database,
     QT_TRANSLATE_NOOP("ui::Actions", "Read again; changes that are not saved stay")},
    {"view.palette", QT_TRANSLATE_NOOP("ui::Actions", "Command &palette…"), "palette",
     "Ctrl+Shift+P", noKey, Std::None, Context::Window, Menu::View, 0, Need::Nothing,
     QT_TRANSLATE_NOOP("ui::Actions", "Any command by a few of its letters")},
    {"view.paneNext", QT_TRANSLATE_NOOP("ui::Actions", "Ne&xt pane"), nullptr, "F6", noKey,
     Std::None, Context::Window, Menu::View, 1, Need::Nothing, nullptr},
    {"view.panePrev", QT_TRANSLATE_NOOP("ui::Actions", "Pre&vious pane"), nullptr, "Shift+F6",
     noKey, Std::None, Context::Window, Menu::View, 1, Need::Nothing, nullptr},
    {"view.focusList", QT_TRANSLATE_NOOP("ui::Actions", "Go to the &list"), nullptr, "Ctrl+1",
     noKey, Std::None, Context::Window, Menu::View, 2, Need::Database, nullptr},
    {"view.focusTitle", QT_TRANSLATE_NOOP("ui::Actions", "Go to the &title"), nullptr, "Ctrl+2",
     noKey, Std::None, Context::Window, Menu::View, 2, Need::CurrentRow, nullptr},
    {"view.focusBody", QT_TRANSLATE_NOOP("ui::Actions", "Go to the bod&y"), nullptr, "Ctrl+3",
     noKey, Std::None, Context::Window, Menu::View, 2, Need::CurrentRow, nullptr},
    {"view.focusPreview", QT_TRANSLATE_NOOP("ui::Actions", "Go to t&he preview"), nullptr, "Ctrl+4",
     noKey, Std::None, Context::Window, Menu::View, 2, Need::CurrentRow, nullptr},
    {"view.columns", QT_TRANSLATE_NOOP("ui::Actions", "&Columns and sort…"), nullptr, "F4", noKey,
     Std::None, Context::Window, Menu::View, 3, Need::Database,
     QT_TRANSLATE_NOOP("ui::Actions", "Show, hide, move, size, freeze and sort columns")},
    {"view.layout", QT_TRANSLATE_NOOP("ui::Actions", "Layo&ut: beside, below, list only"), nullptr,
     "Shift+F9", noKey, Std::None, Context::Window, Menu::View, 3, Need::Database,
     QT_TRANSLATE_NOOP("ui::Actions", "Where the editor stands; kept for this database")},
    {"view.preview", QT_TRANSLATE_NOOP("ui::Actions", "&Markdown preview"), "preview", "F9", noKey,
     Std::None, Context::Window, Menu::View, 3, Need::Database,
     QT_TRANSLATE_NOOP("ui::Actions",
                       "As it will be read; it loads nothing. Kept for this "
                       "database")},
    {"view.focusMode", QT_TRANSLATE_NOOP("ui::Actions", "Writ&ing focus"), nullptr, "Shift+F11",
     noKey, Std::None, Context::Window, Menu::View, 3, Need::CurrentRow,
     QT_TRANSLATE_NOOP("ui::Actions", "Only the text, on the whole screen; Esc comes back")},
    {"view.fullScreen", QT_TRANSLATE_NOOP("ui::Actions", "&Full screen"), nullptr, "F11",
     QKeySequence::FullScreen, Std::First, Context::Window, Menu::View, 3, Need::Nothing, nullptr},
    {"view.zoomIn", QT_TRANSLATE_NOOP("ui::Actions", "Lar&ger text"), nullptr, "Ctrl++ Ctrl+=",
     QKeySequence::ZoomIn, Std::All, Context::Window, Menu::View, 4, Need::Nothing, nullptr},
    {"view.zoomOut", QT_TRANSLATE_NOOP("ui::Actions", "&Smaller text"), nullptr, "Ctrl+-",
     QKeySequence::ZoomOut, Std::All, Context::Window, Menu::View, 4, Need::Nothing, nullptr},
    {"view.zoomReset", QT_TRANSLATE_NOOP("ui::Actions", "&Normal text size"), nullptr, "Ctrl+0",
     noKey, Std::None, Context::Window, Menu::View, 4, Need::Nothing, nullptr},
    {"view.theme.system", QT_TRANSLATE_NOOP("ui::Actions", "Theme of the &desktop"), nullptr, "",
     noKey, Std::None, Context::Window, Menu::Theme, 0, Need::Nothing,
     QT_TRANSLATE_NOOP("ui::Actions", "Light or dark as the desktop is, and as rich in contrast")},
    {"view.theme.light", QT_TRANSLATE_NOOP("ui::Actions", "&Light theme"), nullptr, "", noKey,
     Std::None, Context::Window, Menu::Theme, 0, Need::Nothing, nullptr},
    {"view.theme.dark", QT_TRANSLATE_NOOP("ui::Actions", "D&ark theme"), nullptr, "", noKey,
     Std::None, Context::Window, Menu::Theme, 0, Need::Nothing, nullptr},
    {"view.theme.high-contrast", QT_TRANSLATE_NOOP("ui::Actions", "&High contrast theme"), nullptr,
     "", noKey, Std::None, Context::Window, Menu::Theme, 0, Need::Nothing,
     QT_TRANSLATE_NOOP("ui::Actions", "White on black, with lines around all that can be pressed")},
    {"view.back", QT_TRANSLATE_NOOP("ui::Actions", "&Back"), nullptr, "Alt+Left",
     QKeySequence::Back, Std::First, Context::Window, Menu::View, 5, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "To the %1 visited before")},
    {"view.forward", QT_TRANSLATE_NOOP("ui::Actions", "For&ward"), nullptr, "Alt+Right",
     QKeySequence::Forward, Std::First, Context::Window, Menu::View, 5, Need::Own, nullptr},

    {"post.new", QT_TRANSLATE_NOOP("ui::Actions", "&New %1"), "new", "Ctrl+N", QKeySequence::New,
     Std::All, Context::Window, Menu::Record, 0, Need::WritableDatabase, nullptr},
    {"post.newIns", QT_TRANSLATE_NOOP("ui::Actions", "New %1 above the l&ist"), nullptr, "Ins",
     noKey, Std::None, Context::List, Menu::Record, 0, Need::WritableDatabase, nullptr},
    {"post.duplicate", QT_TRANSLATE_NOOP("ui::Actions", "&Duplicate"), "duplicate", "Ctrl+D", noKey,
     Std::None, Context::List, Menu::Record, 0, Need::EditableRow, nullptr},
    {"post.open", QT_TRANSLATE_NOOP("ui::Actions", "&Open in the editor"), nullptr, "Return Enter",
     noKey, Std::None, Context::List, Menu::Record, 1, Need::CurrentRow, nullptr},
    {"post.peek", QT_TRANSLATE_NOOP("ui::Actions", "Quic&k look"), nullptr, "Space", noKey,
     Std::None, Context::List, Menu::Record, 1, Need::CurrentRow,
     QT_TRANSLATE_NOOP("ui::Actions", "Read it without opening it")},
    {"post.details", QT_TRANSLATE_NOOP("ui::Actions", "Det&ails of the %1"), nullptr, "Alt+Return",
     noKey, Std::None, Context::List, Menu::Record, 1, Need::CurrentRow,
     QT_TRANSLATE_NOOP("ui::Actions", "What is stored, and how")},
    {"post.editCell", QT_TRANSLATE_NOOP("ui::Actions", "&Edit in the list"), nullptr, "F2", noKey,
     Std::None, Context::List, Menu::Record, 1, Need::EditableRow, nullptr},
    {"post.editMany", QT_TRANSLATE_NOOP("ui::Actions", "Edit &many together…"), nullptr, "Ctrl+E",
     noKey, Std::None, Context::List, Menu::Record, 1, Need::EditableRow,
     QT_TRANSLATE_NOOP("ui::Actions", "The same change to all of the selected %2")},
    {"post.delete", QT_TRANSLATE_NOOP("ui::Actions", "De&lete selected"), "delete", "Del",
     QKeySequence::Delete, Std::First, Context::List, Menu::Record, 2, Need::EditableRow,
     QT_TRANSLATE_NOOP("ui::Actions", "Mark for deletion; they go when you save")},
    {"post.next", QT_TRANSLATE_NOOP("ui::Actions", "Ne&xt %1"), nullptr, "Alt+PgDown", noKey,
     Std::None, Context::Window, Menu::Record, 3, Need::CurrentRow, nullptr},
    {"post.prev", QT_TRANSLATE_NOOP("ui::Actions", "Pre&vious %1"), nullptr, "Alt+PgUp", noKey,
     Std::None, Context::Window, Menu::Record, 3, Need::CurrentRow, nullptr},
    {"post.nextPending", QT_TRANSLATE_NOOP("ui::Actions", "Next &changed %1"), nullptr, "F8", noKey,
     Std::None, Context::Window, Menu::Record, 3, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "The next one that can't be saved, or else is changed")},
    {"post.prevPending", QT_TRANSLATE_NOOP("ui::Actions", "Previous chan&ged %1"), nullptr,
     "Shift+F8", noKey, Std::None, Context::Window, Menu::Record, 3, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "The one before that can't be saved, or else is changed")},
    {"post.saveBack", QT_TRANSLATE_NOOP("ui::Actions", "&Save this %1 and go back"), nullptr,
     "Ctrl+Return Ctrl+Enter", noKey, Std::None, Context::Editor, Menu::Record, 4,
     Need::EditableRow, QT_TRANSLATE_NOOP("ui::Actions", "Only this %1; other changes stay")},
    {"post.history", QT_TRANSLATE_NOOP("ui::Actions", "&History and compare"), nullptr, "F12",
     noKey, Std::None, Context::Window, Menu::Record, 4, Need::EditableRow,
     QT_TRANSLATE_NOOP("ui::Actions", "Earlier versions of this %1, to compare or bring back")},
    {"post.trash", QT_TRANSLATE_NOOP("ui::Actions", "Dele&ted %2"), nullptr, "", noKey, Std::None,
     Context::Window, Menu::Record, 4, Need::WritableDatabase,
     QT_TRANSLATE_NOOP("ui::Actions", "Those of the last 30 days, to bring back")},
    {"post.revert", QT_TRANSLATE_NOOP("ui::Actions", "&Revert to saved"), nullptr, "Ctrl+F5", noKey,
     Std::None, Context::Window, Menu::Record, 4, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "The selected %2 are as they are saved")},

    {"text.bold", QT_TRANSLATE_NOOP("ui::Actions", "&Bold"), nullptr, "Ctrl+B", QKeySequence::Bold,
     Std::All, Context::Body, Menu::Text, 0, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "The selection or the word, on and off")},
    {"text.italic", QT_TRANSLATE_NOOP("ui::Actions", "&Italic"), nullptr, "Ctrl+I",
     QKeySequence::Italic, Std::All, Context::Body, Menu::Text, 0, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "The selection or the word, on and off")},
    {"text.code", QT_TRANSLATE_NOOP("ui::Actions", "&Code"), nullptr, "Ctrl+Shift+M", noKey,
     Std::None, Context::Body, Menu::Text, 0, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "The selection or the word; several lines as a block")},
    {"text.link", QT_TRANSLATE_NOOP("ui::Actions", "&Link…"), nullptr, "Ctrl+K", noKey, Std::None,
     Context::Body, Menu::Text, 0, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "To the address in the clipboard, if there is one")},
    {"text.heading", QT_TRANSLATE_NOOP("ui::Actions", "&Heading"), nullptr, "Ctrl+T", noKey,
     Std::None, Context::Body, Menu::Text, 0, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "Another level with each key, and back to none")},

    {"filter.column", QT_TRANSLATE_NOOP("ui::Actions", "&Filter this column…"), nullptr,
     "Ctrl+Shift+L", noKey, Std::None, Context::Window, Menu::Filter, 0, Need::CurrentRow,
     QT_TRANSLATE_NOOP("ui::Actions", "Only rows with a certain value in the current column")},
    {"filter.view0", QT_TRANSLATE_NOOP("ui::Actions", "View: &all %2"), nullptr, "Alt+0", noKey,
     Std::None, Context::Window, Menu::Filter, 1, Need::Database,
     QT_TRANSLATE_NOOP("ui::Actions", "No search, and the order from before the saved view")},
    {"filter.view1", QT_TRANSLATE_NOOP("ui::Actions", "Saved view &1"), nullptr, "Alt+1", noKey,
     Std::None, Context::Window, Menu::Filter, 1, Need::Own, nullptr},
    {"filter.view2", QT_TRANSLATE_NOOP("ui::Actions", "Saved view &2"), nullptr, "Alt+2", noKey,
     Std::None, Context::Window, Menu::Filter, 1, Need::Own, nullptr},
    {"filter.view3", QT_TRANSLATE_NOOP("ui::Actions", "Saved view &3"), nullptr, "Alt+3", noKey,
     Std::None, Context::Window, Menu::Filter, 1, Need::Own, nullptr},
    {"filter.view4", QT_TRANSLATE_NOOP("ui::Actions", "Saved view &4"), nullptr, "Alt+4", noKey,
     Std::None, Context::Window, Menu::Filter, 1, Need::Own, nullptr},
    {"filter.view5", QT_TRANSLATE_NOOP("ui::Actions", "Saved view &5"), nullptr, "Alt+5", noKey,
     Std::None, Context::Window, Menu::Filter, 1, Need::Own, nullptr},
    {"filter.view6", QT_TRANSLATE_NOOP("ui::Actions", "Saved view &6"), nullptr, "Alt+6", noKey,
     Std::None, Context::Window, Menu::Filter, 1, Need::Own, nullptr},
    {"filter.view7", QT_TRANSLATE_NOOP("ui::Actions", "Saved view &7"), nullptr, "Alt+7", noKey,
     Std::None, Context::Window, Menu::Filter, 1, Need::Own, nullptr},
    {"filter.view8", QT_TRANSLATE_NOOP("ui::Actions", "Saved view &8"), nullptr, "Alt+8", noKey,
     Std::None, Context::Window, Menu::Filter, 1, Need::Own, nullptr},
    {"filter.view9", QT_TRANSLATE_NOOP("ui::Actions", "Saved view &9"), nullptr, "Alt+9", noKey,
     Std::None, Context::Window, Menu::Filter, 1, Need::Own, nullptr},
    {"filter.saveView", QT_TRANSLATE_NOOP("ui::Actions", "&Save this view…"), nullptr, "", noKey,
     Std::None, Context::Window, Menu::Filter, 2, Need::Database,
     QT_TRANSLATE_NOOP("ui::Actions",
                       "Its order, search and columns, under a name and a key; or delete one")},

    {"tools.cancel", QT_TRANSLATE_NOOP("ui::Actions", "&Cancel what is running"), nullptr,
     "Shift+Esc", noKey, Std::None, Context::Window, Menu::Tools, 0, Need::Own, nullptr},
    {"tools.searchIndex", QT_TRANSLATE_NOOP("ui::Actions", "Make search &instant…"), nullptr, "",
     noKey, Std::None, Context::Window, Menu::Tools, 1, Need::WritableDatabase,
     QT_TRANSLATE_NOOP("ui::Actions",
                       "An index in the database: what it costs, and how to remove it")},
    {"tools.orderIndex", QT_TRANSLATE_NOOP("ui::Actions", "Make this &order instant…"), nullptr, "",
     noKey, Std::None, Context::Window, Menu::Tools, 1, Need::WritableDatabase,
     QT_TRANSLATE_NOOP("ui::Actions",
                       "An index for the order of the list: what it costs, and how to "
                       "remove it")},
    {"tools.spellNext", QT_TRANSLATE_NOOP("ui::Actions", "&Next misspelling"), nullptr, "F7", noKey,
     Std::None, Context::Body, Menu::Tools, 2, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "And what it may be meant to be")},
    {"tools.spellPrev", QT_TRANSLATE_NOOP("ui::Actions", "&Previous misspelling"), nullptr,
     "Shift+F7", noKey, Std::None, Context::Body, Menu::Tools, 2, Need::Own, nullptr},
    {"tools.suggest", QT_TRANSLATE_NOOP("ui::Actions", "&Suggestions for this word"), nullptr,
     "Alt+Return", noKey, Std::None, Context::Body, Menu::Tools, 2, Need::Own, nullptr},
    {"tools.spellLanguage", QT_TRANSLATE_NOOP("ui::Actions", "Language of the &dictionary…"),
     nullptr, "", noKey, Std::None, Context::Window, Menu::Tools, 2, Need::Database,
     QT_TRANSLATE_NOOP("ui::Actions", "In which the spelling is checked, or not at all")},
    {"tools.tabMode", QT_TRANSLATE_NOOP("ui::Actions", "&Tab key: moves on or indents"), nullptr,
     "Ctrl+M", noKey, Std::None, Context::Body, Menu::Tools, 3, Need::Own,
     QT_TRANSLATE_NOOP("ui::Actions", "Indents items of lists, or goes to the next field")},

    {"help.contents", QT_TRANSLATE_NOOP("ui::Actions", "&Help for this place"), "help", "F1",
     QKeySequence::HelpContents, Std::All, Context::Window, Menu::Help, 0, Need::Nothing,
     QT_TRANSLATE_NOOP("ui::Actions", "The manual about this place, and the keys that work here")},
    {"help.whatsThis", QT_TRANSLATE_NOOP("ui::Actions", "&What's this?"), nullptr, "Shift+F1",
     QKeySequence::WhatsThis, Std::All, Context::Window, Menu::Help, 0, Need::Nothing,
     QT_TRANSLATE_NOOP("ui::Actions", "About the place where you are")},
    {"help.keys", QT_TRANSLATE_NOOP("ui::Actions", "&Keyboard map…"), nullptr, "Ctrl+Shift+K",
     noKey, Std::None, Context::Window, Menu::Help, 1, Need::Nothing,
     QT_TRANSLATE_NOOP("ui::Actions", "Find and change keys")},

    // Goes back one step of where the user is; the window knows the order.
    {"app.escape", QT_TRANSLATE_NOOP("ui::Actions", "Back to the list"), nullptr, "Esc",
     QKeySequence::Cancel, Std::All, Context::WindowByFocus, Menu::None, 0, Need::Nothing, nullptr},
};

QList<QKeySequence> ownKeys(const Spec &spec)
{
    QList<QKeySequence> keys;
    for (const QString &key : QString::fromLatin1(spec.keys).split(u' ', Qt::SkipEmptyParts))
        keys << QKeySequence::fromString(key, QKeySequence::PortableText);
    return keys;
}

bool isClaimedByAnother(const QKeySequence &key, const Spec &spec)
{
    return std::ranges::any_of(allActions, [&](const Spec &other) {
        return &other != &spec && ownKeys(other).contains(key);
    });
}

/// The letter behind "&" in @p title, in lower case; none if it has none.
QString mnemonic(const QString &title)
{
    const qsizetype mark = title.indexOf(u'&');
    return mark < 0 ? QString() : title.mid(mark + 1, 1).toLower();
}

/// "Post" with the mnemonic on its first letter that is not in @p taken, those of the other menus.
QString recordMenuTitle(const QString &singular, const QString &taken)
{
    QString title = capitalized(singular);
    for (qsizetype i = 0; i < title.size(); ++i) {
        if (title.at(i).isLetter() && !taken.contains(title.at(i), Qt::CaseInsensitive))
            return title.insert(i, u'&');
    }
    return title;
}

} // namespace

std::span<const ActionSpec> Actions::specs()
{
    return allActions;
}

QList<QKeySequence> Actions::keys(const ActionSpec &spec, const Bindings &platform)
{
    QList<QKeySequence> keys = ownKeys(spec);
    if (spec.standard == Std::None)
        return keys;
    QList<QKeySequence> bindings = platform(spec.standardKey);
    if (spec.standard == Std::First)
        bindings = bindings.mid(0, 1);
    for (const QKeySequence &binding : std::as_const(bindings)) {
        if (!keys.contains(binding) && !isClaimedByAnother(binding, spec))
            keys << binding;
    }
    return keys;
}

Actions::Actions(const orm::Table &table, QObject *parent)
    : QObject(parent)
    , m_singular(table.singular)
    , m_plural(table.plural)
    , m_themes(new QActionGroup(this))
{
    for (const Spec &spec : allActions) {
        auto *action = new QAction(text(spec), this);
        action->setObjectName(QLatin1StringView(spec.id));
        if (spec.icon)
            action->setIcon(icon(QString::fromLatin1(spec.icon)));
        action->setShortcuts(keys(spec, &QKeySequence::keyBindings));
        // List: not WidgetWithChildrenShortcut, else Return, Ctrl+D and Ins are taken away from the
        // cell editor. The others are told apart by the focus when they are triggered.
        action->setShortcutContext(spec.context == Context::List ? Qt::WidgetShortcut
                                       : spec.context == Context::Editor
                                           || spec.context == Context::Body
                                       ? Qt::WidgetWithChildrenShortcut
                                       : Qt::WindowShortcut);
        action->setMenuRole(qstrcmp(spec.id, "file.quit") == 0 ? QAction::QuitRole
                                                               : QAction::NoRole);
        if (spec.menu == Menu::Theme) {
            action->setCheckable(true);
            m_themes->addAction(action); // one of them is checked
        }
        m_actions.insert(QLatin1StringView(spec.id), action);
        setReason(spec, {});
    }
    for (const orm::Column &column : table.columns) {
        auto *action = new QAction(tr("Sort by %1").arg(inSentence(column.text())), this);
        action->setObjectName(u"view.sort.%1"_s.arg(column.name));
        action->setData(column.name);
        action->setMenuRole(QAction::NoRole);
        m_sortActions << action;
    }
}

QAction *Actions::action(QLatin1StringView id) const
{
    QAction *action = m_actions.value(id);
    Q_ASSERT_X(action, "ui::Actions", id.data());
    return action;
}

QList<QAction *> Actions::inContext(ActionContext context) const
{
    QList<QAction *> actions;
    for (const Spec &spec : allActions) {
        if (spec.context == context)
            actions << action(QLatin1StringView(spec.id));
    }
    return actions;
}

QString Actions::text(const ActionSpec &spec) const
{
    QString text = tr(spec.text);
    text.replace(u"%1"_s, m_singular).replace(u"%2"_s, m_plural);
    return text;
}

QString Actions::plain(QString text)
{
    text.replace(u"&&"_s, u"\n"_s).remove(u'&').replace(u'\n', u'&');
    if (text.endsWith(u'…'))
        text.chop(1);
    return text;
}

void Actions::setKeys(QLatin1StringView id, const QList<QKeySequence> &keys)
{
    action(id)->setShortcuts(keys);
}

void Actions::setText(QLatin1StringView id, const QString &text)
{
    for (const Spec &spec : allActions) {
        if (id == QLatin1StringView(spec.id))
            action(QLatin1StringView(spec.id))->setText(text.isEmpty() ? this->text(spec) : text);
    }
}

QString Actions::reasonWhyNot(const QAction &action)
{
    return action.isEnabled() ? QString() : action.toolTip();
}

void Actions::fill(QMenuBar &menuBar) const
{
    QHash<Menu, QMenu *> menus;
    std::pair<Menu, QString> titles[] = {
        {Menu::File, tr("&File")},  {Menu::Edit, tr("&Edit")},     {Menu::View, tr("&View")},
        {Menu::Record, m_singular}, {Menu::Filter, tr("Fi&lter")}, {Menu::Tools, tr("&Tools")},
        {Menu::Help, tr("&Help")},
    };
    QString taken;
    for (const auto &[place, title] : titles)
        taken += mnemonic(title);
    for (auto &[place, title] : titles) {
        if (place == Menu::Record)
            title = recordMenuTitle(m_singular, taken);
    }
    for (const auto &[place, title] : titles) {
        const auto isHere = [place = place](const Spec &spec) { return spec.menu == place; };
        if (std::ranges::none_of(allActions, isHere))
            continue; // nothing is shown that leads nowhere
        QMenu *menu = menuBar.addMenu(title);
        menu->setToolTipsVisible(true);
        int group = 0;
        for (const Spec &spec : allActions) {
            if (!isHere(spec))
                continue;
            if (spec.group != group && !menu->isEmpty())
                menu->addSeparator();
            group = spec.group;
            menu->addAction(action(QLatin1StringView(spec.id)));
        }
        if (place == Menu::Record) {
            menu->addSeparator();
            QMenu *text = menu->addMenu(tr("&Formatting"));
            text->setToolTipsVisible(true);
            for (const Spec &spec : allActions) {
                if (spec.menu == Menu::Text)
                    text->addAction(action(QLatin1StringView(spec.id)));
            }
        }
        if (place == Menu::View) {
            menu->addSeparator();
            menu->addMenu(tr("S&ort"))->addActions(m_sortActions);
            menu->addMenu(tr("Them&e"))->addActions(m_themes->actions());
        }
    }
}

void Actions::setAvailable(ActionNeed need, const QString &reasonWhyNot)
{
    for (const Spec &spec : allActions) {
        if (spec.need == need)
            setReason(spec, reasonWhyNot);
    }
    if (need == ActionNeed::Database) {
        for (QAction *action : std::as_const(m_sortActions)) {
            action->setEnabled(reasonWhyNot.isEmpty());
            action->setToolTip(reasonWhyNot.isEmpty() ? action->text() : reasonWhyNot);
        }
    }
}

void Actions::setAvailable(QLatin1StringView id, const QString &reasonWhyNot)
{
    for (const Spec &spec : allActions) {
        if (id == QLatin1StringView(spec.id))
            setReason(spec, reasonWhyNot);
    }
}

void Actions::setReason(const ActionSpec &spec, const QString &reason)
{
    QAction *action = m_actions.value(QLatin1StringView(spec.id));
    action->setEnabled(reason.isEmpty());
    QString note = spec.note ? tr(spec.note) : text(spec).remove(u'&');
    note.replace(u"%1"_s, m_singular).replace(u"%2"_s, m_plural);
    action->setToolTip(reason.isEmpty() ? note : reason);
    action->setStatusTip({});
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/mainwindow/actionstates.h"

#include "ui/changes/editbuffer.h"
#include "ui/editor/recordeditorform.h"
#include "ui/editor/storedtextedit.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/editcontroller.h"
#include "ui/mainwindow/gotocontroller.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/transfer/pastedrows.h"

#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>

namespace ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ui::ActionStates)
};

bool isText(const QWidget *widget)
{
    return qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QPlainTextEdit *>(widget);
}

/// @p reason, unless it doesn't hold.
QString unless(bool isAvailable, const QString &reason)
{
    return isAvailable ? QString() : reason;
}

} // namespace

void updateActionStates(Actions &actions, const orm::Table &table, const Situation &situation)
{
    const bool isOpen = situation.workspace;
    const bool hasRow = isOpen && !situation.pane->currentKey().isNull();
    const QString open = unless(isOpen, Text::tr("No database is open"));
    const QString writable = unless(isOpen && !situation.workspace->isReadOnly(),
                                    Text::tr("This database can only be read"));
    const QString row = unless(hasRow, Text::tr("There is no %1 here").arg(table.singular));
    const auto first = [](const QStringList &reasons) {
        for (const QString &reason : reasons) {
            if (!reason.isEmpty())
                return reason;
        }
        return QString();
    };
    actions.setAvailable(ActionNeed::Database, open);
    actions.setAvailable(ActionNeed::WritableDatabase, first({open, writable}));
    actions.setAvailable(ActionNeed::CurrentRow, first({open, row}));
    actions.setAvailable(ActionNeed::EditableRow, first({open, writable, row}));
    if (!isOpen) { // else they say what is kept under their keys
        for (const ActionSpec &spec : Actions::specs()) {
            if (spec.menu == ActionMenu::Filter && spec.need == ActionNeed::Own)
                actions.setAvailable(QLatin1StringView(spec.id), open);
        }
    }
    const bool isFile = isOpen && situation.workspace->url().isSqlite();
    actions.setAvailable(QLatin1StringView("file.saveCopy"),
                         first({open, unless(isFile, Text::tr("Only files can be copied"))}));
    updateFocusActionStates(actions, situation);
}

void updateFocusActionStates(Actions &actions, const Situation &situation)
{
    const bool isOpen = situation.workspace;
    const bool isWritable = isOpen && !situation.workspace->isReadOnly();
    const bool hasRow = isOpen && !situation.pane->currentKey().isNull();
    const bool inText = isOpen && isText(situation.focus);

    const QString undo = isOpen ? situation.edit->undoText(situation.focus) : QString();
    const QString redo = isOpen ? situation.edit->redoText(situation.focus) : QString();
    actions.action(QLatin1StringView("edit.undo"))
        ->setText(undo.isEmpty() ? Text::tr("&Undo") : undo);
    actions.action(QLatin1StringView("edit.redo"))
        ->setText(redo.isEmpty() ? Text::tr("&Redo") : redo);
    const auto set = [&actions](const char *id, bool isAvailable, const QString &reason) {
        actions.setAvailable(QLatin1StringView(id), unless(isAvailable, reason));
    };
    set("edit.undo", !undo.isEmpty(), Text::tr("There is nothing to undo"));
    set("edit.redo", !redo.isEmpty(), Text::tr("There is nothing to redo"));
    set("edit.replace", isWritable && hasRow, Text::tr("There is nothing to replace in"));
    set("edit.cut", inText, Text::tr("First go into a text"));
    const QMimeData *clipboard = isOpen ? QApplication::clipboard()->mimeData() : nullptr;
    set("edit.paste", inText || (isWritable && clipboard && pastedrows::canTake(*clipboard)),
        isWritable ? Text::tr("The clipboard is empty") : Text::tr("First go into a text"));
    set("edit.copy", inText || hasRow, Text::tr("There is nothing to copy"));
    set("edit.selectAll", inText || hasRow, Text::tr("There is nothing to select"));
    const bool hasChanges = isOpen && situation.workspace->edits().changeCount() > 0;
    const QString saved = Text::tr("Everything is saved");
    set("file.saveRest", hasChanges && isWritable, saved);
    set("file.review", hasChanges, saved);
    set("file.discardAll", hasChanges, saved);
    set("post.nextPending", hasChanges, saved);
    set("post.prevPending", hasChanges, saved);
    set("post.revert", isOpen && situation.edit->canRevertSelected(),
        Text::tr("Nothing is changed here"));
    set("view.back", situation.goTo && situation.goTo->canGoBack(),
        Text::tr("There is nothing to go back to"));
    set("view.forward", situation.goTo && situation.goTo->canGoForward(),
        Text::tr("There is nothing to go forward to"));
    const StoredTextEdit *body = isOpen ? situation.pane->form().bodyEdit() : nullptr;
    const bool inBody = body && situation.focus == body;
    const QString notInBody = Text::tr("First go into the body");
    for (const char *id :
         {"text.bold", "text.italic", "text.code", "text.link", "text.heading", "text.pastePlain"})
        set(id, inBody && !body->isReadOnly(), notInBody);
    for (const char *id : {"tools.spellNext", "tools.spellPrev", "tools.suggest", "tools.tabMode"})
        set(id, inBody, notInBody);
    set("edit.setNull", isWritable && hasRow, Text::tr("There is no field here"));
}

} // namespace ui

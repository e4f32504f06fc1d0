// SPDX-License-Identifier: MIT
#pragma once

class QWidget;

namespace orm {
struct Table;
}

namespace ui {

class Actions;
class EditController;
class GoToController;
class RecordsPane;
class Workspace;

/// What decides which actions can act: the open database, if there is one, and the focus.
struct Situation
{
    Workspace *workspace = nullptr;
    const RecordsPane *pane = nullptr; ///< with a workspace
    const EditController *edit = nullptr; ///< with a workspace
    const GoToController *goTo = nullptr; ///< with a workspace
    QWidget *focus = nullptr; ///< not a menu
};

/// Greys the actions that can't act in @p situation, with the reason, and names what undo and redo
/// would do. Nouns are those of @p table.
void updateActionStates(Actions &actions, const orm::Table &table, const Situation &situation);

/// The part of it that follows the focus and the edits.
void updateFocusActionStates(Actions &actions, const Situation &situation);

} // namespace ui

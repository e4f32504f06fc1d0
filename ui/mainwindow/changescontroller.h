// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"

#include <QObject>

#include <functional>

namespace ui {

class Actions;
class ConflictPanel;
class EditController;
class ProblemGuide;
class RecordsPane;
class ReviewPanel;
class SaveController;
class Toast;
class WindowState;
class Workspace;

/// What is pending in one open database as the user goes through it: saving all, some or one of it,
/// reviewing, deciding on conflicts, taking back, and walking from one to the next.
class ChangesController final : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        Workspace &workspace;
        RecordsPane &pane;
        EditController &edits;
        SaveController &saves;
        ProblemGuide &guide;
        Toast &toast;
        WindowState &state;
    };

    /// Borrows all @p parts and @p actions, which outlive this, and does the actions that are its own.
    ChangesController(const Parts &parts, const Actions &actions, QObject *parent = nullptr);
    ~ChangesController() override;

    /// Saves what is ticked where the review is open, else all.
    void save();
    /// Saves the current row alone and goes back to the list.
    void saveAndReturn();
    void toggleReview();
    /// To the next row that is in conflict or invalid; where none is, to the next changed one. @p step
    /// is 1 or -1; after the last comes the first.
    void goToPending(int step);

private:
    void onRefused(const QList<orm::RowProblem> &problems);
    void countDependents(const orm::Key &key, const std::function<void(const QString &)> &tell);
    void showConflicts(const orm::Key &key);
    void onApplied();
    void goTo(const orm::Key &key);
    ReviewPanel *review() const; ///< null if it isn't open
    ConflictPanel *conflicts() const;

    Parts m_parts;
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include "core/transfer/rowtext.h"
#include "ui/transfer/pastedrows.h"

#include <QObject>

#include <functional>

class QWidget;

namespace ui {

class Actions;
class EditController;
class RecordsPane;
class RowJobs;
class Toast;
class Workspace;

/// Rows of the list through the clipboard: copied as what other programs take, pasted as new rows.
class ClipboardController final : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        Workspace &workspace;
        RecordsPane &pane;
        EditController &edits;
        RowJobs &jobs;
        Toast &toast;
    };
    /// Borrows all @p parts and @p actions, which outlive this, and does the actions that are its own.
    /// @param focus what has the focus, or had it before a menu: a text copies and pastes by itself
    ClipboardController(const Parts &parts, const Actions &actions,
                        const std::function<QWidget *()> &focus, QObject *parent = nullptr);

    /// The current cell, where one row is selected; else the rows as a table.
    void copy();
    void copyAs(orm::RowFormat format);
    /// Makes new rows of what is in the clipboard.
    void paste();

private:
    static constexpr qsizetype largeClip
        = 200'000; ///< bytes or letters; more is taken apart elsewhere

    void openFormats();
    void insert(QList<pastedrows::Values> rows);

    Parts m_parts;
};

} // namespace ui

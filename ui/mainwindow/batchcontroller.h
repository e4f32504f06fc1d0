// SPDX-License-Identifier: MIT
#pragma once

#include "ui/mainwindow/rowjobs.h"

#include <QObject>
#include <QPointer>
#include <QSet>

class QModelIndex;
class QWidget;

namespace ui {

class Actions;
class BatchPanel;
class EditController;
class ReplacePanel;
class RecordsPane;
class Toast;
class Workspace;
struct RowEdit;

/// Changing many rows at once, each time as one step of undo: the selected ones together by formulas,
/// a column filled with one value, and what is found in the rows replaced.
class BatchController final : public QObject
{
    Q_OBJECT

public:
    static constexpr int previewRows = 100; ///< of a batch that are shown
    static constexpr int countedValues = 1000; ///< different ones; more are "more than"

    static constexpr int maxListedHits = 1'000'000; ///< of a replacement

    struct Parts
    {
        Workspace &workspace;
        RecordsPane &pane;
        EditController &edits;
        RowJobs &jobs;
        Toast &toast;
    };
    /// Borrows all @p parts and @p actions, which outlive this, and does the actions that are its own.
    BatchController(const Parts &parts, const Actions &actions, QObject *parent = nullptr);
    ~BatchController() override;

    void editTogether();
    /// If @p focus is a field of what is edited together, it becomes NULL. @returns whether it is one
    bool setNull(const QWidget *focus);
    void openReplace();

private:
    struct Scope
    {
        QString text;
        QList<orm::Key> keys; ///< empty: all that are shown
    };

    // Together
    void readBatch(BatchPanel *panel, const QList<orm::Key> &keys);
    void preview();
    void applyBatch();
    // One value
    void fill(const QModelIndex &cell, const QVariant &value, bool isTyped);
    // Replacing
    QString shownText() const;
    void listHits();
    void applyReplace();
    void showHits();
    QString tickedText() const; ///< "15 hits in 15 posts"

    /// Runs @p change over @p keys: the new values of a row by column. One step named @p text, with the
    /// visit to a field that it follows from: see EditHistory::editRows().
    void change(
        const QString &label, const QString &text, const QList<orm::Key> &keys,
        const std::function<QHash<int, orm::StoredValue>(const SeenRow &, qint64 number)> &change,
        const std::function<void(qint64 rows)> &then,
        const std::optional<std::pair<orm::Key, int>> &visited = {});
    void done(qint64 rows);

    Parts m_parts;
    QPointer<BatchPanel> m_batch;
    QList<orm::Key> m_batchKeys;
    QList<SeenRow> m_sample; ///< the first rows of the batch
    QPointer<ReplacePanel> m_replace;
    QList<Scope> m_scopes;
    bool m_isCut = false; ///< there are more hits than those that are listed
    bool m_isListed = false; ///< the hits are of what the panel says now
};

} // namespace ui

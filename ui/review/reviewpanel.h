// SPDX-License-Identifier: MIT
#pragma once

#include "ui/review/reviewmodel.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QPlainTextEdit;
class QTreeView;

namespace ui {

class DiffView;
class EditHistory;

/// Everything that is pending before it is saved: what, word by word, and by which SQL. Space takes a
/// change in or out of this save, Enter goes to its row, Del takes it back.
class ReviewPanel final : public QWidget
{
    Q_OBJECT

public:
    /// The SQL that a save would send for one row, a statement a line.
    using Statements = std::function<QStringList(const orm::ChangeSet &)>;
    /// Finds out what the database takes along with a deleted row, and tells it later, or never.
    using Dependents
        = std::function<void(const orm::Key &, const std::function<void(const QString &)> &)>;
    static constexpr qsizetype longestSql = 20'000; ///< characters shown

    /// Borrows @p history, which outlives this.
    ReviewPanel(EditHistory &history, Statements statements, Dependents dependents = {},
                QWidget *parent = nullptr);

    ReviewModel &model() { return m_model; }
    /// What the next save is to take.
    QList<orm::Key> tickedKeys() const { return m_model.tickedKeys(); }
    /// Makes @p key's change the current one, if it is there.
    void select(const orm::Key &key);

signals:
    /// Enter: the user wants to go to the row.
    void rowRequested(const orm::Key &key);
    /// Nothing is left to review.
    void emptied();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void updateFonts();
    QList<int> selectedRows() const;
    void toggle();
    void takeBack();
    void showCurrent();
    void showDependents(const orm::Key &key);
    void updateCount();

    EditHistory &m_history;
    Statements m_statements;
    Dependents m_dependents;
    ReviewModel m_model;
    QTimer m_showTimer; ///< arrowing through large texts stays fluent
    QLabel *m_count;
    QLabel *m_along; ///< what goes along with a deleted row
    orm::Key m_alongKey; ///< whose that is, or was asked for
    QTreeView *m_list;
    DiffView *m_diff;
    QPlainTextEdit *m_sql;
};

} // namespace ui

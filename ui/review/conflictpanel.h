// SPDX-License-Identifier: MIT
#pragma once

#include "ui/review/conflictmodel.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QListView;
class QPushButton;

namespace ui {

class DiffView;
class StoredTextEdit;

/// Rows that somebody else changed, too, field by field: what was there, mine and theirs, and what is to
/// be. M takes mine, T theirs, B both, Up and Down go through the fields, Enter does what was decided, Esc
/// leaves it for later. Nothing is written here: the next save checks again.
class ConflictPanel final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int widthForBeside
        = 760; ///< pixels from which the versions stand side by side

    /// Borrows @p history, which outlives this.
    explicit ConflictPanel(EditHistory &history, QWidget *parent = nullptr);

    ConflictModel &model() { return m_model; }
    /// Shows the first field of @p key, if that is in conflict.
    void goTo(const orm::Key &key);

signals:
    /// What was decided is done, and pending now; some rows may still be in conflict.
    void applied();
    /// What is in no conflict is to be saved without the others.
    void restRequested();
    /// Another row is the one in question.
    void currentKeyChanged(const orm::Key &key);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void addVersion(const QString &title, QLabel *&label, DiffView *&view);
    void arrange();
    void setCurrent(int row);
    void go(int step);
    void decide(Decision decision);
    void apply();
    void takeEditedBoth();
    void showCurrent();
    bool hasRest() const;
    void showField(const orm::FieldConflict &field, const orm::Column &column);
    void showRow(const RowConflict &conflict);
    void showValue(DiffView &view, const orm::Column &column, const orm::StoredValue &base,
                   const orm::StoredValue &value);
    QString sentence(const RowConflict &conflict) const;
    QString textOf(const orm::Column &column, const orm::StoredValue &value) const;

    EditHistory &m_history;
    ConflictModel m_model;
    int m_current = -1;
    orm::Key m_shownKey;

    QLabel *m_count;
    QLabel *m_sentence;
    QListView *m_list;
    QLabel *m_fieldName;
    QGridLayout *m_grid;
    bool m_isWide = false; ///< the three versions stand side by side
    QLabel *m_baseLabel = nullptr;
    QLabel *m_mineLabel = nullptr;
    QLabel *m_theirsLabel = nullptr;
    DiffView *m_base = nullptr;
    DiffView *m_mine = nullptr;
    DiffView *m_theirs = nullptr;
    QLabel *m_bothLabel;
    StoredTextEdit *m_both;
    QLabel *m_hint;
    QPushButton *m_takeMine;
    QPushButton *m_takeTheirs;
    QPushButton *m_takeBoth;
    QPushButton *m_apply;
};

} // namespace ui

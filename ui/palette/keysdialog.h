// SPDX-License-Identifier: MIT
#pragma once

#include "ui/common/mnemonics.h"
#include "ui/palette/keybinding.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeView;

namespace ui {

class KeyListModel;
class KeyboardLayout;

/// The key map: every command with its keys, found by a few letters or by a key, and changed. A key
/// that another command has is taken from it only when that was said and wanted. Not modal.
class KeysDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit KeysDialog(QWidget *parent);

    void setBindings(const QList<KeyBinding> &bindings);

    /// Keys that @p keyboard can't type are flagged.
    void setKeyboard(const KeyboardLayout &keyboard);

    /// Alt and the letters that lead to menus, fields and buttons of @p window can be no command's.
    void reserveLettersOf(const QWidget &window);

signals:
    /// The user gave the command @p id these keys; it may be none.
    void keysChanged(const QString &id, const QList<QKeySequence> &keys);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// What the line at the bottom is about.
    enum class Mode { Look, Record, Clash };

    void setMode(Mode mode);
    void record();
    void onRecorded(const QKeyEvent &event);
    QString whyNot(const QKeyEvent &event) const;
    void take();
    void reset();
    void removeKeys();
    void change(const QString &id, const QList<QKeySequence> &keys);
    void shareWidth();
    void updateButtons();
    const KeyBinding *current() const;

    KeyListModel *m_model;
    QLineEdit *m_input;
    QTreeView *m_list;
    QLabel *m_note;
    QPushButton *m_change;
    QPushButton *m_remove;
    QPushButton *m_reset;
    Mode m_mode = Mode::Look;
    QKeySequence m_recorded; ///< with Mode::Clash
    Mnemonics m_reserved; ///< and what they lead to
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace orm {
class Key;
struct Record;
} // namespace orm

namespace ui {

class Actions;
class PeekPopup;
class RecordsPane;
class Workspace;

/// A quick look at the current row of the list, or at what it is made of, without opening it.
class PeekController final : public QObject
{
    Q_OBJECT

public:
    /// Borrows all, which outlive this, and does the actions that are its own.
    PeekController(Workspace &workspace, RecordsPane &pane, const Actions &actions,
                   QObject *parent = nullptr);

    /// What Esc does here. @returns false if it isn't open
    bool escape();

private:
    enum class Want { Text, Details };

    void open(Want want);
    void show();
    void showRow(const orm::Key &key, const orm::Record &whole);
    QString details(const orm::Key &key, const orm::Record &whole) const;

    Workspace &m_workspace;
    RecordsPane &m_pane;
    PeekPopup *m_popup;
    Want m_want = Want::Text;
    int m_generation = 0; ///< answers to earlier questions are stale
};

} // namespace ui

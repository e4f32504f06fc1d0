// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QObject>

#include <functional>
#include <span>

class QActionGroup;
class QMenuBar;

namespace ui {

/// Where the keys of an action work.
enum class ActionContext {
    Window, ///< anywhere in the window
    WindowByFocus, ///< anywhere; what it does depends on what has the focus
    List, ///< only while the list itself has the focus, not its cell editor
    Editor, ///< anywhere in the editor pane
    Body, ///< only in the body
};

/// The menu that has an action, in the order of the menu bar.
enum class ActionMenu {
    File,
    Edit,
    View,
    Theme, ///< in View: one of its actions is checked
    Record,
    Text, ///< in Record
    Filter,
    Tools,
    Help,
    None,
};

/// What has to be there for an action to act; else it is greyed, and says why.
enum class ActionNeed {
    Nothing,
    Database, ///< one is open
    WritableDatabase, ///< one is open, and not only for reading
    CurrentRow, ///< a row is current
    EditableRow, ///< a row is current, in a database that can be written
    Own, ///< whoever does it says when: Actions::setAvailable()
};

/// One action, as data. "%1" in text and note stands for the table's singular, "%2" for its plural.
struct ActionSpec
{
    /// Which of the platform's own keys for a standard action are taken besides keys.
    enum class Standard {
        None,
        All, ///< but those that another action has
        First, ///< only the first, where the others surprise (Backspace for Back)
    };

    const char *id; ///< "file.save"; part of the user's settings, so it never changes
    const char *text; ///< for the menu, with its mnemonic
    const char *icon; ///< name for icon(), or nullptr
    const char *keys; ///< in portable text with blanks between; the first is shown in the menu
    QKeySequence::StandardKey standardKey;
    Standard standard;
    ActionContext context;
    ActionMenu menu;
    int group; ///< a line is drawn in the menu between two groups
    ActionNeed need;
    const char *note; ///< what it does, for the tooltip; nullptr if the text says it all
};

/// Every action of the window, declared once: menus, tooltips, palette and manual read this.
class Actions final : public QObject
{
    Q_OBJECT

public:
    /// The platform's keys for a standard action; tests give those of other desktops.
    using Bindings = std::function<QList<QKeySequence>(QKeySequence::StandardKey)>;

    /// In the order of the menus.
    static std::span<const ActionSpec> specs();
    /// All keys of @p spec: its own first, then the platform's that no other action claims.
    static QList<QKeySequence> keys(const ActionSpec &spec, const Bindings &platform);

    /// Texts take their nouns from @p table.
    explicit Actions(const orm::Table &table, QObject *parent = nullptr);

    /// The action @p id, which must be one of specs().
    QAction *action(QLatin1StringView id) const;
    QList<QAction *> inContext(ActionContext context) const;
    /// "Sort by title" for each column of the table, in their order; they have no keys.
    const QList<QAction *> &sortActions() const { return m_sortActions; }
    QString text(const ActionSpec &spec) const;
    /// As text() and action()->text() are, without mnemonic and dots.
    static QString plain(QString text);

    /// What @p id says now; empty: what its spec says.
    void setText(QLatin1StringView id, const QString &text);
    /// Why @p action, one of these, can't act now; empty if it can.
    static QString reasonWhyNot(const QAction &action);

    /// Other keys than those of the platform and the registry, e.g. the user's own; may be none.
    void setKeys(QLatin1StringView id, const QList<QKeySequence> &keys);

    /// Makes the menus, each action in its place.
    void fill(QMenuBar &menuBar) const;

    /// Greys every action with @p need, or the one action @p id, and gives the reason; an empty
    /// reason makes it available.
    void setAvailable(ActionNeed need, const QString &reasonWhyNot);
    void setAvailable(QLatin1StringView id, const QString &reasonWhyNot);

private:
    void setReason(const ActionSpec &spec, const QString &reason);

    QString m_singular;
    QString m_plural;
    QActionGroup *m_themes;
    QHash<QLatin1StringView, QAction *> m_actions;
    QList<QAction *> m_sortActions;
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include "ui/find/textpattern.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>

class QWidget;

namespace ui {

class Actions;
class FindController;
class RecordsPane;
class StoredTextEdit;
class Toast;
class Workspace;

/// Finding by the focus: in the editor through the body's text, by the bar under it; in the list
/// through the rows that a search has found.
class TextFindController final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype maxHits = 100'000; ///< that are counted
    static constexpr int maxMarked = 300; ///< hits that are marked, from the first line in sight on

    struct Parts
    {
        Workspace &workspace;
        RecordsPane &pane;
        FindController &find;
        Toast &toast;
    };
    /// Borrows all @p parts and @p actions, which outlive this, and does the actions that are its own.
    /// @param focus what has the focus, or had it before a menu
    TextFindController(const Parts &parts, const Actions &actions, std::function<QWidget *()> focus,
                       QObject *parent = nullptr);

    /// What Esc does here: closes the bar. @returns false if it isn't open
    bool escape(const QWidget *focus);

private:
    enum class Want { Find, Replace };

    void open(Want want);
    bool isInEditor() const;
    void step(int by);
    void stepInText(int by);
    void stepInList(int by);
    void onPatternChanged();
    void onTextChanged();
    void refresh();
    qsizetype currentHit() const; ///< -1 if none is selected
    void select(const TextPattern::Hit &hit);
    void mark();
    void say(qsizetype current);
    void replaceOne();
    void replaceAll();
    void replace(const QList<TextPattern::Hit> &hits);
    QString shownText() const;

    Parts m_parts;
    std::function<QWidget *()> m_focus;
    int m_column; ///< of the text; -1 if the table has none
    QPointer<StoredTextEdit> m_text;
    QList<TextPattern::Hit> m_hits;
    bool m_isStale = true; ///< the text or the pattern is another one
    QTimer m_refreshTimer;
    QTimer m_markTimer;
};

} // namespace ui

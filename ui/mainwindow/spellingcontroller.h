// SPDX-License-Identifier: MIT
#pragma once

#include <QKeyEvent>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <vector>

class QMenu;

namespace ui {

class Actions;
class Highlighter;
class RecordsPane;
class SpellChecker;
class StoredTextEdit;
class Toast;
class WindowState;

/// From one misspelt word of the body to the next, what it may be meant to be, and the language.
class SpellingController final : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        RecordsPane &pane;
        StoredTextEdit &text;
        Highlighter &highlighter;
        SpellChecker &speller;
        WindowState &state;
        Toast &toast;
    };
    /// Borrows all @p parts and @p actions, which outlive this, and does the actions that are its own.
    SpellingController(const Parts &parts, const Actions &actions, QObject *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Want { Nothing, Next, Previous, Suggest };

    void start(Want want);
    void step(Want want);
    void look();
    bool lookInBlock();
    void suggest();
    void openSuggestions(int begin, int end);
    void showSuggestions(const QString &word, const QStringList &suggestions);
    void replace(int begin, const QString &word, const QString &text);
    void openLanguages();
    bool canCheck();

    Parts m_parts;
    Want m_want = Want::Nothing; ///< as soon as the dictionary is there
    QPointer<QMenu> m_menu; ///< of the word whose suggestions are looked for
    std::vector<std::unique_ptr<QKeyEvent>> m_early; ///< keys pressed in it before they are there
    QString m_word;
    int m_begin = 0; ///< where it stands
    // The search that is going on: it looks at some lines at a time.
    Want m_direction = Want::Nothing;
    int m_block = 0; ///< the line to be looked at
    int m_limit = 0; ///< in the first line: words behind it, or before it
    int m_looked = 0; ///< lines
    int m_revision = 0; ///< of the text
    QTimer m_lookTimer;
};

} // namespace ui

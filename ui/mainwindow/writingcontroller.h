// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/markdown/spellchecker.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QTextCursor;

namespace ui {

class Actions;
class Highlighter;
class LivePreview;
class Preview;
class RecordsPane;
class SpellingController;
class StatusBar;
class StoredTextEdit;
class Toast;
class WindowState;

/// The body as Markdown: its colours, its preview, its keys, its spelling, and writing with nothing else
/// in sight.
class WritingController final : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        RecordsPane &pane;
        WindowState &state;
        StatusBar &status;
        Toast &toast;
    };
    /// Borrows all @p parts and @p actions, which outlive this, and does the actions that are its own.
    WritingController(const Parts &parts, const Actions &actions, QObject *parent = nullptr);
    ~WritingController() override;

    bool isPreviewOn() const;
    void setPreviewOn(bool on);
    /// The preview, if it shows.
    QWidget *shownPreview() const;

    bool isFocused() const { return m_isFocused; }
    void setFocused(bool focused);
    /// What Esc does here: leaves the writing focus. @returns false if there is none
    bool escape();

signals:
    /// Nothing but the text is to be seen, or all again.
    void focusedChanged(bool focused);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void connectActions(const Actions &actions);
    void edit(const std::function<void(QTextCursor &)> &change);
    void showTabMode();
    void updateNotice();

    Parts m_parts;
    StoredTextEdit *m_text; ///< nullptr if the table has no body
    SpellChecker m_speller;
    QPointer<Preview> m_preview; ///< the form's
    Highlighter *m_highlighter = nullptr; ///< the text's
    std::unique_ptr<LivePreview> m_live;
    std::unique_ptr<SpellingController> m_spelling;
    bool m_isFocused = false;
};

} // namespace ui

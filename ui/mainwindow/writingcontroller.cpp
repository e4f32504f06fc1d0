// SPDX-License-Identifier: MIT
#include "ui/mainwindow/writingcontroller.h"

#include "ui/editor/markdown/highlighter.h"
#include "ui/editor/markdown/livepreview.h"
#include "ui/editor/markdown/markdowncommands.h"
#include "ui/editor/markdown/preview.h"
#include "ui/editor/recordeditorform.h"
#include "ui/editor/storedtextedit.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/spellingcontroller.h"
#include "ui/mainwindow/statusbar.h"
#include "ui/mainwindow/windowstate.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace ui {

WritingController::WritingController(const Parts &parts, const Actions &actions, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_text(parts.pane.form().bodyEdit())
{
    if (!m_text)
        return;
    m_highlighter = new Highlighter(*m_text, m_speller);
    m_preview = new Preview;
    m_preview->hide();
    m_parts.pane.form().setBesideBody(m_preview);
    m_live = std::make_unique<LivePreview>(*m_text, *m_preview, *m_highlighter);
    connect(m_live.get(), &LivePreview::restReasonChanged, this, &WritingController::updateNotice);
    m_spelling = std::make_unique<SpellingController>(
        SpellingController::Parts{.pane = parts.pane,
                                  .text = *m_text,
                                  .highlighter = *m_highlighter,
                                  .speller = m_speller,
                                  .state = parts.state,
                                  .toast = parts.toast},
        actions);
    m_text->installEventFilter(this);
    m_text->addActions(actions.inContext(ActionContext::Body));
    connectActions(actions);
    setPreviewOn(parts.state.hasPreview(parts.pane));
    updateNotice();
}

WritingController::~WritingController()
{
    m_parts.status.setTabMode({});
    m_live.reset();
    m_spelling.reset();
    delete m_highlighter; // it borrows the speller
    delete m_preview;
}

void WritingController::connectActions(const Actions &actions)
{
    const auto on = [this, &actions](QLatin1StringView id, const std::function<void()> &run) {
        connect(actions.action(id), &QAction::triggered, this, run);
    };
    on("text.bold"_L1, [this] { edit(&markdown::toggleBold); });
    on("text.italic"_L1, [this] { edit(&markdown::toggleItalic); });
    on("text.code"_L1, [this] { edit(&markdown::toggleCode); });
    on("text.heading"_L1, [this] { edit(&markdown::cycleHeading); });
    on("text.link"_L1, [this] {
        const QString address = markdown::webAddress(QApplication::clipboard()->text());
        edit([address](QTextCursor &cursor) { markdown::insertLink(cursor, address); });
    });
    on("text.pastePlain"_L1,
       [this] { m_parts.pane.form().whenShown([text = m_text] { text->pastePlainText(); }); });
    on("tools.tabMode"_L1, [this] {
        m_text->setTabChangesFocus(!m_text->tabChangesFocus());
        showTabMode();
    });
    on("view.preview"_L1, [this] {
        setPreviewOn(!isPreviewOn());
        m_parts.state.setPreview(m_parts.pane, isPreviewOn());
    });
    on("view.focusPreview"_L1, [this] {
        setFocused(false);
        if (!isPreviewOn())
            setPreviewOn(true);
        m_parts.pane.focusField(orm::Role::Body); // shows the editor
        m_preview->setFocus(Qt::ShortcutFocusReason);
    });
    on("view.focusMode"_L1, [this] { setFocused(!m_isFocused); });
    // What is elsewhere comes back with the wish to go there.
    for (const auto id : {"view.focusList"_L1, "view.focusTitle"_L1, "edit.searchPosts"_L1,
                          "edit.goTo"_L1, "file.review"_L1, "view.columns"_L1})
        on(id, [this] { setFocused(false); });
}

bool WritingController::isPreviewOn() const
{
    return m_live && m_live->isOn();
}

void WritingController::setPreviewOn(bool on)
{
    if (!m_live)
        return;
    m_live->setOn(on);
    m_preview->setVisible(on && !m_isFocused);
}

QWidget *WritingController::shownPreview() const
{
    return m_preview && m_preview->isVisible() ? m_preview.data() : nullptr;
}

void WritingController::setFocused(bool focused)
{
    if (!m_text || focused == m_isFocused)
        return;
    if (focused)
        m_parts.pane.focusField(orm::Role::Body);
    m_isFocused = focused;
    m_preview->setVisible(isPreviewOn() && !focused);
    m_parts.pane.form().setBodyAlone(focused);
    m_parts.pane.setEditorAlone(focused);
    emit focusedChanged(focused);
    m_text->setFocus(Qt::OtherFocusReason);
    m_text->ensureCursorVisible();
}

bool WritingController::escape()
{
    const bool was = m_isFocused;
    setFocused(false);
    return was;
}

void WritingController::edit(const std::function<void(QTextCursor &)> &change)
{
    m_parts.pane.form().whenShown([this, change] {
        if (m_text->isReadOnly())
            return;
        QTextCursor cursor = m_text->textCursor();
        change(cursor);
        m_text->setTextCursor(cursor);
        m_text->ensureCursorVisible();
    });
}

void WritingController::showTabMode()
{
    if (!m_text->hasFocus())
        m_parts.status.setTabMode({});
    else
        m_parts.status.setTabMode(m_text->tabChangesFocus() ? tr("Tab: moves on")
                                                            : tr("Tab: indents"));
}

void WritingController::updateNotice()
{
    m_parts.pane.form().setBodyNotice(m_live->restReason());
}

bool WritingController::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        showTabMode();
    if (event->type() != QEvent::KeyPress || m_parts.pane.form().isLoading()
        || m_text->isReadOnly())
        return QObject::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const Qt::KeyboardModifiers modifiers = key->modifiers() & ~Qt::KeypadModifier;
    const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    QTextCursor cursor = m_text->textCursor();
    if (isReturn && modifiers == Qt::NoModifier && markdown::continueList(cursor)) {
        m_text->setTextCursor(cursor);
        m_text->ensureCursorVisible();
        return true;
    }
    if (!m_text->tabChangesFocus()) {
        const bool isBack = key->key() == Qt::Key_Backtab
            || (key->key() == Qt::Key_Tab && modifiers == Qt::ShiftModifier);
        if (isBack || (key->key() == Qt::Key_Tab && modifiers == Qt::NoModifier)) {
            edit(isBack ? &markdown::outdent : &markdown::indent);
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ui

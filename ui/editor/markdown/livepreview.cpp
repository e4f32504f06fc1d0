// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/livepreview.h"

#include "ui/editor/markdown/highlighter.h"
#include "ui/editor/markdown/preview.h"
#include "ui/editor/storedtextedit.h"

#include <QScrollBar>

namespace ui {

LivePreview::LivePreview(StoredTextEdit &edit, Preview &preview, Highlighter &highlighter,
                         QObject *parent)
    : QObject(parent)
    , m_edit(edit)
    , m_preview(preview)
    , m_highlighter(highlighter)
{
    for (QTimer *timer : {&m_updateTimer, &m_measureTimer, &m_followTimer})
        timer->setSingleShot(true);
    m_updateTimer.setInterval(delay);
    m_measureTimer.setInterval(300);
    m_followTimer.setInterval(15);
    connect(&m_updateTimer, &QTimer::timeout, this, &LivePreview::update);
    connect(&m_measureTimer, &QTimer::timeout, this, &LivePreview::measure);
    connect(&m_followTimer, &QTimer::timeout, this, &LivePreview::follow);
    connect(&m_parser, &BodyParser::parsed, this, &LivePreview::onParsed);
    connect(&edit, &QPlainTextEdit::textChanged, this, &LivePreview::onText);
    connect(&edit, &StoredTextEdit::documentShown, this, [this] {
        measure(); // before the first line is coloured
        onText();
    });
    connect(&edit, &QPlainTextEdit::cursorPositionChanged, &m_followTimer,
            qOverload<>(&QTimer::start));
    connect(edit.verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        if (!m_followTimer.isActive())
            m_followTimer.start();
    });
    measure();
}

void LivePreview::setOn(bool on)
{
    if (on == m_isOn)
        return;
    m_isOn = on;
    m_isStale = true;
    if (on)
        update();
}

void LivePreview::onText()
{
    m_isStale = true;
    // Not started anew by each key: what is typed without a pause is shown, too.
    if (m_isOn && !m_updateTimer.isActive())
        m_updateTimer.start();
    if (!m_measureTimer.isActive())
        m_measureTimer.start();
}

void LivePreview::measure()
{
    m_measureTimer.stop();
    if (m_edit.document()->characterCount() > longestText)
        rest(tr("No preview and no colours: the text is very long."));
    else if (m_edit.storedDocument().hasPartedLine())
        rest(tr("No preview and no colours: a paragraph is very long."));
    else
        rest({});
}

void LivePreview::rest(const QString &reason)
{
    m_highlighter.setResting(!reason.isEmpty());
    if (reason == m_restReason)
        return;
    m_restReason = reason;
    m_isStale = true;
    if (!reason.isEmpty()) {
        m_preview.rest(reason);
    } else if (m_isOn) {
        m_updateTimer.start();
    }
    emit restReasonChanged();
}

void LivePreview::update()
{
    m_updateTimer.stop();
    if (!m_isOn || !m_restReason.isEmpty() || !m_isStale)
        return;
    m_isStale = false;
    m_parser.parse(m_edit.document()->toRawText());
}

void LivePreview::onParsed(const ParsedBody &body)
{
    if (!m_isOn || !m_restReason.isEmpty())
        return;
    if (body.longestBlock > longestBlock) {
        m_preview.rest(tr("No preview: a paragraph is very long."));
        return;
    }
    m_preview.setBody(body);
    follow();
}

/// The block of the caret stands beside it, also when the caret was scrolled out of sight.
void LivePreview::follow()
{
    m_followTimer.stop();
    if (!m_isOn || m_preview.hasFocus())
        return;
    const int height = std::max(1, m_edit.viewport()->height());
    const int y = m_edit.cursorRect().top();
    if (y >= 0 && y < height) {
        m_preview.showPosition(m_edit.textCursor().position(), double(y) / height);
    } else {
        const QTextCursor first = m_edit.cursorForPosition({0, 0});
        m_preview.showPosition(first.position(), 0);
    }
}

} // namespace ui

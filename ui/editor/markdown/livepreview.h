// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/markdown/bodyparser.h"

#include <QTimer>

namespace ui {

class Highlighter;
class Preview;
class StoredTextEdit;

/// Keeps a preview in step with the text that is being written, and its caret. Both the preview and the
/// colours of the text step back where they would make typing slow.
class LivePreview final : public QObject
{
    Q_OBJECT

public:
    /// Characters of a text up to which it is shown.
    static constexpr int longestText = 3'000'000;
    /// Of one block of it: a paragraph is laid out as a whole.
    static constexpr qsizetype longestBlock = 64 * 1024;
    /// How long a change may wait to be shown.
    static constexpr std::chrono::milliseconds delay{60};

    /// Borrows all, which outlive this.
    LivePreview(StoredTextEdit &edit, Preview &preview, Highlighter &highlighter,
                QObject *parent = nullptr);

    void setOn(bool on);
    bool isOn() const { return m_isOn; }
    /// Why there are neither colours nor a preview, in a sentence; empty if there are.
    const QString &restReason() const { return m_restReason; }

signals:
    void restReasonChanged();

private:
    void onText();
    void measure();
    void update();
    void onParsed(const ParsedBody &body);
    void rest(const QString &reason);
    void follow();

    StoredTextEdit &m_edit;
    Preview &m_preview;
    Highlighter &m_highlighter;
    BodyParser m_parser;
    bool m_isOn = false;
    bool m_isParted = false; ///< a line was too long when it was last looked for
    bool m_isStale = false; ///< the preview shows another text
    QString m_restReason;
    QTimer m_updateTimer;
    QTimer m_measureTimer;
    QTimer m_followTimer;
};

} // namespace ui

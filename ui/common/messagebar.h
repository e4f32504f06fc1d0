// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>
#include <QPointer>

#include <functional>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace ui {

/// One sentence about the database, over the list, with the ways on as buttons beside it.
///
/// It replaces the modal box: nothing is blocked while it shows, and Esc or its cross closes it. The
/// last message is the only one.
class MessageBar final : public QFrame
{
    Q_OBJECT

public:
    enum class Tone {
        Information, ///< worth knowing; nothing is wrong
        Question, ///< something waits for an answer
        Problem, ///< something did not work
    };
    /// Whether the first button takes the focus, so that Enter presses it.
    enum class Focus { Keep, FirstButton };

    /// A way on. Pressing it closes the bar first and then runs it.
    struct Choice
    {
        QString text; ///< with its mnemonic
        std::function<void()> run;
    };

    explicit MessageBar(QWidget *parent = nullptr);

    void show(Tone tone, const QString &text, const QList<Choice> &choices = {},
              Focus focus = Focus::Keep);
    /// Closes it; the focus, if it was in here, returns to where it was before.
    void close();

    /// Into its first button, where it has one.
    void takeFocus();

    QString text() const;
    bool isOpen() const;

signals:
    /// It was closed with the focus in it, and what had the focus before is gone.
    void focusLost();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyTone();

    QLabel *m_icon;
    QLabel *m_text;
    QHBoxLayout *m_choices;
    QToolButton *m_close;
    QPointer<QWidget> m_focusBefore;
    Tone m_tone = Tone::Information;
};

} // namespace ui

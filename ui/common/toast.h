// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>
#include <QPointer>

#include <chrono>
#include <functional>

class QLabel;
class QPushButton;
class QTimer;

namespace ui {

/// A line that confirms what was just done and offers to take it back. It lies over the lower edge of
/// its parent or of setArea(), takes no focus by itself (F6 reaches it) and goes after a while.
class Toast final : public QFrame
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds duration = std::chrono::seconds(8);

    explicit Toast(QWidget *parent);

    enum class Offer { Nothing, Undo };
    /// Shows @p text in place of what was shown before; with Offer::Undo there is a button for it.
    void show(const QString &text, Offer offer = Offer::Nothing);
    /// As show(), with a button for @p undo, which has nothing to do with the steps of the records.
    void show(const QString &text, std::function<void()> undo);
    QString text() const;
    void dismiss();
    /// Goes if it offers undo: what it offered is no longer the last step.
    void withdrawOffer();
    /// Lies over the lower edge of @p area, a relative of its parent, as long as that lives: where
    /// nobody is writing.
    void setArea(QWidget *area);

signals:
    void undoRequested();
    /// It went with the focus in it.
    void focusLost();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void place();

    QLabel *m_text;
    QPushButton *m_undo;
    QTimer *m_timer;
    std::function<void()> m_own; ///< what the button does; null: undoRequested()
    QPointer<QWidget> m_area;
};

} // namespace ui

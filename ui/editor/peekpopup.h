// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

class QLabel;
class QPlainTextEdit;

namespace ui {

/// A look at a row without opening it, over the list: Up and Down go to other rows, Space closes it,
/// Enter opens the row. Nothing can be changed here.
class PeekPopup final : public QFrame
{
    Q_OBJECT

public:
    explicit PeekPopup(QWidget *parent);

    /// Shows it over most of its parent, with the focus.
    void open();
    void close();
    /// @param facts a line under the title
    void setContent(const QString &title, const QString &facts, const QString &text);

signals:
    void stepRequested(int step);
    void openRequested();
    void closed();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    /// There is nothing else to go to.
    bool focusNextPrevChild(bool) override { return true; }
    void focusOutEvent(QFocusEvent *event) override;

private:
    void updateFonts();

    QLabel *m_title;
    QLabel *m_facts;
    QPlainTextEdit *m_text;
};

} // namespace ui

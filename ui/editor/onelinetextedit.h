// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/storedtextedit.h"

namespace ui {

/// A line to type in, like a QLineEdit, but with caret and text undo kept for every row visited, and
/// with line ends in a stored text shown as ↵ and kept. Never refuses or cuts a text.
class OneLineTextEdit final : public StoredTextEdit
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText)

public:
    explicit OneLineTextEdit(QWidget *parent = nullptr);

    QString text() const { return storedText(); }
    /// Replaces the text as typing would; undo takes it back.
    void setText(const QString &text) { storedDocument().changeTo(text); }

    /// Wants just the width of about so many characters; as wide as there is room otherwise.
    void setVisibleCharacters(int characters);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void returnPressed();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    QSize sizeFor(int characters) const;
    void placeLine();
    void alignLine();
    void showBeginning();

    int m_visibleCharacters = 17; ///< as QLineEdit
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include <QScrollArea>

namespace ui {

/// The place of a panel beside or below the list. The panel has all of it, and scrolls where it needs
/// more: on a small screen, or with large text, the window doesn't grow and nothing is pressed together.
class PanelArea final : public QScrollArea
{
    Q_OBJECT

public:
    /// Takes @p panel, which goes with it.
    explicit PanelArea(QWidget *panel, QWidget *parent = nullptr);

    QSize sizeHint() const override { return widget()->sizeHint(); }
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void place();
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace ui {

/// A label of one line that ends in "…" where its text doesn't fit. All of it is in the tool tip, and
/// what a screen reader says.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool isCut() const;
};

} // namespace ui

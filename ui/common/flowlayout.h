// SPDX-License-Identifier: MIT
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace ui {

/// A row of buttons that goes on in the next line where the window is too narrow for all of them. The
/// last stands at the end of its line, apart from the others.
class FlowLayout final : public QLayout
{
    Q_OBJECT

public:
    explicit FlowLayout(QWidget *parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    int count() const override;
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;

    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override; ///< all in one line
    QSize minimumSize() const override; ///< as wide as the widest
    void setGeometry(const QRect &rect) override;

private:
    enum class Place { Only, AndSet };
    int arrange(const QRect &rect, Place place) const;

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace ui

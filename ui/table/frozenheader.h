// SPDX-License-Identifier: MIT
#pragma once

#include <QHeaderView>

namespace ui {

/// The header of columns of which the first ones can stay where they are while the others scroll
/// beneath them.
class FrozenHeader final : public QHeaderView
{
    Q_OBJECT

public:
    explicit FrozenHeader(QWidget *parent = nullptr);

    /// The first @p sections, as they are placed, stay; 0: all scroll.
    void setFrozenSections(int sections);
    int frozenSections() const { return m_frozen; }

    /// How many of them stay now: fewer where they would leave the others no room.
    int stayingSections() const;
    int stayingWidth() const; ///< of these, in pixels
    /// Where @p section is seen, whether it stays or scrolls.
    int positionOf(int section) const;
    /// The section seen at @p x, or -1.
    int sectionAt(int x) const;
    bool isStaying(int section) const;
    /// The part of the viewport of height @p height that stays.
    QRect stayingArea(int height) const;

signals:
    /// Other sections stay.
    void frozenChanged();

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    int shiftAt(int x) const;
    QMouseEvent shifted(const QMouseEvent &event, int shift) const;

    int m_frozen = 0;
    bool m_isDown = false; ///< a button, and then it means the part where it went down
    int m_downShift = 0;
};

} // namespace ui

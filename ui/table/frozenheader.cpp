// SPDX-License-Identifier: MIT
#include "ui/table/frozenheader.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

constexpr int leastRoom = 80; ///< pixels that are left to what scrolls

} // namespace

FrozenHeader::FrozenHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{}

void FrozenHeader::setFrozenSections(int sections)
{
    if (m_frozen == sections)
        return;
    m_frozen = sections;
    viewport()->update();
    emit frozenChanged();
}

int FrozenHeader::stayingSections() const
{
    const int room = viewport()->width() - leastRoom;
    int width = 0;
    for (int visual = 0; visual < std::min(m_frozen, count()); ++visual) {
        width += sectionSize(logicalIndex(visual)); // 0 of hidden ones
        if (width > room)
            return visual;
    }
    return std::min(m_frozen, count());
}

int FrozenHeader::stayingWidth() const
{
    int width = 0;
    for (int visual = 0; visual < stayingSections(); ++visual)
        width += sectionSize(logicalIndex(visual));
    return width;
}

bool FrozenHeader::isStaying(int section) const
{
    return m_frozen > 0 && visualIndex(section) < stayingSections();
}

int FrozenHeader::positionOf(int section) const
{
    const int seen = sectionViewportPosition(section);
    if (!isStaying(section))
        return seen;
    return isRightToLeft() ? seen - offset() : seen + offset();
}

/// By how much a place in the part that stays is beside the same place of the scrolled header.
int FrozenHeader::shiftAt(int x) const
{
    if (m_frozen == 0 || !stayingArea(1).contains(x, 0))
        return 0;
    return isRightToLeft() ? offset() : -offset();
}

int FrozenHeader::sectionAt(int x) const
{
    return logicalIndexAt(x + shiftAt(x));
}

QRect FrozenHeader::stayingArea(int height) const
{
    const int width = m_frozen > 0 ? stayingWidth() : 0;
    return {isRightToLeft() ? viewport()->width() - width : 0, 0, width, height};
}

// ------------------------------------------------------------------------------------------- mouse

QMouseEvent FrozenHeader::shifted(const QMouseEvent &event, int shift) const
{
    return {event.type(),          event.position() + QPointF(shift, 0),
            event.scenePosition(), event.globalPosition(),
            event.button(),        event.buttons(),
            event.modifiers()};
}

void FrozenHeader::mousePressEvent(QMouseEvent *event)
{
    m_isDown = true;
    m_downShift = shiftAt(event->position().toPoint().x());
    QMouseEvent meant = shifted(*event, m_downShift);
    QHeaderView::mousePressEvent(&meant);
}

void FrozenHeader::mouseMoveEvent(QMouseEvent *event)
{
    const int shift = m_isDown ? m_downShift : shiftAt(event->position().toPoint().x());
    QMouseEvent meant = shifted(*event, shift);
    QHeaderView::mouseMoveEvent(&meant);
}

void FrozenHeader::mouseReleaseEvent(QMouseEvent *event)
{
    m_isDown = false;
    QMouseEvent meant = shifted(*event, m_downShift);
    QHeaderView::mouseReleaseEvent(&meant);
}

void FrozenHeader::mouseDoubleClickEvent(QMouseEvent *event)
{
    QMouseEvent meant = shifted(*event, shiftAt(event->position().toPoint().x()));
    QHeaderView::mouseDoubleClickEvent(&meant);
}

bool FrozenHeader::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip || event->type() == QEvent::WhatsThis) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QPoint meant = help->pos() + QPoint(shiftAt(help->pos().x()), 0);
        QHelpEvent moved(help->type(), meant, help->globalPos());
        return QHeaderView::viewportEvent(&moved);
    }
    return QHeaderView::viewportEvent(event);
}

// ---------------------------------------------------------------------------------------- painting

void FrozenHeader::paintEvent(QPaintEvent *event)
{
    QHeaderView::paintEvent(event);
    const int staying = stayingSections();
    if (staying == 0 || offset() == 0)
        return;
    QPainter painter(viewport());
    for (int visual = 0; visual < staying; ++visual) {
        const int section = logicalIndex(visual);
        if (isSectionHidden(section))
            continue;
        painter.save();
        paintSection(&painter,
                     QRect(positionOf(section), 0, sectionSize(section), viewport()->height()),
                     section);
        painter.restore();
    }
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/mainwindow/panelarea.h"

#include <QEvent>
#include <QLayout>
#include <QScrollBar>

namespace ui {

namespace {

constexpr int leastLines = 8; ///< of a panel that are seen, however small the window is

} // namespace

PanelArea::PanelArea(QWidget *panel, QWidget *parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // it is never narrower than the panel
    setWidget(panel);
    panel->installEventFilter(this);
}

QSize PanelArea::minimumSizeHint() const
{
    const QSize least = widget()->minimumSizeHint();
    const int height = leastLines * fontMetrics().lineSpacing();
    return {least.width() + verticalScrollBar()->sizeHint().width(),
            std::min(least.height(), height)};
}

bool PanelArea::eventFilter(QObject *watched, QEvent *event)
{
    // What changed before it was shown makes no request.
    const bool mayNeedMore
        = event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show;
    if (watched == widget() && mayNeedMore) {
        updateGeometry();
        place();
    }
    return QScrollArea::eventFilter(watched, event);
}

void PanelArea::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    place();
}

/// Not by setWidgetResizable(), which takes the height that is preferred where one depends on the width.
void PanelArea::place()
{
    const auto needed = [this](int width) {
        const QLayout *layout = widget()->layout();
        return layout && layout->hasHeightForWidth() ? layout->minimumHeightForWidth(width)
                                                     : widget()->minimumSizeHint().height();
    };
    const QSize all = maximumViewportSize();
    int width = all.width();
    if (needed(width) > all.height())
        width -= verticalScrollBar()->sizeHint().width();
    widget()->resize(width, std::max(all.height(), needed(width)));
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/mainwindow/windowstate.h"

#include "ui/mainwindow/recordspane.h"

#include <QMainWindow>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

const auto geometryKey = u"window/geometry"_s;
const auto textScaleKey = u"window/textScale"_s;

QString splitterKey(RecordsPane::Layout layout)
{
    return layout == RecordsPane::Layout::Beside ? u"window/splitterBeside"_s
                                                 : u"window/splitterBelow"_s;
}

} // namespace

void WindowState::save(const QMainWindow &window)
{
    m_settings.setValue(geometryKey, window.saveGeometry());
}

bool WindowState::restore(QMainWindow &window)
{
    return window.restoreGeometry(m_settings.value(geometryKey).toByteArray());
}

void WindowState::save(const RecordsPane &pane)
{
    for (const auto layout : {RecordsPane::Layout::Beside, RecordsPane::Layout::Below}) {
        if (const QList<int> sizes = pane.sizes(layout); !sizes.isEmpty())
            m_settings.setValue(splitterKey(layout), QVariant::fromValue(sizes));
    }
}

void WindowState::restore(RecordsPane &pane)
{
    for (const auto layout : {RecordsPane::Layout::Beside, RecordsPane::Layout::Below}) {
        const auto sizes = m_settings.value(splitterKey(layout)).value<QList<int>>();
        if (sizes.size() == 2)
            pane.setSizes(layout, sizes);
    }
}

double WindowState::textScale() const
{
    return m_settings.value(textScaleKey, 1.0).toDouble();
}

void WindowState::setTextScale(double scale)
{
    m_settings.setValue(textScaleKey, scale);
}

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

class QMainWindow;
class QSettings;

namespace ui {

class RecordsPane;

/// What of the window's layout is remembered: its place and size, where the splitter stands in each
/// of the two layouts, the widths of the columns.
class WindowState final
{
public:
    /// Borrows @p settings, which outlives this.
    explicit WindowState(QSettings &settings)
        : m_settings(settings)
    {}

    void save(const QMainWindow &window);
    /// @returns whether a place and a size were known
    bool restore(QMainWindow &window);
    void save(const RecordsPane &pane);
    void restore(RecordsPane &pane);

    double textScale() const; ///< 1 is the platform's own size
    void setTextScale(double scale);

private:
    QSettings &m_settings;
};

} // namespace ui

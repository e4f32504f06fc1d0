// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QAbstractItemView;
class QLineEdit;

namespace ui {

/// The keys of a popup that has a line to type into over a list to choose from: the focus stays in
/// the line. Up, Down, PgUp and PgDown step in the list; Tab stays, as there is nothing else to go
/// to. Enter and Esc are the popup's, whatever they do in the window behind it.
class ListKeys final : public QObject
{
    Q_OBJECT

public:
    enum class Ends {
        Stop, ///< one stays at the first and the last
        GoRound, ///< one step beyond the last is the first
    };

    /// @p line and @p list stand in the popup and outlive this.
    ListKeys(QLineEdit &line, QAbstractItemView &list, Ends ends, QObject *parent);

signals:
    /// Another row of the list was made the current one.
    void stepped();
    /// Enter.
    void chosen();
    /// Esc.
    void escaped();
    /// The focus is elsewhere in the window now; another window or a menu of the line is no end.
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool handleKey(int key);
    void step(int rows);
    int page() const;

    QLineEdit &m_line;
    QAbstractItemView &m_list;
    Ends m_ends;
};

} // namespace ui

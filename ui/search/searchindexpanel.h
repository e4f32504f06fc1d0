// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/searchindex.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

/// Offers to make search instant, and says what that costs and risks; later, to go on with it or to
/// take it away.
class SearchIndexPanel final : public QWidget
{
    Q_OBJECT

public:
    /// @param database its name for the user
    SearchIndexPanel(const orm::Table &table, const QString &database, QWidget *parent = nullptr);

    /// @p expectedBytes that the index will take; negative while that isn't known
    void show(const orm::SearchIndexReport &report, qint64 expectedBytes);
    /// Nothing can be done, and why.
    void showObstacle(const QString &text);
    /// What is being done; an empty text when nothing is.
    void setProgress(const QString &text);

signals:
    void buildRequested();
    void removeRequested();
    void closeRequested();

private:
    void setButtons(const QString &build, bool hasRemove);

    const orm::Table m_table;
    const QString m_database;
    QLabel *m_state;
    QLabel *m_text;
    QLabel *m_progress;
    QPushButton *m_build;
    QPushButton *m_remove;
    QPushButton *m_close;
};

} // namespace ui

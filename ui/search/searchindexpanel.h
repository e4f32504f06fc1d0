// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/searchindex.h"
#include "ui/search/indexpanel.h"

namespace ui {

/// Offers to make search instant, and says what that costs and risks; later, to go on with it or to
/// take it away.
class SearchIndexPanel final : public IndexPanel
{
    Q_OBJECT

public:
    /// @param database its name for the user
    SearchIndexPanel(const orm::Table &table, const QString &database, QWidget *parent = nullptr);

    /// @p expectedBytes that the index will take; negative while that isn't known
    void show(const orm::SearchIndexReport &report, qint64 expectedBytes);

private:
    const orm::Table m_table;
    const QString m_database;
};

} // namespace ui

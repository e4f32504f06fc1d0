// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"
#include "core/session/orderindex.h"
#include "ui/search/indexpanel.h"

#include <optional>

namespace ui {

/// Offers to make the order of the list instant, and says what that costs; later, to take the index
/// away again.
class OrderIndexPanel final : public IndexPanel
{
    Q_OBJECT

public:
    /// @param database its name for the user
    OrderIndexPanel(const orm::Table &table, const QString &database, QWidget *parent = nullptr);

    /// @p order in words: "Title ▲". @p price is nothing while it isn't known
    void show(const orm::OrderIndexReport &report, const QString &order,
              const std::optional<orm::OrderIndex::Price> &price);

private:
    const orm::Table m_table;
    const QString m_database;
};

} // namespace ui

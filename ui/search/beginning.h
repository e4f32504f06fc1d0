// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/rowfilter.h"
#include "ui/search/foldedtext.h"

#include <memory>

namespace ui {

/// Rows whose title begins with some letters, in any case, among those that another filter lets
/// through; and one row besides, from which one goes on.
class Beginning final : public orm::RowFilter
{
public:
    /// @param column of the title @param among may be null: all rows
    Beginning(const QString &letters, int column, const orm::Key &besides,
              std::shared_ptr<const orm::RowFilter> among);

    QList<int> columns() const override { return m_columns; }
    bool matches(const orm::Key &key, const QList<orm::ValueView> &values,
                 const orm::StopCheck &isStopped) const override;
    using orm::RowFilter::matches;

private:
    const FoldedText m_letters;
    const orm::Key m_besides;
    const std::shared_ptr<const orm::RowFilter> m_among;
    QList<int> m_columns; ///< the title, then those of m_among
};

} // namespace ui

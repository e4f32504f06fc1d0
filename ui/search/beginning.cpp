// SPDX-License-Identifier: MIT
#include "ui/search/beginning.h"

namespace ui {

Beginning::Beginning(const QString &letters, int column, const orm::Key &besides,
                     std::shared_ptr<const orm::RowFilter> among)
    : m_letters(letters)
    , m_besides(besides)
    , m_among(std::move(among))
    , m_columns{column}
{
    if (m_among)
        m_columns += m_among->columns();
}

bool Beginning::matches(const orm::Key &key, const QList<orm::ValueView> &values,
                        const orm::StopCheck &isStopped) const
{
    if (key == m_besides)
        return true;
    const orm::ValueView &title = values.first();
    const QByteArray number = title.storage == orm::StorageClass::Integer
        ? QByteArray::number(title.integer)
        : QByteArray();
    const QByteArrayView text = number.isEmpty() ? title.bytes : QByteArrayView(number);
    return m_letters.isAtBeginningOf(text)
        && (!m_among || m_among->matches(key, values.mid(1), isStopped));
}

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/storedvalue.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace ui {

class FormFields;

/// Says beside the body how many words it has, and how many of them are selected; of a large text after
/// a pause, counted in another thread.
class BodyWords final : public QObject
{
    Q_OBJECT

public:
    /// The body's value as it is shown, with what was typed; nothing while no row is.
    using Value = std::function<std::optional<orm::StoredValue>()>;

    /// Borrows @p fields, which outlive it.
    BodyWords(FormFields &fields, Value value, QObject *parent = nullptr);

    /// Another text is shown: what was said of the one before is gone.
    void restart();
    /// The text changed, or what is selected of it.
    void updateSoon();

private:
    void update();
    bool isLarge() const;

    FormFields &m_fields;
    Value m_value;
    QTimer m_timer;
    quint64 m_generation = 0; ///< of the last count that was asked for
};

} // namespace ui

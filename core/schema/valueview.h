// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/storedvalue.h"

#include <QByteArrayView>

namespace orm {

/// A stored value where it lies, to be looked at and not kept.
struct ValueView
{
    StorageClass storage = StorageClass::Null;
    qint64 integer = 0;
    double real = 0;
    QByteArrayView bytes;

    static ValueView of(const StoredValue &value, const QByteArray &bytes);
};

} // namespace orm

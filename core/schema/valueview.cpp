// SPDX-License-Identifier: MIT
#include "core/schema/valueview.h"

namespace orm {

ValueView ValueView::of(const StoredValue &value, const QByteArray &bytes)
{
    return {value.storageClass(), value.toInteger(), value.toReal(), bytes};
}

} // namespace orm

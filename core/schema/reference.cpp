// SPDX-License-Identifier: MIT
#include "core/schema/reference.h"

namespace orm {

Reference referenceOf(const QString &text)
{
    int depth = 0;
    for (qsizetype i = text.size() - 1; i >= 0; --i) {
        if (text.at(i) == u')')
            ++depth;
        else if (text.at(i) == u'(' && --depth == 0)
            return {text.left(i), text.mid(i + 1).chopped(1)};
    }
    return {text, {}};
}

} // namespace orm

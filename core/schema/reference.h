// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace orm {

/// What a Column's references name: "users(id)", "Sales (2020)(id)".
struct Reference
{
    QString table;
    QString column;
};

/// A name may have brackets of its own, as long as they are pairs.
Reference referenceOf(const QString &text);

} // namespace orm

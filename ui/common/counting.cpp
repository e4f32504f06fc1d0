// SPDX-License-Identifier: MIT
#include "ui/common/counting.h"

#include "core/schema/table.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ui::Counting)
};

} // namespace

QString counted(qint64 number, const orm::Table &table)
{
    //: A number and what it counts: "500 posts"
    return Text::tr("%1 %2").arg(QLocale().toString(number),
                                 number == 1 ? table.singular : table.plural);
}

QString capitalized(const QString &word)
{
    if (word.isEmpty())
        return word;
    return word.at(0).toUpper() + word.mid(1);
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/common/counting.h"

#include "core/schema/table.h"
#include "core/session/dependents.h"

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

QString dependentsText(const QList<orm::DependentCount> &counts)
{
    const QLocale locale;
    QStringList deleted;
    QStringList changed;
    for (const orm::DependentCount &count : counts) {
        //: A number of rows of a table: "3 of comments"
        const auto rowsOf = [&](qint64 rows) {
            return Text::tr("%1 of %2").arg(locale.toString(rows), count.table);
        };
        if (count.deleted > 0)
            deleted << rowsOf(count.deleted);
        if (count.changed > 0)
            changed << rowsOf(count.changed);
    }
    QStringList parts;
    if (!deleted.isEmpty())
        parts << Text::tr("also deleted: %1").arg(deleted.join(QStringLiteral(", ")));
    if (!changed.isEmpty())
        parts << Text::tr("unlinked: %1").arg(changed.join(QStringLiteral(", ")));
    return parts.join(QStringLiteral("; "));
}

QString capitalized(const QString &word)
{
    if (word.isEmpty())
        return word;
    return word.at(0).toUpper() + word.mid(1);
}

QString inSentence(const QString &name)
{
    //: "yes" in a language whose nouns begin with a capital wherever they stand, such as German
    const bool hasCapitals = Text::tr("no", "nouns with capitals") == QLatin1StringView("yes");
    const bool isAbbreviation = name.size() > 1 && name.at(1).isUpper();
    return hasCapitals || isAbbreviation || name.isEmpty() ? name
                                                           : name.at(0).toLower() + name.mid(1);
}

} // namespace ui

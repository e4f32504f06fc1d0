// SPDX-License-Identifier: MIT
#include "ui/search/orderindexpanel.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace ui {

OrderIndexPanel::OrderIndexPanel(const orm::Table &table, const QString &database, QWidget *parent)
    : IndexPanel(u"orderIndex"_s, tr("This order can't be made instant"), parent)
    , m_table(table)
    , m_database(database)
{}

void OrderIndexPanel::show(const orm::OrderIndexReport &report, const QString &order,
                           const std::optional<orm::OrderIndex::Price> &price)
{
    using State = orm::OrderIndexReport::State;
    using Obstacle = orm::OrderIndexReport::Obstacle;
    const QString &plural = m_table.plural;
    if (report.obstacle == Obstacle::OtherDatabase)
        return showObstacle(tr("Such an index is made in SQLite databases only."));
    if (report.obstacle == Obstacle::View)
        return showObstacle(tr("It shows a view, and only a table can have an index."));

    const auto seconds = price
        ? std::max<qint64>(1, std::chrono::ceil<std::chrono::seconds>(price->time).count())
        : qint64(0);
    const QString time = !price ? tr("some time")
        : seconds < 120         ? tr("about %Ln second(s)", nullptr, int(seconds))
                                : tr("about %Ln minute(s)", nullptr, int(seconds / 60));
    const QString cost
        = tr("SQLite keeps the index true whoever writes. Each of the %1 that is written takes a "
             "little longer for that, also in other programs: mostly less than a tenth of a "
             "millisecond.")
              .arg(plural);
    const QString migrations
        = tr("A migration that rebuilds the table may lose the index; the order is then sorted as "
             "before, and you are told so.");
    QString state;
    QString build;
    QString remove;
    QStringList text;
    switch (report.state) {
    case State::Absent:
        state = tr("Make this order instant: %1").arg(order);
        text
            << tr("In this order all %1 are read and sorted each time. With an index in the "
                  "database the first ones are there at once, upwards and downwards, however many "
                  "%1 there are.")
                   .arg(plural)
            << tr("It takes %1 in %2 and %3 to make, longer where the file is not in memory. "
                  "SQLite lets nobody else write while an index is made: other programs wait so "
                  "long, and those that don't wait get “database is locked”. Shift+Esc stops it at "
                  "any time and leaves nothing behind.")
                   .arg(sizeText(price ? price->bytes : -1), m_database, time)
            << cost << migrations << removalText();
        build = tr("Make &it instant");
        break;
    case State::Made:
        state = tr("This order is instant: %1").arg(order);
        text << tr("An index that was made here gives it, in %1.").arg(m_database) << cost
             << migrations << removalText();
        remove = tr("&Remove the index");
        break;
    case State::Given:
        state = tr("This order is instant: %1").arg(order);
        text << tr("The key, or an index that the database has of its own, gives it. There is "
                   "nothing to be made, and nothing to be removed.");
        break;
    }
    if (!report.made.isEmpty())
        text << tr("Indexes made here for orders of %1: %2. To remove one, sort by it first.")
                    .arg(plural, report.made.join(u"; "_s));
    setContent(state, text, build, remove);
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/search/searchindexpanel.h"

using namespace Qt::StringLiterals;

namespace ui {

SearchIndexPanel::SearchIndexPanel(const orm::Table &table, const QString &database,
                                   QWidget *parent)
    : IndexPanel(u"searchIndex"_s, tr("Search can't be made instant here"), parent)
    , m_table(table)
    , m_database(database)
{}

void SearchIndexPanel::show(const orm::SearchIndexReport &report, qint64 expectedBytes)
{
    using State = orm::SearchIndexReport::State;
    const QString &plural = m_table.plural;
    const QString size = sizeText(expectedBytes);
    const QString removal = removalText();
    const QString risks = tr("Triggers in the database keep the index true whoever writes. That "
                             "costs other programs "
                             "about half a millisecond for each of the %1 that they write, and "
                             "they need SQLite 3.34 "
                             "or newer with FTS5, as Python, PHP and most others have it: a "
                             "program without it can't "
                             "write %1 any more until the index is removed.")
                              .arg(plural);
    const QString migrations
        = tr("A migration that rebuilds the table loses the triggers; the index is then not used "
             "any more, and you are told so. Remove it before a migration that drops one of its "
             "columns.");
    QString state;
    QString build;
    QStringList text;
    switch (report.state) {
    case State::Absent:
        state = tr("Make search instant");
        text
            << tr("Each search reads all %1. With an index in the database, words of three letters "
                  "and more are found at once, however many %1 there are; what is found stays the "
                  "same.")
                   .arg(plural)
            << tr("It takes %1 in %2, and some minutes where there are millions. Meanwhile you and "
                  "other programs can go on reading and writing; Shift+Esc stops it, and you can "
                  "go "
                  "on with it later.")
                   .arg(size, m_database)
            << risks << migrations << removal;
        build = tr("Make &search instant");
        break;
    case State::Partial:
        state = tr("The search index is built to %1 %").arg(report.percent);
        text << tr("It is not used before it is whole. Go on with it, or remove it.") << risks
             << removal;
        build = tr("&Go on");
        break;
    case State::Ready:
        state = tr("Search is instant");
        text << tr("Words of three letters and more are found by the index in %1.").arg(m_database)
             << risks << migrations << removal;
        break;
    case State::Stale:
        state = tr("The search index is out of date");
        text
            << tr("Another program rebuilt the table or wrote to it without the index, so it isn't "
                  "used: searches read all %1, and find everything. Build it again, or remove it.")
                   .arg(plural)
            << risks << removal;
        build = tr("Build it a&gain");
        break;
    }
    setContent(state, text, build, report.state == State::Absent ? QString() : tr("&Remove it"));
}

} // namespace ui

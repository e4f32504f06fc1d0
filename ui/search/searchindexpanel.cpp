// SPDX-License-Identifier: MIT
#include "ui/search/searchindexpanel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

SearchIndexPanel::SearchIndexPanel(const orm::Table &table, const QString &database,
                                   QWidget *parent)
    : QWidget(parent)
    , m_table(table)
    , m_database(database)
    , m_state(new QLabel(this))
    , m_text(new QLabel(this))
    , m_progress(new QLabel(this))
    , m_build(new QPushButton(this))
    , m_remove(new QPushButton(tr("&Remove it"), this))
    , m_close(new QPushButton(tr("C&lose"), this))
{
    setObjectName(u"searchIndexPanel"_s);
    setAutoFillBackground(true);
    QFont bold = font();
    bold.setBold(true);
    m_state->setFont(bold);
    m_state->setObjectName(u"searchIndexState"_s);
    m_text->setObjectName(u"searchIndexText"_s);
    m_progress->setObjectName(u"searchIndexProgress"_s);
    m_build->setObjectName(u"searchIndexBuild"_s);
    m_remove->setObjectName(u"searchIndexRemove"_s);
    for (QLabel *label : {m_state, m_text, m_progress}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_progress->hide();

    auto *scroll = new QScrollArea(this);
    scroll->setWidget(m_text);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_build);
    buttons->addWidget(m_remove);
    buttons->addWidget(m_close);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    layout->addWidget(m_state);
    layout->addWidget(scroll, 1);
    layout->addWidget(m_progress);
    layout->addLayout(buttons);
    setFocusProxy(m_build);

    for (QPushButton *button : {m_build, m_remove, m_close})
        button->setAutoDefault(true); // Enter presses the one that has the focus
    connect(m_build, &QPushButton::clicked, this, &SearchIndexPanel::buildRequested);
    connect(m_remove, &QPushButton::clicked, this, &SearchIndexPanel::removeRequested);
    connect(m_close, &QPushButton::clicked, this, &SearchIndexPanel::closeRequested);
}

void SearchIndexPanel::setButtons(const QString &build, bool hasRemove)
{
    m_build->setText(build);
    m_build->setVisible(!build.isEmpty());
    m_remove->setVisible(hasRemove);
    QPushButton *first = !build.isEmpty() ? m_build : hasRemove ? m_remove : m_close;
    const bool hadFocus = isAncestorOf(window()->focusWidget());
    setFocusProxy(first);
    if (hadFocus)
        first->setFocus(Qt::OtherFocusReason);
}

void SearchIndexPanel::show(const orm::SearchIndexReport &report, qint64 expectedBytes)
{
    using State = orm::SearchIndexReport::State;
    const QString &plural = m_table.plural;
    const QString size = expectedBytes < 0
        ? tr("some disk space")
        : tr("about %1")
              .arg(QLocale().formattedDataSize(expectedBytes, 0, QLocale::DataSizeSIFormat));
    const QString removal = tr(
        "Removed, it leaves nothing behind: the file keeps its size and uses the space again.");
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
    QStringList text;
    switch (report.state) {
    case State::Absent:
        m_state->setText(tr("Make search instant"));
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
        setButtons(tr("Make &search instant"), false);
        break;
    case State::Partial:
        m_state->setText(tr("The search index is built to %1 %").arg(report.percent));
        text << tr("It is not used before it is whole. Go on with it, or remove it.") << risks
             << removal;
        setButtons(tr("&Go on"), true);
        break;
    case State::Ready:
        m_state->setText(tr("Search is instant"));
        text << tr("Words of three letters and more are found by the index in %1.").arg(m_database)
             << risks << migrations << removal;
        setButtons({}, true);
        break;
    case State::Stale:
        m_state->setText(tr("The search index is out of date"));
        text
            << tr("Another program rebuilt the table or wrote to it without the index, so it isn't "
                  "used: searches read all %1, and find everything. Build it again, or remove it.")
                   .arg(plural)
            << risks << removal;
        setButtons(tr("Build it a&gain"), true);
        break;
    }
    m_text->setText(text.join(u"\n\n"_s));
}

void SearchIndexPanel::showObstacle(const QString &text)
{
    m_state->setText(tr("Search can't be made instant here"));
    m_text->setText(text);
    setButtons({}, false);
}

void SearchIndexPanel::setProgress(const QString &text)
{
    m_progress->setText(text);
    m_progress->setVisible(!text.isEmpty());
    m_build->setEnabled(text.isEmpty());
    m_remove->setEnabled(text.isEmpty());
}

} // namespace ui

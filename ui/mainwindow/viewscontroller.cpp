// SPDX-License-Identifier: MIT
#include "ui/mainwindow/viewscontroller.h"

#include "ui/common/toast.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/findcontroller.h"
#include "ui/mainwindow/windowstate.h"
#include "ui/mainwindow/workspace.h"
#include "ui/search/searchbar.h"
#include "ui/search/viewspopup.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QByteArray idOf(int number)
{
    return "filter.view" + QByteArray::number(number);
}

QString withoutMnemonic(QString name)
{
    return name.replace(u'&', u"&&"_s);
}

} // namespace

ViewsController::ViewsController(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_views(parts.state.views(parts.pane))
    , m_popup(new ViewsPopup(&parts.pane))
{
    for (int number = 0; number <= SavedViews::count; ++number) {
        connect(m_parts.actions.action(QLatin1StringView(idOf(number))), &QAction::triggered, this,
                [this, number] { show(number); });
    }
    connect(m_parts.actions.action("filter.saveView"_L1), &QAction::triggered, this,
            &ViewsController::save);
    connect(m_popup, &ViewsPopup::saveRequested, this,
            [this](int row, const QString &name) { keep(row + 1, name); });
    connect(m_popup, &ViewsPopup::removeRequested, this, [this](int row) { remove(row + 1); });
    connect(m_popup, &ViewsPopup::closed, this,
            [this] { m_parts.pane.view().setFocus(Qt::OtherFocusReason); });
    SearchBar &bar = m_parts.pane.searchBar();
    connect(&bar, &SearchBar::viewChosen, this, [this](int number) {
        show(number);
        m_parts.pane.view().setFocus(Qt::OtherFocusReason);
    });
    connect(&bar, &SearchBar::textChanged, this, &ViewsController::updateBox);
    connect(&m_parts.pane.workspace().model().loader(), &OrderLoader::queryChanged, this,
            &ViewsController::updateBox);
    update();
}

ViewsController::~ViewsController()
{
    // The registry outlives the database: its texts are as at first again.
    for (int number = 1; number <= SavedViews::count; ++number) {
        const QByteArray id = idOf(number);
        m_parts.actions.setText(QLatin1StringView(id), {});
    }
}

void ViewsController::show(int number)
{
    RecordsPane &pane = m_parts.pane;
    const auto view = m_views.saved.constFind(number);
    if (number != 0 && view == m_views.saved.constEnd())
        return;
    if (m_views.shown == 0 && number != 0)
        m_views.all = pane.arrangement();
    RecordsPane::Arrangement wanted = number != 0 ? view->arrangement : pane.arrangement();
    if (number == 0) {
        if (m_views.shown != 0 && m_views.all)
            wanted = *m_views.all;
        wanted.search.clear(); // all rows
    }
    pane.setColumns(wanted.columns);
    m_parts.find.setSort(wanted.sort);
    pane.searchBar().setText(wanted.search);
    m_views.shown = number;
    m_parts.state.setViews(pane, m_views);
    update();
}

void ViewsController::save()
{
    int row = m_views.shown - 1;
    for (int number = 1; row < 0 && number <= SavedViews::count; ++number) {
        if (!m_views.saved.contains(number))
            row = number - 1;
    }
    QList<ViewsPopup::Slot> places;
    for (int number = 1; number <= SavedViews::count; ++number) {
        const QAction *action = m_parts.actions.action(QLatin1StringView(idOf(number)));
        const SavedView view = m_views.saved.value(number);
        places.append({.key = action->shortcut().toString(QKeySequence::NativeText),
                       .name = view.name,
                       .contents = contentsOf(view)});
        if (places.last().key.isEmpty()) // the user took it away
            places.last().key = QString::number(number);
    }
    if (m_popup->isVisible())
        m_popup->setSlots(places);
    else
        m_popup->open(places, std::max(row, 0), suggestedName());
}

bool ViewsController::escape()
{
    if (!m_popup->isVisible())
        return false;
    m_popup->close();
    return true;
}

void ViewsController::keep(int number, const QString &name)
{
    const SavedViews before = m_views;
    if (m_views.shown == 0)
        m_views.all = m_parts.pane.arrangement();
    m_views.saved[number] = {name, m_parts.pane.arrangement()};
    m_views.shown = number;
    put(m_views);
    const QAction *action = m_parts.actions.action(QLatin1StringView(idOf(number)));
    const QString key = action->shortcut().toString(QKeySequence::NativeText);
    const QString text = key.isEmpty() ? tr("The view “%1” is saved.").arg(name)
                                       : tr("The view “%1” is saved. %2 shows it.").arg(name, key);
    if (before.saved.contains(number))
        m_parts.toast.show(text, [this, before] { put(before); });
    else
        m_parts.toast.show(text);
}

void ViewsController::remove(int number)
{
    const SavedViews before = m_views;
    const QString name = m_views.saved.take(number).name;
    if (m_views.shown == number)
        m_views.shown = 0;
    put(m_views);
    save(); // shows what there is now
    m_parts.toast.show(tr("The view “%1” is deleted.").arg(name), [this, before] { put(before); });
}

void ViewsController::put(const SavedViews &views)
{
    m_views = views;
    m_parts.state.setViews(m_parts.pane, m_views);
    update();
}

/// Whether the list shows what the chosen view has.
bool ViewsController::isAsSaved() const
{
    const RecordsPane::Arrangement now = m_parts.pane.arrangement();
    const auto view = m_views.saved.constFind(m_views.shown);
    if (view == m_views.saved.constEnd())
        return true; // all rows may be in any order, and a search says itself
    return view->arrangement.search == now.search && view->arrangement.sort == now.sort;
}

QString ViewsController::contentsOf(const SavedView &view) const
{
    QStringList parts;
    if (!view.arrangement.search.isEmpty())
        parts << view.arrangement.search;
    const orm::Table &table = m_parts.pane.workspace().table();
    for (const orm::SortColumn &sorted : view.arrangement.sort)
        parts << table.columns.at(sorted.column).text()
                + (sorted.order == Qt::AscendingOrder ? u" ▲"_s : u" ▼"_s);
    return parts.join(u", "_s);
}

QString ViewsController::suggestedName() const
{
    if (m_views.shown != 0)
        return m_views.saved.value(m_views.shown).name;
    return contentsOf({{}, m_parts.pane.arrangement()});
}

/// The menu's lines and the box.
void ViewsController::update()
{
    for (int number = 1; number <= SavedViews::count; ++number) {
        const QByteArray bytes = idOf(number);
        const QLatin1StringView id(bytes);
        const auto view = m_views.saved.constFind(number);
        const bool isThere = view != m_views.saved.constEnd();
        //: In the menu: the number of a saved view, which is its mnemonic, and its name
        m_parts.actions.setText(
            id,
            isThere ? tr("View &%1: %2").arg(number).arg(withoutMnemonic(view->name)) : QString());
        m_parts.actions.setAvailable(
            id, isThere ? QString() : tr("No view is saved under this key yet"));
    }
    updateBox();
}

void ViewsController::updateBox()
{
    QList<SearchBar::View> views{{0, tr("All %1").arg(m_parts.pane.workspace().table().plural)}};
    for (auto view = m_views.saved.cbegin(); view != m_views.saved.cend(); ++view)
        views.append({view.key(), view->name});
    if (!isAsSaved()) {
        for (SearchBar::View &view : views) {
            //: A saved view's name, when the list shows something else by now
            if (view.number == m_views.shown)
                view.name = tr("%1 (changed)").arg(view.name);
        }
    }
    m_parts.pane.searchBar().setViews(views, m_views.shown);
}

} // namespace ui

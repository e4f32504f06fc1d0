// SPDX-License-Identifier: MIT
#include "ui/mainwindow/findcontroller.h"

#include "ui/common/counting.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/search/columnspopup.h"
#include "ui/search/matcher.h"
#include "ui/search/searchbar.h"
#include "ui/search/searchparser.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QHeaderView>
#include <QLocale>

namespace ui {

FindController::FindController(Workspace &workspace, RecordsPane &pane, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_pane(pane)
    , m_columns(new ColumnsPopup(*pane.view().horizontalHeader(), &pane))
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quiet);
    connect(&m_quiet, &QTimer::timeout, this, [this] {
        m_isLong = true;
        emit taskChanged();
    });
    const OrderLoader &loader = m_workspace.model().loader();
    connect(&loader, &OrderLoader::progressed, this, &FindController::onProgressed);
    connect(&loader, &OrderLoader::ended, this, &FindController::onEnded);
    connect(&m_pane.searchBar(), &SearchBar::textChanged, this, &FindController::search);
    connect(&m_pane.searchBar(), &SearchBar::listRequested, this, &FindController::goToFirstHit);
    QHeaderView *header = m_pane.view().horizontalHeader();
    header->setSectionsClickable(true);
    connect(header, &QHeaderView::sectionClicked, this, [this](int section) {
        const int column = RecordTableModel::tableColumn(section);
        const bool isMore = QApplication::keyboardModifiers().testFlag(Qt::ShiftModifier);
        if (column >= 0)
            cycleSort(column, isMore ? Sorting::AlsoBy : Sorting::Only);
    });
    connect(m_columns, &ColumnsPopup::sortCycled, this, [this](int section) {
        cycleSort(RecordTableModel::tableColumn(section), Sorting::AlsoBy);
    });
    connect(m_columns, &ColumnsPopup::resetRequested, this, [this] {
        m_pane.resetColumns();
        setSort({});
    });
    connect(m_columns, &ColumnsPopup::closed, this,
            [this] { m_pane.view().setFocus(Qt::OtherFocusReason); });
    onProgressed();
}

void FindController::openColumns()
{
    m_columns->open();
}

// --------------------------------------------------------------------------------------- searching

void FindController::focusSearch()
{
    m_pane.searchBar().takeFocus();
}

void FindController::search(const QString &text)
{
    m_wantsFirstHit = false;
    if (!text.isEmpty())
        m_wanted = {};
    const orm::Table &table = m_workspace.table();
    const ParsedSearch parsed = parseSearch(text, table);
    m_pane.searchBar().setProblem(parsed.problem);
    if (!parsed.query)
        return; // the last good list stays
    RecordTableModel &model = m_workspace.model();
    m_pane.setSearching(!parsed.query->isEmpty());
    if (parsed.query->isEmpty()) {
        if (model.query().filter) {
            m_showsCurrent = true;
            model.setSearch(nullptr);
        }
        return;
    }
    QHash<orm::Key, RowState> states;
    for (const orm::Key &key : m_workspace.edits().keys())
        states.insert(key, m_workspace.edits().state(key));
    for (const orm::Key &key : model.changedOutside())
        states.insert(key, model.state(key));
    model.setSearch(std::make_shared<Matcher>(*parsed.query, table, states));
}

void FindController::goToFirstHit()
{
    RecordTableView &view = m_pane.view();
    view.setFocus(Qt::OtherFocusReason);
    // Of a search that has just begun the list still shows the rows of the one before.
    m_wantsFirstHit = !m_workspace.model().isSettled();
    if (!m_wantsFirstHit && m_workspace.model().query().filter)
        view.selectRow(0);
}

void FindController::goTo(const orm::Key &key)
{
    m_wantsFirstHit = false;
    m_pane.view().setFocus(Qt::OtherFocusReason);
    m_wanted = key;
    if (!goToWanted() && m_workspace.model().query().filter)
        m_pane.searchBar().clear();
}

/// @returns whether nothing is left to go to
bool FindController::goToWanted()
{
    if (m_wanted.isNull())
        return true;
    if (!m_pane.select(m_wanted))
        return false;
    m_wanted = {};
    m_showsCurrent = true; // the order may still change
    m_pane.view().scrollTo(m_pane.view().currentIndex());
    return true;
}

bool FindController::closePopup()
{
    if (!m_columns->isVisible())
        return false;
    m_columns->close();
    return true;
}

bool FindController::escape(const QWidget *focus)
{
    SearchBar &bar = m_pane.searchBar();
    const bool isInBar = bar.isAncestorOf(focus);
    const bool isInList = focus == &m_pane.view();
    if (!isInBar && !(isInList && !bar.text().isEmpty()))
        return false;
    bar.clear();
    m_pane.view().setFocus(Qt::OtherFocusReason);
    return true;
}

// ----------------------------------------------------------------------------------------- sorting

void FindController::sortBy(int column)
{
    if (column < 0)
        return; // a table without it
    const QList<orm::SortColumn> upwards{{column, Qt::AscendingOrder}};
    const bool isUpwards = m_workspace.model().query().sort == upwards;
    setSort({{column, isUpwards ? Qt::DescendingOrder : Qt::AscendingOrder}});
}

void FindController::cycleSort(int column, Sorting sorting)
{
    QList<orm::SortColumn> sort = m_workspace.model().query().sort;
    const auto place = std::find_if(
        sort.begin(), sort.end(), [column](const auto &sorted) { return sorted.column == column; });
    const std::optional<Qt::SortOrder> before
        = place == sort.end() ? std::nullopt : std::optional(place->order);
    if (sorting == Sorting::Only)
        sort.clear();
    if (!before)
        sort.append({column, Qt::AscendingOrder});
    else if (*before == Qt::AscendingOrder && sorting == Sorting::Only)
        sort.append({column, Qt::DescendingOrder});
    else if (*before == Qt::AscendingOrder)
        place->order = Qt::DescendingOrder;
    else if (sorting == Sorting::AlsoBy)
        sort.erase(place);
    setSort(sort);
}

void FindController::setSort(const QList<orm::SortColumn> &sort)
{
    m_showsCurrent = true;
    m_workspace.model().setSort(sort);
}

// ---------------------------------------------------------------------------------------- progress

void FindController::onProgressed()
{
    const RecordTableModel &model = m_workspace.model();
    if (model.loader().activity() == OrderLoader::Activity::None) {
        m_quiet.stop();
    } else if (!m_isLong && !m_quiet.isActive()) {
        m_quiet.start();
    }
    if (m_wantsFirstHit && model.isSettled() && model.rowCount() > 0) {
        m_wantsFirstHit = false;
        m_pane.view().selectRow(0);
    }
    if (model.isSettled())
        goToWanted();
    if (m_isLong)
        emit taskChanged();
}

void FindController::onEnded()
{
    m_quiet.stop();
    m_wantsFirstHit = false;
    goToWanted();
    m_wanted = {}; // it isn't there
    if (std::exchange(m_showsCurrent, false))
        m_pane.view().scrollTo(m_pane.view().currentIndex());
    if (std::exchange(m_isLong, false))
        emit taskChanged();
}

QString FindController::countsText() const
{
    const RecordTableModel &model = m_workspace.model();
    const orm::Table &table = m_workspace.table();
    const QLocale locale;
    const QString count = locale.toString(model.committedCount());
    //: A number that is still being counted: "500+"
    const QString shown = model.isCounted() ? count : tr("%1+").arg(count);
    if (!model.query().filter)
        return model.isCounted() ? counted(model.committedCount(), table)
                                 : tr("%1 %2").arg(shown, table.plural);
    if (const auto total = model.loader().totalCount())
        //: "15 of 500 posts"
        return tr("%1 of %2").arg(shown, counted(*total, table));
    return tr("%1 %2 found").arg(shown, table.plural);
}

QString FindController::taskText() const
{
    if (!m_isLong)
        return {};
    QString what;
    switch (m_workspace.model().loader().activity()) {
    case OrderLoader::Activity::None:
        return {};
    case OrderLoader::Activity::Counting:
        what = tr("Counting…");
        break;
    case OrderLoader::Activity::Sorting:
        what = tr("Sorting…");
        break;
    case OrderLoader::Activity::Searching:
        what = tr("Searching…");
        break;
    }
    if (const auto percent = m_workspace.model().loader().percent())
        //: What is going on, and how far it is: "Searching… 61 %"
        what = tr("%1 %2 %").arg(what).arg(*percent);
    return tr("%1 (Shift+Esc cancels)").arg(what);
}

bool FindController::cancel()
{
    OrderLoader &loader = m_workspace.model().loader();
    if (loader.activity() == OrderLoader::Activity::None)
        return false;
    loader.stop();
    return true;
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/mainwindow/findcontroller.h"

#include "core/session/deliver.h"
#include "ui/common/counting.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/search/beginning.h"
#include "ui/search/columnspopup.h"
#include "ui/search/matcher.h"
#include "ui/search/searchbar.h"
#include "ui/search/searchparser.h"
#include "ui/table/recordsource.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"
#include "ui/table/rowtext.h"

#include <QApplication>
#include <QHeaderView>
#include <QLocale>

namespace ui {

FindController::FindController(Workspace &workspace, RecordsPane &pane, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_pane(pane)
    , m_columns(new ColumnsPopup(pane.view(), &pane))
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quiet);
    connect(&m_quiet, &QTimer::timeout, this, [this] {
        m_isLong = true;
        emit taskChanged();
    });
    m_statesTimer.setSingleShot(true);
    m_statesTimer.setInterval(statesDelay);
    connect(&m_statesTimer, &QTimer::timeout, this, &FindController::followStates);
    connect(&m_workspace.edits(), &EditBuffer::rowsChanged, this,
            &FindController::statesMayHaveChanged);
    connect(&m_workspace.edits(), &EditBuffer::committed, this,
            &FindController::statesMayHaveChanged);
    connect(&m_workspace.model(), &RecordTableModel::changedOutsideCountChanged, this,
            &FindController::statesMayHaveChanged);
    m_quietFinding.setSingleShot(true);
    m_quietFinding.setInterval(quiet);
    connect(&m_quietFinding, &QTimer::timeout, this, [this] {
        m_isFindingLong = true;
        emit taskChanged();
    });
    connect(&m_pane.view(), &RecordTableView::findRequested, this, &FindController::findBeginning);
    connect(&m_pane, &RecordsPane::currentKeyChanged, this, &FindController::stopFinding);
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

FindController::~FindController()
{
    m_finding.cancel();
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
    stopFinding();
    m_stateQuery.reset();
    m_pane.setSearching(!parsed.query->isEmpty());
    if (parsed.query->isEmpty()) {
        if (model.query().filter) {
            model.setSearch(nullptr);
            showCurrent();
        }
        return;
    }
    m_states = states();
    if (parsed.query->asksForStates())
        m_stateQuery = parsed.query;
    model.setSearch(std::make_shared<Matcher>(*parsed.query, table, m_states));
}

QHash<orm::Key, RowState> FindController::states() const
{
    const RecordTableModel &model = m_workspace.model();
    QHash<orm::Key, RowState> states;
    for (const orm::Key &key : m_workspace.edits().keys())
        states.insert(key, m_workspace.edits().state(key));
    for (const orm::Key &key : model.changedOutside())
        states.insert(key, model.state(key));
    return states;
}

void FindController::statesMayHaveChanged()
{
    if (m_stateQuery && !m_statesTimer.isActive())
        m_statesTimer.start();
}

/// A search for `is:modified` shows what is modified now, not what was when it was typed.
void FindController::followStates()
{
    if (!m_stateQuery)
        return;
    const QHash<orm::Key, RowState> now = states();
    if (now == m_states)
        return;
    m_states = now;
    m_workspace.model().setSearch(
        std::make_shared<Matcher>(*m_stateQuery, m_workspace.table(), m_states));
}

// ------------------------------------------------------------------------ letters typed in the list

/// The view looked at the rows that are here; the database knows the others. The next row of the
/// list, below the current one and then from the top, whose title begins with @p prefix.
void FindController::findBeginning(const QString &prefix)
{
    stopFinding();
    const RecordTableModel &model = m_workspace.model();
    const orm::Key current = m_pane.currentKey();
    orm::RowQuery query = model.query();
    query.filter
        = std::make_shared<Beginning>(prefix, titleColumn(query.table), current, query.filter);
    query.behind = current; // so that the next one is found without looking at all
    m_beginning = prefix;
    m_quietFinding.start();
    m_finding = m_workspace.source().keys(query);
    struct Found
    {
        bool isBehind = false; ///< the current row
        orm::Key first;
    };
    auto found = std::make_shared<Found>();
    const int finding = m_findings;
    orm::deliverEach(
        m_finding, this,
        [this, finding, current, found](const orm::KeyBatch &batch) {
            if (finding != m_findings)
                return;
            if (batch.restarts)
                *found = {};
            for (qint64 i = 0; i < batch.keys.size(); ++i) {
                const orm::Key key = batch.keys.at(i);
                if (key == current) {
                    found->isBehind = true;
                } else if (found->isBehind || batch.isAsRead) {
                    stopFinding();
                    m_pane.select(key);
                    return;
                } else if (found->first.isNull()) {
                    found->first = key;
                }
            }
        },
        [this, finding, found] {
            if (finding != m_findings)
                return;
            stopFinding();
            if (!found->first.isNull())
                m_pane.select(found->first);
        },
        [this, finding](const orm::Error &) {
            if (finding == m_findings)
                stopFinding();
        });
}

void FindController::stopFinding()
{
    ++m_findings;
    m_finding.cancel();
    m_quietFinding.stop();
    m_beginning.clear();
    if (std::exchange(m_isFindingLong, false))
        emit taskChanged();
}

// --------------------------------------------------------------------------------------- searching

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
    m_sawPreview = false;
    m_workspace.model().setSort(sort);
    showCurrent();
}

/// Scrolls to the current row as soon as the rows asked for are there.
void FindController::showCurrent()
{
    const RecordTableModel &model = m_workspace.model();
    m_showsCurrent = !model.isSettled() || model.loader().isPreview();
    if (!m_showsCurrent)
        m_pane.view().scrollTo(m_pane.view().currentIndex());
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
    // Of an order that is not sorted out yet the first rows are what there is to see.
    if (model.loader().isPreview() && !std::exchange(m_sawPreview, true))
        m_pane.view().scrollToTop();
    if (model.isSettled() && !model.loader().isPreview())
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
    const auto known = model.loader().totalCount();
    if (!model.query().filter && model.loader().isPreview() && known)
        return counted(*known, table); // of which only the first ones are shown just now
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
    if (m_isFindingLong)
        return tr("Looking for “%1”… (Shift+Esc cancels)").arg(m_beginning);
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
    if (!m_beginning.isEmpty()) {
        stopFinding();
        return true;
    }
    OrderLoader &loader = m_workspace.model().loader();
    if (loader.activity() == OrderLoader::Activity::None)
        return false;
    loader.stop();
    return true;
}

} // namespace ui

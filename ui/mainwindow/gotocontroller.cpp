// SPDX-License-Identifier: MIT
#include "ui/mainwindow/gotocontroller.h"

#include "core/session/deliver.h"
#include "ui/changes/editbuffer.h"
#include "ui/mainwindow/findcontroller.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/search/fuzzytitle.h"
#include "ui/search/searchparser.h"
#include "ui/table/celltext.h"
#include "ui/table/recordsource.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"
#include "ui/table/rowtext.h"

#include <QDateTime>

namespace ui {

GoToController::GoToController(Workspace &workspace, RecordsPane &pane, FindController &find,
                               QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_pane(pane)
    , m_find(find)
    , m_popup(new GoToPopup(&pane))
{
    connect(m_popup, &GoToPopup::textChanged, this, &GoToController::onTextChanged);
    connect(m_popup, &GoToPopup::chosen, this, [this](const orm::Key &key) { m_find.goTo(key); });
    connect(m_popup, &GoToPopup::closed, this,
            [this] { m_pane.view().setFocus(Qt::OtherFocusReason); });
    connect(&m_pane, &RecordsPane::followed, this, &GoToController::visited);
    connect(&m_workspace.edits(), &EditBuffer::committed, this, &GoToController::onCommitted);
    connect(&m_workspace.model(), &RecordTableModel::countChanged, this, [this] {
        if (m_waitsForRow && m_popup->isVisible())
            onTextChanged(m_popup->text());
    });
}

GoToController::~GoToController()
{
    m_search.cancel();
}

void GoToController::open()
{
    const orm::Table &table = m_workspace.table();
    m_popup->open(
        tr("A number, #row, a day like 2024-01-05, or letters of a title of %1").arg(table.plural));
}

void GoToController::onTextChanged(const QString &typed)
{
    ++m_generation;
    m_search.cancel();
    const QString text = typed.trimmed();
    const orm::Table &table = m_workspace.table();
    const RecordTableModel &model = m_workspace.model();
    m_popup->setNote({});
    m_waitsForRow = false;
    if (text.isEmpty())
        return show({}, true);
    bool isNumber = false;
    if (text.startsWith(u'#')) {
        const int row = text.sliced(1).toInt(&isNumber);
        // Read from its end, the table's rows have no numbers yet.
        const bool hasNumbers = model.edge() == RowOrder::Edge::Top;
        const orm::Key key = isNumber && hasNumbers ? model.keyAt(row - 1) : orm::Key();
        m_waitsForRow = isNumber && row > 0 && key.isNull() && !model.isCounted();
        if (m_waitsForRow) {
            show({}, false);
            return m_popup->setNote(tr("The %1 are still being counted.").arg(table.plural));
        }
        return lookUp(key.isNull() ? QList<orm::Key>() : QList{key});
    }
    const qint64 id = text.toLongLong(&isNumber);
    if (isNumber && table.hasIntegerKey())
        return lookUp({orm::Key::integer(id)});
    const int created = table.indexOf(orm::Role::Created);
    if (const auto period = parsePeriod(text); period && created >= 0) {
        const QDateTime from(period->first, QTime(0, 0), QTimeZone::systemTimeZone());
        return look(std::make_shared<FirstFrom>(created, from.toMSecsSinceEpoch()), 1);
    }
    look(std::make_shared<FuzzyTitle>(titleColumn(table), text), maxTargets);
}

QString GoToController::textOf(const orm::Key &key, const orm::StoredValue &title) const
{
    const orm::Table &table = m_workspace.table();
    return tr("%1  %2").arg(key.toString(),
                            celltext::display(table.columns.at(titleColumn(table)), title));
}

/// Rows that are known by their keys: whether they are there, and what they are called.
void GoToController::lookUp(const QList<orm::Key> &keys)
{
    if (keys.isEmpty())
        return show({}, true);
    if (keys.first().isTemporary()) {
        const auto title
            = m_workspace.model().value(keys.first(), titleColumn(m_workspace.table()));
        return show({{keys.first(), textOf(keys.first(), title.value_or(orm::StoredValue()))}},
                    true);
    }
    const int generation = m_generation;
    orm::deliver(
        m_workspace.source().page(m_workspace.table(), keys), this,
        [this, generation](const orm::RecordPage &page) {
            if (generation != m_generation)
                return;
            QList<GoToPopup::Target> targets;
            const int title = titleColumn(m_workspace.table());
            for (qint64 i = 0; i < page.keys.size(); ++i)
                targets.append({page.keys.at(i),
                                textOf(page.keys.at(i), page.records.at(i).values.at(title))});
            show(targets, true);
        },
        [this](const orm::Error &) { show({}, true); });
}

/// Rows that have to be looked for, in the whole table.
void GoToController::look(const std::shared_ptr<const orm::RowScore> &score, int limit)
{
    const int generation = m_generation;
    const bool isTitle = score->columns() == QList{titleColumn(m_workspace.table())};
    m_search = m_workspace.source().nearest(m_workspace.table(), score, limit);
    auto found = std::make_shared<QList<orm::ScoredRow>>();
    const auto showFound = [this, generation, isTitle, found](bool isLast) {
        if (generation != m_generation)
            return;
        if (!isTitle && isLast && !found->isEmpty())
            return lookUp({found->first().key});
        QList<GoToPopup::Target> targets;
        for (const orm::ScoredRow &row : std::as_const(*found)) {
            if (isTitle)
                targets.append({row.key, textOf(row.key, row.values.first())});
        }
        show(targets, isLast);
    };
    orm::deliverEach(
        m_search, this,
        [found, showFound](const QList<orm::ScoredRow> &rows) {
            *found = rows;
            showFound(false);
        },
        [showFound] { showFound(true); }, [showFound](const orm::Error &) { showFound(true); });
}

void GoToController::show(const QList<GoToPopup::Target> &targets, bool isLast)
{
    m_popup->setTargets(targets, isLast);
    if (isLast && targets.isEmpty() && !m_popup->text().trimmed().isEmpty())
        m_popup->setNote(tr("There is no such %1. Try a number, a day or fewer letters.")
                             .arg(m_workspace.table().singular));
}

// ------------------------------------------------------------------------------------------ visits

void GoToController::onCommitted(const orm::CommitResult &result)
{
    const QHash<orm::Key, orm::Key> renamed = result.renamedKeys();
    for (orm::Key &key : m_visits)
        key = renamed.value(key, key);
}

void GoToController::visited(const orm::Key &key)
{
    if (key.isNull() || (m_visit >= 0 && m_visits.at(m_visit) == key))
        return;
    m_visits.resize(m_visit + 1); // what lay ahead is another way
    m_visits.append(key);
    if (m_visits.size() > maxVisits)
        m_visits.removeFirst();
    m_visit = m_visits.size() - 1;
    emit visitsChanged();
}

void GoToController::step(int by)
{
    const qsizetype to = m_visit + by;
    if (to < 0 || to >= m_visits.size())
        return;
    m_visit = to;
    m_find.goTo(m_visits.at(to));
    emit visitsChanged();
}

} // namespace ui

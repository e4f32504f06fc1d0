// SPDX-License-Identifier: MIT
#include "ui/mainwindow/batchcontroller.h"

#include "ui/batch/batchpanel.h"
#include "ui/batch/formula.h"
#include "ui/batch/replacepanel.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/common/counting.h"
#include "ui/common/scripts.h"
#include "ui/common/toast.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/editcontroller.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/celltext.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QLocale>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// A value as the fields of a batch take and show it.
QString textOf(const orm::Column &column, const orm::StoredValue &value)
{
    return column.type.isText() ? value.toString() : celltext::edit(column, value).toString();
}

/// On one line, and not endless.
QString brief(QString text)
{
    constexpr qsizetype longest = 120;
    text = text.left(longest + 1).simplified();
    return text.size() > longest ? text.left(longest) + u'…' : text;
}

/// What the rows have in one column.
struct Values
{
    QSet<orm::StoredValue> different;
    orm::StoredValue first;
};

/// The new values of @p row, where they are others.
QHash<int, orm::StoredValue> evaluate(const orm::Table &table, const QHash<int, Formula> &formulas,
                                      const QSet<int> &nulls, const SeenRow &row, qint64 number)
{
    QHash<int, orm::StoredValue> values;
    for (const int column : nulls) {
        if (!row.value(column).isNull())
            values.insert(column, orm::StoredValue());
    }
    for (auto formula = formulas.cbegin(); formula != formulas.cend(); ++formula) {
        const QString text = formula.value().expand(
            [&](int column) { return textOf(table.columns.at(column), row.value(column)); },
            number);
        const orm::Column &column = table.columns.at(formula.key());
        const auto from = formula.value().onlyColumn();
        orm::StoredValue value;
        if (!from || !row.value(*from).isNull())
            value = column.type.isText() ? orm::StoredValue::text(text)
                                         : celltext::parse(column, text);
        if (value != row.value(formula.key()))
            values.insert(formula.key(), value);
    }
    return values;
}

QHash<int, Formula> parsed(const QHash<int, QString> &texts, const orm::Table &table)
{
    QHash<int, Formula> formulas;
    for (auto text = texts.cbegin(); text != texts.cend(); ++text)
        formulas.insert(text.key(), Formula(text.value(), table));
    return formulas;
}

/// Leaves the texts of the first @p rows. @returns whether there were more
bool cut(QList<FoundText> &found, qint64 rows)
{
    for (qsizetype i = 0; i < found.size(); ++i) {
        if (i > 0 && found.at(i).key == found.at(i - 1).key)
            continue;
        if (rows-- == 0) {
            found.remove(i, found.size() - i);
            return true;
        }
    }
    return false;
}

/// Where words are looked for: what one reads.
QList<int> textColumns(const orm::Table &table)
{
    QList<int> columns;
    for (const orm::Role role : {orm::Role::Title, orm::Role::Body}) {
        const int column = table.indexOf(role);
        if (column >= 0 && table.columns.at(column).type.isText()
            && !table.columns.at(column).isReadOnly)
            columns << column;
    }
    return columns;
}

} // namespace

BatchController::BatchController(const Parts &parts, const Actions &actions, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    const auto on = [this, &actions](QLatin1StringView id, const std::function<void()> &run) {
        connect(actions.action(id), &QAction::triggered, this, run);
    };
    on("post.editMany"_L1, [this] { editTogether(); });
    on("edit.replacePosts"_L1, [this] { openReplace(); });
    connect(&m_parts.pane.view(), &RecordTableView::fillSelectionRequested, this,
            &BatchController::fill);
}

BatchController::~BatchController() = default;

// ---------------------------------------------------------------------------------- changing rows

void BatchController::change(
    const QString &label, const QString &text, const QList<orm::Key> &keys,
    const std::function<QHash<int, orm::StoredValue>(const SeenRow &, qint64 number)> &change,
    const std::function<void(qint64 rows)> &then,
    const std::optional<std::pair<orm::Key, int>> &visited)
{
    using Edits = QList<RowEdit>;
    const auto edits = std::make_shared<Edits>();
    const auto number = std::make_shared<qint64>(0);
    const auto work = [change, number](const QList<SeenRow> &rows) -> std::any {
        Edits made;
        for (const SeenRow &row : rows) {
            const auto values = change(row, ++*number);
            for (auto value = values.cbegin(); value != values.cend(); ++value)
                made.append({row.key, value.key(), value.value(), row.shown});
        }
        return made;
    };
    edits->reserve(keys.size());
    m_parts.jobs.start(
        {.label = label,
         .keys = keys,
         .work = work,
         .part = [edits](const std::any &part) { *edits += std::any_cast<Edits>(part); },
         .done = [this, edits, text, then,
                  visited] { m_parts.workspace.history().editRows(*edits, text, then, visited); }});
}

void BatchController::done(qint64 rows)
{
    m_parts.toast.show(tr("%1 changed").arg(counted(rows, m_parts.workspace.table())),
                       rows > 0 ? Toast::Offer::Undo : Toast::Offer::Nothing);
}

/// @param isTyped into the cell, just now: the two are one step
void BatchController::fill(const QModelIndex &cell, const QVariant &, bool isTyped)
{
    const int column = RecordTableModel::tableColumn(cell.column());
    const orm::Key key = m_parts.workspace.model().keyAt(cell.row());
    const auto value = m_parts.workspace.model().value(key, column);
    if (!value || column < 0 || m_parts.edits.refuseIfTooManySelected())
        return;
    const QList<orm::Key> keys = m_parts.edits.selectedKeys();
    change(
        tr("Changing…"), tr("fill %1").arg(counted(keys.size(), m_parts.workspace.table())), keys,
        [column, value = *value](const SeenRow &row, qint64) {
            using Values = QHash<int, orm::StoredValue>;
            return row.value(column) == value ? Values() : Values{{column, value}};
        },
        [this](qint64 rows) { done(rows); },
        isTyped ? std::optional(std::pair(key, column)) : std::nullopt);
}

// ----------------------------------------------------------------------------------- edit together

void BatchController::editTogether()
{
    m_parts.edits.whenIdle([this] {
        m_parts.edits.finishTyping();
        if (m_parts.edits.refuseIfTooManySelected())
            return;
        const QList<orm::Key> keys = m_parts.edits.selectedKeys();
        if (keys.size() == 1)
            m_parts.pane.focusField(orm::Role::Body);
        if (keys.size() < 2)
            return;
        m_batchKeys = keys;
        m_sample.clear();
        m_batch = new BatchPanel(m_parts.workspace.table(), keys.size());
        connect(m_batch, &BatchPanel::edited, this, &BatchController::preview);
        connect(m_batch, &BatchPanel::applyRequested, this, &BatchController::applyBatch);
        m_parts.pane.showPanel(m_batch);
        preview();
        readBatch(m_batch, keys);
    });
}

bool BatchController::setNull(const QWidget *focus)
{
    return m_batch && m_parts.pane.panel() == m_batch && m_batch->setNull(focus);
}

void BatchController::readBatch(BatchPanel *panel, const QList<orm::Key> &keys)
{
    const int columns = int(m_parts.workspace.table().columns.size());
    const auto values = std::make_shared<QList<Values>>(columns);
    const auto count = std::make_shared<qint64>(0);
    // One part after the other, so they may share the values.
    const auto work = [values, columns, count](const QList<SeenRow> &rows) -> std::any {
        for (const SeenRow &row : rows) {
            for (int i = 0; i < columns; ++i) {
                Values &seen = (*values)[i];
                if (*count == 0)
                    seen.first = row.value(i);
                if (seen.different.size() <= countedValues)
                    seen.different.insert(row.value(i));
            }
            ++*count;
        }
        return rows.first(*count <= previewRows ? rows.size()
                                                : std::min<qsizetype>(rows.size(), previewRows));
    };
    m_parts.jobs.start(
        {.label = tr("Reading…"),
         .keys = keys,
         .work = work,
         .part =
             [this](const std::any &part) {
                 if (m_sample.size() >= previewRows)
                     return;
                 m_sample += std::any_cast<QList<SeenRow>>(part);
                 m_sample.resize(std::min<qsizetype>(m_sample.size(), previewRows));
                 preview();
             },
         .done =
             [this, values, columns, panel = QPointer(panel)] {
                 const orm::Table &table = m_parts.workspace.table();
                 const QLocale locale;
                 for (int i = 0; panel && i < columns; ++i) {
                     const Values &seen = values->at(i);
                     const qsizetype different = seen.different.size();
                     QString summary = tr("%1 different values").arg(locale.toString(different));
                     if (different > countedValues)
                         summary = tr("more than %1 different values")
                                       .arg(locale.toString(countedValues));
                     else if (different == 1 && seen.first.isNull())
                         summary = tr("(empty)");
                     panel->setValues(i, summary,
                                      different == 1 ? textOf(table.columns.at(i), seen.first)
                                                     : QString());
                 }
             },
         .onlyShows = true});
}

void BatchController::preview()
{
    if (!m_batch)
        return;
    const orm::Table &table = m_parts.workspace.table();
    const QHash<int, Formula> formulas = parsed(m_batch->formulas(), table);
    for (const Formula &formula : formulas) {
        if (!formula.problem().isEmpty()) {
            m_batch->setProblem(formula.problem());
            return;
        }
    }
    QStringList lines;
    const QSet<int> nulls = m_batch->nulls();
    const bool isAny = !formulas.isEmpty() || !nulls.isEmpty();
    for (qsizetype i = 0; i < m_sample.size() && isAny; ++i) {
        const SeenRow &row = m_sample.at(i);
        const auto values = evaluate(table, formulas, nulls, row, i + 1);
        for (auto value = values.cbegin(); value != values.cend(); ++value) {
            const orm::Column &column = table.columns.at(value.key());
            //: What will be changed: of which row, and in which field; the old and the new value
            lines << tr("#%1 %2: %3 → %4")
                         .arg(row.key.toString(), column.text(),
                              isolated(brief(textOf(column, row.value(value.key())))),
                              isolated(brief(textOf(column, value.value()))));
        }
    }
    QString summary;
    if (isAny && m_batchKeys.size() > m_sample.size() && !m_sample.isEmpty())
        summary = tr("The first %1 of %2:")
                      .arg(QLocale().toString(m_sample.size()), counted(m_batchKeys.size(), table));
    m_batch->setPreview(lines, summary);
}

void BatchController::applyBatch()
{
    if (!m_batch || (m_batch->formulas().isEmpty() && m_batch->nulls().isEmpty()))
        return;
    const orm::Table &table = m_parts.workspace.table();
    const QHash<int, Formula> formulas = parsed(m_batch->formulas(), table);
    for (const Formula &formula : formulas) {
        if (!formula.problem().isEmpty())
            return;
    }
    change(
        tr("Changing…"), tr("edit %1").arg(counted(m_batchKeys.size(), table)), m_batchKeys,
        [table, formulas, nulls = m_batch->nulls()](const SeenRow &row, qint64 number) {
            return evaluate(table, formulas, nulls, row, number);
        },
        [this, panel = m_batch](qint64 rows) {
            if (panel && m_parts.pane.panel() == panel)
                m_parts.pane.closePanel();
            done(rows);
        });
}

// --------------------------------------------------------------------------------------- replacing

void BatchController::openReplace()
{
    m_parts.edits.whenIdle([this] {
        m_parts.edits.finishTyping();
        const orm::Table &table = m_parts.workspace.table();
        if (m_replace && m_parts.pane.panel() == m_replace) {
            m_replace->setFocus(Qt::ShortcutFocusReason);
            return;
        }
        const RecordTableModel &model = m_parts.workspace.model();
        m_scopes = {{shownText(), {}}};
        const qint64 selected = m_parts.pane.view().selectedRowCount();
        // Kept as they are now: the selection may be another one by then. All of them are those shown.
        if (selected > 1 && selected < model.rowCount())
            m_scopes.prepend(
                {tr("%1 selected").arg(counted(selected, table)), m_parts.edits.selectedKeys()});
        QStringList texts;
        for (const Scope &scope : std::as_const(m_scopes))
            texts << scope.text;
        m_isListed = false;
        m_replace = new ReplacePanel(texts, table);
        connect(m_replace, &ReplacePanel::listRequested, this, &BatchController::listHits);
        connect(m_replace, &ReplacePanel::applyRequested, this, &BatchController::applyReplace);
        connect(m_replace, &ReplacePanel::changed, this, [this] {
            m_isListed = false;
            m_replace->model().clear();
            m_replace->setStatus(m_replace->pattern().problem());
        });
        connect(m_replace, &ReplacePanel::rowRequested, this, [this](const orm::Key &key) {
            m_parts.pane.select(key); // the panel stays: one looks where a hit is
        });
        connect(&m_replace->model(), &ReplaceModel::tickedChanged, this,
                &BatchController::showHits);
        const auto count = [this, panel = m_replace, place = int(m_scopes.size()) - 1] {
            panel->setScopeText(place, shownText());
        };
        connect(&model, &QAbstractItemModel::modelReset, m_replace, count);
        connect(&model, &QAbstractItemModel::rowsInserted, m_replace, count);
        connect(&model, &QAbstractItemModel::rowsRemoved, m_replace, count);
        m_parts.pane.showPanel(m_replace);
    });
}

/// What the list shows now, which may be something else when hits are looked for.
QString BatchController::shownText() const
{
    return tr("%1 shown")
        .arg(counted(m_parts.workspace.model().rowCount(), m_parts.workspace.table()));
}

void BatchController::listHits()
{
    if (!m_replace)
        return;
    const TextPattern pattern = m_replace->pattern();
    const QString replacement = m_replace->replacement();
    if (pattern.isEmpty() || !pattern.problem().isEmpty()) {
        m_replace->setStatus(pattern.isEmpty() ? tr("Type what is to be found first.")
                                               : pattern.problem());
        return;
    }
    const Scope scope = m_scopes.value(m_replace->scope());
    const orm::Table table = m_parts.workspace.table();
    const auto work = [pattern, replacement, table,
                       columns = textColumns(table)](const QList<SeenRow> &rows) -> std::any {
        QList<FoundText> found;
        for (const SeenRow &row : rows) {
            for (const int column : columns) {
                const orm::StoredValue value = row.value(column);
                if (value.storageClass() != orm::StorageClass::Text || !value.isValidText())
                    continue; // what can't be shown as it is can't be given back, either
                const QString text = value.toString();
                const auto hits = pattern.find(text, replacement);
                if (!hits.isEmpty())
                    found.append({row.key, column, text, hits});
            }
        }
        return found;
    };
    m_isListed = true;
    m_isCut = false;
    m_replace->model().clear();
    m_replace->setStatus(tr("Looking…"));
    const auto isFirst = std::make_shared<bool>(true);
    const auto take = [this, isFirst, panel = m_replace](const std::any &part) {
        if (!panel || !m_isListed) {
            m_parts.jobs.cancel(); // it looks for something else by now
            return;
        }
        ReplaceModel &model = panel->model();
        auto found = std::any_cast<QList<FoundText>>(part);
        m_isCut = cut(found, EditBuffer::maxPendingRows - model.foundRows());
        model.append(found);
        if (model.rowCount() > 0 && std::exchange(*isFirst, false))
            panel->focusHits();
        m_isCut = m_isCut || (model.rowCount() >= maxListedHits && !m_parts.jobs.isAtEnd());
        if (m_isCut)
            m_parts.jobs.cancel();
    };
    m_parts.jobs.start({.label = tr("Looking…"),
                        .keys = scope.keys,
                        .takesShown = scope.keys.isEmpty(),
                        .work = work,
                        .part = take,
                        .done = [this] { showHits(); },
                        .stopped = [this] { showHits(); },
                        .onlyShows = true});
}

QString BatchController::tickedText() const
{
    const ReplaceModel &model = m_replace->model();
    return tr("%1 in %2")
        .arg(tr("%Ln hit(s)", nullptr, int(model.tickedHits())),
             counted(model.tickedRows(), m_parts.workspace.table()));
}

void BatchController::showHits()
{
    if (!m_replace || !m_isListed)
        return;
    const ReplaceModel &model = m_replace->model();
    const QLocale locale;
    const qint64 hits = model.tickedHits();
    m_replace->setCanApply(hits > 0);
    if (m_parts.jobs.isRunning())
        m_replace->setStatus(tr("%1 hits so far").arg(locale.toString(model.rowCount())));
    else if (model.rowCount() == 0)
        m_replace->setStatus(tr("Not found in these %1. Type another word, or choose others.")
                                 .arg(m_parts.workspace.table().plural));
    else if (m_isCut)
        //: "1,000,000 hits in 43,210 posts"
        m_replace->setStatus(
            tr("%1, and there are more. Replace these and save, then list again; or search for "
               "fewer first.")
                .arg(tickedText()));
    else
        m_replace->setStatus(tickedText());
}

void BatchController::applyReplace()
{
    if (!m_replace)
        return;
    if (!m_isListed) {
        listHits(); // nothing is replaced unseen
        return;
    }
    const QList<orm::Key> keys = m_replace->model().tickedKeys();
    const qint64 rows = keys.size();
    // Cheap in comparison with what follows.
    const qint64 more = std::count_if(keys.cbegin(), keys.cend(), [this](const orm::Key &key) {
        return !m_parts.workspace.edits().contains(key);
    });
    if (keys.isEmpty() || m_parts.edits.refuseIfTooMany(more))
        return;
    using Found = QHash<orm::Key, QList<FoundText>>;
    const auto found = std::make_shared<Found>(); // made and used in the reading thread
    const auto texts = m_replace->model().tickedTexts();
    change(
        tr("Replacing…"), tr("replace in %1").arg(counted(rows, m_parts.workspace.table())), keys,
        [found, texts](const SeenRow &row, qint64) {
            if (found->isEmpty()) {
                for (const FoundText &text : texts())
                    (*found)[text.key] << text;
            }
            QHash<int, orm::StoredValue> values;
            const auto inRow = found->value(row.key);
            for (const FoundText &text : inRow) {
                // Only where the hits still are what the user has seen.
                if (row.value(text.column).toString() == text.text)
                    values.insert(
                        text.column,
                        orm::StoredValue::text(TextPattern::replaced(text.text, text.hits)));
            }
            return values;
        },
        [this, rows, panel = m_replace](qint64 changed) {
            if (panel && m_parts.pane.panel() == panel)
                m_parts.pane.closePanel();
            if (changed < rows)
                m_parts.toast.show(tr("%1 changed; the others had become other texts meanwhile")
                                       .arg(counted(changed, m_parts.workspace.table())),
                                   Toast::Offer::Undo);
            else
                done(changed);
        });
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/mainwindow/editcontroller.h"

#include "core/session/deliver.h"
#include "core/session/dependents.h"
#include "core/session/rowreader.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/common/counting.h"
#include "ui/common/errortext.h"
#include "ui/common/messagebar.h"
#include "ui/common/toast.h"
#include "ui/editor/recordeditorform.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/rowjobs.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recorddelegate.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QAbstractItemView>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QUndoStack>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Calls the member of the text widget that @p focus is. @returns whether it is one
template<typename InLine, typename InText>
bool inText(QWidget *focus, InLine inLine, InText inTextEdit)
{
    if (auto *line = qobject_cast<QLineEdit *>(focus)) {
        inLine(*line);
        return true;
    }
    if (auto *text = qobject_cast<QPlainTextEdit *>(focus)) {
        inTextEdit(*text);
        return true;
    }
    return false;
}

/// What a copy of @p row has. @param title the title of a copy, with a place for the row's own
QHash<int, orm::StoredValue> valuesOfCopy(const orm::Table &table, const SeenRow &row,
                                          const QString &title)
{
    QHash<int, orm::StoredValue> values;
    for (int i = 0; i < table.columns.size(); ++i) {
        const orm::Column &column = table.columns.at(i);
        // What belongs to the one row alone is made anew.
        if (column.isPrimaryKey || column.isUnique || column.isVersion || column.isReadOnly
            || column.role == orm::Role::Created)
            continue;
        orm::StoredValue value = row.value(i);
        if (column.role == orm::Role::Title && !value.isNull())
            value = orm::StoredValue::text(title.arg(value.toString()));
        if (!value.isNull())
            values.insert(i, value);
    }
    return values;
}

} // namespace

EditController::EditController(Workspace &workspace, RecordsPane &pane, RowJobs &jobs,
                               MessageBar &messageBar, Toast &toast, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_pane(pane)
    , m_jobs(jobs)
    , m_messageBar(messageBar)
    , m_toast(toast)
{
    connect(&pane, &RecordsPane::currentKeyChanged, this, &EditController::onCurrentKeyChanged);
    connect(&workspace.history().undoStack(), &QUndoStack::indexChanged, this,
            &EditController::undoChanged);
    connect(&workspace.history().undoStack(), &QUndoStack::indexChanged, &toast,
            &Toast::withdrawOffer);
    // What is asked for while many rows are changed is about them as they are then.
    const StepRunner &runner = workspace.history().runner();
    connect(&runner, &StepRunner::runningChanged, this, [this, &runner] {
        if (runner.isRunning())
            hold();
        else
            release();
    });
    const EditBuffer &edits = workspace.edits();
    connect(&edits, &EditBuffer::settlingChanged, this, [this, &edits] {
        if (edits.isSettling())
            hold();
        else
            release();
    });
}

// ------------------------------------------------------------------------------------------- rows

void EditController::createRow()
{
    // At once, whatever is being read: what is typed next is meant for the new row.
    finishTyping();
    if (refuseIfTooMany(1))
        return;
    const orm::Key key = m_workspace.history().insertRow({});
    m_pane.select(key);
    m_pane.focusField(orm::Role::Title);
}

void EditController::duplicateRows()
{
    whenIdle([this] {
        const orm::Key key = m_pane.currentKey();
        const qint64 selected = m_pane.view().selectedRowCount();
        if (refuseIfTooMany(std::max<qint64>(selected, 1)))
            return; // so many are not looked at
        const QList<orm::Key> chosen = selected < 2 ? QList{key} : selectedKeys();
        finishTyping();
        if (key.isNull() || key != m_pane.currentKey())
            return; // a new row that stayed empty is gone by now
        //: The title of a copy
        const QString title = tr("%1 (copy)");
        const auto copies = std::make_shared<Copies>();
        copies->reserve(chosen.size());
        readMany<QHash<int, orm::StoredValue>>(
            tr("Duplicating…"), chosen,
            [table = m_workspace.table(), title](const SeenRow &row) {
                return valuesOfCopy(table, row, title);
            },
            [copies](const Copies &part) { *copies += part; },
            [this, copies] { insertCopies(std::exchange(*copies, {})); });
    });
}

/// As they stand: above the list, one below the other as those that they are made of.
void EditController::insertCopies(Copies rows)
{
    std::reverse(rows.begin(), rows.end()); // new rows stand newest first
    const orm::Table &table = m_workspace.table();
    const QString what = rows.size() == 1 ? table.singular : counted(rows.size(), table);
    m_workspace.history().insertRows(
        rows, tr("duplicate %1").arg(what), [this, what](const QList<orm::Key> &keys) {
            if (keys.size() == 1) {
                m_pane.select(keys.first());
                m_pane.focusField(orm::Role::Title);
                return;
            }
            selectRows(keys.last(), keys.first());
            m_toast.show(tr("%1 duplicated").arg(what), Toast::Offer::Undo);
        });
}

void EditController::selectRows(const orm::Key &first, const orm::Key &last)
{
    RecordTableView &view = m_pane.view();
    m_pane.select(first);
    view.setFocus(Qt::OtherFocusReason);
    const int end = m_workspace.model().rowOf(last);
    if (view.currentIndex().isValid() && end >= 0)
        view.selectionModel()->select(
            QItemSelection(view.currentIndex(),
                           m_workspace.model().index(end, view.currentIndex().column())),
            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void EditController::deleteRows()
{
    whenIdle([this] {
        if (refuseIfTooManySelected())
            return;
        QList<orm::Key> chosen = selectedKeys();
        finishTyping();
        // A new row that stayed empty is gone by now, and another one is current.
        chosen.removeIf([this](const orm::Key &key) {
            return key.isTemporary() && !m_workspace.edits().contains(key);
        });
        const auto keys = std::make_shared<QList<orm::Key>>();
        const auto whole = std::make_shared<QList<orm::Record>>();
        keys->reserve(chosen.size());
        whole->reserve(chosen.size());
        readMany<SeenRow>(
            tr("Deleting…"), chosen, [](const SeenRow &row) { return row; },
            [keys, whole](const QList<SeenRow> &rows) {
                for (const SeenRow &row : rows) {
                    *keys << row.key;
                    *whole << row.shown;
                }
            },
            [this, keys, whole] { markDeleted(*keys, *whole); });
    });
}

void EditController::markDeleted(const QList<orm::Key> &keys, const QList<orm::Record> &whole)
{
    m_workspace.history().removeRows(keys, whole, [this, keys](qint64 rows) {
        m_toast.show(tr("%1 marked for deletion").arg(counted(rows, m_workspace.table())),
                     Toast::Offer::Undo);
        sayDependents(keys, rows);
    });
}

/// The toast says, too, what the database will delete or change along with the rows.
void EditController::sayDependents(const QList<orm::Key> &keys, qint64 rows)
{
    QList<orm::Key> stored = keys;
    stored.removeIf([](const orm::Key &key) { return key.isTemporary(); });
    if (stored.isEmpty())
        return;
    const int step = m_workspace.history().undoStack().index();
    const auto count = [table = m_workspace.table(), stored](orm::Connection &connection) {
        return orm::dependentCounts(connection, table, stored);
    };
    orm::deliver(
        m_workspace.pageReader().run(count), this,
        [this, step, rows](const QList<orm::DependentCount> &counts) {
            if (counts.isEmpty() || step != m_workspace.history().undoStack().index())
                return;
            m_toast.show(tr("%1 marked for deletion; %2")
                             .arg(counted(rows, m_workspace.table()), dependentsText(counts)),
                         Toast::Offer::Undo);
        },
        [](const orm::Error &) {}); // the save finds out anew, and undo brings them back
}

void EditController::editCell()
{
    RecordTableView &view = m_pane.view();
    const QModelIndex cell = view.currentIndex();
    const orm::Table &table = m_workspace.table();
    const int current = RecordTableModel::tableColumn(cell.column());
    const int title = RecordTableModel::tableColumn(view.preferredColumn());
    for (const int column : {current, title}) {
        // A long text, of which the list has the beginning only, or which no line can hold.
        const bool isText = column >= 0 && table.columns.at(column).type.isText()
            && !table.columns.at(column).type.isLarge();
        const QModelIndex index = cell.siblingAtColumn(RecordTableModel::modelColumn(column));
        const bool isHere = index.data(CellLoadedRole).toBool();
        const QVariant whole = index.data(Qt::EditRole);
        const bool isCut = !whole.isValid() && !index.data(CellNullRole).toBool();
        const bool isTooLong = isText && isHere
            && (isCut || whole.toString().size() > RecordDelegate::longestEditedText);
        if (!isTooLong) {
            if (index.flags().testFlag(Qt::ItemIsEditable))
                break;
            continue;
        }
        m_pane.follow();
        if (QWidget *field = m_pane.form().fieldWidget(column)) {
            field->setFocus(Qt::ShortcutFocusReason);
            m_toast.show(tr("This text is too long for the list, so it opens in the editor."));
        }
        return;
    }
    view.editCurrentCell();
}

bool EditController::canRevertSelected() const
{
    const EditBuffer &edits = m_workspace.edits();
    // Of several it would have to be looked for.
    return edits.contains(m_pane.currentKey())
        || (edits.changeCount() > 0 && m_pane.view().selectedRowCount() > 1);
}

void EditController::revertSelected()
{
    whenIdle([this] {
        finishTyping();
        //: What was done to "3 posts"
        revert(selectedPendingKeys(), tr("%1 reverted to what is saved"));
    });
}

QList<orm::Key> EditController::selectedPendingKeys() const
{
    const EditBuffer &edits = m_workspace.edits();
    const RecordTableView &view = m_pane.view();
    const RecordTableModel &model = m_workspace.model();
    const auto ranges = view.selectedRowRanges();
    QList<orm::Key> keys;
    if (view.selectedRowCount() <= EditBuffer::maxPendingRows) {
        keys = selectedKeys();
        keys.removeIf([&edits](const orm::Key &key) { return !edits.contains(key); });
        return keys;
    }
    // By what is pending: millions are selected.
    keys = edits.keys();
    const QHash<orm::Key, qint64> rows = model.rowsOf(QSet<orm::Key>(keys.cbegin(), keys.cend()));
    keys.removeIf([&](const orm::Key &key) {
        const qint64 row = rows.value(key, -1);
        return std::none_of(ranges.begin(), ranges.end(), [row](const RowRange &range) {
            return row >= range.first && row <= range.last;
        });
    });
    return keys;
}

void EditController::revertAll()
{
    whenIdle([this] {
        finishTyping();
        //: What was done to "3 posts"
        revert(m_workspace.edits().keys(), tr("The changes of %1 discarded"));
    });
}

void EditController::revert(const QList<orm::Key> &keys, const QString &done)
{
    if (keys.isEmpty())
        return;
    m_workspace.history().revertRows(keys, [this, done](qint64 rows) {
        m_toast.show(done.arg(counted(rows, m_workspace.table())), Toast::Offer::Undo);
    });
}

void EditController::setNull(QWidget *focus)
{
    if (m_pane.form().isAncestorOf(focus)) {
        m_pane.form().setNull(focus);
        return;
    }
    const QModelIndex current = m_pane.view().currentIndex();
    const orm::Key key = m_pane.currentKey();
    const int column = RecordTableModel::tableColumn(current.column());
    if (key.isNull() || column < 0)
        return;
    whenIdle([this, key, column] {
        fetchWhole({key},
                   [this, column](const QList<orm::Key> &keys, const QList<orm::Record> &whole) {
                       if (keys.isEmpty())
                           return;
                       m_workspace.history().setValue(keys.first(), column, {}, whole.first());
                       m_workspace.history().endFieldEdit();
                   });
    });
}

// ------------------------------------------------------------------------------- undo, clipboard

void EditController::undo(QWidget *focus)
{
    RecordEditorForm &form = m_pane.form();
    if (form.isTextField(focus))
        form.undoText(focus);
    else if (form.isAncestorOf(focus)
             || !inText(focus, std::mem_fn(&QLineEdit::undo), std::mem_fn(&QPlainTextEdit::undo)))
        undoRows();
}

void EditController::redo(QWidget *focus)
{
    RecordEditorForm &form = m_pane.form();
    if (form.isTextField(focus))
        form.redoText(focus);
    else if (form.isAncestorOf(focus)
             || !inText(focus, std::mem_fn(&QLineEdit::redo), std::mem_fn(&QPlainTextEdit::redo)))
        whenIdle([this] { m_workspace.history().redo(); });
}

void EditController::undoRows()
{
    whenIdle([this] { m_workspace.history().undo(); });
}

QString EditController::undoText(QWidget *focus) const
{
    if (m_pane.form().isTextField(focus))
        return m_pane.form().canUndoText(focus) ? tr("&Undo typing in %1").arg(fieldOf(focus))
                                                : QString();
    const QUndoStack &stack = m_workspace.history().undoStack();
    if (!stack.canUndo())
        return {};
    return stack.undoText().isEmpty() ? tr("&Undo") : tr("&Undo %1").arg(stack.undoText());
}

QString EditController::redoText(QWidget *focus) const
{
    if (m_pane.form().isTextField(focus))
        return m_pane.form().canRedoText(focus) ? tr("&Redo typing in %1").arg(fieldOf(focus))
                                                : QString();
    const QUndoStack &stack = m_workspace.history().undoStack();
    if (!stack.canRedo())
        return {};
    return stack.redoText().isEmpty() ? tr("&Redo") : tr("&Redo %1").arg(stack.redoText());
}

QString EditController::fieldOf(const QWidget *focus) const
{
    const orm::Table &table = m_workspace.table();
    for (int i = 0; i < table.columns.size(); ++i) {
        const QWidget *field = m_pane.form().fieldWidget(i);
        if (field && (field == focus || field->isAncestorOf(focus)))
            return table.columns.at(i).text();
    }
    return {};
}

void EditController::cut(QWidget *focus)
{
    inText(focus, std::mem_fn(&QLineEdit::cut), std::mem_fn(&QPlainTextEdit::cut));
}

bool EditController::copyText(QWidget *focus)
{
    return inText(focus, std::mem_fn(&QLineEdit::copy), std::mem_fn(&QPlainTextEdit::copy));
}

bool EditController::pasteText(QWidget *focus)
{
    return inText(focus, std::mem_fn(&QLineEdit::paste), std::mem_fn(&QPlainTextEdit::paste));
}

void EditController::selectAll(QWidget *focus)
{
    if (inText(focus, std::mem_fn(&QLineEdit::selectAll), std::mem_fn(&QPlainTextEdit::selectAll)))
        return;
    if (auto *list = qobject_cast<QAbstractItemView *>(focus)) // of posts, or of a panel
        list->selectAll();
    else
        m_pane.view().selectAll();
}

// -------------------------------------------------------------------------------------- rows read

void EditController::whenIdle(const std::function<void()> &task)
{
    if (m_awaited == 0)
        task();
    else
        m_tasks << task;
}

/// What @p make, in the reading thread, makes of each row as the user sees it goes to @p take, part by
/// part; @p then after the last, if there was any. Of few rows by the way, while another job runs; until
/// it is done nothing is idle.
template<typename Part>
void EditController::readMany(const QString &label, const QList<orm::Key> &keys,
                              const std::function<Part(const SeenRow &)> &make,
                              const std::function<void(const QList<Part> &)> &take,
                              const std::function<void()> &then)
{
    if (keys.isEmpty())
        return;
    if (keys.size() <= RowJobs::rowsAtOnce) {
        fetchWhole(keys,
                   [this, make, take, then](const QList<orm::Key> &there,
                                            const QList<orm::Record> &records) {
                       QList<Part> parts;
                       for (qsizetype i = 0; i < there.size(); ++i) {
                           SeenRow row{.key = there.at(i), .shown = records.at(i), .edits = {}};
                           for (int column = 0; column < row.shown.values.size(); ++column) {
                               if (const auto value = m_workspace.edits().value(row.key, column))
                                   row.edits.insert(column, *value);
                           }
                           parts << make(row);
                       }
                       if (parts.isEmpty())
                           return;
                       take(parts);
                       then();
                   });
        return;
    }
    ++m_awaited;
    const auto isAny = std::make_shared<bool>(false);
    m_jobs.start({.label = label,
                  .keys = keys,
                  .work = [make](const QList<SeenRow> &rows) -> std::any {
                      QList<Part> made;
                      for (const SeenRow &row : rows)
                          made << make(row);
                      return made;
                  },
                  .part =
                      [take, isAny](const std::any &part) {
                          const auto &parts = std::any_cast<const QList<Part> &>(part);
                          *isAny = *isAny || !parts.isEmpty();
                          take(parts);
                      },
                  .done =
                      [this, then, isAny] {
                          if (*isAny)
                              then();
                          fetchDone();
                      },
                  .stopped = [this] { fetchDone(); }});
}

void EditController::fetchWhole(const QList<orm::Key> &keys, const Rows &then)
{
    using Found = QHash<orm::Key, orm::Record>;
    if (keys.isEmpty())
        return;
    QList<orm::Key> stored;
    for (const orm::Key &key : keys) {
        if (const orm::Key resolved = m_workspace.edits().resolve(key); !resolved.isTemporary())
            stored << resolved;
    }
    ++m_awaited;
    const auto read = [table = m_workspace.table(), stored](orm::Connection &connection) {
        Found found;
        orm::RowReader(connection, table)
            .readKeys(stored, orm::RowReader::Cut::None,
                      [&found](const orm::Key &key, const orm::Record &record) {
                          found.insert(key, record);
                      });
        return found;
    };
    orm::deliver(
        m_workspace.pageReader().run(read), this,
        [this, keys, then](const Found &found) {
            QList<orm::Key> there;
            QList<orm::Record> records;
            for (const orm::Key &key : keys) {
                const orm::Record record = asSeen(key, found);
                if (record.values.isEmpty())
                    continue; // gone meanwhile; F5 and the save will tell
                there << key;
                records << record;
            }
            then(there, records);
            fetchDone();
        },
        [this](const orm::Error &error) {
            m_messageBar.show(MessageBar::Tone::Problem, errorText(error, m_workspace.name()));
            fetchDone();
        });
}

orm::Record EditController::asSeen(const orm::Key &key,
                                   const QHash<orm::Key, orm::Record> &read) const
{
    const orm::Key resolved = m_workspace.edits().resolve(key);
    if (resolved.isTemporary())
        return {.values = QList<orm::StoredValue>(m_workspace.table().columns.size()),
                .truncated = {}};
    orm::Record record = read.value(resolved);
    const std::optional<orm::Record> shown = m_workspace.model().committed(resolved);
    // What the list shows is what the user has decided on, whoever wrote since.
    if (shown && shown->values.size() == record.values.size()) {
        for (int i = 0; i < record.values.size(); ++i) {
            if (!shown->isTruncated(i))
                record.values[i] = shown->values.at(i);
        }
    }
    return record;
}

void EditController::fetchDone()
{
    --m_awaited;
    while (m_awaited == 0 && !m_tasks.isEmpty())
        m_tasks.takeFirst()();
}

QList<orm::Key> EditController::selectedKeys() const
{
    QList<orm::Key> keys;
    keys.reserve(m_pane.view().selectedRowCount());
    for (const RowRange &range : m_pane.view().selectedRowRanges()) {
        for (int row = range.first; row <= range.last; ++row) {
            if (const orm::Key key = m_workspace.model().keyAt(row); !key.isNull())
                keys << key;
        }
    }
    if (keys.isEmpty() && !m_pane.currentKey().isNull())
        keys << m_pane.currentKey();
    return keys;
}

bool EditController::refuseIfTooMany(qint64 rows)
{
    if (m_workspace.edits().canTake(rows))
        return false;
    m_messageBar.show(MessageBar::Tone::Information,
                      tr("At most %1 can be changed before they are saved. Save first, or select "
                         "fewer.")
                          .arg(counted(EditBuffer::maxPendingRows, m_workspace.table())));
    return true;
}

bool EditController::refuseIfTooManySelected()
{
    const qint64 rows = m_pane.view().selectedRowCount();
    const EditBuffer &edits = m_workspace.edits();
    if (edits.canTake(rows) || rows > EditBuffer::maxPendingRows) // so many are not looked at
        return refuseIfTooMany(rows);
    return refuseIfTooMany(rows - selectedPendingKeys().size());
}

// ----------------------------------------------------------------------------------------- typing

void EditController::finishTyping()
{
    m_pane.view().commitCellEditor();
    m_pane.form().commitFields();
    const QList<orm::Key> untouched = m_workspace.edits().untouchedKeys();
    for (const orm::Key &key : untouched)
        forget(key);
}

bool EditController::isEmptyNewRow(const orm::Key &key) const
{
    if (!key.isTemporary() || !m_workspace.edits().contains(key))
        return false;
    for (int i = 0; i < m_workspace.table().columns.size(); ++i) {
        if (m_workspace.edits().value(key, i))
            return false;
    }
    return true;
}

void EditController::forget(const orm::Key &key)
{
    if (isEmptyNewRow(key))
        m_workspace.history().forgetEmptyRow(key);
}

void EditController::onCurrentKeyChanged(const orm::Key &key)
{
    const orm::Key before = std::exchange(m_currentKey, key);
    if (before == key || !before.isTemporary())
        return;
    // Later: the list is in the middle of moving on from this very row.
    QMetaObject::invokeMethod(
        this,
        [this, before] {
            if (m_currentKey != before)
                forget(before);
        },
        Qt::QueuedConnection);
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/mainwindow/clipboardcontroller.h"

#include "ui/changes/edithistory.h"
#include "ui/common/counting.h"
#include "ui/common/toast.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/editcontroller.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/rowjobs.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"
#include "ui/transfer/pastedrows.h"

#include <QApplication>
#include <QClipboard>
#include <QItemSelectionModel>
#include <QMenu>
#include <QMimeData>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using Rows = QList<QList<orm::StoredValue>>;

/// All values of rows, as the user sees them.
Rows valuesOf(const QList<SeenRow> &seen, qsizetype columns)
{
    Rows rows;
    for (const SeenRow &row : seen) {
        QList<orm::StoredValue> values;
        for (int i = 0; i < columns; ++i)
            values << row.value(i);
        rows << values;
    }
    return rows;
}

/// What is made of some rows in the reading thread.
struct Part
{
    Rows rows;
    std::shared_ptr<orm::RowText> text;
    std::shared_ptr<orm::RowText> html;
    // All of them, in the end
    QString plain;
    QString table;
    QByteArray own;
};

} // namespace

ClipboardController::ClipboardController(const Parts &parts, const Actions &actions,
                                         const std::function<QWidget *()> &focus, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    const auto on = [this, &actions](QLatin1StringView id, const std::function<void()> &run) {
        connect(actions.action(id), &QAction::triggered, this, run);
    };
    on("edit.copy"_L1, [this, focus] {
        if (!m_parts.edits.copyText(focus()))
            copy();
    });
    on("edit.paste"_L1, [this, focus] {
        if (!m_parts.edits.pasteText(focus()))
            paste();
    });
    on("edit.copyAs"_L1, [this] { openFormats(); });
}

void ClipboardController::openFormats()
{
    const std::pair<orm::RowFormat, QString> formats[] = {
        {orm::RowFormat::Markdown, tr("&Markdown table")},
        {orm::RowFormat::Csv, tr("&CSV")},
        {orm::RowFormat::Json, tr("&JSON")},
        {orm::RowFormat::Sql, tr("&SQL INSERT")},
        {orm::RowFormat::Html, tr("&HTML table")},
        {orm::RowFormat::Tsv, tr("&Tab-separated")},
    };
    auto *menu = new QMenu(&m_parts.pane);
    menu->setObjectName(u"copyAsMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto &[format, name] : formats)
        connect(menu->addAction(name), &QAction::triggered, this,
                [this, format = format] { copyAs(format); });
    menu->setActiveAction(menu->actions().first());
    RecordTableView &view = m_parts.pane.view();
    const QRect cell = view.visualRect(view.currentIndex());
    menu->popup(view.viewport()->mapToGlobal(cell.bottomLeft()));
}

void ClipboardController::copyAs(orm::RowFormat format)
{
    const QList<orm::Key> keys = m_parts.edits.selectedKeys();
    if (keys.isEmpty())
        return;
    const orm::Table table = m_parts.workspace.table();
    const auto text = std::make_shared<orm::RowText>(format, table, m_parts.workspace.url().scheme);
    const auto count = std::make_shared<qint64>(0);
    const auto whole = std::make_shared<QString>();
    m_parts.jobs.start(
        {.label = tr("Copying…"),
         .keys = keys,
         // One after the other, so they may share the text: this thread looks at it at the end.
         .work = [text, columns = table.columns.size()](const QList<SeenRow> &seen) -> std::any {
             for (const QList<orm::StoredValue> &row : valuesOf(seen, columns))
                 text->add(row);
             return qint64(seen.size());
         },
         .part = [count](const std::any &part) { *count += std::any_cast<qint64>(part); },
         .done =
             [this, whole, count, format] {
                 auto *data = new QMimeData;
                 data->setText(*whole);
                 if (format == orm::RowFormat::Html)
                     data->setHtml(*whole);
                 QApplication::clipboard()->setMimeData(data);
                 m_parts.toast.show(
                     tr("%1 copied").arg(counted(*count, m_parts.workspace.table())));
             },
         .finish = [whole, text] { *whole = text->text(); }});
}

void ClipboardController::copy()
{
    const QList<orm::Key> keys = m_parts.edits.selectedKeys();
    if (keys.isEmpty())
        return;
    const orm::Table table = m_parts.workspace.table();
    const int column = RecordTableModel::tableColumn(m_parts.pane.view().currentIndex().column());
    const QString scheme = m_parts.workspace.url().scheme;
    const auto all = std::make_shared<Part>();
    all->text = std::make_shared<orm::RowText>(orm::RowFormat::Tsv, table, scheme);
    all->html = std::make_shared<orm::RowText>(orm::RowFormat::Html, table, scheme);
    const bool isCell = keys.size() == 1 && column >= 0;
    m_parts.jobs.start(
        {.label = tr("Copying…"),
         .keys = keys,
         // One after the other, so they may share the texts: this thread looks at them at the end.
         .work = [all, columns = table.columns.size()](const QList<SeenRow> &seen) -> std::any {
             const Rows rows = valuesOf(seen, columns);
             for (const QList<orm::StoredValue> &row : rows) {
                 all->text->add(row);
                 all->html->add(row);
             }
             all->rows += rows;
             return {};
         },
         .part = [](const std::any &) {},
         .done =
             [all, isCell, column] {
                 if (all->rows.isEmpty())
                     return;
                 auto *data = new QMimeData;
                 if (isCell) {
                     data->setText(all->rows.first().at(column).toString());
                 } else {
                     data->setText(all->plain);
                     data->setHtml(all->table);
                 }
                 // Pasted in a list, here or in another window, it is the whole row.
                 pastedrows::put(*data, all->own);
                 QApplication::clipboard()->setMimeData(data);
             },
         .finish =
             [all, table] {
                 all->plain = all->text->text();
                 all->table = all->html->text();
                 all->own = pastedrows::packed(table, all->rows);
             }});
}

void ClipboardController::paste()
{
    const orm::Table &table = m_parts.workspace.table();
    const QMimeData *data = QApplication::clipboard()->mimeData();
    const auto clip = data ? pastedrows::clipOf(*data) : pastedrows::Clip();
    if (clip.size() <= largeClip) {
        insert(pastedrows::take(clip, table));
        return;
    }
    // To take it apart may take long.
    const auto rows = std::make_shared<QList<pastedrows::Values>>();
    m_parts.jobs.start({.label = tr("Pasting…"),
                        .keys = {},
                        .work = {},
                        .part = {},
                        .done = [this, rows] { insert(*rows); },
                        .finish = [rows, clip, table] { *rows = pastedrows::take(clip, table); }});
}

void ClipboardController::insert(QList<pastedrows::Values> rows)
{
    if (rows.isEmpty()) {
        m_parts.toast.show(
            tr("There are no %1 in the clipboard.").arg(m_parts.workspace.table().plural));
        return;
    }
    // New rows stand newest first: the last one goes in first, so that they stand as copied.
    std::reverse(rows.begin(), rows.end());
    m_parts.edits.whenIdle([this, rows] {
        m_parts.edits.finishTyping();
        const QString count = counted(rows.size(), m_parts.workspace.table());
        m_parts.workspace.history().insertRows(
            rows, tr("paste %1").arg(count), [this, count](const QList<orm::Key> &keys) {
                m_parts.edits.selectRows(keys.last(), keys.first());
                m_parts.toast.show(tr("%1 pasted").arg(count), Toast::Offer::Undo);
            });
    });
}

} // namespace ui

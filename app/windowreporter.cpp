// SPDX-License-Identifier: MIT
#include "app/windowreporter.h"

#include "ui/common/messagebar.h"
#include "ui/common/toast.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/search/searchbar.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace app {

namespace {

QString labelText(const ui::MainWindow &window, const QString &name)
{
    const auto *label = window.findChild<QLabel *>(name);
    return label ? label->text() : QString();
}

QString shownText(const ui::MainWindow &window, const QString &name)
{
    const auto *label = window.findChild<QLabel *>(name);
    return label && label->isVisible() ? label->text() : QString();
}

/// What stands in the place of the editor, or under it.
QString panelName(const ui::MainWindow &window)
{
    if (!window.workspace())
        return u"welcomePage"_s;
    if (const QWidget *panel = window.pane()->panel())
        return panel->objectName();
    const auto *bar = window.findChild<QWidget *>(u"findBar"_s);
    return bar && bar->isVisible() ? bar->objectName() : QString();
}

/// The nearest name: a cell editor has none of its own.
QString focusName()
{
    for (const QWidget *widget = QApplication::focusWidget(); widget;
         widget = widget->parentWidget()) {
        if (!widget->objectName().isEmpty() && !widget->objectName().startsWith(u"qt_"))
            return widget->objectName();
    }
    return {};
}

/// Its first lines, and what of them is bold.
void describePreview(const ui::MainWindow &window, QJsonObject &state)
{
    constexpr int linesReported = 20;
    const auto *preview = window.findChild<QTextBrowser *>(u"previewView"_s);
    if (!preview || !preview->isVisible())
        return;
    QStringList lines;
    QStringList bold;
    for (QTextBlock block = preview->document()->begin();
         block.isValid() && lines.size() < linesReported; block = block.next()) {
        lines << block.text();
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            if (part.fragment().charFormat().fontWeight() >= QFont::Bold)
                bold << part.fragment().text();
        }
    }
    state.insert(u"preview"_s, lines.join(u'\n'));
    state.insert(u"previewBold"_s, bold.join(u'\n'));
}

/// Whether there is nothing in sight that could have the focus but @p text.
bool isOnlyField(const ui::MainWindow &window, const QWidget &text)
{
    const QList<QWidget *> widgets = window.findChildren<QWidget *>();
    return !window.menuBar()->isVisible()
        && std::none_of(widgets.begin(), widgets.end(), [&text](const QWidget *other) {
               return other->isVisible() && (other->focusPolicy() & Qt::TabFocus) && other != &text
                   && !text.isAncestorOf(other);
           });
}

void describeBody(const ui::MainWindow &window, const QPlainTextEdit &body, QJsonObject &state)
{
    constexpr qsizetype lettersReported = 200;
    QString text;
    for (QTextBlock block = body.document()->begin();
         block.isValid() && text.size() < lettersReported; block = block.next())
        text += (block.blockNumber() > 0 ? u"\n"_s : QString()) + block.text();
    state.insert(u"caret"_s, body.textCursor().position());
    state.insert(u"body"_s, text.left(lettersReported));
    const bool isAlone = window.pane() && body.isVisible() && isOnlyField(window, body);
    state.insert(u"alone"_s, isAlone ? body.objectName() : QString());
}

QJsonObject describeRow(const QAbstractItemModel &model, int row, int id, int title)
{
    const auto text = [&](int tableColumn) {
        return tableColumn < 0
            ? QString()
            : model.index(row, ui::RecordTableModel::modelColumn(tableColumn)).data().toString();
    };
    return {{u"mark"_s, model.index(row, 0).data().toString()},
            {u"id"_s, text(id)},
            {u"title"_s, text(title)}};
}

void describeRows(const ui::MainWindow &window, QJsonObject &state)
{
    const ui::Workspace &workspace = *window.workspace();
    const ui::RecordTableView &view = window.pane()->view();
    const ui::RecordTableModel &model = window.workspace()->model();
    state.insert(u"search"_s, window.pane()->searchBar().text());
    const int id = workspace.table().primaryKey().value(0, -1);
    const int title = workspace.table().indexOf(orm::Role::Title);

    QJsonArray rows;
    const ui::RowRange visible = view.visibleRows();
    for (int row = visible.first; row <= visible.last && rows.size() < WindowReporter::rowsReported;
         ++row)
        rows << describeRow(model, row, id, title);
    state.insert(u"rows"_s, rows);
    state.insert(u"first"_s, describeRow(model, 0, id, title));
    if (const int row = view.currentIndex().row(); row >= 0) {
        QJsonObject current = describeRow(model, row, id, title);
        const bool isSeen = row >= visible.first && row <= visible.last;
        current.insert(u"seen"_s, isSeen ? u"yes"_s : u"no"_s);
        state.insert(u"current"_s, current);
    }

    QStringList headings;
    QStringList widths;
    const QHeaderView &header = *view.horizontalHeader();
    for (int place = 0; place < header.count(); ++place) {
        const int section = header.logicalIndex(place);
        if (header.isSectionHidden(section))
            continue;
        headings << model.headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
        widths << QString::number(header.sectionSize(section));
    }
    state.insert(u"headings"_s, headings.join(u" | "_s));
    state.insert(u"widths"_s, widths.join(u' '));
}

/// What has the focus, as far as it is a text.
void describeFocus(const ui::MainWindow &window, QJsonObject &state)
{
    const QWidget *focus = QApplication::focusWidget();
    const auto *line = qobject_cast<const QLineEdit *>(focus);
    if (line) {
        state.insert(u"selected"_s, line->selectedText());
        state.insert(u"placeholder"_s, line->placeholderText());
    } else if (const auto *text = qobject_cast<const QPlainTextEdit *>(focus)) {
        state.insert(u"selected"_s, text->textCursor().selectedText());
    }
    const bool isCell
        = focus && window.pane() && window.pane()->view().viewport()->isAncestorOf(focus);
    state.insert(u"cellEditor"_s, isCell ? u"open"_s : QString());
}

/// The list of what is open over or beside the table: commands, keys, hits.
void describeList(const ui::MainWindow &window, QJsonObject &state)
{
    for (const auto &name :
         {u"paletteList"_s, u"keysList"_s, u"replaceList"_s, u"batchPreview"_s}) {
        const auto *list = window.findChild<QAbstractItemView *>(name);
        if (!list || !list->isVisible() || !list->model())
            continue;
        QJsonArray rows;
        int ticked = 0;
        const QAbstractItemModel &model = *list->model();
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex first = model.index(row, 0);
            if (first.data(Qt::CheckStateRole).toInt() == Qt::Checked)
                ++ticked;
            if (rows.size() == WindowReporter::rowsReported)
                continue;
            QString text = first.data().toString();
            if (model.columnCount() > 1)
                text += u"  "_s + first.siblingAtColumn(1).data().toString();
            rows << text;
        }
        state.insert(u"list"_s, rows);
        state.insert(u"listTicked"_s, ticked);
        state.insert(u"listCurrent"_s, list->currentIndex().row());
        return;
    }
}

} // namespace

WindowReporter::WindowReporter(ui::MainWindow &window, QObject *parent)
    : QObject(parent)
    , m_window(window)
{
    auto *timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &WindowReporter::look);
    timer->start(interval);
}

QByteArray WindowReporter::describe(const ui::MainWindow &window)
{
    QJsonObject state{{u"title"_s, window.windowTitle()},
                      {u"focus"_s, focusName()},
                      {u"counts"_s, labelText(window, u"statusCounts"_s)},
                      {u"selection"_s, labelText(window, u"statusSelection"_s)},
                      {u"task"_s, labelText(window, u"statusTask"_s)},
                      {u"panel"_s, panelName(window)},
                      {u"panelText"_s, shownText(window, u"replaceStatus"_s)},
                      {u"words"_s, shownText(window, u"wordCount"_s)},
                      {u"notice"_s, shownText(window, u"bodyNotice"_s)},
                      {u"tab"_s, shownText(window, u"statusTab"_s)}};
    const QWidget *popup = QApplication::activePopupWidget();
    state.insert(u"popup"_s, popup ? popup->objectName() : QString());
    describePreview(window, state);
    if (const auto *pending = window.findChild<QAbstractButton *>(u"pendingButton"_s))
        state.insert(u"pending"_s, pending->text());
    if (const auto *message = window.findChild<ui::MessageBar *>(u"messageBar"_s))
        state.insert(u"message"_s, message->isOpen() ? message->text() : QString());
    if (const auto *recovered = window.findChild<ui::MessageBar *>(u"recoverBar"_s))
        state.insert(u"recovered"_s, recovered->isOpen() ? recovered->text() : QString());
    if (const auto *toast = window.findChild<ui::Toast *>(u"toast"_s))
        state.insert(u"toast"_s, toast->text());
    if (const auto *body = window.findChild<QPlainTextEdit *>(u"bodyEdit"_s))
        describeBody(window, *body, state);
    if (const auto *scope = window.findChild<QComboBox *>(u"replaceScope"_s))
        state.insert(u"scope"_s, scope->currentText());
    state.insert(u"size"_s, u"%1x%2"_s.arg(window.width()).arg(window.height()));
    describeFocus(window, state);
    describeList(window, state);
    if (window.workspace()) {
        const ui::Journal *journal = window.workspace()->journal();
        state.insert(u"kept"_s, journal && journal->isWritten() ? u"yes"_s : QString());
        describeRows(window, state);
    }
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

void WindowReporter::look()
{
    const QByteArray now = describe(m_window);
    // At rest: the same twice, and nothing on its way.
    if (now == m_seen && now != m_reported && m_window.isSettled()) {
        m_reported = now;
        std::fputs((now + '\n').constData(), stdout);
        std::fflush(stdout);
    }
    m_seen = now;
}

} // namespace app

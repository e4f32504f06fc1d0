// SPDX-License-Identifier: MIT
#include "ui/mainwindow/peekcontroller.h"

#include "core/session/deliver.h"
#include "ui/changes/editbuffer.h"
#include "ui/common/counting.h"
#include "ui/editor/peekpopup.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/celltext.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace ui {

PeekController::PeekController(Workspace &workspace, RecordsPane &pane, const Actions &actions,
                               QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_pane(pane)
    , m_popup(new PeekPopup(&pane))
{
    connect(actions.action("post.peek"_L1), &QAction::triggered, this,
            [this] { open(Want::Text); });
    connect(actions.action("post.details"_L1), &QAction::triggered, this,
            [this] { open(Want::Details); });
    connect(m_popup, &PeekPopup::stepRequested, this, [this](int step) {
        RecordTableView &view = m_pane.view();
        view.selectRow(view.currentIndex().row() + step);
        show();
    });
    connect(m_popup, &PeekPopup::openRequested, &m_pane,
            [this] { m_pane.focusField(orm::Role::Body); });
    connect(m_popup, &PeekPopup::closed, &m_pane,
            [this] { m_pane.view().setFocus(Qt::OtherFocusReason); });
}

bool PeekController::escape()
{
    if (!m_popup->isVisible())
        return false;
    m_popup->close();
    return true;
}

void PeekController::open(Want want)
{
    m_want = want;
    show();
    m_popup->open();
}

void PeekController::show()
{
    const int generation = ++m_generation;
    const orm::Key key = m_pane.currentKey();
    if (key.isNull())
        return;
    orm::deliver(
        m_workspace.model().whole(key), this,
        [this, generation, key](const orm::Record &whole) {
            if (generation == m_generation)
                showRow(key, whole);
        },
        [](const orm::Error &) {}); // the list says it
}

void PeekController::showRow(const orm::Key &key, const orm::Record &whole)
{
    const orm::Table &table = m_workspace.table();
    const auto value = [&](orm::Role role) {
        const int column = table.indexOf(role);
        return column < 0
            ? orm::StoredValue()
            : m_workspace.edits().value(key, column).value_or(whole.values.value(column));
    };
    const orm::Key stored = m_workspace.edits().resolve(key);
    QStringList facts{stored.isTemporary() ? tr("new, not saved") : u'#' + stored.toString()};
    if (const int created = table.indexOf(orm::Role::Created);
        created >= 0 && !value(orm::Role::Created).isNull())
        facts << celltext::spoken(table.columns.at(created), value(orm::Role::Created));
    const QString title = value(orm::Role::Title).toString();
    m_popup->setContent(title.isEmpty() ? tr("(no title)") : title, facts.join(u" · "_s),
                        m_want == Want::Text ? value(orm::Role::Body).toString()
                                             : details(key, whole));
}

/// Each column: what is stored, and how.
QString PeekController::details(const orm::Key &key, const orm::Record &whole) const
{
    const orm::Table &table = m_workspace.table();
    const QLocale locale;
    const auto kindOf = [&](const orm::StoredValue &value) {
        switch (value.storageClass()) {
        case orm::StorageClass::Null:
            return tr("empty (NULL)");
        case orm::StorageClass::Integer:
            return tr("a whole number");
        case orm::StorageClass::Real:
            return tr("a number");
        case orm::StorageClass::Text:
            return tr("text, %1 characters in %2 bytes")
                .arg(locale.toString(orm::codePoints(value.bytes())),
                     locale.toString(value.bytes().size()));
        case orm::StorageClass::Blob:
            break;
        }
        return tr("%1 bytes").arg(locale.toString(value.bytes().size()));
    };
    QStringList lines{tr("Row %1 of %2")
                          .arg(locale.toString(m_pane.view().currentIndex().row() + 1),
                               counted(m_workspace.model().rowCount(), table))};
    for (int i = 0; i < table.columns.size(); ++i) {
        const orm::StoredValue stored = whole.values.value(i);
        const auto edit = m_workspace.edits().value(key, i);
        QString line = u"\n%1: %2"_s.arg(table.columns.at(i).text(), kindOf(edit.value_or(stored)));
        const bool isLong = stored.toString().size() > 200 || stored.toString().contains(u'\n');
        if (!isLong && !edit && !stored.isNull())
            line += u"\n    "_s + stored.toString();
        if (edit)
            line += u"\n    "_s + tr("changed, not saved; stored is %1").arg(kindOf(stored));
        lines << line;
    }
    return lines.join(u'\n');
}

} // namespace ui

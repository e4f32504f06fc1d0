// SPDX-License-Identifier: MIT
#include "ui/mainwindow/whatsthis.h"

#include "ui/editor/recordeditorform.h"
#include "ui/find/findbar.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/search/searchbar.h"
#include "ui/table/recordtableview.h"

#include <QCoreApplication>
#include <QStringList>
#include <QWhatsThis>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ui::WhatsThis)
};

QString textOf(const orm::Column &column)
{
    QStringList sentences{Text::tr("The field “%1”.").arg(column.text())};
    if (column.type.kind == orm::ColumnType::Kind::DateTime)
        sentences << Text::tr("A date and a time, as 2024-02-28 19:30:00, in your time zone.");
    if (column.type.length > 0)
        sentences << Text::tr("At most %Ln character(s) can be saved.", nullptr,
                              column.type.length);
    sentences << (column.isNullable ? Text::tr("It may be empty.")
                                    : Text::tr("It can't be saved without a value."));
    return sentences.join(u' ');
}

} // namespace

void explainParts(RecordsPane &pane)
{
    const orm::Table &table = pane.workspace().table();
    pane.searchBar().setWhatsThis(
        Text::tr("What is typed here narrows the list: words that stand in title or body, in any "
                 "order. Alt+Down shows what else can be asked for."));
    pane.view().setWhatsThis(
        Text::tr("The list of %1. Changes that are not saved are marked in front: + is new, ~ "
                 "changed, − will be deleted, ! was changed by others too, ? can't be saved.")
            .arg(table.plural));
    pane.findBar().setWhatsThis(
        Text::tr("Finds and replaces in the text above: Enter goes to the next hit."));
    pane.form().setWhatsThis(Text::tr("The fields of the row that is current in the list."));
    for (int i = 0; i < table.columns.size(); ++i) {
        if (QWidget *field = pane.form().fieldWidget(i))
            field->setWhatsThis(textOf(table.columns.at(i)));
    }
}

QString whatsThisText(const QWidget &widget)
{
    QString text;
    for (const QWidget *part = &widget; part && text.isEmpty(); part = part->parentWidget())
        text = part->whatsThis();
    if (text.isEmpty())
        text = widget.toolTip();
    const QString name = widget.accessibleName();
    if (text.isEmpty())
        text = name.isEmpty() ? Text::tr("There is nothing more to say about this place.")
                              : name + u'.';
    return text + u"\n\n"_s + Text::tr("F1 opens the manual where it is about this place.");
}

void showWhatsThis(QWidget *widget)
{
    if (widget)
        QWhatsThis::showText(widget->mapToGlobal(QPoint(24, widget->height() / 4)),
                             whatsThisText(*widget), widget);
}

} // namespace ui

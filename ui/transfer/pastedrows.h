// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "core/schema/table.h"

#include <QHash>

class QMimeData;

namespace ui {

/// Rows on their way through the clipboard.
namespace pastedrows {

/// Values of new rows, by the table's columns.
using Values = QHash<int, orm::StoredValue>;

/// What the clipboard has, to be looked at in whatever thread.
struct Clip
{
    QByteArray own; ///< what packed() made
    QString text;
    qsizetype size() const { return own.size() + text.size(); }
};

Clip clipOf(const QMimeData &data);
QByteArray packed(const orm::Table &table, const QList<QList<orm::StoredValue>> &rows);
void put(QMimeData &data, const QByteArray &packed);

/// Puts @p rows, exactly as they are stored, beside the texts that @p data has for other programs.
void put(QMimeData &data, const orm::Table &table, const QList<QList<orm::StoredValue>> &rows);

/// What @p data has as rows for @p table, whose key they get anew: what put() made, JSON objects, or
/// text with tabs or commas. Columns are known by their names where there is a heading, else by their
/// order: those of the whole table, or title and body first. Of other text each line is a title.
QList<Values> take(const Clip &clip, const orm::Table &table);
QList<Values> take(const QMimeData &data, const orm::Table &table);

/// Whether take() may find something.
bool canTake(const QMimeData &data);

} // namespace pastedrows

} // namespace ui

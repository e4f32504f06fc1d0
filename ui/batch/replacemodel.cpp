// SPDX-License-Identifier: MIT
#include "ui/batch/replacemodel.h"

#include "ui/common/letgo.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

ReplaceModel::ReplaceModel(const QStringList &columns, QObject *parent)
    : QAbstractListModel(parent)
    , m_columns(columns)
{}

ReplaceModel::~ReplaceModel()
{
    drop();
}

void ReplaceModel::drop()
{
    letGoOfMany(m_texts);
    letGoOfMany(m_rows);
    letGoOfMany(m_items);
    m_texts.clear();
    m_rowOfText.clear();
    m_rows.clear();
    m_items.clear();
    m_tickedHits = 0;
    m_tickedRows = 0;
}

void ReplaceModel::clear()
{
    if (m_items.isEmpty())
        return;
    beginResetModel();
    drop();
    endResetModel();
    emit tickedChanged();
}

void ReplaceModel::append(const QList<FoundText> &found)
{
    qsizetype more = 0;
    for (const FoundText &text : found)
        more += text.hits.size();
    if (more == 0)
        return;
    const int first = int(m_items.size());
    beginInsertRows({}, first, first + int(more) - 1);
    for (const FoundText &text : found) {
        if (text.hits.isEmpty())
            continue;
        if (m_rows.isEmpty() || m_rows.constLast().key != text.key) {
            m_rows.append({text.key, 0});
            ++m_tickedRows;
        }
        m_rows.last().ticked += int(text.hits.size());
        for (int hit = 0; hit < text.hits.size(); ++hit)
            m_items.append({int(m_texts.size()), hit});
        m_texts.append(text);
        m_rowOfText.append(int(m_rows.size()) - 1);
    }
    m_tickedHits += more;
    endInsertRows();
    emit tickedChanged();
}

void ReplaceModel::setTicked(const QList<RowRange> &ranges, bool ticked)
{
    for (const RowRange &range : ranges) {
        for (int i = range.first; i <= range.last; ++i) {
            if (std::exchange(m_items[i].isTicked, ticked) == ticked)
                continue;
            FoundRow &row = m_rows[m_rowOfText.at(m_items.at(i).text)];
            m_tickedHits += ticked ? 1 : -1;
            m_tickedRows += ticked ? int(row.ticked++ == 0) : -int(--row.ticked == 0);
        }
        emit dataChanged(index(range.first), index(range.last), {Qt::CheckStateRole});
    }
    if (!ranges.isEmpty())
        emit tickedChanged();
}

QList<orm::Key> ReplaceModel::tickedKeys() const
{
    QList<orm::Key> keys;
    keys.reserve(m_tickedRows);
    for (const FoundRow &row : m_rows) {
        if (row.ticked > 0)
            keys.append(row.key);
    }
    return keys;
}

std::function<QList<FoundText>()> ReplaceModel::tickedTexts() const
{
    return [texts = m_texts, items = m_items] {
        QList<FoundText> ticked;
        int last = -1;
        for (const Item &item : items) {
            if (!item.isTicked)
                continue;
            if (item.text != last) {
                last = item.text;
                ticked.append(texts.at(last));
                ticked.last().hits.clear();
            }
            ticked.last().hits.append(texts.at(last).hits.at(item.hit));
        }
        return ticked;
    };
}

int ReplaceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_items.size());
}

/// The line of the hit, cut to its context, with @p middle in the place of the hit.
ReplaceModel::Line ReplaceModel::line(const Item &item, const QString &middle) const
{
    const FoundText &found = m_texts.at(item.text);
    const TextPattern::Hit &hit = found.hits.at(item.hit);
    const auto isLineEnd = [](QChar c) { return c == u'\n' || c == u'\r'; };
    qsizetype begin = hit.start;
    while (begin > 0 && hit.start - begin < context && !isLineEnd(found.text.at(begin - 1)))
        --begin;
    qsizetype end = hit.end();
    while (end < found.text.size() && end - hit.end() < 2 * context
           && !isLineEnd(found.text.at(end)))
        ++end;
    QString before = found.text.sliced(begin, hit.start - begin);
    if (begin > 0 && !isLineEnd(found.text.at(begin - 1)))
        before.prepend(u'…');
    QString after = found.text.sliced(hit.end(), end - hit.end());
    if (end < found.text.size() && !isLineEnd(found.text.at(end)))
        after.append(u'…');
    QString shown = middle;
    shown.replace("\r\n"_L1, "\n"_L1);
    for (QString *part : {&before, &shown, &after}) {
        for (QChar &c : *part)
            c = isLineEnd(c) ? QChar(u'↵') : c == u'\t' || c.isNull() ? QChar(u' ') : c;
    }
    return {before + shown + after, int(before.size()), int(shown.size())};
}

QVariant ReplaceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Item &item = m_items.at(index.row());
    const FoundText &found = m_texts.at(item.text);
    const TextPattern::Hit &hit = found.hits.at(item.hit);
    const auto name
        = [&] { return u"#%1 · %2"_s.arg(found.key.toString(), m_columns.value(found.column)); };
    const auto before = [&] { return line(item, found.text.sliced(hit.start, hit.length)); };
    const auto after = [&] { return line(item, hit.replacement); };
    switch (role) {
    case Qt::CheckStateRole:
        return item.isTicked ? Qt::Checked : Qt::Unchecked;
    case NameRole:
        return name();
    case BeforeRole:
        return before().text;
    case AfterRole:
        return after().text;
    case BeforeSpanRole: {
        const Line shown = before();
        return QVariant::fromValue(QPair<int, int>(shown.start, shown.length));
    }
    case AfterSpanRole: {
        const Line shown = after();
        return QVariant::fromValue(QPair<int, int>(shown.start, shown.length));
    }
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        //: A hit: where it is, its line, and the line as it would be
        return tr("%1: %2 → %3").arg(name(), before().text, after().text);
    default:
        return {};
    }
}

bool ReplaceModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole)
        return false;
    setTicked({{index.row(), index.row()}}, value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags ReplaceModel::flags(const QModelIndex &index) const
{
    return QAbstractListModel::flags(index) | Qt::ItemIsUserCheckable;
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/batch/replacemodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

void ReplaceModel::clear()
{
    beginResetModel();
    m_texts.clear();
    m_items.clear();
    m_tickedHits = 0;
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
        for (int hit = 0; hit < text.hits.size(); ++hit)
            m_items.append({int(m_texts.size()), hit});
        m_texts.append(text);
    }
    m_tickedHits += more;
    endInsertRows();
    emit tickedChanged();
}

void ReplaceModel::setTicked(const QList<int> &rows, bool ticked)
{
    for (const int row : rows) {
        if (std::exchange(m_items[row].isTicked, ticked) != ticked)
            m_tickedHits += ticked ? 1 : -1;
    }
    if (rows.isEmpty())
        return;
    const auto [low, high] = std::minmax_element(rows.cbegin(), rows.cend());
    emit dataChanged(index(*low), index(*high), {Qt::CheckStateRole});
    emit tickedChanged();
}

QList<orm::Key> ReplaceModel::tickedKeys() const
{
    QList<orm::Key> keys; // the texts of a row come one after the other
    for (const Item &item : m_items) {
        const orm::Key &key = m_texts.at(item.text).key;
        if (item.isTicked && (keys.isEmpty() || keys.constLast() != key))
            keys.append(key);
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
    const auto before = [&] { return line(item, found.text.sliced(hit.start, hit.length)); };
    const auto after = [&] { return line(item, hit.replacement); };
    switch (role) {
    case Qt::CheckStateRole:
        return item.isTicked ? Qt::Checked : Qt::Unchecked;
    case NameRole:
        return found.name;
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
        return tr("%1: %2 → %3").arg(found.name, before().text, after().text);
    default:
        return {};
    }
}

bool ReplaceModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole)
        return false;
    setTicked({index.row()}, value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags ReplaceModel::flags(const QModelIndex &index) const
{
    return QAbstractListModel::flags(index) | Qt::ItemIsUserCheckable;
}

} // namespace ui

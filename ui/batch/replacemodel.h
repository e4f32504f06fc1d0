// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "ui/find/textpattern.h"

#include <QAbstractListModel>

#include <functional>

namespace ui {

/// A text in which something was found.
struct FoundText
{
    orm::Key key;
    int column = 0;
    QString name; ///< of the row and the column, for the user
    QString text;
    QList<TextPattern::Hit> hits;
};

/// The hits of a replacement in many rows, each with its line as it is and as it would be.
class ReplaceModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        BeforeRole, ///< the line, with the hit
        AfterRole, ///< the line, with the replacement
        BeforeSpanRole, ///< QPair<int, int>: start and length of the hit in it
        AfterSpanRole,
    };
    /// Characters around a hit that are shown.
    static constexpr qsizetype context = 40;

    using QAbstractListModel::QAbstractListModel;

    void clear();
    void append(const QList<FoundText> &found);
    void setTicked(const QList<int> &rows, bool ticked);
    bool isTicked(int row) const { return m_items.at(row).isTicked; }
    const orm::Key &keyAt(int row) const { return m_texts.at(m_items.at(row).text).key; }
    qint64 tickedHits() const { return m_tickedHits; }
    QList<orm::Key> tickedKeys() const; ///< rows of the table with a ticked hit
    /// The texts with a ticked hit, with these hits alone: to be called in whatever thread, of many it
    /// takes its time.
    std::function<QList<FoundText>()> tickedTexts() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void tickedChanged();

private:
    struct Item
    {
        int text = 0;
        int hit = 0;
        bool isTicked = true;
    };
    struct Line
    {
        QString text;
        int start = 0;
        int length = 0;
    };
    Line line(const Item &item, const QString &middle) const;

    QList<FoundText> m_texts;
    QList<Item> m_items;
    qint64 m_tickedHits = 0;
};

} // namespace ui

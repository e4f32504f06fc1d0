// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "ui/find/textpattern.h"
#include "ui/table/rowrange.h"

#include <QAbstractListModel>

#include <functional>

namespace ui {

/// A text in which something was found.
struct FoundText
{
    orm::Key key;
    int column = 0;
    QString text;
    QList<TextPattern::Hit> hits;
};

/// The hits of a replacement in many rows, each with its line as it is and as it would be.
///
/// Made for as many rows as can be pending: nothing here but the ticking of many takes longer than what
/// is added just now.
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
    /// @param columns names of the table's columns, as the user knows them
    explicit ReplaceModel(const QStringList &columns, QObject *parent = nullptr);

    /// Characters around a hit that are shown.
    static constexpr qsizetype context = 40;

    ~ReplaceModel() override;

    void clear();
    void append(const QList<FoundText> &found);
    void setTicked(const QList<RowRange> &ranges, bool ticked);
    bool isTicked(int row) const { return m_items.at(row).isTicked; }
    const orm::Key &keyAt(int row) const { return m_texts.at(m_items.at(row).text).key; }
    qint64 tickedHits() const { return m_tickedHits; }
    qint64 foundRows() const { return m_rows.size(); } ///< of the table
    qint64 tickedRows() const { return m_tickedRows; } ///< those with a ticked hit
    QList<orm::Key> tickedKeys() const; ///< of tickedRows()
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
    void drop();

    /// A row of the table.
    struct FoundRow
    {
        orm::Key key;
        int ticked = 0; ///< hits
    };

    const QStringList m_columns;
    QList<FoundText> m_texts; ///< those of a row one after the other
    QList<int> m_rowOfText; ///< parallel to it: index into m_rows
    QList<FoundRow> m_rows;
    QList<Item> m_items;
    qint64 m_tickedHits = 0;
    qint64 m_tickedRows = 0;
};

} // namespace ui

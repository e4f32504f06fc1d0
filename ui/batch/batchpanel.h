// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

#include <QHash>
#include <QSet>
#include <QWidget>

class QGridLayout;
class QLabel;
class QListWidget;
class QPushButton;

namespace ui {

/// A field for each column of several rows together: what is typed into one is what all of them get,
/// as a formula of their own values; what is left alone stays. Below is what will come of it.
class BatchPanel final : public QWidget
{
    Q_OBJECT

public:
    /// @param count rows that are edited together
    BatchPanel(orm::Table table, qint64 count, QWidget *parent = nullptr);

    /// Says what the rows have in @p column. @param common shown to be edited, if it is the same in all
    void setValues(int column, const QString &summary, const QString &common);
    /// What was typed, by column; empty if nothing was. A column that is emptied has an empty one.
    QHash<int, QString> formulas() const;
    /// Columns that become NULL in all rows; formulas() doesn't have them.
    QSet<int> nulls() const;
    /// The field that is or has @p focus becomes NULL in all rows. @returns false if it is none
    bool setNull(const QWidget *focus);
    /// What will be changed, row by row; a problem instead, where there is one.
    void setPreview(const QStringList &lines, const QString &summary);
    void setProblem(const QString &problem);

signals:
    void edited();
    void applyRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// What an empty field means.
    enum class Emptying { No, Text, Null };
    struct Field
    {
        int column = 0;
        QWidget *widget = nullptr; ///< a QLineEdit, or a QPlainTextEdit for long texts
        QString before; ///< what it showed, untouched
        QString summary = {}; ///< of what the rows have
        Emptying emptying = Emptying::No;
    };
    void addField(QGridLayout *grid, int column);
    static QString textOf(const Field &field);
    void setEmptying(Field &field, Emptying emptying);
    void onTextChanged(const QWidget *widget);

    orm::Table m_table;
    QList<Field> m_fields;
    QLabel *m_problem;
    QLabel *m_summary;
    QListWidget *m_preview = nullptr;
    QPushButton *m_apply = nullptr;
};

} // namespace ui

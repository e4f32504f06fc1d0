// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QSplitter;

namespace ui {

class FieldRow;
class StoredTextEdit;

/// The page of a form: a line that names the row, and below it a field for each Column, in the order in
/// which one writes. What they show is the form's business.
class FormFields final : public QWidget
{
    Q_OBJECT

public:
    explicit FormFields(const orm::Table &table, QWidget *parent = nullptr);

    const std::vector<FieldRow *> &rows() const { return m_rows; } ///< in focus order
    /// The field that @p widget is; nullptr if it is none.
    FieldRow *of(const QObject *widget) const;
    FieldRow *of(orm::Role role) const; ///< the first; nullptr if there is none
    FieldRow *of(int column) const; ///< nullptr where the key alone stands for it
    FieldRow *body() const; ///< the one whose words are counted; nullptr if there is none
    StoredTextEdit *bodyEdit() const; ///< nullptr if there is no body that is a text
    /// The text field that @p widget is, if it can be typed into.
    StoredTextEdit *textEdit(const QWidget *widget) const;

    void setKeyText(const QString &text);
    void setNotice(const QString &text);
    void setWords(const QString &text); ///< beside the body, if there is one
    /// What there is to say about how the body is shown, under it.
    void setBodyNotice(const QString &text);
    /// Puts @p widget beside the body where there is room, else below it.
    void setBesideBody(QWidget *widget);
    /// Shows nothing but the body, in a column in the middle.
    void setBodyAlone(bool alone);

signals:
    /// The user changed @p field.
    void edited(ui::FieldRow *field);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    static QList<int> columnsInOrder(const orm::Table &table);
    void addHeader(QGridLayout *grid);
    void addField(QGridLayout *grid, const orm::Column &column, int index);
    void arrange();

    std::vector<FieldRow *> m_rows;
    QLabel *m_key = nullptr;
    QLabel *m_notice = nullptr;
    QLabel *m_words = nullptr; ///< nullptr if the table has no body
    QLabel *m_bodyNotice = nullptr; ///< likewise
    QWidget *m_bodyCorner = nullptr; ///< has the words
    QSplitter *m_bodySplitter = nullptr; ///< the body, and what is beside it
    bool m_isBodyAlone = false;
    QList<QWidget *> m_hidden; ///< while the body is alone
};

} // namespace ui

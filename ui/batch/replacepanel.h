// SPDX-License-Identifier: MIT
#pragma once

#include "ui/batch/replacemodel.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace orm {
struct Table;
}

namespace ui {

class UniformTableView;

/// Replacing in many rows: what is looked for and what is to stand there, then every hit with its line
/// before and after, to be ticked. Enter lists the hits, Ctrl+Enter replaces what is ticked.
class ReplacePanel final : public QWidget
{
    Q_OBJECT

public:
    /// @param scopes where can be replaced, for the user: the first is chosen
    explicit ReplacePanel(const QStringList &scopes, const orm::Table &table,
                          QWidget *parent = nullptr);

    ReplaceModel &model() { return m_model; }
    void setText(const QString &text); ///< what is looked for
    TextPattern pattern() const;
    QString replacement() const;
    int scope() const; ///< which one is chosen
    void setScopeText(int scope, const QString &text);
    /// "15 hits in 15 posts", or what is wrong.
    void setStatus(const QString &text);
    void setCanApply(bool canApply);
    /// The hits are listed: the focus goes to the first.
    void focusHits();

signals:
    void listRequested();
    void applyRequested();
    /// The hits are of another pattern.
    void changed();
    void rowRequested(const orm::Key &key);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void toggle();

    ReplaceModel m_model;
    QLineEdit *m_find;
    QLineEdit *m_replace;
    QCheckBox *m_case;
    QCheckBox *m_regex;
    QComboBox *m_scope;
    QLabel *m_status;
    UniformTableView *m_list;
    QPushButton *m_apply;
};

} // namespace ui

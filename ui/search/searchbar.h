// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace ui {

/// The line over the list that one searches in, and under it what is wrong with what was typed.
///
/// Enter and Down lead to the list, Up brings earlier searches back, Alt+Down shows what can be
/// asked for.
class SearchBar final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int maxEarlier = 50; ///< searches that Up brings back

    explicit SearchBar(QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &text);
    /// Empties the line; Up brings back what was in it.
    void clear();
    /// Puts the focus into the line, all of it selected.
    void takeFocus();
    bool hasLineFocus() const;

    struct View
    {
        int number = 0; ///< of its key; 0: all rows
        QString name;
    };
    /// What can be chosen beside the line; @p shown is the number of the one that is.
    void setViews(const QList<View> &views, int shown);

    /// An empty text hides it.
    void setProblem(const QString &text);
    QString problem() const;

signals:
    /// At each key stroke.
    void textChanged(const QString &text);
    void viewChosen(int number);
    /// The user wants to go on in the list, at the first hit.
    void listRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void remember();
    void stepEarlier(int step);
    void showOperators();

    QLineEdit *m_edit;
    QComboBox *m_views;
    QLabel *m_problem;
    QStringList m_earlier; ///< newest last
    qsizetype m_place = -1; ///< in m_earlier, while one steps through it
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include "ui/find/textpattern.h"

#include <QFrame>

class QCheckBox;
class QGridLayout;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

/// The bar under a text: what is looked for in it, and what is to stand there instead. Enter and
/// Shift+Enter go to the next and the previous hit; in the replacement Enter replaces and goes on.
class FindBar final : public QFrame
{
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);

    enum class Line { Find, Replace };
    /// Shows it with the focus in @p line. @param name of the text that is searched
    void open(Line line, const QString &name);

    /// Looks for @p text, as it says.
    void setText(const QString &text);
    const TextPattern &pattern() const { return m_pattern; }
    QString replacement() const;
    /// Whether the text can't be changed, so that nothing can be replaced.
    void setReadOnly(bool readOnly);
    /// "3 of 12"; of a pattern that is wrong it says why instead.
    void setStatus(const QString &text);

    /// As narrow as it can be, with the buttons in a line of their own.
    QSize minimumSizeHint() const override;

signals:
    void patternChanged();
    void stepRequested(int step); ///< 1 to the next hit, -1 to the previous one
    void replaceRequested();
    void replaceAllRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void onEdited();
    void arrange();
    void fit();
    int widthOf(const QWidget *beside) const; ///< of a line that has room, with what is beside it

    TextPattern m_pattern;
    QLabel *m_label;
    QLineEdit *m_find;
    QLabel *m_replaceLabel;
    QLineEdit *m_replace;
    QCheckBox *m_case;
    QCheckBox *m_regex;
    QWidget *m_buttons; ///< the next two
    QPushButton *m_replaceOne;
    QPushButton *m_replaceAll;
    QLabel *m_status;
    QGridLayout *m_grid;
    QHBoxLayout *m_choices;
    bool m_isWide = true; ///< has room for the buttons beside the replacement
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include "ui/find/textpattern.h"

#include <QFrame>

class QCheckBox;
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

signals:
    void patternChanged();
    void stepRequested(int step); ///< 1 to the next hit, -1 to the previous one
    void replaceRequested();
    void replaceAllRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void onEdited();

    TextPattern m_pattern;
    QLabel *m_label;
    QLineEdit *m_find;
    QLineEdit *m_replace;
    QCheckBox *m_case;
    QCheckBox *m_regex;
    QPushButton *m_replaceOne;
    QPushButton *m_replaceAll;
    QLabel *m_status;
};

} // namespace ui

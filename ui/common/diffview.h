// SPDX-License-Identifier: MIT
#pragma once

#include "ui/common/worddiff.h"

#include <QTextEdit>

namespace ui {

/// A text to read, or what became of it: removed words struck out, added ones underlined, and in
/// colours. Long texts are cut to what differs.
class DiffView final : public QTextEdit
{
    Q_OBJECT

public:
    static constexpr qsizetype longest = 40'000; ///< characters that are shown whole
    static constexpr qsizetype context = 300; ///< characters around a difference in longer ones

    explicit DiffView(QWidget *parent = nullptr);

    /// A text of several, under its name.
    struct Section
    {
        QString title; ///< none is shown if it is empty
        WordDiff diff;
    };

    void showSections(const QList<Section> &sections);
    void showDiff(const WordDiff &diff);
    void showText(const QString &text);
    /// In place of a text, dimmed: "(empty)".
    void showNote(const QString &note);

    /// What it shows, for those who hear it: "removed: old; added: new".
    static QString spoken(const WordDiff &diff);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill();

    QList<Section> m_sections;
    QString m_note;
};

} // namespace ui

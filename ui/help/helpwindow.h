// SPDX-License-Identifier: MIT
#pragma once

#include "ui/help/manual.h"

#include <QDialog>
#include <QHash>

class QLabel;
class QLineEdit;
class QToolButton;
class QTreeWidget;

namespace ui {

class HelpBrowser;

/// The manual in a window of its own, beside the work: its chapters, a search through all of them, links
/// and the way back. By keys alone, and from nothing but the resources. Not modal.
class HelpWindow final : public QDialog
{
    Q_OBJECT

public:
    /// The page that lists the chapters.
    static constexpr auto contents = "contents";

    explicit HelpWindow(QWidget *parent);

    void setManual(const Manual &manual, const QString &language);
    /// Shows the chapter @p chapter, or the contents.
    /// @param here stands below it, in Markdown: the keys of the place that help was asked for; may be
    /// empty
    void showChapter(const QString &chapter, const QString &here);

    QString page() const; ///< the chapter that shows, or "contents"
    QString text() const; ///< without its layout

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// A page that was visited.
    struct Visit
    {
        QString page;
        QString here;
        int scroll = 0;
    };

    void fillTree();
    void visit(const Visit &visit);
    void render();
    void go(int step);
    void follow(const QUrl &link);
    void goToHeading(const QString &heading);
    void updateControls();
    void layOut();

    void search(const QString &text);
    void findNext(int step);
    int hitsIn(const QString &id);
    void markHits();

    Manual m_manual;
    QString m_language;
    QHash<QString, QString> m_plain; ///< of the chapters, as they were searched
    QList<Visit> m_visits;
    qsizetype m_at = -1; ///< in m_visits
    QToolButton *m_back;
    QToolButton *m_forward;
    QLineEdit *m_search;
    QLabel *m_status;
    QTreeWidget *m_tree;
    HelpBrowser *m_text;
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

/// Offers to make, or to take away, an index in somebody's database: what there is, what it costs and
/// risks, and how far it is. The base of the panels for search and for orders.
class IndexPanel : public QWidget
{
    Q_OBJECT

public:
    /// Nothing can be done, and why.
    void showObstacle(const QString &text);
    /// What is being done; an empty text when nothing is.
    void setProgress(const QString &text);

signals:
    void buildRequested();
    void removeRequested();
    void closeRequested();

protected:
    /// @param name of the object; those of its parts begin with it
    /// @param obstacleTitle what showObstacle() says first
    IndexPanel(const QString &name, const QString &obstacleTitle, QWidget *parent);

    /// What is there, and what can be done. @p build and @p remove are the texts of buttons, which are
    /// not there if that is empty.
    void setContent(const QString &state, const QStringList &paragraphs, const QString &build,
                    const QString &remove);
    /// Of what is removed: it leaves nothing behind.
    static QString removalText();
    /// "about 45 MB"; "some disk space" where @p bytes is negative
    static QString sizeText(qint64 bytes);

private:
    void setButtons(const QString &build, const QString &remove);

    const QString m_obstacleTitle;
    QLabel *m_state;
    QLabel *m_text;
    QLabel *m_progress;
    QPushButton *m_build;
    QPushButton *m_remove;
    QPushButton *m_close;
};

} // namespace ui

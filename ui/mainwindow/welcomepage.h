// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QCommandLinkButton;
class QLabel;
class QScrollArea;
class QSpacerItem;
class QVBoxLayout;

namespace orm {
struct Table;
}

namespace ui {

/// Shown while no database is open: what to do first. Up, Down and Tab go through the choices.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    /// @p sample describes the sample in a sentence.
    WelcomePage(const orm::Table &table, const QString &sample, QWidget *parent = nullptr);

    void focusFirstChoice();

signals:
    void sampleRequested();
    void openRequested();
    void newRequested();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void updateSizes();
    void fit();
    QCommandLinkButton *addChoice(QVBoxLayout &layout, const QString &name, const QString &icon,
                                  const QString &text, const QString &note);

    QScrollArea *m_area;
    QWidget *m_column;
    QLabel *m_picture;
    QLabel *m_title;
    QLabel *m_note;
    QSpacerItem *m_space = nullptr; ///< between the note and the choices
    QList<QCommandLinkButton *> m_choices;
};

} // namespace ui

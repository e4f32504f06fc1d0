// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

#include <utility>

class QTextBrowser;

namespace ui {

/// Keys and what they do, in sections; the first is about the place that help was asked for. Not modal.
class HelpPage final : public QDialog
{
    Q_OBJECT

public:
    struct Section
    {
        QString title;
        QList<std::pair<QString, QString>> keys; ///< the keys, and what they do
    };

    explicit HelpPage(QWidget *parent);

    void setSections(const QList<Section> &sections);
    QString text() const; ///< without its layout

private:
    QTextBrowser *m_text;
};

} // namespace ui

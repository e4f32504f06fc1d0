// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QString>

#include <functional>

namespace ui {

class Actions;
class RecordTableView;

/// The keys of vi in the list, for who wants them: j and k move, dd deletes, : lists the commands. All
/// other letters then do nothing. Texts and cell editors stay plain.
class SingleKeys final : public QObject
{
    Q_OBJECT

public:
    /// Borrows both, which outlive this.
    SingleKeys(RecordTableView &view, const Actions &actions, QObject *parent = nullptr);

    void setOn(bool isOn);

    /// The keys and what they do, for the page of keys.
    static QList<std::pair<QString, QString>> help();

signals:
    void saveAndQuitRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool run(const QString &keys);

    RecordTableView &m_view;
    const Actions &m_actions;
    bool m_isOn = false;
    QString m_begun; ///< the first of two keys
};

} // namespace ui

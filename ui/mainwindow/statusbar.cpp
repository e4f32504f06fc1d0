// SPDX-License-Identifier: MIT
#include "ui/mainwindow/statusbar.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/icon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QLabel *makeLabel(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

StatusBar::StatusBar(QWidget *parent)
    : QStatusBar(parent)
{
    setSizeGripEnabled(false);

    auto *row = new QWidget(this);
    m_counts = makeLabel(u"statusCounts"_s, row);
    m_selection = makeLabel(u"statusSelection"_s, row);
    m_task = new ElidedLabel(row); // what is said for a moment makes no window wider
    m_task->setObjectName(u"statusTask"_s);
    m_tabMode = makeLabel(u"statusTab"_s, row);
    m_tabMode->setForegroundRole(QPalette::PlaceholderText);

    m_cancel = new QToolButton(row);
    m_cancel->setObjectName(u"cancelTaskButton"_s);
    m_cancel->setIcon(icon(u"close"_s));
    m_cancel->setAutoRaise(true);
    m_cancel->setFocusPolicy(Qt::NoFocus); // Shift+Esc is its key
    m_cancel->setToolTip(tr("Cancel (Shift+Esc)"));
    m_cancel->setAccessibleName(tr("Cancel"));
    QSizePolicy policy = m_cancel->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // it is higher than a text: nothing shifts when it comes
    m_cancel->setSizePolicy(policy);
    m_cancel->hide();

    m_pending = new QToolButton(row);
    m_pending->setObjectName(u"pendingButton"_s);
    m_pending->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_pending->setAutoRaise(true);
    m_pending->setFocusPolicy(Qt::NoFocus); // Ctrl+Shift+R is its key
    m_pending->hide();

    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(8, 1, 4, 1);
    layout->setSpacing(20);
    layout->addWidget(m_counts);
    layout->addWidget(m_selection);
    layout->addWidget(m_task);
    layout->addWidget(m_cancel);
    layout->addStretch(1);
    layout->addWidget(m_tabMode);
    layout->addWidget(m_pending);
    addWidget(row, 1);

    m_countsTimer.setSingleShot(true);
    m_countsTimer.setInterval(countsPause);
    connect(&m_countsTimer, &QTimer::timeout, this, [this] { m_counts->setText(m_nextCounts); });
    connect(m_cancel, &QToolButton::clicked, this, &StatusBar::cancelRequested);
    connect(m_pending, &QToolButton::clicked, this, &StatusBar::pendingPressed);
}

void StatusBar::setCounts(const QString &text)
{
    m_nextCounts = text;
    if (text == m_counts->text() || (m_countsTimer.isActive() && !text.isEmpty()))
        return;
    m_counts->setText(text);
    m_countsTimer.start();
}

void StatusBar::setSelection(const QString &text)
{
    m_selection->setText(text);
}

void StatusBar::setTask(const QString &text, Task task)
{
    m_task->setText(text);
    m_cancel->setVisible(!text.isEmpty() && task == Task::CanBeCancelled);
}

void StatusBar::setTabMode(const QString &text)
{
    m_tabMode->setText(text);
}

QString StatusBar::task() const
{
    return m_task->text();
}

void StatusBar::setPending(const QString &text, Pending what)
{
    m_pending->setText(text);
    m_pending->setVisible(!text.isEmpty());
    m_pending->setEnabled(what != Pending::Nothing);
    m_pending->setToolTip(what == Pending::Nothing ? QString()
                                                   : tr("Review the changes (Ctrl+Shift+R)"));
    QFont bold = font();
    bold.setBold(what != Pending::Nothing);
    m_pending->setFont(bold);
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/search/indexpanel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

IndexPanel::IndexPanel(const QString &name, const QString &obstacleTitle, QWidget *parent)
    : QWidget(parent)
    , m_obstacleTitle(obstacleTitle)
    , m_state(new QLabel(this))
    , m_text(new QLabel(this))
    , m_progress(new QLabel(this))
    , m_build(new QPushButton(this))
    , m_remove(new QPushButton(this))
    , m_close(new QPushButton(tr("Cl&ose"), this))
{
    setObjectName(name + u"Panel"_s);
    setAutoFillBackground(true);
    QFont bold = font();
    bold.setBold(true);
    m_state->setFont(bold);
    m_state->setObjectName(name + u"State"_s);
    m_text->setObjectName(name + u"Text"_s);
    m_progress->setObjectName(name + u"Progress"_s);
    m_build->setObjectName(name + u"Build"_s);
    m_remove->setObjectName(name + u"Remove"_s);
    for (QLabel *label : {m_state, m_text, m_progress}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_progress->hide();

    auto *scroll = new QScrollArea(this);
    scroll->setWidget(m_text);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_build);
    buttons->addWidget(m_remove);
    buttons->addWidget(m_close);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    layout->addWidget(m_state);
    layout->addWidget(scroll, 1);
    layout->addWidget(m_progress);
    layout->addLayout(buttons);
    setFocusProxy(m_build);

    for (QPushButton *button : {m_build, m_remove, m_close})
        button->setAutoDefault(true); // Enter presses the one that has the focus
    connect(m_build, &QPushButton::clicked, this, &IndexPanel::buildRequested);
    connect(m_remove, &QPushButton::clicked, this, &IndexPanel::removeRequested);
    connect(m_close, &QPushButton::clicked, this, &IndexPanel::closeRequested);
}

void IndexPanel::setButtons(const QString &build, const QString &remove)
{
    m_build->setText(build);
    m_build->setVisible(!build.isEmpty());
    m_remove->setText(remove);
    m_remove->setVisible(!remove.isEmpty());
    QPushButton *first = !build.isEmpty() ? m_build : !remove.isEmpty() ? m_remove : m_close;
    const bool hadFocus = isAncestorOf(window()->focusWidget());
    setFocusProxy(first);
    if (hadFocus)
        first->setFocus(Qt::OtherFocusReason);
}

void IndexPanel::setContent(const QString &state, const QStringList &paragraphs,
                            const QString &build, const QString &remove)
{
    m_state->setText(state);
    m_text->setText(paragraphs.join(u"\n\n"_s));
    setButtons(build, remove);
}

QString IndexPanel::removalText()
{
    return tr("Removed, it leaves nothing behind: the file keeps its size and uses the space "
              "again.");
}

QString IndexPanel::sizeText(qint64 bytes)
{
    return bytes < 0
        ? tr("some disk space")
        : tr("about %1").arg(QLocale().formattedDataSize(bytes, 0, QLocale::DataSizeSIFormat));
}

void IndexPanel::showObstacle(const QString &text)
{
    m_state->setText(m_obstacleTitle);
    m_text->setText(text);
    setButtons({}, {});
}

void IndexPanel::setProgress(const QString &text)
{
    m_progress->setText(text);
    m_progress->setVisible(!text.isEmpty());
    m_build->setEnabled(text.isEmpty());
    m_remove->setEnabled(text.isEmpty());
}

} // namespace ui

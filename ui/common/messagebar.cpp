// SPDX-License-Identifier: MIT
#include "ui/common/messagebar.h"

#include "ui/common/icon.h"
#include "ui/common/mnemonics.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_choices(new QHBoxLayout)
    , m_close(new QToolButton(this))
{
    setObjectName(u"messageBar"_s);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);

    m_text->setObjectName(u"messageText"_s);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    // So long a file name that it can't be wrapped must not make the window wider.
    m_text->setMinimumWidth(1);

    m_close->setObjectName(u"messageClose"_s);
    m_close->setAutoRaise(true);
    m_close->setFocusPolicy(Qt::TabFocus);
    m_close->setToolTip(tr("Close this message (Esc)"));
    m_close->setAccessibleName(tr("Close this message"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 6, 6, 6);
    layout->setSpacing(10);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_choices);
    layout->addWidget(m_close);
    m_choices->setSpacing(6);

    connect(m_close, &QToolButton::clicked, this, &MessageBar::close);
    hide();
}

void MessageBar::show(Tone tone, const QString &text, const QList<Choice> &choices, Focus focus)
{
    QWidget *focused = QApplication::focusWidget();
    const bool hadFocus = focused && isAncestorOf(focused);
    if (!hadFocus)
        m_focusBefore = focused;

    // A button may be running this from its own click: it goes when that has returned.
    while (QLayoutItem *item = m_choices->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_tone = tone;
    m_text->setText(text);
    QPushButton *first = nullptr;
    // What shows beside it depends on the table and the language, so no letter is sure to be free.
    Mnemonics taken = mnemonicsOf(*window(), this);
    for (const Choice &choice : choices) {
        const QString label = withFreeMnemonic(choice.text, taken);
        taken.insert(QKeySequence::mnemonic(label), label);
        auto *button = new QPushButton(label, this);
        button->setAutoDefault(true); // Enter presses it, outside dialogs, too
        m_choices->addWidget(button);
        button->show(); // now: a layout would do it later, and its key would not work until then
        connect(button, &QPushButton::clicked, this, [this, run = choice.run] {
            close();
            if (run)
                run();
        });
        if (!first)
            first = button;
    }
    applyTone();
    setAccessibleName(text);
    setVisible(true);
    if (first && (focus == Focus::FirstButton || hadFocus))
        first->setFocus(Qt::OtherFocusReason);
    else if (hadFocus && m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
}

void MessageBar::close()
{
    if (!isOpen())
        return;
    const QWidget *focused = QApplication::focusWidget();
    const bool hadFocus = focused && (focused == this || isAncestorOf(focused));
    // First, as hiding the focused widget would let Qt choose the next one.
    if (hadFocus) {
        if (m_focusBefore && m_focusBefore->isVisible() && m_focusBefore->isEnabled())
            m_focusBefore->setFocus(Qt::OtherFocusReason);
        else
            emit focusLost();
    }
    m_focusBefore = nullptr;
    setVisible(false);
    m_text->clear();
}

void MessageBar::takeFocus()
{
    if (QWidget *focused = QApplication::focusWidget(); !focused || !isAncestorOf(focused))
        m_focusBefore = focused;
    QWidget *first = m_choices->isEmpty() ? m_close : m_choices->itemAt(0)->widget();
    first->setFocus(Qt::TabFocusReason);
}

QString MessageBar::text() const
{
    return m_text->text();
}

bool MessageBar::isOpen() const
{
    return !isHidden();
}

void MessageBar::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_close->hasFocus())
        m_close->click(); // other buttons take it themselves
    else
        QFrame::keyPressEvent(event);
}

void MessageBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTone();
}

void MessageBar::applyTone()
{
    const ToneColors colors = toneColors(m_tone == Tone::Problem        ? ToneKind::Problem
                                             : m_tone == Tone::Question ? ToneKind::Question
                                                                        : ToneKind::Information,
                                         QApplication::palette());
    QPalette palette; // with nothing of its own, so that all else goes on following the theme
    palette.setColor(QPalette::Window, colors.background);
    palette.setColor(QPalette::WindowText, colors.text);
    if (palette.color(QPalette::Window) != this->palette().color(QPalette::Window))
        setPalette(palette); // which calls this again
    m_close->setIcon(icon(u"close"_s, colors.text));
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this) + 4;
    const QString name = m_tone == Tone::Problem ? u"warning"_s
        : m_tone == Tone::Question               ? u"help"_s
                                                 : u"info"_s;
    m_icon->setPixmap(icon(name, colors.text).pixmap(QSize(side, side), devicePixelRatioF()));
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/find/findbar.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui {

FindBar::FindBar(QWidget *parent)
    : QFrame(parent)
    , m_label(new QLabel(this))
    , m_find(new QLineEdit(this))
    , m_replace(new QLineEdit(this))
    , m_case(new QCheckBox(tr("Match case"), this))
    , m_regex(new QCheckBox(tr("Rege&x"), this))
    , m_replaceOne(new QPushButton(tr("Replace"), this))
    , m_replaceAll(new QPushButton(tr("Replace all &matches"), this))
    , m_status(new QLabel(this))
{
    setObjectName(u"findBar"_s);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    m_find->setObjectName(u"findInput"_s);
    m_find->setClearButtonEnabled(true);
    m_find->installEventFilter(this);
    m_replace->setObjectName(u"replaceInput"_s);
    m_replace->setAccessibleName(tr("Replace with"));
    m_replace->installEventFilter(this);
    m_regex->setObjectName(u"findRegex"_s);
    m_regex->setToolTip(tr("A regular expression; the replacement may have its groups: $1"));
    m_status->setObjectName(u"findStatus"_s);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setMinimumWidth(1); // a long one must not widen the window
    m_replaceOne->setAutoDefault(true); // Enter presses it, outside dialogs, too
    m_replaceAll->setAutoDefault(true);
    setFocusProxy(m_find);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(6, 6, 6, 6);
    grid->setSpacing(4);
    grid->addWidget(m_label, 0, 0);
    grid->addWidget(m_find, 0, 1, 1, 3);
    grid->addWidget(new QLabel(tr("Replace with"), this), 1, 0);
    grid->addWidget(m_replace, 1, 1);
    grid->addWidget(m_replaceOne, 1, 2);
    grid->addWidget(m_replaceAll, 1, 3);
    auto *choices
        = new QHBoxLayout; // beside the status: a row of their own would take a line of text
    choices->setSpacing(12);
    choices->addWidget(m_case);
    choices->addWidget(m_regex);
    choices->addWidget(m_status, 1);
    grid->addLayout(choices, 2, 0, 1, 4);
    grid->setColumnStretch(1, 1);

    connect(m_find, &QLineEdit::textChanged, this, &FindBar::onEdited);
    connect(m_case, &QCheckBox::toggled, this, &FindBar::onEdited);
    connect(m_regex, &QCheckBox::toggled, this, &FindBar::onEdited);
    connect(m_replaceOne, &QPushButton::clicked, this, &FindBar::replaceRequested);
    connect(m_replaceAll, &QPushButton::clicked, this, &FindBar::replaceAllRequested);
    hide();
}

void FindBar::open(Line line, const QString &name)
{
    //: In front of the line that is searched for; a field's name, such as Body
    m_label->setText(tr("Find in %1").arg(name));
    m_find->setAccessibleName(m_label->text());
    show();
    QLineEdit *edit = line == Line::Replace && !m_find->text().isEmpty() && m_replace->isEnabled()
        ? m_replace
        : m_find;
    edit->setFocus(Qt::ShortcutFocusReason);
    edit->selectAll();
}

void FindBar::setText(const QString &text)
{
    m_find->setText(m_regex->isChecked() ? QRegularExpression::escape(text) : text);
}

QString FindBar::replacement() const
{
    return m_replace->text();
}

void FindBar::setReadOnly(bool readOnly)
{
    for (QWidget *part : {static_cast<QWidget *>(m_replace), static_cast<QWidget *>(m_replaceOne),
                          static_cast<QWidget *>(m_replaceAll)}) {
        part->setEnabled(!readOnly);
        part->setToolTip(readOnly ? tr("This text can only be read") : QString());
    }
}

void FindBar::setStatus(const QString &text)
{
    m_status->setText(text);
    m_status->setToolTip(text);
    m_find->setAccessibleDescription(text);
}

void FindBar::onEdited()
{
    const TextPattern::Options options{.isRegex = m_regex->isChecked(),
                                       .matchesCase = m_case->isChecked()};
    m_pattern = TextPattern(m_find->text(), options);
    emit patternChanged();
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const Qt::KeyboardModifiers modifiers = key->modifiers() & ~Qt::KeypadModifier;
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!isEnter || (modifiers != Qt::NoModifier && modifiers != Qt::ShiftModifier))
        return QFrame::eventFilter(watched, event);
    if (watched == m_replace && modifiers == Qt::NoModifier)
        emit replaceRequested();
    else
        emit stepRequested(modifiers == Qt::ShiftModifier ? -1 : 1);
    return true;
}

} // namespace ui

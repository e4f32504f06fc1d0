// SPDX-License-Identifier: MIT
#include "ui/find/findbar.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int leastLetters = 12; ///< that a line shows

} // namespace

FindBar::FindBar(QWidget *parent)
    : QFrame(parent)
    , m_label(new QLabel(this))
    , m_find(new QLineEdit(this))
    , m_replaceLabel(new QLabel(tr("Replace with"), this))
    , m_replace(new QLineEdit(this))
    , m_case(new QCheckBox(tr("Match case"), this))
    , m_regex(new QCheckBox(tr("Rege&x"), this))
    , m_buttons(new QWidget(this))
    , m_replaceOne(new QPushButton(tr("Replace"), m_buttons))
    , m_replaceAll(new QPushButton(tr("Replace all &matches"), m_buttons))
    , m_status(new QLabel(this))
    , m_grid(new QGridLayout(this))
    , m_choices(new QHBoxLayout)
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

    m_grid->setContentsMargins(6, 6, 6, 6);
    m_grid->setSpacing(4);
    m_grid->addWidget(m_label, 0, 0);
    m_grid->addWidget(m_find, 0, 1, 1, 2);
    m_grid->addWidget(m_replaceLabel, 1, 0);
    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(4);
    buttons->addWidget(m_replaceOne);
    buttons->addWidget(m_replaceAll);
    // Beside the status: a row of their own would take a line of text.
    m_choices->setSpacing(12);
    m_choices->addWidget(m_case);
    m_choices->addWidget(m_regex);
    m_choices->addWidget(m_status, 1);
    m_grid->addLayout(m_choices, 3, 0, 1, 3);
    m_grid->setColumnStretch(1, 1);
    arrange();

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
    fit();
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

/// The buttons beside the replacement, or below it where the text is too large for that.
void FindBar::arrange()
{
    m_grid->addWidget(m_replace, 1, 1, 1, m_isWide ? 1 : 2);
    if (m_isWide)
        m_grid->addWidget(m_buttons, 1, 2);
    else
        m_grid->addWidget(m_buttons, 2, 0, 1, 3, Qt::AlignRight);
}

int FindBar::widthOf(const QWidget *beside) const
{
    const int labels = std::max(m_label->sizeHint().width(), m_replaceLabel->sizeHint().width());
    const int letters = leastLetters * fontMetrics().averageCharWidth();
    const QMargins margins = m_grid->contentsMargins();
    return margins.left() + labels + m_grid->spacing() + letters
        + (beside ? m_grid->spacing() + beside->sizeHint().width() : 0) + margins.right()
        + 2 * frameWidth();
}

QSize FindBar::minimumSizeHint() const
{
    const QMargins margins = m_grid->contentsMargins();
    const int rows = std::max(m_buttons->sizeHint().width(), m_choices->minimumSize().width());
    const int least = std::max(widthOf(nullptr), margins.left() + rows + margins.right());
    return {least, QFrame::minimumSizeHint().height()};
}

void FindBar::fit()
{
    if (m_isWide == (width() >= widthOf(m_buttons)))
        return;
    m_isWide = !m_isWide;
    arrange();
}

void FindBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fit();
}

void FindBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
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

// SPDX-License-Identifier: MIT
#include "ui/search/searchbar.h"

#include "ui/common/icon.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

SearchBar::SearchBar(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_views(new QComboBox(this))
    , m_problem(new QLabel(this))
{
    auto *label = new QLabel(tr("Sear&ch"), this);
    label->setBuddy(m_edit);
    m_edit->setObjectName(u"searchEdit"_s);
    m_edit->setAccessibleName(tr("Search"));
    m_edit->setPlaceholderText(tr("Words, \"a phrase\", -not, title:… (Alt+Down shows more)"));
    m_edit->setClearButtonEnabled(true);
    m_edit->installEventFilter(this);
    // By key there are Alt+0 to Alt+9 and the menu: Tab goes straight on to the list.
    m_views->setObjectName(u"viewCombo"_s);
    m_views->setAccessibleName(tr("View"));
    m_views->setFocusPolicy(Qt::ClickFocus);
    m_views->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_problem->setObjectName(u"searchProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();

    auto *line = new QHBoxLayout;
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(label);
    line->addWidget(m_edit, 1);
    line->addWidget(new QLabel(tr("View:"), this));
    line->addWidget(m_views);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 4, 8, 4);
    column->setSpacing(2);
    column->addLayout(line);
    column->addWidget(m_problem);
    setFocusProxy(m_edit);

    connect(m_edit, &QLineEdit::textChanged, this, &SearchBar::textChanged);
    connect(m_views, &QComboBox::activated, this,
            [this](int row) { emit viewChosen(m_views->itemData(row).toInt()); });
}

QString SearchBar::text() const
{
    return m_edit->text();
}

void SearchBar::setText(const QString &text)
{
    m_edit->setText(text);
}

void SearchBar::clear()
{
    remember();
    m_edit->clear();
}

void SearchBar::takeFocus()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

bool SearchBar::hasLineFocus() const
{
    return m_edit->hasFocus();
}

void SearchBar::setViews(const QList<View> &views, int shown)
{
    m_views->clear();
    for (const View &view : views) {
        m_views->addItem(view.name, view.number);
        if (view.number == shown)
            m_views->setCurrentIndex(m_views->count() - 1);
    }
}

void SearchBar::setProblem(const QString &text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    m_edit->setAccessibleDescription(text);
}

QString SearchBar::problem() const
{
    return m_problem->text();
}

void SearchBar::remember()
{
    m_place = -1;
    const QString text = m_edit->text().trimmed();
    if (text.isEmpty())
        return;
    m_earlier.removeAll(text);
    m_earlier.append(text);
    if (m_earlier.size() > maxEarlier)
        m_earlier.removeFirst();
}

void SearchBar::stepEarlier(int step)
{
    if (m_earlier.isEmpty())
        return;
    const qsizetype last = m_earlier.size() - 1;
    // Past the newest one is the empty line, as in a shell.
    const qsizetype from = m_place < 0 ? m_earlier.size() : m_place;
    m_place = std::clamp<qsizetype>(from + step, 0, last + 1);
    const qsizetype place = m_place;
    m_edit->setText(place > last ? QString() : m_earlier.at(place));
    m_place = place > last ? -1 : place;
}

bool SearchBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_edit)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut)
        remember();
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const Qt::KeyboardModifiers modifiers = key->modifiers() & ~Qt::KeypadModifier;
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (modifiers != Qt::NoModifier)
            break;
        emit listRequested();
        return true;
    case Qt::Key_Down:
        if (modifiers == Qt::AltModifier)
            showOperators();
        else if (modifiers == Qt::NoModifier)
            emit listRequested();
        else
            break;
        return true;
    case Qt::Key_Up:
        if (modifiers != Qt::NoModifier)
            break;
        stepEarlier(-1);
        return true;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void SearchBar::showOperators()
{
    const std::pair<QString, QString> operators[] = {
        {u"\""_s, tr("\"a phrase\"\twords that stand together")},
        {u"-"_s, tr("-word\twithout this word")},
        {u"|"_s, tr("this|that\tone of the two")},
        {u"title:"_s, tr("title:word\tin the title only; body: in the text only")},
        {u"id:"_s, tr("id:400-420\tby number")},
        {u"before:"_s, tr("before:2024-02\tearlier than a day, month or year")},
        {u"after:"_s, tr("after:2024-02-28\tlater than it")},
        {u"on:"_s, tr("on:2024-02-28\tin it")},
        {u"is:"_s, tr("is:modified\talso new, deleted, invalid, conflict, outside")},
        {u"words:>"_s, tr("words:>500\tlong or short texts")},
        {u"/"_s, tr("/regular expression/\ta pattern")},
    };
    auto *menu = new QMenu(this);
    menu->setObjectName(u"operatorsMenu"_s);
    menu->setAccessibleName(tr("What else can be asked for"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto &[text, meaning] : operators) {
        QAction *action = menu->addAction(meaning);
        connect(action, &QAction::triggered, m_edit, [this, text = text] {
            const QString before = m_edit->text().left(m_edit->cursorPosition());
            const bool needsBlank = text != "|"_L1 && !before.isEmpty() && !before.back().isSpace();
            m_edit->insert(needsBlank ? u' ' + text : text);
        });
    }
    const int start = isRightToLeft() ? m_edit->width() - menu->sizeHint().width() : 0;
    menu->popup(m_edit->mapToGlobal(QPoint(start, m_edit->height())));
}

} // namespace ui

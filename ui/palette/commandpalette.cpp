// SPDX-License-Identifier: MIT
#include "ui/palette/commandpalette.h"

#include "ui/palette/commanddelegate.h"
#include "ui/palette/commandlistmodel.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int widthInCharacters = 90;
constexpr int rowsShown = 12;
constexpr int distanceFromTop = 24;

} // namespace

CommandPalette::CommandPalette(QWidget *parent)
    : CommandPalette(parent,
                     {.name = u"palette"_s,
                      .title = tr("Command palette"),
                      .hint = tr("A few letters of what you want to do"),
                      .nothing = tr("No command has these letters. Try fewer of them.")})
{}

CommandPalette::CommandPalette(QWidget *parent, const Texts &texts)
    : QFrame(parent)
    , m_model(new CommandListModel(this))
    , m_input(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_nothing(new QLabel(texts.nothing, this))
{
    setObjectName(texts.name + u"Dialog"_s);
    setFrameShape(QFrame::StyledPanel);
    setFrameShadow(QFrame::Raised);
    setAutoFillBackground(true);
    setAccessibleName(texts.title);

    m_input->setObjectName(texts.name + u"Input"_s);
    m_input->setPlaceholderText(texts.hint);
    m_input->setAccessibleName(texts.title);
    m_input->setClearButtonEnabled(true);
    m_input->installEventFilter(this);

    m_list->setObjectName(texts.name + u"List"_s);
    m_list->setAccessibleName(texts.title);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus); // the keys are typed into the line

    m_nothing->setObjectName(texts.name + u"Nothing"_s);
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(m_input);
    column->addWidget(m_list, 1);
    column->addWidget(m_nothing, 1);

    parent->installEventFilter(this);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::onPatternChanged);
    connect(m_list, &QListView::clicked, this, &CommandPalette::run);
    hide();
}

void CommandPalette::open(const QList<Command> &commands, const QStringList &recent)
{
    if (!isOpen())
        m_focusBefore = QApplication::focusWidget();
    m_model->setCommands(commands, recent);
    m_input->clear();
    onPatternChanged();
    place();
    show();
    raise();
    m_input->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::close()
{
    if (!isOpen())
        return;
    // First, as hiding the focused widget would let Qt choose the next one.
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    const QPointer<QWidget> before = std::exchange(m_focusBefore, nullptr);
    if (hadFocus && before && before->isVisible())
        before->setFocus(Qt::PopupFocusReason);
    hide();
}

void CommandPalette::onPatternChanged()
{
    m_model->setPattern(m_input->text());
    const bool hasAny = m_model->rowCount() > 0;
    m_list->setVisible(hasAny);
    m_nothing->setVisible(!hasAny);
    m_list->setCurrentIndex(m_model->index(0));
    m_list->scrollToTop();
}

void CommandPalette::step(int rows)
{
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    const int row = m_list->currentIndex().row() + rows;
    // One beyond an end is the other end; a page stops there.
    const int target = std::abs(rows) == 1 ? (row + count) % count : std::clamp(row, 0, count - 1);
    m_list->setCurrentIndex(m_model->index(target));
}

void CommandPalette::run()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid() || !m_model->command(current.row()).reasonWhyNot.isEmpty())
        return; // the reason stands beside it
    const Command command = m_model->command(current.row());
    close(); // what it does is about where the focus was
    emit chosen(command.id);
    command.run();
}

void CommandPalette::place()
{
    const QWidget *area = parentWidget();
    const int wanted = fontMetrics().averageCharWidth() * widthInCharacters;
    const int width = std::min(wanted, area->width() - 16);
    const int row
        = m_list->sizeHintForRow(0) > 0 ? m_list->sizeHintForRow(0) : fontMetrics().height() + 8;
    const int wantedHeight = m_input->sizeHint().height() + rowsShown * row + 30;
    const int height = std::min(wantedHeight, area->height() - distanceFromTop - 8);
    setGeometry((area->width() - width) / 2, distanceFromTop, width, height);
}

bool CommandPalette::onKey(int key)
{
    switch (key) {
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_PageUp:
        step(-rowsShown);
        return true;
    case Qt::Key_PageDown:
        step(rowsShown);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // there is nothing else to go to
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isOpen())
            place();
        return QFrame::eventFilter(watched, event);
    }
    switch (event->type()) {
    case QEvent::ShortcutOverride: {
        // Esc and Enter are actions of the window, too.
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isPlain = !(key->modifiers() & ~Qt::KeypadModifier);
        if (isPlain
            && (key->key() == Qt::Key_Escape || key->key() == Qt::Key_Return
                || key->key() == Qt::Key_Enter)) {
            event->accept();
            return true;
        }
        break;
    }
    case QEvent::KeyPress: {
        const auto *key = static_cast<QKeyEvent *>(event);
        const auto modifiers = key->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
        if (modifiers == Qt::NoModifier && onKey(key->key()))
            return true;
        break;
    }
    case QEvent::FocusOut:
        // Elsewhere in the window; another window or a menu of the line's own is no end.
        if (const QWidget *now = QApplication::focusWidget();
            now && now->window() == window() && !isAncestorOf(now))
            hide();
        break;
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace ui

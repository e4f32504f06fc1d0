// SPDX-License-Identifier: MIT
#include "ui/palette/commandpalette.h"

#include "ui/common/listkeys.h"
#include "ui/palette/commanddelegate.h"
#include "ui/palette/commandlistmodel.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

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

    m_list->setObjectName(texts.name + u"List"_s);
    m_list->setAccessibleName(texts.title);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);

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
    auto *keys = new ListKeys(*m_input, *m_list, ListKeys::Ends::GoRound, this);
    connect(keys, &ListKeys::chosen, this, &CommandPalette::run);
    connect(keys, &ListKeys::escaped, this, &CommandPalette::close);
    connect(keys, &ListKeys::left, this, &QWidget::hide);
    connect(m_list, &QListView::clicked, this, &CommandPalette::run);
    hide();
}

void CommandPalette::open(const QList<Command> &commands, const QStringList &recent)
{
    if (!isOpen())
        m_focusBefore.remember();
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
    if (isAncestorOf(QApplication::focusWidget()))
        m_focusBefore.restore();
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

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && isOpen()) // of the parent
        place();
    return QFrame::eventFilter(watched, event);
}

} // namespace ui

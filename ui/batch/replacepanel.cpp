// SPDX-License-Identifier: MIT
#include "ui/batch/replacepanel.h"

#include "core/schema/table.h"
#include "ui/batch/hitdelegate.h"
#include "ui/table/uniformtableview.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QStringList columnTexts(const orm::Table &table)
{
    QStringList texts;
    for (const orm::Column &column : table.columns)
        texts << column.text();
    return texts;
}

} // namespace

ReplacePanel::ReplacePanel(const QStringList &scopes, const orm::Table &table, QWidget *parent)
    : QWidget(parent)
    , m_model(columnTexts(table))
    , m_find(new QLineEdit(this))
    , m_replace(new QLineEdit(this))
    , m_case(new QCheckBox(tr("Match case"), this))
    , m_regex(new QCheckBox(tr("Rege&x"), this))
    , m_scope(new QComboBox(this))
    , m_status(new QLabel(this))
    , m_list(new UniformTableView(this))
    , m_apply(new QPushButton(tr("Replace what is ticked (Ctrl+Enter)"), this))
{
    setObjectName(u"replacePanel"_s);
    setAutoFillBackground(true);
    setFocusProxy(m_find);
    auto *title = new QLabel(tr("Replace in %1").arg(table.plural), this);
    QFont bold = font();
    bold.setBold(true);
    title->setFont(bold);
    m_find->setObjectName(u"replaceFind"_s);
    m_find->setAccessibleName(tr("Find"));
    m_replace->setObjectName(u"replaceWith"_s);
    m_replace->setAccessibleName(tr("Replace with"));
    m_case->setObjectName(u"replaceCase"_s);
    m_regex->setObjectName(u"replaceRegex"_s);
    m_regex->setToolTip(tr("A regular expression; the replacement may have its groups: $1"));
    m_scope->setObjectName(u"replaceScope"_s);
    m_scope->setAccessibleName(tr("Where"));
    m_scope->addItems(scopes);
    m_status->setObjectName(u"replaceStatus"_s);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    m_status->setMinimumWidth(1);
    m_list->setObjectName(u"replaceList"_s);
    m_list->setAccessibleName(tr("Hits"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new HitDelegate(m_list));
    m_list->setLinesPerRow(HitDelegate::lines);
    m_list->viewport()->installEventFilter(this); // the one column is as wide as that
    m_list->horizontalHeader()->hide();
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setAlternatingRowColors(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_apply->setAutoDefault(true);
    m_apply->setEnabled(false);
    auto *hint = new QLabel(tr("Enter: list the hits · Space: tick or not · Ctrl+Enter: replace · "
                               "Esc: close"),
                            this);
    hint->setWordWrap(true);
    hint->setMinimumWidth(1);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(12, 10, 12, 10);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    grid->addWidget(title, 0, 0, 1, 4);
    grid->addWidget(new QLabel(tr("Find"), this), 1, 0);
    grid->addWidget(m_find, 1, 1);
    grid->addWidget(m_case, 1, 2);
    grid->addWidget(m_regex, 1, 3);
    grid->addWidget(new QLabel(tr("Replace with"), this), 2, 0);
    grid->addWidget(m_replace, 2, 1);
    grid->addWidget(m_scope, 2, 2, 1, 2);
    grid->addWidget(m_status, 3, 0, 1, 4);
    grid->addWidget(m_list, 4, 0, 1, 4);
    grid->setRowStretch(4, 1);
    grid->addWidget(m_apply, 5, 0, 1, 4, Qt::AlignRight);
    grid->addWidget(hint, 6, 0, 1, 4);

    const QList<QWidget *> inputs{m_find, m_replace, m_case, m_regex, m_scope, m_list, m_apply};
    for (qsizetype i = 0; i < inputs.size(); ++i) {
        inputs.at(i)->installEventFilter(this);
        if (i > 0)
            setTabOrder(inputs.at(i - 1), inputs.at(i));
    }
    for (QLineEdit *edit : {m_find, m_replace})
        connect(edit, &QLineEdit::textChanged, this, &ReplacePanel::changed);
    for (QCheckBox *box : {m_case, m_regex})
        connect(box, &QCheckBox::toggled, this, &ReplacePanel::changed);
    connect(m_scope, &QComboBox::currentIndexChanged, this, &ReplacePanel::changed);
    connect(m_apply, &QPushButton::clicked, this, &ReplacePanel::applyRequested);
    connect(m_list, &QAbstractItemView::doubleClicked, this,
            [this](const QModelIndex &index) { emit rowRequested(m_model.keyAt(index.row())); });
}

void ReplacePanel::setText(const QString &text)
{
    m_find->setText(text);
    m_find->selectAll();
}

TextPattern ReplacePanel::pattern() const
{
    return {m_find->text(), {.isRegex = m_regex->isChecked(), .matchesCase = m_case->isChecked()}};
}

QString ReplacePanel::replacement() const
{
    return m_replace->text();
}

void ReplacePanel::setScopeText(int scope, const QString &text)
{
    m_scope->setItemText(scope, text);
}

int ReplacePanel::scope() const
{
    return m_scope->currentIndex();
}

void ReplacePanel::setStatus(const QString &text)
{
    m_status->setText(text);
    m_find->setAccessibleDescription(text);
}

void ReplacePanel::setCanApply(bool canApply)
{
    m_apply->setEnabled(canApply);
}

void ReplacePanel::focusHits()
{
    m_list->setFocus(Qt::OtherFocusReason);
    m_list->setCurrentIndex(m_model.index(0));
}

/// All of the selected follow the current one.
void ReplacePanel::toggle()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    QList<RowRange> ranges = m_list->selectedRowRanges();
    if (!m_list->isRowSelected(current.row()))
        ranges = {{current.row(), current.row()}};
    m_model.setTicked(ranges, !m_model.isTicked(current.row()));
}

bool ReplacePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list->viewport() && event->type() == QEvent::Resize)
        m_list->horizontalHeader()->resizeSection(0, m_list->viewport()->width());
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const Qt::KeyboardModifiers modifiers = key->modifiers() & ~Qt::KeypadModifier;
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (isEnter && modifiers == Qt::ControlModifier) {
        emit applyRequested();
        return true;
    }
    if (isEnter && modifiers == Qt::NoModifier && watched == m_list) {
        if (m_list->currentIndex().isValid())
            emit rowRequested(m_model.keyAt(m_list->currentIndex().row()));
        return true;
    }
    if (isEnter && modifiers == Qt::NoModifier && watched != m_apply) {
        emit listRequested();
        return true;
    }
    if (key->key() == Qt::Key_Space && modifiers == Qt::NoModifier && watched == m_list) {
        toggle();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/batch/batchpanel.h"

#include "ui/common/counting.h"
#include "ui/common/roomydelegate.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

BatchPanel::BatchPanel(orm::Table table, qint64 count, QWidget *parent)
    : QWidget(parent)
    , m_table(std::move(table))
    , m_problem(new QLabel(this))
    , m_summary(new QLabel(this))
{
    setObjectName(u"batchPanel"_s);
    setAutoFillBackground(true);
    auto *title = new QLabel(tr("Edit %1 together").arg(counted(count, m_table)), this);
    QFont bold = font();
    bold.setBold(true);
    title->setFont(bold);
    auto *hint
        = new QLabel(tr("What you type is what all of them get; what you leave stays. "
                        "{%1} stands for each one's own. Del in an empty field empties it in "
                        "all of them.")
                         .arg(m_table.columns.isEmpty() ? QString() : m_table.columns.last().name),
                     this);
    if (const int column = m_table.indexOf(orm::Role::Title); column >= 0)
        hint->setText(tr("What you type is what all of them get; what you leave stays. "
                         "{%1} stands for each one's own. Del in an empty field empties it in "
                         "all of them.")
                          .arg(m_table.columns.at(column).name));
    hint->setWordWrap(true);
    hint->setMinimumWidth(1);
    auto *grid = new QGridLayout;
    grid->setColumnStretch(1, 1);

    // In the order in which one writes, as in the form.
    QList<int> columns;
    for (const orm::Role role : {orm::Role::Title, orm::Role::Body}) {
        if (const int column = m_table.indexOf(role); column >= 0)
            columns << column;
    }
    for (int i = 0; i < m_table.columns.size(); ++i) {
        if (!columns.contains(i))
            columns << i;
    }
    for (const int column : std::as_const(columns)) {
        const orm::Column &known = m_table.columns.at(column);
        if (!known.isPrimaryKey && !known.isReadOnly && !known.isVersion)
            addField(grid, column);
    }
    if (!m_fields.isEmpty())
        setFocusProxy(m_fields.first().widget);
    m_preview = new QListWidget(this); // Tab goes by the order in which they are made
    m_apply = new QPushButton(tr("Change them (Ctrl+Enter)"), this);

    m_problem->setObjectName(u"batchProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_summary->setObjectName(u"batchSummary"_s);
    m_preview->setObjectName(u"batchPreview"_s);
    m_preview->setAccessibleName(tr("What will be changed"));
    m_preview->setItemDelegate(new RoomyDelegate(m_preview));
    m_preview->setUniformItemSizes(true);
    m_preview->setAlternatingRowColors(true);
    m_preview->setTextElideMode(Qt::ElideMiddle);
    m_preview->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_preview->setTabKeyNavigation(false);
    m_preview->installEventFilter(this);
    m_apply->setAutoDefault(true);
    m_apply->setEnabled(false);
    connect(m_apply, &QPushButton::clicked, this, &BatchPanel::applyRequested);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(hint);
    layout->addLayout(grid);
    layout->addWidget(m_problem);
    layout->addWidget(m_preview, 1);
    auto *end = new QHBoxLayout; // one line, so that a small window shows it
    end->addWidget(m_summary, 1);
    end->addWidget(m_apply);
    layout->addLayout(end);
}

void BatchPanel::addField(QGridLayout *grid, int column)
{
    const orm::Column &known = m_table.columns.at(column);
    auto *label = new QLabel(known.label.isEmpty() ? known.name : known.label, this);
    QWidget *widget = nullptr;
    if (known.type.isLarge()) {
        auto *text = new QPlainTextEdit(this);
        text->setTabChangesFocus(true);
        label->setMargin(text->frameWidth() + int(text->document()->documentMargin()) / 2);
        text->setFixedHeight(4 * fontMetrics().lineSpacing());
        connect(text, &QPlainTextEdit::textChanged, this, [this, text] { onTextChanged(text); });
        widget = text;
    } else {
        auto *line = new QLineEdit(this);
        connect(line, &QLineEdit::textChanged, this, [this, line] { onTextChanged(line); });
        widget = line;
    }
    widget->setObjectName(u"batch_"_s + known.name);
    widget->setAccessibleName(known.text());
    widget->installEventFilter(this);
    label->setBuddy(widget);
    const int row = grid->rowCount();
    grid->addWidget(label, row, 0, known.type.isLarge() ? Qt::AlignTop : Qt::AlignVCenter);
    grid->addWidget(widget, row, 1);
    m_fields.append({column, widget, {}});
}

QString BatchPanel::textOf(const Field &field)
{
    if (const auto *line = qobject_cast<const QLineEdit *>(field.widget))
        return line->text();
    return qobject_cast<const QPlainTextEdit *>(field.widget)->toPlainText();
}

void BatchPanel::setValues(int column, const QString &summary, const QString &common)
{
    for (Field &field : m_fields) {
        if (field.column != column)
            continue;
        auto *line = qobject_cast<QLineEdit *>(field.widget);
        auto *text = qobject_cast<QPlainTextEdit *>(field.widget);
        field.summary = summary;
        setEmptying(field, field.emptying);
        // A brace in it would be a formula, and a line end none of a line's.
        if (common.isEmpty() || textOf(field) != field.before || common.contains(u'{')
            || (line && common.contains(u'\n')))
            continue;
        field.before = common;
        line ? line->setText(common) : text->setPlainText(common);
        if (line)
            line->selectAll();
        field.before = textOf(field);
    }
}

QHash<int, QString> BatchPanel::formulas() const
{
    QHash<int, QString> formulas;
    for (const Field &field : m_fields) {
        const QString text = textOf(field);
        if (field.emptying == Emptying::Text
            || (field.emptying == Emptying::No && text != field.before))
            formulas.insert(field.column, text);
    }
    return formulas;
}

QSet<int> BatchPanel::nulls() const
{
    QSet<int> columns;
    for (const Field &field : m_fields) {
        if (field.emptying == Emptying::Null)
            columns.insert(field.column);
    }
    return columns;
}

bool BatchPanel::setNull(const QWidget *focus)
{
    for (Field &field : m_fields) {
        if (!focus || (field.widget != focus && !field.widget->isAncestorOf(focus)))
            continue;
        auto *line = qobject_cast<QLineEdit *>(field.widget);
        line ? line->clear() : qobject_cast<QPlainTextEdit *>(field.widget)->clear();
        setEmptying(field, Emptying::Null);
        emit edited();
        return true;
    }
    return false;
}

/// The field says in the place of the rows' values what becomes of them.
void BatchPanel::setEmptying(Field &field, Emptying emptying)
{
    field.emptying = emptying;
    QString shown = field.summary;
    if (emptying == Emptying::Text)
        shown = tr("nothing, in all of them");
    else if (emptying == Emptying::Null)
        shown = tr("(empty), in all of them");
    auto *line = qobject_cast<QLineEdit *>(field.widget);
    line ? line->setPlaceholderText(shown)
         : qobject_cast<QPlainTextEdit *>(field.widget)->setPlaceholderText(shown);
    field.widget->setAccessibleDescription(shown);
}

void BatchPanel::onTextChanged(const QWidget *widget)
{
    for (Field &field : m_fields) {
        if (field.widget == widget && field.emptying != Emptying::No)
            setEmptying(field, Emptying::No);
    }
    emit edited();
}

void BatchPanel::setPreview(const QStringList &lines, const QString &summary)
{
    setProblem({});
    m_preview->clear();
    m_preview->addItems(lines);
    if (!lines.isEmpty())
        m_preview->setCurrentRow(0);
    m_summary->setText(summary);
    m_apply->setEnabled(!formulas().isEmpty() || !nulls().isEmpty());
}

void BatchPanel::setProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (problem.isEmpty())
        return;
    m_preview->clear();
    m_summary->clear();
    m_apply->setEnabled(false);
}

bool BatchPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isEnter && (key->modifiers() & ~Qt::KeypadModifier) == Qt::ControlModifier) {
            emit applyRequested();
            return true;
        }
        // Of different values none is there to be taken out: the key itself says that they go.
        const bool takesOut = key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace;
        for (Field &field : m_fields) {
            if (!takesOut || key->modifiers() != Qt::NoModifier || field.widget != watched
                || !field.before.isEmpty() || !textOf(field).isEmpty())
                continue;
            setEmptying(field, field.emptying == Emptying::No ? Emptying::Text : Emptying::No);
            emit edited();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui

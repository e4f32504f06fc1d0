// SPDX-License-Identifier: MIT
#include "ui/editor/formfields.h"

#include "ui/editor/fieldeditor.h"
#include "ui/editor/fieldrow.h"
#include "ui/editor/onelinetextedit.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int margin = 12;
constexpr int spacing = 8;
constexpr int widthForBeside = 700; ///< pixels from which something stands beside the body
constexpr int columnWidth = 76; ///< letters in a line, where the body is alone

template<typename Predicate>
FieldRow *firstOf(const std::vector<FieldRow *> &rows, Predicate is)
{
    const auto found = std::find_if(rows.begin(), rows.end(), is);
    return found == rows.end() ? nullptr : *found;
}

} // namespace

FormFields::FormFields(const orm::Table &table, QWidget *parent)
    : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(margin, margin, margin, margin);
    grid->setHorizontalSpacing(spacing);
    grid->setVerticalSpacing(spacing);
    grid->setColumnStretch(1, 1);
    addHeader(grid);
    for (const int index : columnsInOrder(table))
        addField(grid, table.columns.at(index), index);
    if (!m_words)
        grid->setRowStretch(grid->rowCount(), 1);
    for (size_t i = 1; i < m_rows.size(); ++i)
        setTabOrder(m_rows[i - 1]->widget(), m_rows[i]->widget());
}

/// What people write comes first, when it was written last; a key that is a number is no field.
QList<int> FormFields::columnsInOrder(const orm::Table &table)
{
    const auto rank = [](const orm::Column &column) {
        switch (column.role) {
        case orm::Role::Title:
            return 0;
        case orm::Role::Body:
            return 1;
        case orm::Role::Created:
            return 3;
        case orm::Role::None:
            break;
        }
        return 2;
    };
    QList<int> columns;
    for (int i = 0; i < table.columns.size(); ++i) {
        if (!table.columns.at(i).isPrimaryKey || !table.hasIntegerKey())
            columns.append(i);
    }
    std::stable_sort(columns.begin(), columns.end(), [&](int a, int b) {
        return rank(table.columns.at(a)) < rank(table.columns.at(b));
    });
    return columns;
}

void FormFields::addHeader(QGridLayout *grid)
{
    auto *header = new QWidget(this);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(margin);
    m_key = new QLabel(header);
    m_key->setObjectName(u"editorKey"_s);
    m_key->setForegroundRole(QPalette::PlaceholderText);
    m_key->setTextFormat(Qt::PlainText);
    m_key->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notice = new QLabel(header);
    m_notice->setObjectName(u"editorNotice"_s);
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    m_notice->setMinimumWidth(1); // a long word must not widen the window
    row->addWidget(m_key, 0, Qt::AlignTop);
    row->addWidget(m_notice, 1);
    grid->addWidget(header, 0, 0, 1, 3);
}

void FormFields::addField(QGridLayout *grid, const orm::Column &column, int index)
{
    const bool isBody = column.role == orm::Role::Body && !m_words;
    if (isBody) {
        m_words = new QLabel(this);
        m_words->setObjectName(u"wordCount"_s);
        m_words->setForegroundRole(QPalette::PlaceholderText);
        m_bodyNotice = new QLabel(this);
        m_bodyNotice->setObjectName(u"bodyNotice"_s);
        m_bodyNotice->setTextFormat(Qt::PlainText);
        m_bodyNotice->setWordWrap(true);
        m_bodyNotice->hide();
        m_bodyCorner = new QWidget(this);
        auto *row = new QHBoxLayout(m_bodyCorner);
        row->setContentsMargins(0, 0, 0, 0);
        row->addStretch(1);
        row->addWidget(m_words);
    }
    auto *field = new FieldRow(column, index, grid, isBody ? m_bodyCorner : nullptr, this);
    if (isBody && field->editor().textEdit()) {
        m_bodySplitter = new QSplitter(this);
        m_bodySplitter->setChildrenCollapsible(false);
        m_bodySplitter->setHandleWidth(spacing);
        delete grid->replaceWidget(field->widget(), m_bodySplitter);
        m_bodySplitter->addWidget(field->widget());
    }
    if (isBody)
        grid->addWidget(m_bodyNotice, grid->rowCount(), 0, 1, 3);
    m_rows.push_back(field);
    connect(&field->editor(), &FieldEditor::edited, this, [this, field] { emit edited(field); });
    if (const auto *line = qobject_cast<OneLineTextEdit *>(field->widget()))
        connect(line, &OneLineTextEdit::returnPressed, this, [this] { focusNextChild(); });
}

FieldRow *FormFields::of(const QObject *widget) const
{
    return firstOf(m_rows, [widget](const FieldRow *row) { return row->widget() == widget; });
}

FieldRow *FormFields::of(orm::Role role) const
{
    return firstOf(m_rows, [role](const FieldRow *row) { return row->column().role == role; });
}

FieldRow *FormFields::of(int column) const
{
    return firstOf(m_rows, [column](const FieldRow *row) { return row->index() == column; });
}

FieldRow *FormFields::body() const
{
    return m_words ? of(orm::Role::Body) : nullptr;
}

StoredTextEdit *FormFields::bodyEdit() const
{
    const FieldRow *row = body();
    return row ? row->editor().textEdit() : nullptr;
}

StoredTextEdit *FormFields::textEdit(const QWidget *widget) const
{
    const FieldRow *row = of(widget);
    StoredTextEdit *edit = row ? row->editor().textEdit() : nullptr;
    return edit && !edit->isReadOnly() ? edit : nullptr;
}

void FormFields::setKeyText(const QString &text)
{
    m_key->setText(text);
}

void FormFields::setNotice(const QString &text)
{
    m_notice->setText(text);
}

void FormFields::setWords(const QString &text)
{
    if (m_words)
        m_words->setText(text);
}

void FormFields::setBodyNotice(const QString &text)
{
    if (!m_bodyNotice)
        return;
    m_bodyNotice->setText(text);
    m_bodyNotice->setVisible(!text.isEmpty());
}

void FormFields::setBesideBody(QWidget *widget)
{
    if (!m_bodySplitter)
        return;
    m_bodySplitter->addWidget(widget);
    setTabOrder(m_rows.back()->widget(), widget);
    arrange();
    for (int i = 0; i < m_bodySplitter->count(); ++i)
        m_bodySplitter->setStretchFactor(i, 1);
    m_bodySplitter->setSizes({1000, 1000});
}

void FormFields::setBodyAlone(bool alone)
{
    if (alone == m_isBodyAlone || !m_bodySplitter)
        return;
    m_isBodyAlone = alone;
    if (alone) {
        for (QObject *child : children()) {
            auto *widget = qobject_cast<QWidget *>(child);
            if (widget && widget != m_bodySplitter && widget != m_bodyCorner
                && widget != m_bodyNotice && !widget->isHidden()) {
                m_hidden << widget;
                widget->hide();
            }
        }
    } else {
        for (QWidget *widget : std::exchange(m_hidden, {})) {
            // A problem may be solved by now.
            const auto *label = qobject_cast<const QLabel *>(widget);
            widget->setVisible(!label || label->objectName() != u"fieldProblem"_s
                               || !label->text().isEmpty());
        }
    }
    arrange();
}

void FormFields::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void FormFields::arrange()
{
    if (!m_bodySplitter)
        return;
    const Qt::Orientation wanted = width() >= widthForBeside ? Qt::Horizontal : Qt::Vertical;
    if (m_bodySplitter->orientation() != wanted)
        m_bodySplitter->setOrientation(wanted);
    int side = margin;
    if (m_isBodyAlone) {
        const int letter = body()->widget()->fontMetrics().averageCharWidth();
        side = std::max(margin, (width() - columnWidth * letter) / 2);
    }
    const QMargins wantedMargins(side, margin, side, margin);
    if (layout()->contentsMargins() != wantedMargins)
        layout()->setContentsMargins(wantedMargins);
}

} // namespace ui

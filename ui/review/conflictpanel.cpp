// SPDX-License-Identifier: MIT
#include "ui/review/conflictpanel.h"

#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/common/diffview.h"
#include "ui/common/flowlayout.h"
#include "ui/common/roomydelegate.h"
#include "ui/editor/fieldtext.h"
#include "ui/editor/storedtextedit.h"
#include "ui/review/rowname.h"
#include "ui/table/celltext.h"

#include <QAccessible>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QPushButton>
#include <QStyleOptionFocusRect>
#include <QStylePainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using Kind = RowConflict::Kind;

constexpr int rowsShown = 5; ///< of the list of fields, before it scrolls

QLabel *makeLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(1);
    return label;
}

} // namespace

ConflictPanel::ConflictPanel(EditHistory &history, QWidget *parent)
    : QWidget(parent)
    , m_history(history)
    , m_model(history)
    , m_count(makeLabel(this))
    , m_sentence(makeLabel(this))
    , m_list(new QListView(this))
    , m_fieldName(makeLabel(this))
    , m_grid(new QGridLayout)
    , m_bothLabel(makeLabel(this))
    , m_both(new StoredTextEdit(StoredTextDocument::Lines::Shown, this))
    , m_hint(makeLabel(this))
    , m_takeMine(new QPushButton(this))
    , m_takeTheirs(new QPushButton(this))
    , m_takeBoth(new QPushButton(this))
    , m_apply(new QPushButton(tr("Apply (Enter)"), this))
{
    setObjectName(u"conflictPanel"_s);
    setFocusPolicy(Qt::StrongFocus);
    setAutoFillBackground(true);
    build();

    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this,
            &ConflictPanel::takeEditedBoth);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, [this] { showCurrent(); });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        const int count = m_model.rowCount();
        m_current = -1;
        if (count == 0)
            return;
        int row = 0;
        while (row + 1 < count && m_model.conflict(row).key != m_shownKey)
            ++row;
        setCurrent(m_model.conflict(row).key == m_shownKey ? row : 0);
    });
    connect(&m_model, &QAbstractItemModel::dataChanged, this, [this] { showCurrent(); });
    connect(m_list, &QListView::clicked, this,
            [this](const QModelIndex &index) { setCurrent(index.row()); });
    connect(m_takeMine, &QPushButton::clicked, this, [this] { decide(Decision::Mine); });
    connect(m_takeTheirs, &QPushButton::clicked, this, [this] { decide(Decision::Theirs); });
    connect(m_takeBoth, &QPushButton::clicked, this, [this] { decide(Decision::Both); });
    connect(m_apply, &QPushButton::clicked, this, &ConflictPanel::apply);
    if (m_model.rowCount() > 0)
        setCurrent(0);
}

void ConflictPanel::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    QFont bold = font();
    bold.setBold(true);
    m_count->setFont(bold);
    layout->addWidget(m_count);
    m_sentence->setObjectName(u"conflictSentence"_s);
    layout->addWidget(m_sentence);

    m_list->setObjectName(u"conflictList"_s);
    m_list->setModel(&m_model);
    m_list->setUniformItemSizes(true);
    m_list->setItemDelegate(new RoomyDelegate(m_list));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus); // the panel's own keys go through it
    m_list->setAccessibleName(tr("Fields in conflict"));
    layout->addWidget(m_list, 1);

    m_fieldName->setFont(bold);
    layout->addWidget(m_fieldName);
    m_grid->setSpacing(6);
    layout->addLayout(m_grid, 4);
    layout->addStretch(0); // below fields of one line
    addVersion(tr("Before"), m_baseLabel, m_base);
    addVersion(tr("Mine"), m_mineLabel, m_mine);
    addVersion(tr("Theirs"), m_theirsLabel, m_theirs);
    m_base->setObjectName(u"conflictBase"_s);
    m_mine->setObjectName(u"conflictMine"_s);
    m_theirs->setObjectName(u"conflictTheirs"_s);
    m_bothLabel->setText(tr("Both"));
    m_bothLabel->setBuddy(m_both);
    m_both->setObjectName(u"conflictBoth"_s);
    m_both->setAccessibleName(tr("Both edits together"));
    m_both->setTabChangesFocus(true);
    m_both->installEventFilter(this);
    arrange();

    m_hint->setObjectName(u"conflictHint"_s);
    layout->addWidget(m_hint);
    auto *buttons = new FlowLayout;
    buttons->setSpacing(6);
    for (QPushButton *button : {m_takeMine, m_takeTheirs, m_takeBoth, m_apply}) {
        button->setAutoDefault(true); // Enter presses the one that has the focus
        buttons->addWidget(button);
    }
    layout->addLayout(buttons);
}

void ConflictPanel::addVersion(const QString &title, QLabel *&label, DiffView *&view)
{
    label = makeLabel(this);
    label->setText(title);
    label->setWordWrap(false);
    view = new DiffView(this);
    view->setAccessibleName(title);
    label->setBuddy(view);
}

/// The three versions side by side where there is room, else one below the other.
void ConflictPanel::arrange()
{
    const std::pair<QLabel *, QWidget *> versions[]
        = {{m_baseLabel, m_base}, {m_mineLabel, m_mine}, {m_theirsLabel, m_theirs}};
    const bool isBoth = !m_both->isHidden();
    constexpr int most = 1000;
    for (int i = 0; i < 4; ++i) {
        m_grid->setColumnStretch(i, m_isWide ? i < 3 : i == 1);
        m_grid->setRowStretch(i,
                              most * (m_isWide ? i == 1 || (i == 3 && isBoth) : i < 3 || isBoth));
    }
    m_grid->setRowStretch(4, 1); // what no version takes is below them, not over their names
    for (int i = 0; i < 3; ++i) {
        const auto &[label, view] = versions[i];
        m_grid->addWidget(label, m_isWide ? 0 : i, m_isWide ? i : 0, Qt::AlignTop);
        m_grid->addWidget(view, m_isWide ? 1 : i, m_isWide ? i : 1);
    }
    m_grid->addWidget(m_bothLabel, m_isWide ? 2 : 3, 0, Qt::AlignTop);
    m_grid->addWidget(m_both, 3, m_isWide ? 0 : 1, 1, m_isWide ? 3 : 1);
}

void ConflictPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_isWide == (width() >= widthForBeside))
        return;
    m_isWide = !m_isWide;
    arrange();
    showCurrent();
}

void ConflictPanel::goTo(const orm::Key &key)
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (m_model.conflict(row).key == key) {
            setCurrent(row);
            return;
        }
    }
}

void ConflictPanel::setCurrent(int row)
{
    if (row < 0 || row >= m_model.rowCount())
        return;
    takeEditedBoth();
    m_current = row;
    const orm::Key key = m_model.conflict(row).key;
    const bool isOther = key != m_shownKey;
    m_shownKey = key;
    m_list->setCurrentIndex(m_model.index(row));
    m_both->forget(orm::Key::integer(0));
    m_both->open(orm::Key::integer(0), m_model.both(row).toString());
    showCurrent();
    if (isOther)
        emit currentKeyChanged(key);
}

void ConflictPanel::go(int step)
{
    setCurrent(std::clamp(m_current + step, 0, m_model.rowCount() - 1));
}

void ConflictPanel::decide(Decision decision)
{
    if (m_current < 0)
        return;
    if (m_model.canDecide(m_current, decision)) {
        m_model.decide(m_current, decision);
        return;
    }
    m_hint->setText(tr("These two can't be put together. M takes mine, T theirs."));
}

/// What was typed over the proposal is what both together are.
void ConflictPanel::takeEditedBoth()
{
    if (m_current < 0 || m_current >= m_model.rowCount() || !m_both->isVisible())
        return;
    const auto both = orm::StoredValue::text(m_both->storedText());
    if (both != m_model.both(m_current))
        m_model.setBoth(m_current, both);
}

void ConflictPanel::apply()
{
    takeEditedBoth();
    if (m_model.apply()) {
        emit applied();
        return;
    }
    const int open = m_model.nextOpen(m_current);
    if (open >= 0)
        setCurrent(open);
    m_hint->setText(tr("First decide: M takes mine, T theirs."));
}

// ---------------------------------------------------------------------------------------- showing

QString ConflictPanel::sentence(const RowConflict &conflict) const
{
    const orm::Table &table = m_history.edits().table();
    const QString row = rowName(m_history.edits(), conflict.key);
    QString text;
    switch (conflict.kind) {
    case Kind::Fields:
        return tr("%1 was changed by another program while you were editing it.").arg(row);
    case Kind::Deletion:
        return tr("%1 is marked for deletion, and another program has changed it since you saw it.")
            .arg(row);
    case Kind::Gone:
        text = tr("%1 was deleted by another program while you were editing it.").arg(row);
        break;
    case Kind::Replaced:
        text = (table.hasIntegerKey()
                    ? tr("%1 is gone from the database, and another %2 has its number %3 now.")
                    : tr("%1 is gone from the database, and another %2 has its key %3 now."))
                   .arg(row, table.singular, conflict.key.toString());
        break;
    }
    QStringList cut;
    for (const int column : conflict.cut)
        cut << table.columns.at(column).text();
    if (!cut.isEmpty())
        text += u' ' + tr("Only the beginning of %1 was read before.").arg(cut.join(u", "_s));
    if (conflict.dependents > 0)
        text += u' '
            + tr("%Ln row(s) of other tables that belonged to it can't come back.", nullptr,
                 int(conflict.dependents));
    return text;
}

QString ConflictPanel::textOf(const orm::Column &column, const orm::StoredValue &value) const
{
    return column.type.isText() ? value.toString() : fieldText(column, value);
}

void ConflictPanel::showValue(DiffView &view, const orm::Column &column,
                              const orm::StoredValue &base, const orm::StoredValue &value)
{
    if (value.isNull())
        view.showNote(tr("(empty)"));
    else if (&view == m_base)
        view.showText(textOf(column, value));
    else
        view.showDiff(diffWords(textOf(column, base), textOf(column, value)));
}

void ConflictPanel::showField(const orm::FieldConflict &field, const orm::Column &column)
{
    m_fieldName->setText(column.text());
    m_mineLabel->setText(tr("Mine"));
    m_theirsLabel->setText(tr("Theirs"));
    showValue(*m_base, column, {}, field.base);
    showValue(*m_mine, column, field.base, field.mine);
    showValue(*m_theirs, column, field.base, field.theirs);
    m_takeMine->setText(tr("Mine (M)"));
    m_takeTheirs->setText(tr("Theirs (T)"));
}

/// The row as a whole: what it was, what is to be here, what is there.
void ConflictPanel::showRow(const RowConflict &conflict)
{
    const EditBuffer &edits = m_history.edits();
    const orm::Table &table = edits.table();
    const auto lines = [&table, this](const std::function<orm::StoredValue(int)> &value) {
        QStringList all;
        for (int column = 0; column < table.columns.size(); ++column) {
            const orm::StoredValue stored = value(column);
            if (!stored.isNull())
                all << tr("%1: %2").arg(table.columns.at(column).text(),
                                        textOf(table.columns.at(column), stored));
        }
        return all.join(u'\n');
    };
    const orm::Record before = edits.snapshot(conflict.key);
    const auto wasThere = [&before](int column) { return before.values.value(column); };
    const QString base = lines(wasThere);
    m_fieldName->setText({});
    m_base->showText(base);
    if (conflict.kind == Kind::Deletion) {
        m_mine->showNote(tr("Deleted"));
        m_theirs->showDiff(diffWords(
            base, lines([&conflict](int column) { return conflict.theirs.values.value(column); })));
        m_takeMine->setText(tr("Delete it all the same (M)"));
        m_takeTheirs->setText(tr("Keep it as it is now (T)"));
        return;
    }
    m_mine->showDiff(
        diffWords(base, lines([&](int column) {
                      return edits.value(conflict.key, column).value_or(wasThere(column));
                  })));
    if (conflict.kind == Kind::Gone)
        m_theirs->showNote(tr("Deleted"));
    else
        m_theirs->showText(
            lines([&conflict](int column) { return conflict.theirs.values.value(column); }));
    m_takeMine->setText(tr("Keep mine as a new %1 (M)").arg(table.singular));
    m_takeTheirs->setText(tr("Let mine go (T)"));
}

/// Whether something is pending that no conflict holds up.
bool ConflictPanel::hasRest() const
{
    const EditBuffer &edits = m_history.edits();
    return edits.changeCount() > edits.conflictCount();
}

void ConflictPanel::showCurrent()
{
    if (m_current < 0 || m_current >= m_model.rowCount())
        return;
    const RowConflict &conflict = m_model.conflict(m_current);
    const int count = m_model.conflictCount();
    m_count->setText(tr("%Ln conflict(s)", nullptr, count));
    m_sentence->setText(sentence(conflict));
    m_list->setVisible(m_model.rowCount() > 1);
    m_list->setMaximumHeight(std::min(m_model.rowCount(), rowsShown) * m_list->sizeHintForRow(0)
                             + 2 * m_list->frameWidth());
    const orm::FieldConflict *field = m_model.field(m_current);
    if (field)
        showField(*field, m_history.edits().table().columns.at(field->column));
    else
        showRow(conflict);
    m_fieldName->setVisible(field);
    const bool isOneLine
        = field && !m_history.edits().table().columns.at(field->column).type.isLarge();
    const int lines = isOneLine ? 1 : m_isWide ? 4 : 2;
    for (QWidget *view : {static_cast<QWidget *>(m_base), static_cast<QWidget *>(m_mine),
                          static_cast<QWidget *>(m_theirs), static_cast<QWidget *>(m_both)}) {
        view->setMinimumHeight(lines * fontMetrics().lineSpacing() + 12);
        view->setMaximumHeight(isOneLine ? 2 * fontMetrics().lineSpacing() + 16 : QWIDGETSIZE_MAX);
    }

    const Decision decision = m_model.decision(m_current);
    const bool isBoth = decision == Decision::Both;
    m_takeBoth->setVisible(m_model.canDecide(m_current, Decision::Both));
    m_takeBoth->setText(tr("Both (B)"));
    if (m_both->isHidden() == isBoth) {
        m_bothLabel->setVisible(isBoth);
        m_both->setVisible(isBoth);
        arrange();
    }
    for (const auto &[button, own] : {std::pair(m_takeMine, Decision::Mine),
                                      {m_takeTheirs, Decision::Theirs},
                                      {m_takeBoth, Decision::Both}}) {
        button->setCheckable(true);
        button->setChecked(decision == own);
    }
    const bool isLast = m_model.nextOpen(m_current) < 0;
    m_apply->setText(isLast ? tr("Apply and save (Enter)") : tr("Apply (Enter)"));
    QString hint;
    switch (decision) {
    case Decision::Open:
        hint = m_takeBoth->isVisibleTo(this)
            ? tr("M takes mine, T theirs, B both; Esc decides later.")
            : tr("M takes mine, T theirs; Esc decides later.");
        break;
    case Decision::Both:
        hint = m_model.isBothClean(m_current)
            ? tr("The two edits don't touch. Tab goes into the text to change it.")
            : tr("Tab goes into the text to put the two together.");
        break;
    case Decision::Mine:
    case Decision::Theirs:
        hint = isLast ? tr("Enter applies it and saves.") : tr("Down goes to the next field.");
        break;
    }
    if (hasRest())
        hint += u' ' + tr("R saves the other changes already.");
    m_hint->setText(hint);
    setAccessibleName(m_model.index(m_current).data(Qt::AccessibleTextRole).toString());
    setAccessibleDescription(tr("%1 Mine: %2. Theirs: %3. %4")
                                 .arg(m_sentence->text(), m_mine->toPlainText().left(500),
                                      m_theirs->toPlainText().left(500), hint));
    if (hasFocus()) {
        QAccessibleEvent told(this, QAccessible::NameChanged);
        QAccessible::updateAccessibility(&told);
    }
}

// ------------------------------------------------------------------------------------------- keys

void ConflictPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_M:
        return decide(Decision::Mine);
    case Qt::Key_T:
        return decide(Decision::Theirs);
    case Qt::Key_B:
        return decide(Decision::Both);
    case Qt::Key_R:
        if (hasRest())
            emit restRequested();
        return;
    case Qt::Key_Up:
        return go(-1);
    case Qt::Key_Down:
        return go(1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return apply();
    default:
        QWidget::keyPressEvent(event);
    }
}

/// In the text, Ctrl+Enter does what Enter does outside; leaving it takes over what was typed.
bool ConflictPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_both && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isEnter && key->modifiers().testFlag(Qt::ControlModifier)) {
            apply();
            return true;
        }
    }
    if (watched == m_both && event->type() == QEvent::FocusOut)
        takeEditedBoth();
    return QWidget::eventFilter(watched, event);
}

void ConflictPanel::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void ConflictPanel::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void ConflictPanel::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    if (!hasFocus())
        return;
    QStylePainter painter(this);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

} // namespace ui

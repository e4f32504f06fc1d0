// SPDX-License-Identifier: MIT
#include "ui/editor/recordeditorform.h"

#include "core/session/deliver.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/common/problemtext.h"
#include "ui/editor/bodywords.h"
#include "ui/editor/fieldeditor.h"
#include "ui/editor/fieldrow.h"
#include "ui/editor/formfields.h"
#include "ui/editor/storedtextedit.h"
#include "ui/table/recordtablemodel.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLayout>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedLayout>

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int leastHeight = 48; ///< pixels of the form that are seen, however small the window is
constexpr int roomForProblem = 48; ///< pixels kept in sight below a field

/// Keys may have gone round: no row has its new one before all have left theirs.
void renameRows(FieldEditor &editor, const orm::CommitResult &result)
{
    const qint64 last = std::numeric_limits<qint64>::max();
    qint64 waiting = 0;
    for (const orm::CommittedRow &row : result.rows) {
        if (row.requested != row.key)
            editor.renameRow(row.requested, orm::Key::temporary(last - waiting++));
    }
    waiting = 0;
    for (const orm::CommittedRow &row : result.rows) {
        if (row.requested != row.key)
            editor.renameRow(orm::Key::temporary(last - waiting++), row.key);
    }
}

} // namespace

// -------------------------------------------------------------------------------------- building

RecordEditorForm::RecordEditorForm(RecordTableModel &model, EditHistory &history, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_history(history)
    , m_edits(history.edits())
    , m_table(m_edits.table())
    , m_pages(new QStackedLayout(this))
    , m_emptyPage(new QLabel(this))
    , m_scroll(new QScrollArea(this))
{
    m_emptyPage->setObjectName(u"editorEmpty"_s);
    m_emptyPage->setAlignment(Qt::AlignCenter);
    m_emptyPage->setForegroundRole(QPalette::PlaceholderText);
    m_emptyPage->setTextFormat(Qt::PlainText);
    m_emptyPage->setWordWrap(true);
    m_emptyPage->setMargin(16);
    m_emptyPage->setText(
        tr("No %1 selected. One that is current in the list is shown here.").arg(m_table.singular));
    m_pages->addWidget(m_emptyPage);

    m_fields = new FormFields(m_table, m_scroll);
    for (const FieldRow *field : m_fields->rows())
        field->widget()->installEventFilter(this);
    connect(m_fields, &FormFields::edited, this, [this](FieldRow *field) { onEdited(*field); });
    for (const FieldRow *field : m_fields->rows())
        connect(&field->editor(), &FieldEditor::filled, this, &RecordEditorForm::onFilled);

    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setMinimumHeight(
        leastHeight); // by itself it is as high as its scroll bar likes to be
    m_scroll->setWidget(m_fields);
    m_pages->addWidget(m_scroll);

    for (QTimer *timer : {&m_pauseTimer, &m_patienceTimer})
        timer->setSingleShot(true);
    connect(&m_pauseTimer, &QTimer::timeout, this, &RecordEditorForm::commitFields);
    connect(&m_patienceTimer, &QTimer::timeout, this, &RecordEditorForm::clearFields);
    const auto bodyValue = [this]() -> std::optional<orm::StoredValue> {
        if (m_state == State::Empty || m_state == State::Loading)
            return std::nullopt;
        return shownValue(m_fields->body()->index());
    };
    m_words = new BodyWords(*m_fields, bodyValue, this);
    if (const StoredTextEdit *body = bodyEdit()) {
        connect(body, &QPlainTextEdit::cursorPositionChanged, this, [this, body] {
            if (body->hasFocus())
                showCaret();
        });
    }
    connectEdits();
    connectModel();
    setState(State::Empty);
}

RecordEditorForm::~RecordEditorForm() = default;

void RecordEditorForm::connectEdits()
{
    connect(&m_edits, &EditBuffer::rowsChanged, this, &RecordEditorForm::onRowsChanged);
    connect(&m_edits, &EditBuffer::committed, this, &RecordEditorForm::onCommitted);
    // The text's own undo would take out what another program wrote.
    connect(&m_edits, &EditBuffer::merged, this, [this](const orm::Key &key, int column) {
        for (const FieldRow *field : m_fields->rows()) {
            if (field->index() == column)
                field->editor().forgetUndo(key);
        }
    });
    connect(&m_edits, &EditBuffer::insertedRowsRemoved, this, [this](const QList<orm::Key> &keys) {
        for (const FieldRow *field : m_fields->rows()) {
            for (const orm::Key &key : keys) {
                if (!key.isTemporary()) // a temporary one comes back by redo as the same row
                    field->editor().forgetRow(key);
            }
        }
        if (keys.contains(m_key))
            dropRow();
    });
}

void RecordEditorForm::connectModel()
{
    connect(&m_model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                onModelDataChanged(first.row(), last.row());
            });
    const auto onStructure = [this] {
        if (m_state == State::Shown && !m_key.isTemporary() && m_model.rowOf(m_key) < 0)
            reload();
    };
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, onStructure);
}

// --------------------------------------------------------------------------------------- showing

void RecordEditorForm::setCurrentKey(const orm::Key &key)
{
    if (isLoading() && !m_typeAhead.isEmpty()) {
        m_nextKey = key;
        m_typeAhead.hold([this, key] { setCurrentKey(key); });
        return;
    }
    m_nextKey.reset();
    const orm::Key stored = key.isNull() ? key : m_edits.resolve(key);
    if (stored == m_key && m_state != State::Failed)
        return;
    leaveField();
    m_key = stored;
    if (m_key.isNull()) {
        ++m_generation;
        m_record = {};
        setState(State::Empty);
        return;
    }
    m_patienceTimer.start(patience);
    setState(State::Loading);
    load();
}

void RecordEditorForm::reload()
{
    if (!m_key.isNull())
        load();
}

void RecordEditorForm::load()
{
    const quint64 generation = ++m_generation;
    const auto fail = [this, generation](const orm::Error &error) {
        if (generation != m_generation)
            return;
        if (m_state == State::Loading) {
            clearFields();
            setState(State::Failed);
        }
        emit loadFailed(error);
        giveUpHeldBack();
    };
    QFuture<orm::Record> whole = m_model.whole(m_key);
    if (!whole.isFinished()) {
        orm::deliver(
            whole, this,
            [this, generation](const orm::Record &record) { take(generation, record); }, fail);
        return;
    }
    // Here already: showing it at once spares a turn of the event loop, and a flicker.
    try {
        whole.waitForFinished();
        if (whole.resultCount() > 0)
            take(generation, whole.result());
    } catch (const orm::Error &error) {
        fail(error);
    }
}

void RecordEditorForm::take(quint64 generation, const orm::Record &record)
{
    if (generation != m_generation)
        return;
    commitFields(); // what was typed was typed over the row as it was shown
    m_patienceTimer.stop();
    if (record.values.isEmpty()) {
        // Pending edits are laid over what is known of the row; what is shown stays in sight.
        const orm::Record snapshot = m_edits.snapshot(m_key);
        if (m_state == State::Loading) {
            m_record = snapshot;
            m_record.values.resize(m_table.columns.size());
        }
        setState(State::Gone);
        showRecord();
        giveUpHeldBack();
        return;
    }
    m_record = record;
    m_record.values.resize(m_table.columns.size());
    m_isUntold = m_isUntold || m_state != State::Shown;
    setState(State::Shown);
    showRecord();
    onFilled();
}

void RecordEditorForm::showRecord()
{
    for (FieldRow *field : m_fields->rows())
        showField(*field);
    updateState();
    m_words->restart();
}

void RecordEditorForm::showField(FieldRow &field)
{
    showNullText(field);
    field.editor().show(m_key, shownValue(field.index()),
                        m_edits.base(m_key, field.index()).value_or(committedValue(field.index())));
    field.updateCounter();
}

void RecordEditorForm::showNullText(FieldRow &field)
{
    const orm::Column &column = field.column();
    const bool hasDefault = column.clientDefault || column.serverDefault;
    const bool isUntouched = m_edits.isNew(m_key) && !m_edits.value(m_key, field.index());
    field.editor().setNullText(hasDefault && isUntouched ? tr("(filled in when saved)")
                                                         : tr("(empty)"));
}

/// Nobody takes the row before for the one that is still being read.
void RecordEditorForm::clearFields()
{
    for (FieldRow *field : m_fields->rows()) {
        field->editor().clear();
        field->clearCounter();
        field->setProblem({});
    }
    m_fields->setWords({});
    updateHeader();
}

void RecordEditorForm::setState(State state)
{
    m_state = state;
    if (state == State::Empty)
        m_patienceTimer.stop();
    QWidget *page = state == State::Empty ? static_cast<QWidget *>(m_emptyPage) : m_scroll;
    if (m_pages->currentWidget() != page)
        m_pages->setCurrentWidget(page);
    updateState();
}

/// What follows from the state of the row: marks, problems, and whether it can be edited.
void RecordEditorForm::updateState()
{
    if (m_state == State::Loading && m_patienceTimer.isActive())
        return; // the row before is still in sight
    const bool isEditable = !m_isReadOnly && m_state == State::Shown && !m_edits.isDeleted(m_key);
    for (FieldRow *field : m_fields->rows()) {
        // While the row is being read, keys wait instead.
        if (m_state != State::Loading)
            field->editor().setReadOnly(!isEditable);
        field->setProblem(m_state == State::Shown ? problemOf(*field) : QString());
    }
    updateHeader();
}

void RecordEditorForm::updateHeader()
{
    const QString name
        = m_key.isTemporary() || m_key.isNull() ? tr("new") : tr("#%1").arg(m_key.toString());
    m_fields->setKeyText(name);
    m_fields->setNotice(noticeText());
}

QString RecordEditorForm::noticeText() const
{
    switch (m_state) {
    case State::Empty:
        return {};
    case State::Loading:
        return tr("Loading\u2026");
    case State::Failed:
        return tr("This %1 could not be read. F5 tries again.").arg(m_table.singular);
    case State::Gone:
        return tr("Another program has deleted this %1.").arg(m_table.singular);
    case State::Shown:
        if (isFilling())
            return tr("Loading\u2026");
        break;
    }
    if (m_edits.isDeleted(m_key))
        return tr("Marked for deletion; Ctrl+Z brings it back");
    return {};
}

QString RecordEditorForm::problemOf(const FieldRow &field) const
{
    const orm::Column &column = field.column();
    const auto problem = m_edits.problem(m_key);
    if (!problem)
        return {};
    const bool isInvalid = problem->kind == orm::RowProblem::Kind::Invalid
        && problem->columns.contains(field.index());
    if (isInvalid && problem->columns.first() != field.index()) {
        // A row's problem tells what is wrong with its first field only.
        const auto invalid = orm::validate(column, shownValue(field.index()));
        return invalid ? fieldProblemText(column, *invalid) : QString();
    }
    return fieldProblemText(m_edits.table(), field.index(), *problem);
}

orm::StoredValue RecordEditorForm::committedValue(int column) const
{
    return m_record.values.value(column);
}

orm::StoredValue RecordEditorForm::shownValue(int column) const
{
    return m_edits.value(m_key, column).value_or(committedValue(column));
}

// --------------------------------------------------------------------------------------- editing

void RecordEditorForm::onEdited(FieldRow &field)
{
    if (m_state != State::Shown)
        return;
    if (&field == m_fields->body())
        m_words->updateSoon();
    if (field.editor().length() <= largeText) {
        commit(field);
        return;
    }
    m_waiting.insert(field.index());
    m_pauseTimer.start(pause);
    emit heldBack();
}

void RecordEditorForm::commit(FieldRow &field)
{
    m_waiting.remove(field.index());
    const orm::StoredValue value = field.editor().value();
    const bool isCleared = value.isNull() && field.editor().isTyped();
    const bool hasEdit = m_edits.value(m_key, field.index()).has_value();
    if (value != shownValue(field.index()) || (isCleared && hasEdit)) {
        const QScopedValueRollback guard(m_isCommitting, true);
        if (isCleared)
            m_history.clearValue(m_key, field.index(), m_record);
        else
            m_history.setValue(m_key, field.index(), value, m_record);
    }
    showNullText(field);
    field.updateCounter();
    for (FieldRow *other : m_fields->rows())
        other->setProblem(problemOf(*other));
    if (field.widget()->hasFocus()) {
        m_fields->layout()->activate(); // a problem may have come
        m_scroll->ensureWidgetVisible(field.widget(), 0, roomForProblem);
    }
}

void RecordEditorForm::commitFields()
{
    m_pauseTimer.stop();
    for (FieldRow *field : m_fields->rows()) {
        if (m_waiting.contains(field->index()))
            commit(*field);
    }
}

void RecordEditorForm::onRowsChanged(const QList<orm::Key> &keys)
{
    if (m_isCommitting || (m_state != State::Shown && m_state != State::Gone)
        || !keys.contains(m_key))
        return;
    for (FieldRow *field : m_fields->rows()) {
        // What is being typed is newer than what the buffer has.
        if (!m_waiting.contains(field->index()))
            showField(*field);
    }
    updateState();
    m_words->updateSoon();
}

/// Own writes are the new bases. Documents go along with the rows that have other keys now.
void RecordEditorForm::onCommitted(const orm::CommitResult &result)
{
    for (FieldRow *field : m_fields->rows()) {
        for (const orm::CommittedRow &row : result.rows) {
            if (row.kind == orm::RowChange::Kind::Delete)
                field->editor().forgetRow(row.key);
        }
        renameRows(field->editor(), result);
    }
    const auto isShown = [this](const orm::CommittedRow &row) { return row.requested == m_key; };
    auto row = std::find_if(result.rows.cbegin(), result.rows.cend(), isShown);
    if (row == result.rows.cend())
        row = std::find_if(result.rows.cbegin(), result.rows.cend(),
                           [this](const orm::CommittedRow &other) { return other.key == m_key; });
    if (row == result.rows.cend())
        return;
    ++m_generation; // a read that is under way is older than this
    m_patienceTimer.stop();
    if (row->kind == orm::RowChange::Kind::Delete) {
        dropRow();
        return;
    }
    m_key = row->key;
    m_record = row->row;
    m_record.values.resize(m_table.columns.size());
    if (std::exchange(m_state, State::Shown) != State::Shown)
        m_isUntold = true;
    for (FieldRow *field : m_fields->rows()) {
        if (!m_waiting.contains(field->index()))
            showField(*field);
    }
    updateState();
    onFilled();
}

/// The row is no more, nor what was typed into it.
void RecordEditorForm::dropRow()
{
    m_waiting.clear();
    m_typeAhead.clear();
    setCurrentKey(m_nextKey.value_or(orm::Key()));
}

/// Another program may have changed the row that is shown.
void RecordEditorForm::onModelDataChanged(int firstRow, int lastRow)
{
    if (m_state != State::Shown || m_isCommitting || m_edits.isNew(m_key))
        return;
    const int row = m_model.rowOf(m_key);
    if (row < firstRow || row > lastRow)
        return;
    const auto committed = m_model.committed(m_key);
    if (!committed)
        return;
    if (orm::isSameRow(m_record, *committed))
        return;
    if (committed->isWhole())
        take(++m_generation, *committed);
    else
        reload();
}

void RecordEditorForm::leaveField()
{
    commitFields();
    m_history.endFieldEdit();
}

bool RecordEditorForm::isLoading() const
{
    return m_state == State::Loading || (m_state == State::Shown && isFilling());
}

bool RecordEditorForm::isFilling() const
{
    const auto rows = m_fields->rows();
    return std::any_of(rows.begin(), rows.end(),
                       [](const FieldRow *field) { return field->editor().isFilling(); });
}

/// All of the row is in its fields, unless a large text is still on its way.
void RecordEditorForm::onFilled()
{
    if (m_state != State::Shown || isFilling())
        return;
    updateHeader();
    replay();
    if (std::exchange(m_isUntold, false))
        emit loaded(m_key);
}

void RecordEditorForm::replay()
{
    m_typeAhead.replay([this] { return m_state == State::Shown && !isFilling(); });
}

/// There is nothing to type into; but one went on.
void RecordEditorForm::giveUpHeldBack()
{
    m_typeAhead.clear();
    if (const auto next = std::exchange(m_nextKey, std::nullopt))
        setCurrentKey(*next);
}

bool RecordEditorForm::eventFilter(QObject *watched, QEvent *event)
{
    const FieldRow *field = m_fields->of(watched);
    if (!field)
        return QWidget::eventFilter(watched, event);
    const bool isHeldBack
        = m_state == State::Loading || (m_state == State::Shown && field->editor().isFilling());
    switch (event->type()) {
    case QEvent::KeyPress: {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape && key->modifiers() == Qt::NoModifier) {
            emit escapePressed();
            return true;
        }
        const bool movesFocus = key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab;
        if (isHeldBack && !movesFocus)
            return m_typeAhead.hold(watched, *event);
        break;
    }
    case QEvent::FocusIn:
        m_scroll->ensureWidgetVisible(field->widget(), 0, roomForProblem);
        emit entered();
        break;
    case QEvent::FocusOut: {
        const auto reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason == Qt::PopupFocusReason)
            break;
        if (reason == Qt::ActiveWindowFocusReason)
            commitFields();
        else
            leaveField();
        break;
    }
    default:
        if (isHeldBack)
            return m_typeAhead.hold(watched, *event);
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void RecordEditorForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        for (FieldRow *field : m_fields->rows())
            field->updateLook();
    }
}

void RecordEditorForm::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    updateState();
}

void RecordEditorForm::focusField(orm::Role role)
{
    FieldRow *field = m_fields->of(role);
    if (!field && !m_fields->rows().empty())
        field = m_fields->rows().front();
    if (field)
        field->widget()->setFocus(Qt::ShortcutFocusReason);
}

QWidget *RecordEditorForm::fieldWidget(int column) const
{
    const FieldRow *field = m_fields->of(column);
    return field ? field->widget() : nullptr;
}

StoredTextEdit *RecordEditorForm::bodyEdit() const
{
    return m_fields->bodyEdit();
}

void RecordEditorForm::showCaret()
{
    const StoredTextEdit *body = bodyEdit();
    if (!body)
        return;
    m_fields->layout()->activate();
    const QRect caret = body->cursorRect();
    const QPoint place = body->viewport()->mapTo(m_fields, caret.center());
    m_scroll->ensureVisible(m_scroll->horizontalScrollBar()->value(), place.y(), 0,
                            caret.height()); // and half a line around it
}

void RecordEditorForm::setBesideBody(QWidget *widget)
{
    m_fields->setBesideBody(widget);
}

void RecordEditorForm::setBodyNotice(const QString &text)
{
    m_fields->setBodyNotice(text);
}

void RecordEditorForm::setBodyAlone(bool alone)
{
    m_fields->setBodyAlone(alone);
}

void RecordEditorForm::whenShown(const std::function<void()> &task)
{
    if (isLoading())
        m_typeAhead.hold(task);
    else
        task();
}

bool RecordEditorForm::isTextField(const QWidget *field) const
{
    return m_fields->textEdit(field) != nullptr;
}

bool RecordEditorForm::canUndoText(const QWidget *field) const
{
    const StoredTextEdit *edit = m_fields->textEdit(field);
    return edit && edit->document()->isUndoAvailable();
}

bool RecordEditorForm::canRedoText(const QWidget *field) const
{
    const StoredTextEdit *edit = m_fields->textEdit(field);
    return edit && edit->document()->isRedoAvailable();
}

void RecordEditorForm::undoText(const QWidget *field)
{
    StoredTextEdit *edit = m_fields->textEdit(field);
    if (edit && isLoading())
        m_typeAhead.hold([this, edit] { undoText(edit); });
    else if (edit)
        edit->undo();
}

void RecordEditorForm::redoText(const QWidget *field)
{
    StoredTextEdit *edit = m_fields->textEdit(field);
    if (edit && isLoading())
        m_typeAhead.hold([this, edit] { redoText(edit); });
    else if (edit)
        edit->redo();
}

bool RecordEditorForm::canSetNull(const QWidget *field) const
{
    const FieldRow *row = m_fields->of(field);
    return row && m_state == State::Shown && row->editor().canSetNull();
}

void RecordEditorForm::setNull(const QWidget *field)
{
    if (canSetNull(field))
        m_fields->of(field)->editor().setNull();
}

} // namespace ui

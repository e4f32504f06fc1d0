// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"
#include "core/mapping/record.h"
#include "core/schema/table.h"
#include "ui/editor/typeahead.h"

#include <QFuture>
#include <QSet>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <functional>
#include <optional>

class QLabel;
class QScrollArea;
class QStackedLayout;

namespace orm {
struct CommitResult;
}

namespace ui {

class BodyWords;
class EditBuffer;
class EditHistory;
class FieldRow;
class FormFields;
class StoredTextEdit;
class RecordTableModel;

/// All of one row to read and edit: a field for each Column of the table, with the pending edits laid
/// over the committed row, kept in step with the table and with undo.
///
/// Typing goes to the EditHistory at once, of large texts when a pause is made (see commitFields()).
/// A row that takes time to come shows the row before for a moment, then says so; keys typed in the
/// meantime wait for it.
class RecordEditorForm final : public QWidget
{
    Q_OBJECT

public:
    /// Characters of a text from which on typing waits for a pause to be taken over.
    static constexpr qsizetype largeText = 256 * 1024;
    static constexpr std::chrono::milliseconds pause{300};
    /// How long the row before stays in sight while a row is being read.
    static constexpr std::chrono::milliseconds patience{150};

    /// Borrows @p model and @p history, which outlive the form.
    RecordEditorForm(RecordTableModel &model, EditHistory &history, QWidget *parent = nullptr);
    ~RecordEditorForm() override;

    /// Shows the row @p key; a null one shows that no row is selected. Focus and its field stay.
    /// If keys wait for the row before, they come first, so that each row gets its own.
    void setCurrentKey(const orm::Key &key);
    /// The row shown; the stored key once a new row was saved.
    const orm::Key &currentKey() const { return m_key; }
    /// Whether the row is still being read, or a large text of it still filled in.
    bool isLoading() const;
    /// Reads the row again, pending edits and carets stay.
    void reload();

    /// Whether all fields can only be read, e.g. for a database opened read-only.
    void setReadOnly(bool readOnly);

    /// Puts the focus on the first column of @p role and selects a one-line text, as Tab does; on the
    /// first field if the table has no such column.
    void focusField(orm::Role role);
    /// The widget of table column @p column, or nullptr where the key alone stands for it.
    QWidget *fieldWidget(int column) const;
    /// The body, if it is a text that is written in; else nullptr.
    StoredTextEdit *bodyEdit() const;
    // See FormFields
    void setBesideBody(QWidget *widget);
    void setBodyNotice(const QString &text);
    void setBodyAlone(bool alone);
    /// Scrolls the form so that the line with the body's caret shows: its own scrolling doesn't see
    /// where the form ends.
    void showCaret();
    /// Does @p task now, or after what is typed while the row is being read.
    void whenShown(const std::function<void()> &task);

    /// Takes over what was typed and still waits for a pause. To call before saving and quitting.
    void commitFields();

    // Undo and redo in a text field; what is none, or can only be read, has nothing to undo.
    // @p field is what has the focus, or had it before a menu
    bool isTextField(const QWidget *field) const;
    bool canUndoText(const QWidget *field) const;
    bool canRedoText(const QWidget *field) const;
    void undoText(const QWidget *field);
    void redoText(const QWidget *field);

    bool canSetNull(const QWidget *field) const;
    void setNull(const QWidget *field);

signals:
    /// Esc in a field.
    void escapePressed();
    /// Something was typed that waits for a pause; commitFields() would take it over.
    void heldBack();
    /// The focus came into one of the fields: the row's text is opened.
    void entered();
    /// The row came and is shown.
    void loaded(const orm::Key &key);
    void loadFailed(const orm::Error &error);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class State { Empty, Loading, Shown, Gone, Failed };

    void connectEdits();
    void connectModel();

    // Showing
    void load();
    void take(quint64 generation, const orm::Record &record);
    void showRecord();
    void showField(FieldRow &field);
    void showNullText(FieldRow &field);
    void clearFields();
    void setState(State state);
    void updateState();
    void updateHeader();
    QString noticeText() const;
    QString problemOf(const FieldRow &field) const;
    orm::StoredValue committedValue(int column) const;
    orm::StoredValue shownValue(int column) const;

    // Editing
    void onEdited(FieldRow &field);
    void commit(FieldRow &field);
    void onRowsChanged(const QList<orm::Key> &keys);
    void onCommitted(const orm::CommitResult &result);
    void onModelDataChanged(int firstRow, int lastRow);
    void dropRow();
    void leaveField();
    void replay();
    void giveUpHeldBack();
    bool isFilling() const;
    void onFilled();

    RecordTableModel &m_model;
    EditHistory &m_history;
    EditBuffer &m_edits;
    const orm::Table m_table;

    QStackedLayout *m_pages;
    FormFields *m_fields = nullptr;
    BodyWords *m_words = nullptr;
    QLabel *m_emptyPage;
    QScrollArea *m_scroll;

    orm::Key m_key;
    orm::Record m_record; ///< as committed, whole
    State m_state = State::Empty;
    quint64 m_generation = 0; ///< of the last read that was asked for
    bool m_isReadOnly = false;
    bool m_isCommitting = false;
    bool m_isUntold = false; ///< shown, and loaded() is still to be emitted
    QSet<int> m_waiting; ///< columns typed into that wait for a pause
    QTimer m_pauseTimer;
    QTimer m_patienceTimer;
    /// What was typed, and where one went on to, while the row was being read.
    TypeAhead m_typeAhead;
    std::optional<orm::Key> m_nextKey; ///< where the last of them leads
};

} // namespace ui

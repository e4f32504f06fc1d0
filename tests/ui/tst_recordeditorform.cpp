// SPDX-License-Identifier: MIT
#include "tests/support/fakerecordsource.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/editor/onelinetextedit.h"
#include "ui/editor/recordeditorform.h"
#include "ui/table/recordtablemodel.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

#include <memory>

using namespace Qt::StringLiterals;
using orm::Key;
using orm::StoredValue;
using ui::OneLineTextEdit;
using ui::RecordEditorForm;
using ui::StoredTextEdit;

namespace {

constexpr int titleColumn = 1;
constexpr int bodyColumn = 2;
constexpr int createdColumn = 3;

/// A form over a table and what both stand on.
class Desk
{
public:
    explicit Desk(const orm::Table &described)
        : table(described)
        , source(table)
        , edits(table)
        , history(edits)
        , model(source, edits, history)
        , form(model, history)
    {}

    /// Shows the rows that the source has.
    void open()
    {
        orm::RowQuery query;
        query.table = table;
        model.setQuery(query);
        source.answerAll();
        form.resize(560, 600);
        form.show();
        QVERIFY(QTest::qWaitForWindowActive(&form));
    }
    void go(const Key &key)
    {
        form.setCurrentKey(key);
        source.answerAll();
    }

    OneLineTextEdit *line(const QString &name) { return form.findChild<OneLineTextEdit *>(name); }
    OneLineTextEdit *title() { return line(u"titleEdit"_s); }
    OneLineTextEdit *created() { return line(u"createdEdit"_s); }
    StoredTextEdit *body() { return form.findChild<StoredTextEdit *>(u"bodyEdit"_s); }
    QString label(const QString &name) { return form.findChild<QLabel *>(name)->text(); }
    QString notice() { return label(u"editorNotice"_s); }
    QString problem(const QString &column)
    {
        for (const QLabel *label : form.findChildren<QLabel *>(u"fieldProblem"_s)) {
            if (label->property("column") == column)
                return label->isVisible() ? label->text() : QString();
        }
        return u"no such label"_s;
    }
    /// What the table shows in a row.
    QString cell(const Key &key, int column)
    {
        return model.index(model.rowOf(key), model.modelColumn(column)).data().toString();
    }
    QString mark(const Key &key) { return model.index(model.rowOf(key), 0).data().toString(); }
    /// As a cell editor does.
    void editCell(const Key &key, int column, const QString &text)
    {
        QVERIFY(model.setData(model.index(model.rowOf(key), model.modelColumn(column)), text,
                              Qt::EditRole));
    }
    void undo() { history.undoStack().undo(); }
    void redo() { history.undoStack().redo(); }

    /// Commits what is pending, as a database would that changes nothing on its own.
    void save(qint64 nextId = 501)
    {
        form.commitFields();
        const orm::ChangeSet sent = edits.changeSet();
        orm::CommitResult result;
        for (const orm::RowChange &change : sent.rows) {
            orm::CommittedRow row;
            row.kind = change.kind;
            row.requested = change.key;
            row.key = change.key.isTemporary() ? Key::integer(nextId++) : change.key;
            row.row = source.record(change.key);
            row.row.values.resize(table.columns.size());
            if (change.key.isTemporary())
                row.row.values[0] = row.key.toValues().first();
            for (const orm::FieldChange &field : change.fields)
                row.row.values[field.column] = field.value;
            if (change.kind == orm::RowChange::Kind::Delete)
                source.remove(row.key);
            else if (change.kind == orm::RowChange::Kind::Insert)
                source.insertAt(0, row.key, row.row.values);
            for (const orm::FieldChange &field : change.fields)
                source.setValue(row.key, field.column, field.value);
            result.rows.append(row);
        }
        edits.markCommitted(sent, result);
        source.answerAll();
    }

    orm::Table table;
    test::FakeRecordSource source;
    ui::EditBuffer edits;
    ui::EditHistory history;
    ui::RecordTableModel model;
    RecordEditorForm form;
};

/// Posts 1 to 20, newest first.
std::unique_ptr<Desk> posts()
{
    auto desk = std::make_unique<Desk>(test::postsTable());
    for (qint64 id = 20; id > 0; --id)
        desk->source.add(Key::integer(id), test::postValues(id));
    desk->open();
    return desk;
}

/// A table that has nothing in common with posts.
orm::Table toolsTable()
{
    static constexpr const char *states[] = {"new", "worn", nullptr};
    orm::ColumnType state{orm::ColumnType::Kind::Enum};
    state.enumNames = states;
    orm::Table table;
    table.name = u"tools"_s;
    table.singular = u"tool"_s;
    table.plural = u"tools"_s;
    const auto add = [&table](const QString &name, const orm::ColumnType &type, bool isNullable) {
        orm::Column column;
        column.name = name;
        column.type = type;
        column.isNullable = isNullable;
        table.columns.append(column);
    };
    add(u"code"_s, orm::String{10}, false);
    table.columns[0].isPrimaryKey = true;
    add(u"lent"_s, orm::Boolean, false);
    add(u"weight"_s, orm::Float, true);
    add(u"state"_s, state, true);
    add(u"bought"_s, orm::Date, true);
    return table;
}

const Key first = Key::integer(20);
const Key second = Key::integer(19);

} // namespace

class RecordEditorFormTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void nothingSelectedSaysSo();
    void fieldsFollowTheTable();
    void everyFieldHasAName();
    void tabGoesFromTitleToBodyToCreated();
    void returnInALineGoesOn();
    void escapeIsForTheWindow();
    void typingShowsInTheTableAtOnce();
    void oneVisitToAFieldIsOneStep();
    void takingBackWhatWasTypedTakesTheEditBack();
    void cellEditShowsWithoutMovingTheCaret();
    void recordUndoEditsByCursor();
    void hardTextSurvivesAnEditInTheSameRowAndText();
    void nullComesBackWhereTheBaseWasNull();
    void setNullIsAnEdit();
    void clearingAFieldOfANewRowLeavesItsDefault();
    void longTitleIsKeptAndSaid();
    void longTitleOfTheDatabaseIsShownAndNotAsked();
    void whatIsNoDateIsKeptAndSaid();
    void problemsOfASaveStandUnderTheirFields();
    void slowRowSaysLoadingAndKeysWait();
    void keysTypedBeforeGoingOnReachTheirRow();
    void lateReplyToAnotherRowIsDropped();
    void failedReadSaysSo();
    void rowDeletedOutsideStaysInSight();
    void outsideChangeShowsButNoPendingEditMoves();
    void deletedRowCanOnlyBeRead();
    void noticesAreReadWithLargeText();
    void readOnlyDatabaseCanOnlyBeRead();
    void textUndoSurvivesWalkingAndSaving();
    void newRowKeepsItsCaretWhenItGetsItsKey();
    void savedValueIsTheNewBase();
    void newRowOfAReusedKeyHasNoOldUndo();
    void largeTextFillsInWhileKeysWait();
    void leavingARowThatFillsInKeepsItsText();
    void changeBehindTheBeginningIsShown();
    void largeTextWaitsForAPause();
    void focusLeavingTakesTextOver();
    void wordsAreCounted();
    void secondTableGetsItsForm();
};

void RecordEditorFormTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void RecordEditorFormTest::nothingSelectedSaysSo()
{
    const auto desk = posts();
    QCOMPARE(desk->label(u"editorEmpty"_s),
             u"No post selected. One that is current in the list is shown here."_s);
    QVERIFY(desk->form.findChild<QLabel *>(u"editorEmpty"_s)->isVisible());
    desk->go(first);
    QVERIFY(desk->title()->isVisible());
    desk->go({});
    QVERIFY(!desk->title()->isVisible());
    QVERIFY(desk->form.currentKey().isNull());
}

void RecordEditorFormTest::fieldsFollowTheTable()
{
    const auto desk = posts();
    desk->go(first);
    QCOMPARE(desk->label(u"editorKey"_s), u"#20"_s);
    QCOMPARE(desk->title()->text(), u"Post number 20"_s);
    QCOMPARE(desk->title()->property("text").toString(), u"Post number 20"_s);
    QCOMPARE(desk->body()->storedText(), u"Hello 20\n\nSecond paragraph of post 20."_s);
    QCOMPARE(desk->created()->text(), u"2024-01-01 20:00:00"_s);
    QCOMPARE(desk->label(u"fieldCounter"_s), u"14/255"_s);
    QVERIFY(!desk->form.fieldWidget(0)); // the key is the header
    QCOMPARE(desk->form.fieldWidget(bodyColumn), desk->body());

    const Key added = desk->history.insertRow({});
    desk->go(added);
    QCOMPARE(desk->label(u"editorKey"_s), u"new"_s);
    QCOMPARE(desk->title()->text(), QString());
    QCOMPARE(desk->title()->placeholderText(), u"(empty)"_s);
    QCOMPARE(desk->created()->placeholderText(), u"(filled in when saved)"_s);
}

void RecordEditorFormTest::everyFieldHasAName()
{
    const auto desk = posts();
    desk->go(first);
    const auto nameOf = [](QWidget *widget) {
        return QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name);
    };
    QCOMPARE(nameOf(desk->title()), u"Title"_s);
    QCOMPARE(nameOf(desk->body()), u"Body"_s);
    QCOMPARE(nameOf(desk->created()), u"Created"_s);
    QTest::keyClick(&desk->form, Qt::Key_B, Qt::AltModifier);
    QTRY_VERIFY(desk->body()->hasFocus());
}

void RecordEditorFormTest::tabGoesFromTitleToBodyToCreated()
{
    const auto desk = posts();
    desk->go(first);
    desk->form.focusField(orm::Role::Title);
    QVERIFY(desk->title()->hasFocus());
    QCOMPARE(desk->title()->textCursor().selectedText(), u"Post number 20"_s);
    QTest::keyClick(desk->title(), Qt::Key_Tab);
    QVERIFY(desk->body()->hasFocus());
    QTest::keyClick(desk->body(), Qt::Key_Tab);
    QVERIFY(desk->created()->hasFocus());
    QTest::keyClick(desk->created(), Qt::Key_Backtab);
    QVERIFY(desk->body()->hasFocus());
    QCOMPARE(desk->edits.changeCount(), 0);
}

void RecordEditorFormTest::returnInALineGoesOn()
{
    const auto desk = posts();
    desk->go(first);
    desk->form.focusField(orm::Role::Title);
    QTest::keyClick(desk->title(), Qt::Key_Return);
    QVERIFY(desk->body()->hasFocus());
    QCOMPARE(desk->edits.changeCount(), 0);
}

void RecordEditorFormTest::escapeIsForTheWindow()
{
    const auto desk = posts();
    desk->go(first);
    QSignalSpy escaped(&desk->form, &RecordEditorForm::escapePressed);
    QSignalSpy entered(&desk->form, &RecordEditorForm::entered);
    desk->form.focusField(orm::Role::Body);
    QCOMPARE(entered.count(), 1);
    QTest::keyClicks(desk->body(), u"x"_s);
    QTest::keyClick(desk->body(), Qt::Key_Escape);
    QCOMPARE(escaped.count(), 1);
    QCOMPARE(desk->edits.changeCount(), 1); // typing stays
}

void RecordEditorFormTest::typingShowsInTheTableAtOnce()
{
    const auto desk = posts();
    desk->go(first);
    desk->form.focusField(orm::Role::Title);
    QTest::keyClicks(desk->title(), u"Ne"_s);
    QCOMPARE(desk->cell(first, titleColumn), u"Ne"_s);
    QTest::keyClicks(desk->title(), u"w"_s);
    QCOMPARE(desk->cell(first, titleColumn), u"New"_s);
    QCOMPARE(desk->mark(first), u"~"_s);
    QCOMPARE(desk->edits.base(first, titleColumn), StoredValue::utf8("Post number 20"));
    QCOMPARE(desk->label(u"fieldCounter"_s), u"3/255"_s);
}

void RecordEditorFormTest::oneVisitToAFieldIsOneStep()
{
    const auto desk = posts();
    desk->go(first);
    desk->form.focusField(orm::Role::Title);
    QTest::keyClicks(desk->title(), u"New title"_s);
    QTest::keyClick(desk->title(), Qt::Key_Tab);
    QTest::keyClicks(desk->body(), u"New "_s);
    QCOMPARE(desk->history.undoStack().count(), 2);
    desk->form.focusField(orm::Role::Title);
    QTest::keyClicks(desk->title(), u"x"_s);
    QCOMPARE(desk->history.undoStack().count(), 3);
    desk->undo();
    QCOMPARE(desk->title()->text(), u"New title"_s);
    desk->undo();
    desk->undo();
    QCOMPARE(desk->title()->text(), u"Post number 20"_s);
    QCOMPARE(desk->edits.changeCount(), 0);
}

void RecordEditorFormTest::takingBackWhatWasTypedTakesTheEditBack()
{
    const auto desk = posts();
    desk->go(first);
    desk->form.focusField(orm::Role::Body);
    QVERIFY(desk->form.isTextField(QApplication::focusWidget()));
    QVERIFY(!desk->form.canUndoText(QApplication::focusWidget()));
    QTest::keyClicks(desk->body(), u"x"_s);
    QCOMPARE(desk->edits.changeCount(), 1);
    QVERIFY(desk->form.canUndoText(QApplication::focusWidget()));
    desk->form.undoText(QApplication::focusWidget());
    QCOMPARE(desk->edits.changeCount(), 0);
    QCOMPARE(desk->mark(first), QString());
    QVERIFY(desk->form.canRedoText(QApplication::focusWidget()));
    desk->form.redoText(QApplication::focusWidget());
    QCOMPARE(desk->edits.changeCount(), 1);
}

void RecordEditorFormTest::cellEditShowsWithoutMovingTheCaret()
{
    const auto desk = posts();
    desk->go(first);
    desk->form.focusField(orm::Role::Body);
    desk->body()->moveCursor(QTextCursor::End);
    const int caret = desk->body()->textCursor().position();
    desk->editCell(first, titleColumn, u"From the table"_s);
    QCOMPARE(desk->title()->text(), u"From the table"_s);
    QCOMPARE(desk->body()->textCursor().position(), caret);
    QVERIFY(!desk->body()->document()->isUndoAvailable());
}

void RecordEditorFormTest::recordUndoEditsByCursor()
{
    const auto desk = posts();
    desk->go(first);
    desk->form.focusField(orm::Role::Body);
    QTest::keyClicks(desk->body(), u"My "_s);
    QTextCursor caret = desk->body()->textCursor();
    caret.movePosition(QTextCursor::End);
    caret.movePosition(QTextCursor::PreviousCharacter);
    desk->body()->setTextCursor(caret);
    desk->history.endFieldEdit();
    desk->undo();
    QCOMPARE(desk->body()->storedText(), u"Hello 20\n\nSecond paragraph of post 20."_s);
    QCOMPARE(desk->body()->textCursor().position(), caret.position()); // moved along with its text
    desk->form.undoText(QApplication::focusWidget()); // the record's undo is a step of the text's
    QCOMPARE(desk->body()->storedText(), u"My Hello 20\n\nSecond paragraph of post 20."_s);
    QCOMPARE(desk->edits.changeCount(), 1);
}

void RecordEditorFormTest::hardTextSurvivesAnEditInTheSameRowAndText()
{
    const QByteArray hard
        = u"a\r\nb\rc\nd\u2028e\u2029f\uFDD0\u00A0\uFFFC\t \U0001F600e\u0301\u200F\u05D0"_s.toUtf8()
        + '\0' + " \r\n";
    Desk desk(test::postsTable());
    desk.source.add(first,
                    {StoredValue::integer(20), StoredValue::utf8("one\r\ntwo\xC2\xA0"),
                     StoredValue::utf8(hard), StoredValue::utf8("2024-01-21 19:00:00.678901")});
    desk.open();
    desk.go(first);
    desk.form.focusField(orm::Role::Title);
    desk.title()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.title(), u"!"_s);
    QCOMPARE(desk.edits.value(first, titleColumn), StoredValue::utf8("one\r\ntwo\xC2\xA0!"));
    QVERIFY(!desk.edits.value(first, bodyColumn));

    desk.form.focusField(orm::Role::Body);
    desk.body()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.body(), u"!"_s);
    desk.body()->moveCursor(QTextCursor::Start);
    QTest::keyClicks(desk.body(), u"?"_s);
    QCOMPARE(desk.edits.value(first, bodyColumn), StoredValue::utf8("?" + hard + "!"));
    QVERIFY(!desk.edits.value(first, createdColumn));
}

void RecordEditorFormTest::nullComesBackWhereTheBaseWasNull()
{
    Desk desk(test::postsTable());
    desk.source.add(first, {StoredValue::integer(20), StoredValue(), StoredValue::utf8(""), {}});
    desk.open();
    desk.go(first);
    QCOMPARE(desk.title()->placeholderText(), u"(empty)"_s);
    QCOMPARE(desk.body()->placeholderText(), QString());
    for (QWidget *field :
         {static_cast<QWidget *>(desk.title()), static_cast<QWidget *>(desk.body()),
          static_cast<QWidget *>(desk.created())}) {
        QTest::keyClicks(field, u"x"_s);
        QCOMPARE(desk.edits.changeCount(), 1);
        QTest::keyClick(field, Qt::Key_Backspace);
        QCOMPARE(desk.edits.changeCount(), 0);
    }
    QCOMPARE(desk.title()->placeholderText(), u"(empty)"_s);
}

void RecordEditorFormTest::clearingAFieldOfANewRowLeavesItsDefault()
{
    const auto desk = posts();
    const Key added = desk->history.insertRow({});
    desk->go(added);
    desk->form.focusField(orm::Role::Created);
    QTest::keyClicks(desk->created(), u"2"_s);
    QVERIFY(desk->edits.value(added, createdColumn));
    QTest::keyClick(desk->created(), Qt::Key_Backspace);
    QVERIFY(!desk->edits.value(added, createdColumn));
    QCOMPARE(desk->created()->placeholderText(), u"(filled in when saved)"_s);
    QCOMPARE(desk->problem(u"created_at"_s), QString());

    // Whoever says NULL means it.
    QTest::keyClicks(desk->created(), u"2"_s);
    desk->form.setNull(desk->created());
    QCOMPARE(desk->edits.value(added, createdColumn), StoredValue());
    QCOMPARE(desk->created()->placeholderText(), u"(empty)"_s);
}

void RecordEditorFormTest::setNullIsAnEdit()
{
    const auto desk = posts();
    desk->go(first);
    desk->form.focusField(orm::Role::Title);
    QVERIFY(desk->form.canSetNull(QApplication::focusWidget()));
    desk->form.setNull(QApplication::focusWidget());
    QCOMPARE(desk->edits.value(first, titleColumn), StoredValue());
    QCOMPARE(desk->title()->placeholderText(), u"(empty)"_s);
    desk->undo();
    QCOMPARE(desk->title()->text(), u"Post number 20"_s);
}

void RecordEditorFormTest::longTitleIsKeptAndSaid()
{
    const auto desk = posts();
    desk->go(first);
    desk->title()->setText(u"\U0001F600"_s.repeated(260));
    QCOMPARE(desk->problem(u"title"_s),
             u"The title has 260 characters; 255 is the most that fits. Shorten it to save."_s);
    QCOMPARE(desk->label(u"fieldCounter"_s), u"260/255"_s);
    QCOMPARE(desk->mark(first), u"?"_s);
    QCOMPARE(desk->title()->accessibleDescription(), desk->problem(u"title"_s));
    QCOMPARE(desk->problem(u"content"_s), QString());
    desk->title()->setText(u"\U0001F600"_s.repeated(255));
    QCOMPARE(desk->problem(u"title"_s), QString());
    QCOMPARE(desk->mark(first), u"~"_s);
}

void RecordEditorFormTest::longTitleOfTheDatabaseIsShownAndNotAsked()
{
    Desk desk(test::postsTable());
    desk.source.add(first,
                    {StoredValue::integer(20), StoredValue::utf8(QByteArray(260, 'x')), {}, {}});
    desk.open();
    desk.go(first);
    QCOMPARE(desk.title()->text().size(), 260);
    QCOMPARE(desk.label(u"fieldCounter"_s), u"260/255"_s);
    QCOMPARE(desk.problem(u"title"_s), QString());
    QTest::keyClicks(desk.body(), u"x"_s);
    QCOMPARE(desk.mark(first), u"~"_s);
}

void RecordEditorFormTest::whatIsNoDateIsKeptAndSaid()
{
    const auto desk = posts();
    desk->go(first);
    desk->created()->setText(u"tomorrow"_s);
    QCOMPARE(desk->problem(u"created_at"_s),
             u"This is not a date and time such as 2024-01-21 19:00:00. Correct it to save."_s);
    QCOMPARE(desk->mark(first), u"?"_s);
    desk->title()->setText(u"x"_s.repeated(300)); // two at once: each under its field
    QVERIFY(!desk->problem(u"title"_s).isEmpty());
    QVERIFY(!desk->problem(u"created_at"_s).isEmpty());

    desk->go(second);
    QCOMPARE(desk->problem(u"created_at"_s), QString());
    desk->go(first);
    QCOMPARE(desk->created()->text(), u"tomorrow"_s);
    desk->created()->setText(u"2024-01-01 20:00:00"_s);
    QVERIFY(!desk->edits.value(first, createdColumn)); // as it was, so there is no edit
}

void RecordEditorFormTest::problemsOfASaveStandUnderTheirFields()
{
    const auto desk = posts();
    desk->go(first);
    QTest::keyClicks(desk->title(), u"x"_s);
    orm::RowProblem problem;
    problem.key = first;
    problem.kind = orm::RowProblem::Kind::Constraint;
    problem.columns = {titleColumn};
    problem.constraint = orm::IntegrityError::Constraint::Unique;
    desk->edits.markProblems({problem});
    QCOMPARE(desk->problem(u"title"_s), u"This title is taken. Choose another one to save."_s);
    problem.kind = orm::RowProblem::Kind::ChangedOutside;
    problem.conflicts = {{titleColumn, {}, {}, {}}};
    desk->edits.markProblems({problem});
    QCOMPARE(desk->problem(u"title"_s), u"Another program has changed the title, too."_s);
    QTest::keyClicks(desk->title(), u"y"_s);
    QCOMPARE(desk->problem(u"title"_s), QString());
}

void RecordEditorFormTest::slowRowSaysLoadingAndKeysWait()
{
    const auto desk = posts();
    desk->go(first);
    desk->source.setCut(bodyColumn, 5);
    desk->model.refresh();
    desk->source.answerAll();
    desk->form.focusField(orm::Role::Body);
    desk->form.setCurrentKey(second);
    QVERIFY(desk->form.isLoading());
    QCOMPARE(desk->source.wholes.size(), size_t(1));
    QCOMPARE(desk->title()->text(), u"Post number 20"_s); // no flicker if it is quick
    QTRY_COMPARE(desk->notice(), u"Loading\u2026"_s);
    QCOMPARE(desk->title()->text(), QString());

    QTest::keyClicks(desk->body(), u"My x"_s);
    QTest::keyClick(desk->body(), Qt::Key_Backspace);
    QCOMPARE(desk->body()->storedText(), QString());
    desk->source.answerAll();
    QVERIFY(!desk->form.isLoading());
    QCOMPARE(desk->notice(), QString());
    QCOMPARE(desk->body()->storedText(), u"My Hello 19\n\nSecond paragraph of post 19."_s);
    QVERIFY(desk->body()->hasFocus());
    QVERIFY(!desk->edits.contains(first));
    QCOMPARE(desk->edits.value(second, bodyColumn),
             StoredValue::utf8("My Hello 19\n\nSecond paragraph of post 19."));
}

void RecordEditorFormTest::keysTypedBeforeGoingOnReachTheirRow()
{
    const auto desk = posts();
    desk->go(first);
    desk->source.setCut(bodyColumn, 5);
    desk->model.refresh();
    desk->source.answerAll();
    desk->form.focusField(orm::Role::Body);
    desk->form.setCurrentKey(second);
    QTest::keyClicks(desk->body(), u"two "_s);
    desk->form.setCurrentKey(Key::integer(18));
    QTest::keyClicks(desk->body(), u"threeX"_s);
    desk->form.undoText(QApplication::focusWidget());
    QCOMPARE(desk->form.currentKey(), second);
    desk->source.answerAll();
    QCOMPARE(desk->form.currentKey(), Key::integer(18));
    QVERIFY(!desk->edits.contains(first));
    QCOMPARE(desk->edits.value(second, bodyColumn),
             StoredValue::utf8("two Hello 19\n\nSecond paragraph of post 19."));
    QCOMPARE(desk->edits.changeCount(), 1); // the other one was undone

    // Where there is nothing to type into, going on still counts.
    desk->form.setCurrentKey(first);
    QTest::keyClicks(desk->body(), u"lost"_s);
    desk->form.setCurrentKey(second);
    desk->source.wholes.front().fail(
        orm::OperationalError(orm::OperationalError::Reason::Busy, u"locked"_s));
    desk->source.wholes.erase(desk->source.wholes.begin());
    QTRY_COMPARE(desk->form.currentKey(), second);
    desk->source.answerAll();
    QCOMPARE(desk->edits.changeCount(), 1);
}

void RecordEditorFormTest::lateReplyToAnotherRowIsDropped()
{
    const auto desk = posts();
    desk->source.setCut(bodyColumn, 5);
    desk->model.refresh();
    desk->source.answerAll();
    desk->form.setCurrentKey(first);
    desk->form.setCurrentKey(second);
    QCOMPARE(desk->source.wholes.size(), size_t(2));
    const auto late = desk->source.wholes.front();
    desk->source.wholes.erase(desk->source.wholes.begin());
    desk->source.answerAll();
    QCOMPARE(desk->title()->text(), u"Post number 19"_s);
    late.answer(desk->source.record(first));
    desk->source.answerAll();
    QCOMPARE(desk->title()->text(), u"Post number 19"_s);
    QCOMPARE(desk->form.currentKey(), second);
}

void RecordEditorFormTest::failedReadSaysSo()
{
    const auto desk = posts();
    desk->source.setCut(bodyColumn, 5);
    desk->model.refresh();
    desk->source.answerAll();
    QSignalSpy failed(&desk->form, &RecordEditorForm::loadFailed);
    desk->form.setCurrentKey(first);
    desk->source.wholes.front().fail(
        orm::OperationalError(orm::OperationalError::Reason::Busy, u"locked"_s));
    desk->source.wholes.clear();
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(desk->notice(), u"This post could not be read. F5 tries again."_s);
    QTest::keyClicks(desk->body(), u"x"_s);
    QCOMPARE(desk->edits.changeCount(), 0);
    desk->form.reload();
    desk->source.answerAll();
    QCOMPARE(desk->notice(), QString());
    QCOMPARE(desk->title()->text(), u"Post number 20"_s);
}

void RecordEditorFormTest::rowDeletedOutsideStaysInSight()
{
    const auto desk = posts();
    desk->go(first);
    QTest::keyClicks(desk->title(), u"My "_s);
    desk->source.remove(first);
    desk->model.refresh();
    desk->source.answerAll();
    QCOMPARE(desk->title()->text(), u"My Post number 20"_s); // pinned
    QCOMPARE(desk->edits.value(first, titleColumn), StoredValue::utf8("My Post number 20"));

    desk->go(second);
    desk->source.remove(second);
    desk->model.refresh();
    desk->source.answerAll();
    QCOMPARE(desk->notice(), u"Another program has deleted this post."_s);
    QCOMPARE(desk->title()->text(), u"Post number 19"_s);
    QTest::keyClicks(desk->title(), u"x"_s);
    QVERIFY(!desk->edits.contains(second));
}

void RecordEditorFormTest::outsideChangeShowsButNoPendingEditMoves()
{
    const auto desk = posts();
    desk->go(first);
    desk->form.focusField(orm::Role::Body);
    desk->body()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk->title(), u"My "_s);
    desk->source.setValue(first, titleColumn, StoredValue::utf8("Theirs"));
    desk->source.setValue(first, bodyColumn, StoredValue::utf8("Their body."));
    desk->model.refresh();
    desk->source.answerAll();
    QCOMPARE(desk->title()->text(), u"My Post number 20"_s);
    QCOMPARE(desk->edits.base(first, titleColumn), StoredValue::utf8("Post number 20"));
    QTRY_COMPARE(desk->body()->storedText(), u"Their body."_s);
    QTest::keyClicks(desk->body(), u"!"_s);
    QCOMPARE(desk->edits.base(first, bodyColumn), StoredValue::utf8("Their body."));
}

void RecordEditorFormTest::deletedRowCanOnlyBeRead()
{
    const auto desk = posts();
    desk->go(first);
    desk->form.focusField(orm::Role::Body);
    QTest::keyClicks(desk->body(), u"x"_s);
    desk->history.removeRows({first}, {desk->source.record(first)});
    QCOMPARE(desk->notice(), u"Marked for deletion; Ctrl+Z brings it back"_s);
    QCOMPARE(desk->body()->storedText(), u"Hello 20\n\nSecond paragraph of post 20."_s);
    QTest::keyClicks(desk->body(), u"y"_s);
    QVERIFY(!desk->form.isTextField(QApplication::focusWidget())); // so that Ctrl+Z is the record's
    QVERIFY(!desk->form.canUndoText(QApplication::focusWidget()));
    desk->undo();
    QCOMPARE(desk->notice(), QString());
    QCOMPARE(desk->body()->storedText(), u"xHello 20\n\nSecond paragraph of post 20."_s);
    QTest::keyClicks(desk->body(), u"y"_s);
    QVERIFY(desk->body()->storedText().contains(u'y'));

    desk->history.removeRows({first}, {desk->source.record(first)});
    desk->save();
    QVERIFY(desk->form.currentKey().isNull());
}

/// On as many lines as they need.
void RecordEditorFormTest::noticesAreReadWithLargeText()
{
    const auto desk = posts();
    QFont large = desk->form.font();
    large.setPointSizeF(large.pointSizeF() * 3);
    desk->form.setFont(large);
    desk->form.resize(420, 1000);
    desk->go(first);
    desk->history.removeRows({first}, {desk->source.record(first)});
    desk->form.setBodyNotice(u"The preview rests, as this is one endless paragraph."_s);
    for (const auto &name : {u"editorNotice"_s, u"bodyNotice"_s}) {
        const auto *label = desk->form.findChild<QLabel *>(name);
        QVERIFY(label->isVisible());
        QTRY_VERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(name));
        QVERIFY(label->height() > 2 * label->fontMetrics().height());
        QVERIFY(label->width() > 200);
    }
    QCOMPARE(desk->form.width(), 420);
    desk->form.setBodyNotice({});
    QVERIFY(desk->form.findChild<QLabel *>(u"bodyNotice"_s)->isHidden());
}

void RecordEditorFormTest::readOnlyDatabaseCanOnlyBeRead()
{
    const auto desk = posts();
    desk->form.setReadOnly(true);
    desk->go(first);
    QTest::keyClicks(desk->title(), u"x"_s);
    QTest::keyClicks(desk->body(), u"x"_s);
    QVERIFY(!desk->form.canSetNull(QApplication::focusWidget()));
    desk->form.setNull(QApplication::focusWidget());
    QCOMPARE(desk->edits.changeCount(), 0);
    QCOMPARE(desk->title()->text(), u"Post number 20"_s);
}

void RecordEditorFormTest::textUndoSurvivesWalkingAndSaving()
{
    const auto desk = posts();
    desk->go(first);
    desk->form.focusField(orm::Role::Body);
    QTest::keyClicks(desk->body(), u"My "_s);
    desk->go(second);
    QVERIFY(desk->body()->hasFocus());
    QVERIFY(!desk->form.canUndoText(QApplication::focusWidget()));
    QTest::keyClicks(desk->body(), u"Your "_s);
    desk->save();
    QCOMPARE(desk->edits.changeCount(), 0);
    desk->go(first);
    QCOMPARE(desk->body()->storedText(), u"My Hello 20\n\nSecond paragraph of post 20."_s);
    QCOMPARE(desk->body()->textCursor().position(), 3);
    desk->form.undoText(QApplication::focusWidget());
    QCOMPARE(desk->body()->storedText(), u"Hello 20\n\nSecond paragraph of post 20."_s);
    QCOMPARE(desk->mark(first), u"~"_s); // an undo past the save is a change
    QCOMPARE(desk->edits.base(first, bodyColumn),
             StoredValue::utf8("My Hello 20\n\nSecond paragraph of post 20."));
}

void RecordEditorFormTest::newRowKeepsItsCaretWhenItGetsItsKey()
{
    const auto desk = posts();
    const Key added = desk->history.insertRow({});
    desk->go(added);
    desk->form.focusField(orm::Role::Title);
    QTest::keyClicks(desk->title(), u"Keyboard first"_s);
    QCOMPARE(desk->cell(added, titleColumn), u"Keyboard first"_s);
    QTest::keyClick(desk->title(), Qt::Key_Tab);
    QTest::keyClicks(desk->body(), u"Hello *world*"_s);
    QTRY_COMPARE(desk->label(u"wordCount"_s), u"2 words, 1 min"_s);
    desk->save(501);
    QCOMPARE(desk->form.currentKey(), Key::integer(501));
    QCOMPARE(desk->label(u"editorKey"_s), u"#501"_s);
    QVERIFY(desk->body()->hasFocus());
    QCOMPARE(desk->body()->textCursor().position(), 13);
    QVERIFY(desk->form.canUndoText(QApplication::focusWidget()));
    desk->form.setCurrentKey(added); // who still holds the old key means the same row
    QCOMPARE(desk->form.currentKey(), Key::integer(501));
    desk->go(first);
    desk->go(Key::integer(501));
    QCOMPARE(desk->body()->textCursor().position(), 13);
    QVERIFY(desk->form.canUndoText(QApplication::focusWidget()));
}

void RecordEditorFormTest::savedValueIsTheNewBase()
{
    const auto desk = posts();
    desk->go(first);
    desk->form.focusField(orm::Role::Title);
    QTest::keyClicks(desk->title(), u"One"_s);
    desk->save();
    QTest::keyClicks(desk->title(), u" two"_s);
    QCOMPARE(desk->edits.base(first, titleColumn), StoredValue::utf8("One"));
    QCOMPARE(desk->edits.value(first, titleColumn), StoredValue::utf8("One two"));
}

void RecordEditorFormTest::newRowOfAReusedKeyHasNoOldUndo()
{
    const auto desk = posts();
    desk->go(first);
    desk->form.focusField(orm::Role::Body);
    QTest::keyClicks(desk->body(), u"x"_s);
    desk->history.removeRows({first}, {desk->source.record(first)});
    desk->save();
    const Key added = desk->history.insertRow({{titleColumn, StoredValue::utf8("Another")}});
    desk->save(20);
    desk->go(first);
    QCOMPARE(desk->title()->text(), u"Another"_s);
    desk->form.focusField(orm::Role::Body);
    QVERIFY(!desk->form.canUndoText(QApplication::focusWidget()));
    Q_UNUSED(added)
}

void RecordEditorFormTest::largeTextFillsInWhileKeysWait()
{
    Desk desk(test::postsTable());
    const QByteArray large = QByteArray("A line of text.\r\n").repeated(200'000);
    desk.source.add(
        first, {StoredValue::integer(20), StoredValue::utf8("t"), StoredValue::utf8(large), {}});
    desk.open();
    const QSignalSpy loaded(&desk.form, &RecordEditorForm::loaded);
    desk.go(first);
    // The beginning is there at once, the rest comes turn by turn of the event loop.
    QVERIFY(desk.form.isLoading());
    QVERIFY(desk.body()->toPlainText().startsWith(u"A line of text."_s));
    QVERIFY(desk.body()->document()->characterCount() < large.size() / 4);
    QVERIFY(desk.body()->isReadOnly());
    QVERIFY(!desk.title()->isReadOnly());
    QCOMPARE(desk.notice(), u"Loading…"_s);
    QCOMPARE(loaded.count(), 0);
    desk.form.focusField(orm::Role::Body);
    QTest::keyClicks(desk.body(), u"a"_s);
    desk.editCell(first, titleColumn, u"Meanwhile"_s);
    QVERIFY(desk.form.isLoading());
    QTRY_VERIFY(!desk.form.isLoading());
    QCOMPARE(loaded.count(), 1);
    QVERIFY(!desk.body()->isReadOnly());
    QCOMPARE(desk.notice(), QString());
    QCOMPARE(desk.title()->text(), u"Meanwhile"_s);
    desk.form.commitFields();
    QCOMPARE(desk.edits.value(first, bodyColumn), StoredValue::utf8("a" + large));
    QTRY_VERIFY(
        desk.label(u"wordCount"_s).startsWith(u"800"_s)); // counted behind the window's back
}

void RecordEditorFormTest::leavingARowThatFillsInKeepsItsText()
{
    Desk desk(test::postsTable());
    const QByteArray large = QByteArray("A line of text.\n").repeated(200'000);
    desk.source.add(
        first, {StoredValue::integer(20), StoredValue::utf8("t"), StoredValue::utf8(large), {}});
    desk.source.add(second, test::postValues(19));
    desk.open();
    desk.go(first);
    QVERIFY(desk.form.isLoading());
    // A caret in the part that is there makes a text worth keeping; not half of one.
    desk.body()->moveCursor(QTextCursor::End);
    desk.go(second);
    QVERIFY(!desk.form.isLoading());
    QCOMPARE(desk.edits.changeCount(), 0);
    desk.go(first);
    QTRY_VERIFY(!desk.form.isLoading());
    QCOMPARE(desk.body()->storedText().toUtf8(), large);
    QCOMPARE(desk.edits.changeCount(), 0);
    // Another program makes it another text while it fills in.
    desk.go(second);
    desk.go(first);
    QVERIFY(desk.form.isLoading());
    const QByteArray other = "X" + large;
    desk.source.setValue(first, bodyColumn, StoredValue::utf8(other));
    desk.model.refresh();
    desk.source.answerAll();
    QTRY_VERIFY(!desk.form.isLoading());
    QCOMPARE(desk.body()->storedText().toUtf8(), other);
    QCOMPARE(desk.edits.changeCount(), 0);
}

void RecordEditorFormTest::changeBehindTheBeginningIsShown()
{
    Desk desk(test::postsTable());
    const QByteArray text = QByteArray("A line of text.\n").repeated(100);
    desk.source.add(
        first, {StoredValue::integer(20), StoredValue::utf8("t"), StoredValue::utf8(text), {}});
    desk.source.setCut(bodyColumn, 300);
    desk.open();
    desk.go(first);
    QCOMPARE(desk.body()->storedText().toUtf8(), text);
    desk.source.setValue(first, bodyColumn, StoredValue::utf8(text + "The end."));
    desk.model.refresh();
    desk.source.answerAll();
    QTRY_VERIFY((desk.source.answerAll(), desk.body()->storedText().endsWith(u"The end."_s)));
}

void RecordEditorFormTest::largeTextWaitsForAPause()
{
    Desk desk(test::postsTable());
    QByteArray large;
    while (large.size() < 2 * RecordEditorForm::largeText)
        large += "A paragraph of some words.\r\n";
    desk.source.add(
        first, {StoredValue::integer(20), StoredValue::utf8("t"), StoredValue::utf8(large), {}});
    desk.source.add(second, test::postValues(19));
    desk.open();
    desk.go(first);
    desk.form.focusField(orm::Role::Body);
    QTest::keyClicks(desk.body(), u"a"_s);
    QCOMPARE(desk.edits.changeCount(), 0);
    QTRY_COMPARE(desk.edits.value(first, bodyColumn), StoredValue::utf8("a" + large));

    QTest::keyClicks(desk.body(), u"b"_s);
    desk.form.commitFields();
    QCOMPARE(desk.edits.value(first, bodyColumn), StoredValue::utf8("ab" + large));

    // An edit that comes from elsewhere meanwhile doesn't throw away what was typed.
    QTest::keyClicks(desk.body(), u"c"_s);
    desk.editCell(first, titleColumn, u"x"_s);
    desk.form.commitFields();
    QCOMPARE(desk.edits.value(first, bodyColumn), StoredValue::utf8("abc" + large));

    QTest::keyClicks(desk.body(), u"d"_s);
    desk.go(second);
    QCOMPARE(desk.edits.value(first, bodyColumn), StoredValue::utf8("abcd" + large));
    QVERIFY(!desk.edits.contains(second));
}

void RecordEditorFormTest::focusLeavingTakesTextOver()
{
    Desk desk(test::postsTable());
    const QByteArray large(2 * RecordEditorForm::largeText, 'x');
    desk.source.add(
        first, {StoredValue::integer(20), StoredValue::utf8("t"), StoredValue::utf8(large), {}});
    desk.open();
    desk.go(first);
    desk.form.focusField(orm::Role::Body);
    QTest::keyClicks(desk.body(), u"a"_s);
    QCOMPARE(desk.edits.changeCount(), 0);
    desk.form.focusField(orm::Role::Title);
    QCOMPARE(desk.edits.value(first, bodyColumn), StoredValue::utf8("a" + large));
}

void RecordEditorFormTest::wordsAreCounted()
{
    const auto desk = posts();
    desk->go(first);
    QCOMPARE(desk->label(u"wordCount"_s), u"7 words, 1 min"_s);
    desk->body()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk->body(), u" Fixed."_s);
    QTRY_COMPARE(desk->label(u"wordCount"_s), u"8 words, 1 min"_s);
}

void RecordEditorFormTest::secondTableGetsItsForm()
{
    Desk desk(toolsTable());
    const Key hammer = Key::values({StoredValue::utf8("H1")});
    desk.source.add(hammer,
                    {StoredValue::utf8("H1"), StoredValue::integer(0), StoredValue::real(1.5),
                     StoredValue::utf8("new"), StoredValue::utf8("2020-02-29")});
    desk.open();
    desk.go(hammer);
    QCOMPARE(desk.label(u"editorKey"_s), u"#H1"_s);
    QCOMPARE(desk.line(u"codeEdit"_s)->text(), u"H1"_s);
    QVERIFY(!desk.line(u"codeEdit"_s)->isReadOnly()); // a key that is typed can be changed
    auto *lent = desk.form.findChild<QCheckBox *>(u"lentEdit"_s);
    auto *state = desk.form.findChild<QComboBox *>(u"stateEdit"_s);
    QTest::keyClick(lent, Qt::Key_Space);
    desk.line(u"weightEdit"_s)->setText(u"2.25"_s);
    QTest::keyClick(state, Qt::Key_Down);
    desk.line(u"boughtEdit"_s)->setText(u"2021-03-01"_s);
    QCOMPARE(desk.edits.value(hammer, 1), StoredValue::integer(1));
    QCOMPARE(desk.edits.value(hammer, 2), StoredValue::real(2.25));
    QCOMPARE(desk.edits.value(hammer, 3), StoredValue::utf8("worn"));
    QCOMPARE(desk.edits.value(hammer, 4), StoredValue::utf8("2021-03-01"));
    QCOMPARE(desk.edits.problemCount(), 0);
    desk.line(u"weightEdit"_s)->setText(u"heavy"_s);
    QCOMPARE(desk.problem(u"weight"_s), u"This is not a number. Correct it to save."_s);
    desk.undo();
    QCOMPARE(desk.problem(u"weight"_s), QString());

    desk.form.focusField(orm::Role::Title); // there is none: the first field
    QVERIFY(desk.line(u"codeEdit"_s)->hasFocus());
    desk.go(desk.history.insertRow({}));
    QVERIFY(!desk.line(u"codeEdit"_s)->isReadOnly());
    QTest::keyClicks(desk.line(u"codeEdit"_s), u"S2"_s);
    QCOMPARE(lent->checkState(), Qt::PartiallyChecked);
    QCOMPARE(desk.edits.value(desk.form.currentKey(), 0), StoredValue::utf8("S2"));
}

QTEST_MAIN(RecordEditorFormTest)
#include "tst_recordeditorform.moc"

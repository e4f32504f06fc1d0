// SPDX-License-Identifier: MIT
#include "ui/editor/fieldeditor.h"
#include "ui/editor/fieldtext.h"
#include "ui/editor/onelinetextedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using orm::StoredValue;
using ui::FieldEditor;
using ui::OneLineTextEdit;

namespace {

const orm::Key row = orm::Key::integer(1);

enum class Null { Allowed, Refused };

orm::Column column(const orm::ColumnType &type, Null null = Null::Allowed)
{
    orm::Column column;
    column.name = u"value"_s;
    column.type = type;
    column.isNullable = null == Null::Allowed;
    return column;
}

orm::ColumnType statusType()
{
    static constexpr const char *names[] = {"draft", "published", nullptr};
    orm::ColumnType type{orm::ColumnType::Kind::Enum};
    type.enumNames = names;
    return type;
}

orm::ColumnType unknownType()
{
    return {orm::ColumnType::Kind::Unknown};
}

/// A field of its own, with what the user does to it.
struct Fixture
{
    explicit Fixture(const orm::Column &described)
        : editor(FieldEditor::create(described, &parent))
    {}

    void show(const StoredValue &value) { editor->show(row, value, value); }
    QString text() const { return editor->textEdit()->storedText(); }
    QString placeholder() const { return editor->textEdit()->placeholderText(); }
    void typeOver(const QString &text)
    {
        editor->textEdit()->selectAll();
        if (text.isEmpty())
            QTest::keyClick(editor->textEdit(), Qt::Key_Delete);
        else
            QTest::keyClicks(editor->textEdit(), text);
    }

    QWidget parent;
    FieldEditor *editor;
};

} // namespace

class FieldEditorTest : public QObject
{
    Q_OBJECT

private slots:
    void typeChoosesTheWidget_data();
    void typeChoosesTheWidget();
    void roleChoosesTheName();
    void untouchedValueComesBackAsStored_data();
    void untouchedValueComesBackAsStored();
    void typedTextBecomesAValue_data();
    void typedTextBecomesAValue();
    void goingBackGivesTheBaseBack_data();
    void goingBackGivesTheBaseBack();
    void whatIsNoSuchValueIsKeptAsTyped_data();
    void whatIsNoSuchValueIsKeptAsTyped();
    void timesAreLocalWithUtcInTheToolTip();
    void nullIsApartFromEmptyText();
    void setNullIsForNullableColumns();
    void textOfAnyLengthIsTaken();
    void valuesOfAnotherKindAreShownInASentence_data();
    void valuesOfAnotherKindAreShownInASentence();
    void typedTextOfAnotherKindCanBeCorrected();
    void unknownChoiceIsShownAndKept();
    void choosingGivesTheName();
    void nullableBooleanHasThreeStates();
    void checkBoxNeverGoesBackToNothing();
    void readOnlyFieldCanBeCopiedButNotTypedInto();
    void lineLooksLikeALineEdit();
};

void FieldEditorTest::typeChoosesTheWidget_data()
{
    QTest::addColumn<orm::Column>("described");
    QTest::addColumn<QByteArray>("widget");
    const QByteArray line = "ui::OneLineTextEdit";
    const QByteArray page = "ui::StoredTextEdit";
    QTest::newRow("string") << column(orm::String{20}) << line;
    QTest::newRow("text") << column(orm::Text) << page;
    QTest::newRow("json") << column(orm::Json) << page;
    QTest::newRow("integer") << column(orm::Integer) << line;
    QTest::newRow("float") << column(orm::Float) << line;
    QTest::newRow("numeric") << column(orm::Numeric{10, 2}) << line;
    QTest::newRow("date and time") << column(orm::DateTime) << line;
    QTest::newRow("uuid") << column(orm::Uuid) << line;
    QTest::newRow("binary") << column(orm::LargeBinary) << line;
    QTest::newRow("unknown") << column(unknownType()) << line;
    QTest::newRow("enum") << column(statusType()) << QByteArray("QComboBox");
    QTest::newRow("nullable boolean") << column(orm::Boolean) << QByteArray("QComboBox");
    QTest::newRow("boolean") << column(orm::Boolean, Null::Refused) << QByteArray("QCheckBox");
}

void FieldEditorTest::typeChoosesTheWidget()
{
    QFETCH(orm::Column, described);
    const Fixture field(described);
    QTEST(QByteArray(field.editor->widget()->metaObject()->className()), "widget");
}

void FieldEditorTest::roleChoosesTheName()
{
    orm::Column described = column(orm::String{20});
    QCOMPARE(Fixture(described).editor->widget()->objectName(), u"valueEdit"_s);
    described.role = orm::Role::Title;
    QCOMPARE(Fixture(described).editor->widget()->objectName(), u"titleEdit"_s);
    described.role = orm::Role::Body;
    QCOMPARE(Fixture(described).editor->widget()->objectName(), u"bodyEdit"_s);
    described.role = orm::Role::Created;
    QCOMPARE(Fixture(described).editor->widget()->objectName(), u"createdEdit"_s);
}

void FieldEditorTest::untouchedValueComesBackAsStored_data()
{
    QTest::addColumn<orm::Column>("described");
    QTest::addColumn<StoredValue>("value");
    const auto add = [](const char *name, const orm::Column &described, const StoredValue &value) {
        QTest::newRow(name) << described << value;
    };
    add("null", column(orm::String{20}), {});
    add("empty", column(orm::String{20}), StoredValue::text(u""));
    add("line ends", column(orm::Text), StoredValue::utf8("a\r\nb\rc\xE2\x80\xA8"));
    add("microseconds", column(orm::DateTime), StoredValue::utf8("2024-01-21 19:00:00.678901"));
    add("date with T", column(orm::DateTime), StoredValue::utf8("2024-01-21T19:00Z"));
    add("no date", column(orm::DateTime), StoredValue::utf8("yesterday"));
    add("number as date", column(orm::DateTime), StoredValue::integer(1700000000));
    add("1.0", column(orm::Float), StoredValue::real(1.0));
    add("1 for 1.0", column(orm::Float), StoredValue::integer(1));
    add("decimal", column(orm::Numeric{10, 2}), StoredValue::utf8("1.10"));
    add("blob", column(orm::LargeBinary), StoredValue::blob("\x00\x01\xFF"));
    add("blob in text", column(orm::Text), StoredValue::blob("text"));
    add("not UTF-8", column(orm::Text), StoredValue::utf8("\xFF"));
    add("text as integer", column(orm::Integer), StoredValue::utf8("x"));
    add("unknown choice", column(statusType()), StoredValue::utf8("gone"));
    add("boolean 2", column(orm::Boolean, Null::Refused), StoredValue::integer(2));
    add("boolean text", column(orm::Boolean), StoredValue::utf8("yes"));
}

void FieldEditorTest::untouchedValueComesBackAsStored()
{
    QFETCH(orm::Column, described);
    QFETCH(StoredValue, value);
    const Fixture field(described);
    QSignalSpy edited(field.editor, &FieldEditor::edited);
    field.editor->show(row, value, value);
    QCOMPARE(field.editor->value(), value);
    QCOMPARE(edited.count(), 0);
    field.editor->clear();
    QCOMPARE(edited.count(), 0);
}

void FieldEditorTest::typedTextBecomesAValue_data()
{
    QTest::addColumn<orm::Column>("described");
    QTest::addColumn<StoredValue>("base");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<StoredValue>("value");
    const auto add = [](const char *name, const orm::Column &described, const StoredValue &base,
                        const QString &typed, const StoredValue &value) {
        QTest::newRow(name) << described << base << typed << value;
    };
    const StoredValue null;
    add("string", column(orm::String{20}), null, u" a "_s, StoredValue::utf8(" a "));
    add("integer", column(orm::Integer), null, u" 42"_s, StoredValue::integer(42));
    add("float", column(orm::Float), null, u"3.5"_s, StoredValue::real(3.5));
    add("float without point", column(orm::Float), null, u"3"_s, StoredValue::real(3));
    add("numeric", column(orm::Numeric{10, 2}), null, u"1.10"_s, StoredValue::utf8("1.10"));
    add("date", column(orm::Date), null, u"2024-01-21"_s, StoredValue::utf8("2024-01-21"));
    add("time", column(orm::Time), null, u"19:00"_s, StoredValue::utf8("19:00:00.000000"));
    add("date and time", column(orm::DateTime), null, u"2024-01-21 19:00:05"_s,
        StoredValue::utf8("2024-01-21 19:00:05.000000"));
    add("microseconds", column(orm::DateTime), null, u"2024-01-21 19:00:05.678901"_s,
        StoredValue::utf8("2024-01-21 19:00:05.678901"));
    add("with zone", column(orm::DateTime), null, u"2024-01-21 19:00:05+02:00"_s,
        StoredValue::utf8("2024-01-21 17:00:05.000000"));
    add("no date any more", column(orm::DateTime), StoredValue::utf8("2024-01-21 19:00:00"), u""_s,
        null);
    add("unknown text", column(unknownType()), null, u"42"_s, StoredValue::utf8("42"));
    add("unknown integer", column(unknownType()), StoredValue::integer(1), u"42"_s,
        StoredValue::integer(42));
    add("unknown real", column(unknownType()), StoredValue::real(1), u"2.5"_s,
        StoredValue::real(2.5));
    add("json of blanks", column(orm::Json), null, u" "_s, StoredValue::utf8(" "));
}

void FieldEditorTest::typedTextBecomesAValue()
{
    QFETCH(orm::Column, described);
    QFETCH(StoredValue, base);
    QFETCH(QString, typed);
    Fixture field(described);
    field.show(base);
    QSignalSpy edited(field.editor, &FieldEditor::edited);
    field.typeOver(typed);
    QVERIFY(edited.count() > 0);
    QTEST(field.editor->value(), "value");
}

void FieldEditorTest::goingBackGivesTheBaseBack_data()
{
    QTest::addColumn<orm::Column>("described");
    QTest::addColumn<StoredValue>("base");
    QTest::newRow("null") << column(orm::String{20}) << StoredValue();
    QTest::newRow("empty") << column(orm::String{20}) << StoredValue::utf8("");
    QTest::newRow("text") << column(orm::String{20}) << StoredValue::utf8("a");
    QTest::newRow("microseconds") << column(orm::DateTime)
                                  << StoredValue::utf8("2024-01-21 19:00:00.678901");
    QTest::newRow("1 for 1.0") << column(orm::Float) << StoredValue::integer(1);
    QTest::newRow("no number") << column(orm::Integer) << StoredValue();
    QTest::newRow("no date") << column(orm::DateTime) << StoredValue::utf8("yesterday");
}

void FieldEditorTest::goingBackGivesTheBaseBack()
{
    QFETCH(orm::Column, described);
    QFETCH(StoredValue, base);
    Fixture field(described);
    field.show(base);
    const QString before = field.text();
    field.typeOver(u"x"_s);
    QCOMPARE(field.editor->value(), StoredValue::utf8("x"));
    field.typeOver(before);
    QCOMPARE(field.editor->value(), base);

    // As the EditBuffer has it: the field shows a pending value over its base.
    field.editor->show(row, StoredValue::utf8("y"), base);
    field.typeOver(before);
    QCOMPARE(field.editor->value(), base);
}

void FieldEditorTest::whatIsNoSuchValueIsKeptAsTyped_data()
{
    QTest::addColumn<orm::Column>("described");
    QTest::addColumn<QString>("typed");
    QTest::newRow("integer") << column(orm::Integer) << u"12x"_s;
    QTest::newRow("integer with point") << column(orm::Integer) << u"1.5"_s;
    QTest::newRow("float") << column(orm::Float) << u"a lot"_s;
    QTest::newRow("date") << column(orm::Date) << u"2024-02-30"_s;
    QTest::newRow("date and time") << column(orm::DateTime) << u"tomorrow "_s;
}

void FieldEditorTest::whatIsNoSuchValueIsKeptAsTyped()
{
    QFETCH(orm::Column, described);
    QFETCH(QString, typed);
    Fixture field(described);
    field.show({});
    field.typeOver(typed);
    QCOMPARE(field.text(), typed);
    QCOMPARE(field.editor->value(), StoredValue::text(typed));
    QVERIFY(orm::validate(described, field.editor->value()));
}

void FieldEditorTest::timesAreLocalWithUtcInTheToolTip()
{
    const QByteArray before = qgetenv("TZ");
    qputenv("TZ", "Europe/Berlin");
    tzset();
    Fixture field(column(orm::DateTime));
    field.show(StoredValue::utf8("2024-01-21 19:00:00.678901"));
    const QString shown = field.text();
    const QString hint = field.editor->widget()->toolTip();
    field.typeOver(u"2024-07-01 00:30:00"_s);
    const StoredValue typed = field.editor->value();
    qputenv("TZ", before);
    tzset();
    QCOMPARE(shown, u"2024-01-21 20:00:00"_s);
    QCOMPARE(hint, u"2024-01-21 19:00:00.678901 UTC"_s);
    QCOMPARE(typed, StoredValue::utf8("2024-06-30 22:30:00.000000"));
}

void FieldEditorTest::nullIsApartFromEmptyText()
{
    Fixture field(column(orm::String{20}));
    field.show({});
    QCOMPARE(field.text(), QString());
    QCOMPARE(field.placeholder(), u"(empty)"_s);
    field.show(StoredValue::utf8(""));
    QCOMPARE(field.placeholder(), QString());
    field.show(StoredValue::utf8("a"));
    field.typeOver(QString());
    QCOMPARE(field.editor->value(), StoredValue::utf8(""));
    QCOMPARE(field.placeholder(), QString());
}

void FieldEditorTest::setNullIsForNullableColumns()
{
    Fixture field(column(orm::String{20}));
    field.show(StoredValue::utf8("a"));
    QSignalSpy edited(field.editor, &FieldEditor::edited);
    QVERIFY(field.editor->canSetNull());
    field.editor->setNull();
    QCOMPARE(field.editor->value(), StoredValue());
    QCOMPARE(field.text(), QString());
    QCOMPARE(field.placeholder(), u"(empty)"_s);
    QCOMPARE(edited.count(), 1);
    QVERIFY(!field.editor->canSetNull());
    field.editor->textEdit()->undo(); // text undo brings the text back
    QCOMPARE(field.editor->value(), StoredValue::utf8("a"));

    Fixture required(column(orm::String{20}, Null::Refused));
    required.show(StoredValue::utf8("a"));
    QVERIFY(!required.editor->canSetNull());
    required.editor->setNull();
    QCOMPARE(required.editor->value(), StoredValue::utf8("a"));

    Fixture binary(column(orm::LargeBinary));
    binary.show(StoredValue::blob("x"));
    QVERIFY(binary.editor->canSetNull());
    binary.editor->setNull();
    QCOMPARE(binary.editor->value(), StoredValue());
}

void FieldEditorTest::textOfAnyLengthIsTaken()
{
    Fixture field(column(orm::String{5}));
    field.show(StoredValue::utf8("123456789"));
    QCOMPARE(field.text(), u"123456789"_s);
    field.typeOver(u"abcdefgh"_s);
    QCOMPARE(field.editor->value(), StoredValue::utf8("abcdefgh"));
}

void FieldEditorTest::valuesOfAnotherKindAreShownInASentence_data()
{
    QTest::addColumn<orm::Column>("described");
    QTest::addColumn<StoredValue>("value");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("binary") << column(orm::LargeBinary) << StoredValue::blob(QByteArray(1234, 'x'))
                            << u"This value is binary (1,234 bytes). It is kept as it is."_s;
    QTest::newRow("blob in text") << column(orm::Text) << StoredValue::blob("ab")
                                  << u"This value is binary (2 bytes). It is kept as it is."_s;
    QTest::newRow("not UTF-8") << column(orm::Text) << StoredValue::utf8("a\xFF")
                               << u"This text is not valid UTF-8 (2 bytes). It is kept as it is."_s;
    QTest::newRow("number in text")
        << column(orm::String{20}) << StoredValue::integer(42)
        << u"This value is the number 42, not text. It is kept as it is."_s;
    QTest::newRow("number as date")
        << column(orm::DateTime) << StoredValue::integer(1700000000)
        << u"This value is the number 1700000000, not a date. It is kept as it is."_s;
    QTest::newRow("text as number")
        << column(orm::Integer) << StoredValue::utf8("many")
        << u"This value is the text \u201Cmany\u201D, not a number. It is kept as it is."_s;
}

void FieldEditorTest::valuesOfAnotherKindAreShownInASentence()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QFETCH(orm::Column, described);
    QFETCH(StoredValue, value);
    QFETCH(QString, sentence);
    Fixture field(described);
    field.show(value);
    QCOMPARE(field.text(), QString());
    QCOMPARE(field.placeholder(), sentence);
    QCOMPARE(field.editor->widget()->accessibleDescription(), sentence);
    QTest::keyClicks(field.editor->widget(), u"x"_s);
    QCOMPARE(field.editor->value(), value);

    // The next row has an ordinary one.
    field.editor->show(orm::Key::integer(2), {}, {});
    QCOMPARE(field.placeholder(), u"(empty)"_s);
}

void FieldEditorTest::typedTextOfAnotherKindCanBeCorrected()
{
    Fixture field(column(orm::Integer));
    field.show(StoredValue::integer(1));
    field.typeOver(u"12x"_s);
    field.editor->show(row, StoredValue::utf8("12x"), StoredValue::integer(1));
    QVERIFY(!field.editor->isReadOnly());
    QTest::keyClick(field.editor->widget(), Qt::Key_Backspace);
    QCOMPARE(field.editor->value(), StoredValue::integer(12));
}

void FieldEditorTest::unknownChoiceIsShownAndKept()
{
    Fixture field(column(statusType()));
    auto *box = qobject_cast<QComboBox *>(field.editor->widget());
    field.show(StoredValue::utf8("gone"));
    QCOMPARE(box->currentText(), u"gone"_s);
    QCOMPARE(box->count(), 4);
    field.show(StoredValue::integer(7));
    QCOMPARE(box->currentText(), u"This value is the number 7, not text. It is kept as it is."_s);
    QCOMPARE(field.editor->value(), StoredValue::integer(7));
    field.editor->show(orm::Key::integer(2), StoredValue::utf8("draft"),
                       StoredValue::utf8("draft"));
    QCOMPARE(box->currentText(), u"draft"_s);
    QCOMPARE(box->count(), 3);
}

void FieldEditorTest::choosingGivesTheName()
{
    Fixture field(column(statusType(), Null::Refused));
    auto *box = qobject_cast<QComboBox *>(field.editor->widget());
    field.show({}); // a new row
    QCOMPARE(box->currentIndex(), -1);
    QCOMPARE(field.editor->value(), StoredValue());
    QSignalSpy edited(field.editor, &FieldEditor::edited);
    QTest::keyClick(box, Qt::Key_Down);
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(edited.count(), 2);
    QCOMPARE(field.editor->value(), StoredValue::utf8("published"));
}

void FieldEditorTest::nullableBooleanHasThreeStates()
{
    Fixture field(column(orm::Boolean));
    auto *box = qobject_cast<QComboBox *>(field.editor->widget());
    field.show({});
    QCOMPARE(box->currentText(), u"(empty)"_s);
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(field.editor->value(), StoredValue::integer(1));
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(field.editor->value(), StoredValue::integer(0));
    field.editor->setNull();
    QCOMPARE(box->currentText(), u"(empty)"_s);
    QCOMPARE(field.editor->value(), StoredValue());
}

void FieldEditorTest::checkBoxNeverGoesBackToNothing()
{
    Fixture field(column(orm::Boolean, Null::Refused));
    auto *box = qobject_cast<QCheckBox *>(field.editor->widget());
    field.show({});
    QCOMPARE(box->checkState(), Qt::PartiallyChecked);
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(field.editor->value(), StoredValue::integer(1));
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(field.editor->value(), StoredValue::integer(0));
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(field.editor->value(), StoredValue::integer(1));
}

void FieldEditorTest::readOnlyFieldCanBeCopiedButNotTypedInto()
{
    Fixture field(column(orm::String{20}));
    field.show(StoredValue::utf8("abc"));
    field.editor->setReadOnly(true);
    field.typeOver(u"x"_s);
    QTest::keyClick(field.editor->widget(), Qt::Key_Delete);
    QCOMPARE(field.text(), u"abc"_s);
    QCOMPARE(field.editor->textEdit()->textCursor().selectedText(), u"abc"_s);
    field.editor->setReadOnly(false);
    field.typeOver(u"x"_s);
    QCOMPARE(field.editor->value(), StoredValue::utf8("x"));
}

void FieldEditorTest::lineLooksLikeALineEdit()
{
    QApplication::setStyle(u"Fusion"_s);
    QWidget window;
    QLineEdit theirs(&window);
    OneLineTextEdit ours(&window);
    window.resize(400, 200);
    QCOMPARE(ours.sizeHint(), theirs.sizeHint());
    theirs.setGeometry(10, 10, 200, theirs.sizeHint().height());
    ours.setGeometry(10, 60, 200, ours.sizeHint().height());
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));

    const auto picture = [](QWidget &widget, QWidget &other) {
        other.setFocus();
        const QImage without = widget.grab().toImage();
        widget.setFocus();
        return std::pair(without, widget.grab().toImage());
    };
    const auto [ourPlain, ourFocused] = picture(ours, theirs);
    const auto [theirPlain, theirFocused] = picture(theirs, ours);
    QCOMPARE(ourPlain.size(), theirPlain.size());
    QVERIFY(ourPlain != ourFocused);
    // The frame to the pixel; inside of it the caret may stand one pixel off.
    for (const auto &[mine, wanted] :
         {std::pair(ourPlain, theirPlain), std::pair(ourFocused, theirFocused)}) {
        for (int x = 0; x < wanted.width(); ++x) {
            for (const int y : {0, 1, wanted.height() - 2, wanted.height() - 1})
                QCOMPARE(mine.pixelColor(x, y), wanted.pixelColor(x, y));
        }
        for (int y = 0; y < wanted.height(); ++y) {
            for (const int x : {0, 1, wanted.width() - 2, wanted.width() - 1})
                QCOMPARE(mine.pixelColor(x, y), wanted.pixelColor(x, y));
        }
    }
}

QTEST_MAIN(FieldEditorTest)
#include "tst_fieldeditor.moc"

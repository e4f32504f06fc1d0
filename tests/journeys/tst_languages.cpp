// SPDX-License-Identifier: MIT
#include "tests/journeys/places.h"
#include "tests/journeys/pseudotranslator.h"
#include "ui/common/messagebar.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/table/recordtableview.h"

#include <QAbstractButton>
#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QProcess>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace {

/// One text of a translation's file.
struct Message
{
    QString context;
    QString source;
    QStringList translations; ///< more than one where the number of things matters
    bool isFinished = true;
};

QList<Message> messagesIn(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s can't be read", qPrintable(path));
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"name"_s) {
            context = xml.readElementText();
        } else if (xml.name() == u"message"_s) {
            messages.append({context, {}, {}, true});
        } else if (xml.name() == u"source"_s) {
            messages.last().source = xml.readElementText();
        } else if (xml.name() == u"translation"_s) {
            messages.last().isFinished = !xml.attributes().hasAttribute(u"type"_s);
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            messages.last().translations
                = text.trimmed().split(QRegularExpression(u"\\n\\s{8,}"_s));
        }
    }
    return messages;
}

QString fileOf(const QString &language)
{
    return QStringLiteral(POSTDESK_SOURCE_DIR) + u"/resources/translations/postdesk_"_s + language
        + u".ts"_s;
}

/// What must stand in a translation as often as in its source.
QStringList placeholders(const QString &text)
{
    static const QRegularExpression known(u"%L?[1-9n]|\\t"_s);
    QStringList found;
    for (auto match = known.globalMatch(text); match.hasNext();)
        found << match.next().captured();
    found.sort();
    return found;
}

bool hasMnemonic(const QString &text)
{
    static const QRegularExpression mark(u"&[\\p{L}\\d]"_s);
    return text.contains(mark);
}

/// The texts of @p widget that a user sees or hears.
QStringList textsOf(const QWidget &widget)
{
    QStringList texts{widget.toolTip(), widget.accessibleName(), widget.statusTip()};
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        texts << label->text();
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        texts << button->text();
    if (const auto *line = qobject_cast<const QLineEdit *>(&widget))
        texts << line->placeholderText();
    for (const QAction *action : widget.actions())
        texts << action->text();
    texts.removeAll(QString());
    return texts;
}

/// Texts that are the same in all languages: numbers, the user's own, the program's name.
bool isNoProse(const QString &text)
{
    static const QRegularExpression prose(u"\\p{L}{2,}"_s);
    return !text.contains(prose) || text == u"Postdesk"_s || text == u"SQL"_s;
}

} // namespace

/// The program in other languages than that of its sources.
class TestLanguages final : public QObject
{
    Q_OBJECT

private slots:
    void everyTextIsTranslated_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("German") << u"de"_s;
        QTest::newRow("English plurals") << u"en"_s;
    }

    /// As `cmake --build … --target update_translations` would find it.
    void everyTextIsTranslated()
    {
        QFETCH(QString, language);
        QTemporaryDir folder;
        const QString copy = folder.filePath(u"postdesk_"_s + language + u".ts"_s);
        QVERIFY(QFile::copy(fileOf(language), copy));
        QVERIFY(QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner));
        QStringList arguments{u"-silent"_s, u"-locations"_s, u"none"_s, u"-no-obsolete"_s,
                              u"-I"_s,      u"."_s,          u"core"_s, u"ui"_s,
                              u"app"_s,     u"-ts"_s,        copy};
        if (language == u"en"_s)
            arguments.prepend(u"-pluralonly"_s);
        QProcess lupdate;
        lupdate.setWorkingDirectory(QStringLiteral(POSTDESK_SOURCE_DIR));
        lupdate.start(QStringLiteral(POSTDESK_LUPDATE), arguments);
        QVERIFY2(lupdate.waitForFinished(), qPrintable(lupdate.errorString()));
        QCOMPARE(lupdate.exitCode(), 0);

        const QList<Message> messages = messagesIn(copy);
        QVERIFY(!messages.isEmpty());
        QStringList missing;
        for (const Message &message : messages) {
            if (!message.isFinished)
                missing << message.context + u": "_s + message.source;
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    }

    /// A class that lupdate does not see as the compiler does has a context nobody looks into.
    void everyTextIsOfAClassInANamespace()
    {
        for (const Message &message : messagesIn(fileOf(u"de"_s)))
            QVERIFY2(message.context.contains(u"::"_s), qPrintable(message.source));
    }

    void translationsKeepWhatIsFilledIn()
    {
        // The English plurals are translations, too.
        const QList<Message> messages = messagesIn(fileOf(u"de"_s)) + messagesIn(fileOf(u"en"_s));
        for (const Message &message : messages) {
            for (const QString &translation : message.translations) {
                QVERIFY2(!translation.isEmpty(), qPrintable(message.source));
                // A singular may leave its number out, and a noun may be named by more than its word.
                if (message.translations.size() == 1 && message.source != u"&Go to %1…"_s
                    && !message.source.contains(u"&changed %1"_s)
                    && !message.source.contains(u"chan&ged %1"_s)
                    && message.source != u"&Save this %1 and go back"_s)
                    QVERIFY2(placeholders(translation) == placeholders(message.source),
                             qPrintable(message.source + u" / "_s + translation));
                QVERIFY2(hasMnemonic(translation) == hasMnemonic(message.source),
                         qPrintable(message.source + u" / "_s + translation));
            }
        }
    }

    void theWindowSpeaksGerman()
    {
        QTranslator german;
        QVERIFY(german.load(u":/translations/postdesk_de.qm"_s));
        const Speaking speaking(german);
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.counts(), u"500 Beiträge"_s);
        QCOMPARE(journey.window().menuBar()->actions().value(0)->text(), u"&Datei"_s);
        QCOMPARE(journey.view().model()->headerData(2, Qt::Horizontal).toString(), u"Titel"_s);
        journey.press(u"Shift+Down, Del"_s);
        QTRY_COMPARE(journey.pending(), u"2 Änderungen"_s);
    }

    void oneThingIsNoPlural()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Down, Del"_s);
        QTRY_COMPARE(journey.pending(), u"2 changes"_s);
    }

    /// A text that is not for tr() stays without its brackets; on every page, panel, popup and dialog.
    void noTextIsForgotten()
    {
        PseudoTranslator pseudo;
        const Speaking speaking(pseudo);
        QStringList bare;
        visitAllPlaces({1024, 600}, [&](Journey &journey, const QString &place) {
            // Shows while something takes long, which nothing does here.
            journey.window().findChild<QWidget *>(u"cancelTaskButton"_s)->show();
            for (const QString &text : bareTexts(journey.window()))
                bare << place + u": "_s + text;
        });
        QVERIFY(!QTest::currentTestFailed());
        bare.removeDuplicates();
        QVERIFY2(bare.isEmpty(), qPrintable(u'\n' + bare.join(u'\n')));
    }

    void theListReadsFromRightToLeft()
    {
        QApplication::setLayoutDirection(Qt::RightToLeft);
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        const QWidget *list = &journey.view();
        const auto *titleEdit = journey.window().findChild<QWidget *>(u"titleEdit"_s);
        QVERIFY(list->mapTo(&journey.window(), QPoint()).x()
                > titleEdit->mapTo(&journey.window(), QPoint()).x());
        const QHeaderView *header = journey.view().horizontalHeader();
        QVERIFY(header->sectionViewportPosition(0) > header->sectionViewportPosition(1));
        journey.press(u"Down"_s);
        QCOMPARE(journey.currentRow(), 1);
        // An arrow goes where it points.
        const auto column = [&journey, header] {
            return header->visualIndex(journey.view().currentIndex().column());
        };
        const int title = column();
        journey.press(u"Left"_s);
        QCOMPARE(column(), title + 1);
        journey.press(u"Right, Right"_s);
        QCOMPARE(column(), title - 1);
        // The first column is at the right, and Home goes there.
        journey.press(u"End"_s);
        QCOMPARE(column(), header->count() - 1);
        QVERIFY(header->sectionViewportPosition(journey.view().currentIndex().column()) <= 1);
        journey.press(u"Home, Left"_s);
        const int second = column();
        journey.press(u"Home"_s);
        QCOMPARE(column(), second - 1);
        // The mark is at the edge where a line begins.
        QVERIFY(header->sectionViewportPosition(0) + header->sectionSize(0)
                >= header->viewport()->width() - 1);
        journey.stop();
        QApplication::setLayoutDirection(Qt::LeftToRight);
    }

    /// Hebrew with an English word in it, and an English line: each from the side where it begins.
    void theCaretGoesWhereItPointsInMixedText_data()
    {
        QTest::addColumn<Qt::LayoutDirection>("direction");
        QTest::newRow("window from the left") << Qt::LeftToRight;
        QTest::newRow("mirrored") << Qt::RightToLeft;
    }

    void theCaretGoesWhereItPointsInMixedText()
    {
        QFETCH(Qt::LayoutDirection, direction);
        QApplication::setLayoutDirection(direction);
        const auto back = qScopeGuard([] { QApplication::setLayoutDirection(Qt::LeftToRight); });
        const auto mixed = u"שלום abc עולם"_s;
        Journey journey(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title VARCHAR(255),"
            " content TEXT, created_at DATETIME);"
            "INSERT INTO posts VALUES (1, '%1', '%1' || char(10) || 'plain', NULL)"_s.arg(mixed));
        journey.start();
        QTRY_START_STATE(journey);
        for (const QString &name : {u"titleEdit"_s, u"bodyEdit"_s}) {
            journey.press(name == u"titleEdit"_s ? u"Ctrl+2"_s : u"Ctrl+3, Ctrl+Home"_s);
            QTRY_COMPARE(journey.focus(), name);
            const auto *edit = journey.window().findChild<QPlainTextEdit *>(name);
            const auto at = [edit] { return edit->textCursor().position(); };
            const auto isAtRight
                = [edit] { return edit->cursorRect().x() > edit->viewport()->width() / 2; };
            QTRY_VERIFY(edit->toPlainText().startsWith(mixed));
            journey.press(u"End"_s);
            QCOMPARE(at(), mixed.size());
            const int end = edit->cursorRect().x();
            journey.press(u"Home"_s);
            QCOMPARE(at(), 0);
            QVERIFY2(isAtRight(), qPrintable(name));
            QVERIFY(end < edit->cursorRect().x());
            journey.press(u"Left"_s);
            QCOMPARE(at(), 1);
            journey.press(u"Right"_s);
            QCOMPARE(at(), 0);
            journey.press(u"Ctrl+Left"_s);
            QCOMPARE(at(), 5); // the English word
            journey.press(u"Shift+End"_s);
            QCOMPARE(edit->textCursor().selectedText(), mixed.mid(5));
        }
        const auto *body = journey.window().findChild<QPlainTextEdit *>(u"bodyEdit"_s);
        journey.press(u"Ctrl+End, Home"_s);
        QCOMPARE(body->textCursor().position(), mixed.size() + 1);
        QVERIFY(body->cursorRect().x() < body->viewport()->width() / 2);
        journey.press(u"Right"_s);
        QCOMPARE(body->textCursor().position(), mixed.size() + 2);
    }

private:
    /// Texts that did not come from the translator, by where they are.
    static QStringList bareTexts(const QWidget &window)
    {
        QStringList bare;
        for (const QWidget *widget : window.findChildren<QWidget *>()) {
            if (widget->objectName().startsWith(u"qt_"_s))
                continue; // Qt's own, with Qt's own translations
            if (!widget->isVisible() || widget->objectName().startsWith(u"peek"_s)
                || widget->objectName() == u"languageMenu"_s)
                continue; // the user's own words, and names of languages in their own
            for (const QString &text : textsOf(*widget)) {
                if (!text.contains(u'⟦') && !isNoProse(text))
                    bare << widget->objectName() + u" ("_s
                            + QLatin1StringView(widget->metaObject()->className()) + u"): "_s
                            + text;
            }
        }
        return bare;
    }
};

QTEST_MAIN(TestLanguages)
#include "tst_languages.moc"

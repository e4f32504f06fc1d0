// SPDX-License-Identifier: MIT
#include "ui/mainwindow/actions.h"
#include "ui/palette/keyboardlayout.h"
#include "ui/palette/keylistmodel.h"

#include <QTest>

using namespace Qt::StringLiterals;
using ui::KeyboardLayout;
using Typing = ui::KeyboardLayout::Typing;

class TestKeyboardLayout final : public QObject
{
    Q_OBJECT

private:
    static Typing typing(const char *layout, const char *keys)
    {
        return KeyboardLayout::named(layout).typing(
            QKeySequence::fromString(QString::fromUtf8(keys), QKeySequence::PortableText));
    }

private slots:
    void initTestCase()
    {
        if (!KeyboardLayout::named("us").isKnown())
            QSKIP("libxkbcommon or its layouts are not here");
    }

    void aLayoutSaysWhatItHas()
    {
        QCOMPARE(typing("us", "Ctrl+S"), Typing::Possible);
        QCOMPARE(typing("us", "Ctrl+\\"), Typing::Possible);
        QCOMPARE(typing("us", "Ctrl++"), Typing::Possible); // with Shift
        QCOMPARE(typing("us", "Ctrl+Ö"), Typing::Impossible);
        QCOMPARE(typing("us", "Alt+PgDown"), Typing::Possible);
        QCOMPARE(typing("us", "Ctrl+K, Ctrl+Ö"), Typing::Impossible); // one after the other
        QCOMPARE(typing("de", "Ctrl+Ö"), Typing::Possible);
        QCOMPARE(typing("de", "Ctrl+\\"), Typing::NeedsAltGr);
        QCOMPARE(typing("de", "Ctrl+["), Typing::NeedsAltGr);
        QCOMPARE(typing("fr", "Ctrl+1"), Typing::Possible); // with Shift
        QCOMPARE(typing("ru", "Ctrl+S"), Typing::Impossible);
        QCOMPARE(typing("ru,us", "Ctrl+S"), Typing::Possible);
    }

    void nothingIsSaidOfAnUnknownOne()
    {
        const KeyboardLayout layout;
        QVERIFY(!layout.isKnown());
        QCOMPARE(layout.typing(QKeySequence(u"Ctrl+Ö"_s)), Typing::Possible);
    }

    void ourKeysAreOnTheseKeyboards_data()
    {
        QTest::addColumn<QByteArray>("layout");
        for (const char *layout : {"us", "gb", "de", "fr", "es", "it", "se", "pl", "ru,us"})
            QTest::newRow(layout) << QByteArray(layout);
    }

    void ourKeysAreOnTheseKeyboards()
    {
        QFETCH(QByteArray, layout);
        const KeyboardLayout keyboard = KeyboardLayout::named(layout);
        QVERIFY(keyboard.isKnown());
        for (const ui::ActionSpec &spec : ui::Actions::specs()) {
            for (const QString &key :
                 QString::fromLatin1(spec.keys).split(u' ', Qt::SkipEmptyParts))
                QVERIFY2(keyboard.typing(QKeySequence::fromString(key)) == Typing::Possible,
                         qPrintable(QLatin1StringView(spec.id) + u": "_s + key));
        }
    }

    void theKeyMapFlagsThem()
    {
        ui::KeyListModel model;
        const auto binding = [](const QString &id, const QString &key) {
            const QList<QKeySequence> keys{QKeySequence(key)};
            return ui::KeyBinding{id, id, u"Anywhere"_s, keys, keys};
        };
        model.setBindings({binding(u"a"_s, u"Ctrl+S"_s), binding(u"b"_s, u"Ctrl+\\"_s),
                           binding(u"c"_s, u"Ctrl+я"_s)});
        const auto shown = [&model](int row) {
            return model.index(row, ui::KeyListModel::KeysColumn).data().toString();
        };
        QCOMPARE(shown(1), u"Ctrl+\\"_s);
        model.setKeyboard(KeyboardLayout::named("de"));
        QCOMPARE(shown(0), u"Ctrl+S"_s);
        QCOMPARE(shown(1), u"Ctrl+\\ (needs AltGr)"_s);
        QCOMPARE(shown(2), u"Ctrl+Я (not on this keyboard)"_s);
    }
};

QTEST_MAIN(TestKeyboardLayout)
#include "tst_keyboardlayout.moc"

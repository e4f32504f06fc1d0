// SPDX-License-Identifier: MIT
#include "ui/common/scripts.h"

#include <QFontDatabase>
#include <QTest>

using namespace Qt::StringLiterals;

/// What is drawn of texts in scripts that no font here has.
class TestScripts final : public QObject
{
    Q_OBJECT

private slots:
    void lettersThatNoFontHasAreBoxes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QFontDatabase::WritingSystem>("system");
        QTest::newRow("Devanagari") << u"हिन्दी"_s << QFontDatabase::Devanagari;
        QTest::newRow("Tamil") << u"தமிழ்"_s << QFontDatabase::Tamil;
        QTest::newRow("Syriac") << u"ܣܘܪܝܝܐ"_s << QFontDatabase::Syriac;
        QTest::newRow("Khmer") << u"ខ្មែរ"_s << QFontDatabase::Khmer;
    }
    void lettersThatNoFontHasAreBoxes()
    {
        QFETCH(QString, text);
        QFETCH(QFontDatabase::WritingSystem, system);
        const bool isKnown = !QFontDatabase::families(system).isEmpty();
        const QString shown = isKnown ? text : QString(text.size(), u'□');
        QCOMPARE(ui::withoutUnknownScripts(text), shown);
        QCOMPARE(ui::withoutUnknownScripts(u"a "_s + text + u" 漢z"_s),
                 u"a "_s + shown + u" 漢z"_s);
    }

    void otherLettersStay()
    {
        const QString text = u"abc ß Ελλ Кир עבר عرب ไทย 漢字 한국 😀 ა \u06FF\u1800"_s;
        QCOMPARE(ui::withoutUnknownScripts(text), text);
        QCOMPARE(ui::withoutUnknownScripts({}), QString());
    }

    /// Else the arrow between an old and a new Hebrew title points from the new one to the old.
    void lettersFromTheRightKeepToThemselves()
    {
        QCOMPARE(ui::isolated(u"old"_s), u"old"_s);
        QCOMPARE(ui::isolated(u"שלום"_s), u"\u2068שלום\u2069"_s);
        QCOMPARE(ui::isolated(u"a عرب"_s), u"\u2068a عرب\u2069"_s);
        QCOMPARE(ui::isolated({}), QString());
    }
};

QTEST_MAIN(TestScripts)
#include "tst_scripts.moc"

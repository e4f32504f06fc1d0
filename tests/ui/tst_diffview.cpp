// SPDX-License-Identifier: MIT
#include "ui/common/diffview.h"
#include "ui/common/theme.h"

#include <QTest>
#include <QTextBlock>

using namespace Qt::StringLiterals;
using ui::DiffView;

namespace {

/// The format of the first piece of @p text in the view.
QTextCharFormat formatOf(const DiffView &view, const QString &text)
{
    QTextCursor cursor = view.document()->find(text);
    return cursor.isNull() ? QTextCharFormat() : cursor.charFormat();
}

} // namespace

class DiffViewTest final : public QObject
{
    Q_OBJECT

private slots:
    void whatDiffersIsSeenWithoutColour()
    {
        DiffView view;
        view.showDiff(ui::diffWords(u"Post number 500"_s, u"Post title 500"_s));
        QCOMPARE(view.toPlainText(), u"Post number title 500"_s);
        QVERIFY(formatOf(view, u"number"_s).fontStrikeOut());
        QVERIFY(formatOf(view, u"title"_s).fontUnderline());
        QVERIFY(!formatOf(view, u"500"_s).fontUnderline()
                && !formatOf(view, u"500"_s).fontStrikeOut());
        QCOMPARE(view.accessibleDescription(), u"removed: number; added: title"_s);
    }

    void aLineEndThatCameIsSeen()
    {
        DiffView view;
        view.showDiff(ui::diffWords(u"a"_s, u"a\r\n"_s));
        QCOMPARE(view.toPlainText(), u"a↵\n"_s);
    }

    void colorsHaveContrast_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << ui::lightPalette();
        QTest::newRow("dark") << ui::darkPalette();
    }

    void colorsHaveContrast()
    {
        QFETCH(QPalette, palette);
        const ui::DiffColors colors = ui::diffColors(palette);
        QVERIFY(ui::contrast(colors.removedText, colors.removedBackground) >= 4.5);
        QVERIFY(ui::contrast(colors.addedText, colors.addedBackground) >= 4.5);
    }

    void anotherThemeIsTakenOver()
    {
        DiffView view;
        view.setPalette(ui::lightPalette());
        view.showDiff(ui::diffWords(u"old"_s, u"new"_s));
        QCOMPARE(formatOf(view, u"new"_s).foreground().color(),
                 ui::diffColors(ui::lightPalette()).addedText);
        view.setPalette(ui::darkPalette());
        QCOMPARE(formatOf(view, u"new"_s).foreground().color(),
                 ui::diffColors(ui::darkPalette()).addedText);
    }

    void aLongTextIsCutToWhatDiffers()
    {
        const QString before = u"word "_s.repeated(60'000);
        QString after = before;
        after.insert(150'000, u"here "_s);
        DiffView view;
        view.showDiff(ui::diffWords(before, after));
        QVERIFY(view.toPlainText().contains(u"here"_s));
        QVERIFY(view.toPlainText().size() <= DiffView::longest + 200);
        QVERIFY(view.toPlainText().startsWith(u"A long text"_s));
    }
};

QTEST_MAIN(DiffViewTest)
#include "tst_diffview.moc"

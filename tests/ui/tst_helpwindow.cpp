// SPDX-License-Identifier: MIT
#include "app/post.h"
#include "app/translatedtable.h"
#include "ui/common/palettes.h"
#include "ui/help/helpwindow.h"
#include "ui/mainwindow/actionfacts.h"

#include <QApplication>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>
#include <QToolButton>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace {

/// The manual's window, on its own.
struct Opened
{
    ui::HelpWindow window{nullptr};
    QTextBrowser *text = window.findChild<QTextBrowser *>(u"helpText"_s);
    QLineEdit *search = window.findChild<QLineEdit *>(u"helpSearch"_s);
    QTreeWidget *tree = window.findChild<QTreeWidget *>(u"helpContents"_s);
    QLabel *status = window.findChild<QLabel *>(u"helpStatus"_s);

    explicit Opened(const QString &chapter = u"list"_s, const QString &here = {})
    {
        const ui::ActionFacts facts(app::translated(orm::Mapper::of<app::Post>().table()),
                                    &ui::ActionFacts::defaultKeys, QKeySequence::PortableText);
        window.setManual(ui::Manual(u"en"_s, facts), u"en"_s);
        window.showChapter(chapter, here);
        if (!QTest::qWaitForWindowActive(&window))
            QTest::qFail("the window is not active", __FILE__, __LINE__);
    }

    void press(const QKeySequence &keys)
    {
        QTest::keyClick(QApplication::focusWidget(), keys[0].key(), keys[0].keyboardModifiers());
    }
    void type(const QString &letters) { QTest::keyClicks(QApplication::focusWidget(), letters); }
};

int widestPicture(const QTextBrowser &text)
{
    int widest = 0;
    const QTextDocument &document = *text.document();
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            const QTextImageFormat format = part.fragment().charFormat().toImageFormat();
            if (!format.isValid())
                continue;
            const auto image = document.resource(QTextDocument::ImageResource, QUrl(format.name()))
                                   .value<QImage>();
            widest = std::max(widest, int(image.width() / image.devicePixelRatio()));
        }
    }
    return widest;
}

} // namespace

class TestHelpWindow final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_font = QApplication::font(); }
    void cleanup()
    {
        QApplication::setFont(m_font);
        QApplication::setPalette(ui::lightPalette());
    }

    void aChapterShowsWithTheKeysOfThePlace()
    {
        Opened help(u"list"_s, u"| a | b |\n| --- | --- |\n| Ctrl+Y | What works here |\n"_s);
        QCOMPARE(help.window.page(), u"list"_s);
        QCOMPARE(help.window.windowTitle(), u"Edit in the list — Manual"_s);
        QVERIFY(help.window.text().contains(u"What works here"_s));
        QCOMPARE(help.tree->currentItem()->text(0), u"Edit in the list"_s);
        emit help.text->anchorClicked(QUrl(u"#here"_s));
        QVERIFY(help.text->verticalScrollBar()->value() > 100);
        QCOMPARE(help.window.page(), u"list"_s);
    }

    void linksLeadOnAndBack()
    {
        Opened help(u"neighbours"_s);
        auto *back = help.window.findChild<QToolButton *>(u"helpBack"_s);
        QVERIFY(!back->isEnabled());
        // By keys: Tab to the link, Enter follows it.
        help.press(QKeySequence(Qt::Key_Tab));
        help.press(QKeySequence(Qt::Key_Return));
        QCOMPARE(help.window.page(), u"save"_s);
        QVERIFY(back->isEnabled());
        help.press(QKeySequence(u"Alt+Left"_s));
        QCOMPARE(help.window.page(), u"neighbours"_s);
        help.press(QKeySequence(u"Alt+Right"_s));
        QCOMPARE(help.window.page(), u"save"_s);
        emit help.text->anchorClicked(QUrl(u"https://example.org/save.md"_s));
        emit help.text->anchorClicked(QUrl(u"nosuch.md"_s));
        QCOMPARE(help.window.page(), u"save"_s);
    }

    void theContentsLeadToEachChapter()
    {
        Opened help(QString::fromLatin1(ui::HelpWindow::contents));
        for (int i = 0; i < ui::Manual::chapterIds().size(); ++i)
            QVERIFY(help.window.text().contains(help.tree->topLevelItem(i)->text(0)));
        help.tree->setFocus();
        help.press(QKeySequence(Qt::Key_Down));
        QCOMPARE(help.window.page(), u"open"_s);
        QTreeWidgetItem *section = help.tree->topLevelItem(1)->child(3);
        help.tree->setCurrentItem(section);
        QCOMPARE(help.window.page(), u"find"_s);
        QCOMPARE(help.text->textCursor().block().text(), section->text(0));
        QVERIFY(help.text->verticalScrollBar()->value() > 0);
    }

    void searchGoesThroughAllChapters()
    {
        Opened help(u"open"_s);
        help.press(QKeySequence(u"Ctrl+F"_s));
        QCOMPARE(QApplication::focusWidget(), help.search);
        help.type(u"power cut"_s);
        QCOMPARE(help.window.page(), u"safe"_s);
        QCOMPARE(help.status->text(), u"1 place"_s);
        QCOMPARE(help.text->textCursor().selectedText(), u"power cut"_s);
        QCOMPARE(help.text->extraSelections().size(), 1);
        help.search->selectAll();
        help.type(u"undo"_s);
        QStringList pages{help.window.page()};
        for (int i = 0; i < 200 && pages.size() < 4; ++i) {
            help.press(QKeySequence(Qt::Key_Return));
            if (pages.last() != help.window.page())
                pages << help.window.page();
            QCOMPARE(help.text->textCursor().selectedText().toLower(), u"undo"_s);
        }
        QVERIFY2(pages.size() == 4, qPrintable(pages.join(u' ')));
        const QString last = help.window.page();
        help.press(QKeySequence(u"Shift+F3"_s)); // to the page before
        QVERIFY(help.window.page() != last);
        help.search->selectAll();
        help.type(u"xyzzy"_s);
        QCOMPARE(help.status->text(), u"Not in the manual"_s);
        help.press(QKeySequence(Qt::Key_Escape));
        QVERIFY(help.search->text().isEmpty());
        QCOMPARE(QApplication::focusWidget(), help.text);
        help.press(QKeySequence(Qt::Key_Escape));
        QVERIFY(!help.window.isVisible());
    }

    void nothingButItsPicturesIsLoaded()
    {
        Opened help;
        const auto load = [&help](const QString &name) {
            return help.text->loadResource(QTextDocument::ImageResource, QUrl(name));
        };
        QVERIFY(load(u"list.png"_s).isValid());
        for (const QString &name :
             {u"/etc/hostname"_s, u"file:///usr/share/pixmaps/debian-logo.png"_s,
              u"../en/list.png"_s, u":/icons/postdesk.svg"_s, u"http://127.0.0.1/x.png"_s,
              u"nosuch.png"_s})
            QVERIFY2(!load(name).isValid(), qPrintable(name));
        QVERIFY(
            !help.text->loadResource(QTextDocument::HtmlResource, QUrl(u"list.png"_s)).isValid());
        help.text->setSource(QUrl(u"file:///etc/hostname"_s));
        QVERIFY(help.window.text().startsWith(u"Edit in the list"_s));
    }

    void picturesFollowTheTextAndTheTheme()
    {
        Opened help;
        const auto picture = [&help] {
            return help.text->loadResource(QTextDocument::ImageResource, QUrl(u"find.png"_s))
                .value<QImage>();
        };
        help.window.resize(1800, 700);
        const int usual = widestPicture(*help.text);
        QVERIFY(usual > 300);
        const QImage light = picture();
        QFont font = m_font;
        font.setPointSizeF(m_font.pointSizeF() * 2);
        QApplication::setFont(font);
        QTRY_VERIFY2(widestPicture(*help.text) > usual * 3 / 2,
                     qPrintable(QString::number(widestPicture(*help.text))));
        help.window.resize(700, 700); // and never wider than the page
        QTRY_VERIFY(widestPicture(*help.text) < 700);
        QApplication::setPalette(ui::darkPalette());
        QTRY_VERIFY(ui::isDark(help.text->palette()));
        const QImage dark = picture();
        const auto brightness = [](const QImage &image) {
            return image.scaled(1, 1, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                .pixelColor(0, 0)
                .lightness();
        };
        QVERIFY2(brightness(dark) + 60 < brightness(light),
                 qPrintable(u"%1 %2"_s.arg(brightness(dark)).arg(brightness(light))));
    }

    void onASmallScreenThePageHasAllTheRoom()
    {
        Opened help;
        QVERIFY(help.tree->isVisible());
        help.window.resize(300, 500);
        QTRY_VERIFY(!help.tree->isVisible());
        QTRY_VERIFY2(help.text->width() >= help.window.width() - 4,
                     qPrintable(u"%1 of %2"_s.arg(help.text->width()).arg(help.window.width())));
    }

    void everythingHasAName()
    {
        Opened help;
        for (const QWidget *widget :
             std::initializer_list<QWidget *>{help.text, help.search, help.tree})
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        QCOMPARE(help.text->accessibleName(), u"Manual: Edit in the list"_s);
        for (const auto *button : help.window.findChildren<QToolButton *>()) {
            if (!button->objectName().isEmpty())
                QVERIFY(!button->accessibleName().isEmpty());
        }
    }

private:
    QFont m_font;
};

QTEST_MAIN(TestHelpWindow)
#include "tst_helpwindow.moc"

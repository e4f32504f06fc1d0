// SPDX-License-Identifier: MIT
#include "tests/journeys/places.h"
#include "tests/journeys/pseudotranslator.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLayout>
#include <QLocale>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace {

constexpr QSize smallScreen(1024, 600);
constexpr QSize largeScreen(1920, 1080);

QString nameOf(const QWidget &widget)
{
    QString text = QLatin1StringView(widget.metaObject()->className()) + u' ' + widget.objectName();
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        text += u" \""_s + label->text().left(60) + u'"';
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        text += u" \""_s + button->text() + u'"';
    return text;
}

bool isInside(const QWidget &widget, const char *className)
{
    for (const QWidget *w = &widget; w; w = w->parentWidget()) {
        if (w->inherits(className))
            return true;
    }
    return false;
}

/// Labels and buttons that have less room than their text needs.
QStringList cutTexts(const QWidget &window)
{
    QStringList cut;
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        const auto *label = qobject_cast<const QLabel *>(widget);
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        if (!widget->isVisible() || (!label && !button) || isInside(*widget, "QAbstractItemView")
            || widget->objectName().startsWith(u"qt_"_s)
            || widget->inherits("QLineEditIconButton")) // Qt's own, which has room of its own
            continue;
        if (label && label->text().isEmpty())
            continue;
        QSize needed = button ? button->sizeHint() : label->sizeHint();
        if (button)
            needed = needed.boundedTo(button->minimumSizeHint());
        if (label && label->wordWrap()) // higher, not wider
            needed = QSize(1, label->heightForWidth(label->width()));
        constexpr int rounding = 1;
        if (widget->width() < needed.width() || widget->height() + rounding < needed.height())
            cut << u"cut: %1 has %2x%3, needs %4x%5"_s.arg(nameOf(*widget))
                       .arg(widget->width())
                       .arg(widget->height())
                       .arg(needed.width())
                       .arg(needed.height());
    }
    return cut;
}

/// Parts of a layout that lie over each other, or stick out of what they are in.
QStringList overlaps(const QWidget &window)
{
    QStringList found;
    for (const QWidget *parent : window.findChildren<QWidget *>()) {
        if (!parent->isVisible() || isInside(*parent, "QAbstractItemView"))
            continue;
        QList<const QWidget *> parts;
        for (const QWidget *part : parent->findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
            const bool isPlaced = parent->layout() && parent->layout()->indexOf(part) >= 0;
            if (part->isVisible() && !part->isWindow()
                && (isPlaced || parent->inherits("QSplitter")))
                parts << part;
        }
        for (const QWidget *part : parts) {
            // Qt's own splitter is one pixel off where it is mirrored.
            const int off = parent->inherits("QSplitter") ? 1 : 0;
            if (!parent->rect().adjusted(-off, 0, off, 0).contains(part->geometry()))
                found << u"sticks out: %1 of %2, from %3 to %4 of %5"_s
                             .arg(nameOf(*part), nameOf(*parent))
                             .arg(part->x())
                             .arg(part->geometry().right() + 1)
                             .arg(parent->width());
            for (const QWidget *other : parts) {
                const QRect both = part->geometry() & other->geometry();
                if (part < other && both.width() > 1 && both.height() > 1)
                    found << u"overlap: %1 and %2"_s.arg(nameOf(*part), nameOf(*other));
            }
        }
    }
    return found;
}

/// Names of fields that are away from them, and lists that must be scrolled sideways to be read.
QStringList awkward(const QWidget &window)
{
    QStringList found;
    for (const auto *label : window.findChildren<QLabel *>()) {
        const QWidget *field = label->buddy();
        if (!label->isVisible() || !field || !field->isVisible())
            continue;
        constexpr int far = 30;
        const QRect place(field->mapTo(&window, QPoint()), field->size());
        const QRect name(label->mapTo(&window, QPoint()), label->size());
        const bool isMirrored = label->layoutDirection() == Qt::RightToLeft;
        const int beside = isMirrored ? name.left() - place.right() : place.left() - name.right();
        const int below = place.top() - name.bottom();
        // The text of a tall one stands at its top, or in the middle.
        const int air
            = name.height() - label->fontMetrics().height() * (1 + label->text().count(u'\n'));
        if (std::max(beside, below) > far || (below > -place.height() && beside < 0 && air > far))
            found << u"away from its field: "_s + nameOf(*label);
    }
    for (const auto *list : window.findChildren<QAbstractItemView *>()) {
        const bool isRecords
            = list->objectName() == u"postsView"_s; // has as many columns as it likes
        if (list->isVisible() && !isRecords && list->horizontalScrollBar()->isVisible())
            found << u"scrolls sideways: "_s + nameOf(*list);
    }
    return found;
}

/// All that is wrong with @p window on a screen of size @p screen.
QStringList faultsOf(const QWidget &window, const QSize &screen, bool hasRoom)
{
    QStringList faults;
    if (!window.isFullScreen() && window.size() != screen)
        faults << u"the window grows to %1x%2"_s.arg(window.width()).arg(window.height());
    for (const QWidget *top : window.findChildren<QWidget *>()) {
        if (top->isWindow() && top->isVisible()
            && (top->width() > screen.width() || top->height() > screen.height()))
            faults << u"larger than the screen: "_s + nameOf(*top);
    }
    faults << overlaps(window);
    // With letters as high as the tenth part of a small screen it is enough that it can be used.
    return hasRoom ? faults << cutTexts(window) << awkward(window) : faults;
}

} // namespace

/// Nothing is cut, overlapped or cramped on a small screen, whatever the language and size of text.
class TestLayouts final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_font = QApplication::font(); }
    void cleanup()
    {
        QApplication::setFont(m_font);
        QApplication::setLayoutDirection(Qt::LeftToRight);
        QLocale::setDefault(QLocale::c());
    }

    void nothingIsCut_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<double>("scale");
        QTest::addColumn<QSize>("screen");
        QTest::addColumn<Qt::LayoutDirection>("direction");
        for (const char *language : {"English", "German", "pseudo"}) {
            for (const int percent : {100, 200})
                QTest::addRow("%s at %d %%", language, percent)
                    << QString::fromLatin1(language) << percent / 100.0 << smallScreen
                    << Qt::LeftToRight;
        }
        QTest::newRow("German at 300 %") << u"German"_s << 3.0 << largeScreen << Qt::LeftToRight;
        QTest::newRow("English at 300 %, on a small screen")
            << u"English"_s << 3.0 << smallScreen << Qt::LeftToRight;
        QTest::newRow("German at 300 %, on a small screen")
            << u"German"_s << 3.0 << smallScreen << Qt::LeftToRight;
        QTest::newRow("mirrored") << u"English"_s << 1.0 << smallScreen << Qt::RightToLeft;
    }

    void nothingIsCut()
    {
        QFETCH(QString, language);
        QFETCH(double, scale);
        QFETCH(QSize, screen);
        QFETCH(Qt::LayoutDirection, direction);
        QApplication::setLayoutDirection(direction);
        QTranslator german;
        PseudoTranslator pseudo;
        std::optional<Speaking> speaking;
        if (language == u"German"_s) {
            QVERIFY(german.load(u":/translations/postdesk_de.qm"_s));
            speaking.emplace(german);
        } else if (language == u"pseudo"_s) {
            speaking.emplace(pseudo);
        }
        QFont font = m_font;
        font.setPointSizeF(m_font.pointSizeF() * scale);
        QApplication::setFont(font); // as the platform's own
        QStringList faults;
        int places = 0;
        visitAllPlaces(screen, [&](Journey &journey, const QString &place) {
            ++places;
            const QWidget &window = journey.window();
            QStringList here;
            // What is fetched may come a moment later, and be laid out then.
            (void)QTest::qWaitFor(
                [&] {
                    here = faultsOf(window, screen, scale < 3 || screen == largeScreen);
                    return here.isEmpty();
                },
                2'000);
            if (const QString folder = qEnvironmentVariable("POSTDESK_PICTURES");
                !folder.isEmpty()) {
                QWidget *top = QApplication::activeWindow();
                (top ? top : &journey.window())
                    ->grab()
                    .save(QDir(folder).filePath(u"%1 %2 %3.png"_s.arg(language).arg(scale).arg(
                        QString(place).replace(u' ', u'-'))));
            }
            for (const QString &fault : std::as_const(here))
                faults << place + u": "_s + fault;
        });
        QVERIFY(!QTest::currentTestFailed());
        QVERIFY(places >= 25);
        faults.removeDuplicates();
        for (const QString &fault : std::as_const(faults))
            qWarning().noquote() << fault;
        QCOMPARE(faults.size(), 0);
    }

    /// Whatever shows grows while it shows.
    void allTextGrows()
    {
        QStringList small;
        visitAllPlaces({1280, 800}, [&](Journey &journey, const QString &place) {
            const qreal before = QApplication::font().pointSizeF();
            QHash<QWidget *, qreal> sizes;
            for (QWidget *widget : journey.window().findChildren<QWidget *>()) {
                if (widget->isVisible())
                    sizes.insert(widget, widget->font().pointSizeF());
            }
            const auto trigger = [&journey](QLatin1StringView id) {
                journey.window().actions().action(id)->trigger();
            };
            for (int i = 0; i < 4; ++i)
                trigger("view.zoomIn"_L1);
            QCoreApplication::processEvents();
            const qreal factor = QApplication::font().pointSizeF() / before;
            QVERIFY(factor > 1.4);
            for (const auto &[widget, size] : sizes.asKeyValueRange()) {
                if (widget->font().pointSizeF() < size * factor * 0.98)
                    small << place + u": "_s + nameOf(*widget);
            }
            trigger("view.zoomReset"_L1);
        });
        QVERIFY(!QTest::currentTestFailed());
        small.removeDuplicates();
        QVERIFY2(small.isEmpty(), qPrintable(u'\n' + small.join(u'\n')));
    }

    /// What to do first is seen at once; pictures and sentences go before it.
    void theFirstPageNeedsNoScrolling_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("percent");
        QTest::addColumn<QSize>("screen");
        for (const char *language : {"English", "German"}) {
            const QString name = QString::fromLatin1(language);
            QTest::addRow("%s", language) << name << 100 << smallScreen;
            QTest::addRow("%s at 200 %%", language) << name << 200 << smallScreen;
            // As where each of its points is two of the screen's.
            QTest::addRow("%s on half a screen", language) << name << 100 << smallScreen / 2;
        }
    }

    void theFirstPageNeedsNoScrolling()
    {
        QFETCH(QString, language);
        QFETCH(int, percent);
        QFETCH(QSize, screen);
        QTranslator german;
        std::optional<Speaking> speaking;
        if (language == u"German"_s) {
            QVERIFY(german.load(u":/translations/postdesk_de.qm"_s));
            speaking.emplace(german);
        }
        QFont font = m_font;
        font.setPointSizeF(m_font.pointSizeF() * percent / 100.0);
        QApplication::setFont(font);
        Journey journey;
        journey.start(QString());
        QTRY_VERIFY(journey.isShown(u"welcomePage"_s));
        journey.window().resize(screen);
        QCOMPARE(journey.window().size(), screen);
        const auto *page = journey.window().findChild<QWidget *>(u"welcomePage"_s);
        const auto *area = page->findChild<QScrollArea *>();
        QTRY_COMPARE_WITH_TIMEOUT(area->verticalScrollBar()->maximum(), 0, 3'000);
        QCOMPARE(area->horizontalScrollBar()->maximum(), 0);
        QCOMPARE(cutTexts(*page), QStringList());
        QCOMPARE(overlaps(*page), QStringList());
        // With room again, all of it is there.
        QApplication::setFont(m_font);
        journey.window().resize(largeScreen);
        for (const QLabel *label : page->findChildren<QLabel *>())
            QTRY_VERIFY(label->isVisible());
    }

private:
    QFont m_font;
};

QTEST_MAIN(TestLayouts)
#include "tst_layouts.moc"

// SPDX-License-Identifier: MIT
#include "ui/table/recorddelegate.h"

#include <QAbstractItemModelTester>
#include <QAbstractTableModel>
#include <QImage>
#include <QPainter>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace ui;

namespace {

constexpr QSize cellSize(240, 26);

/// One cell beside its mark, with what the test says about it.
class CellModel final : public QAbstractTableModel
{
public:
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 1; }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : 2;
    }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        if (index.column() == RecordDelegate::markColumn && role == Qt::DisplayRole)
            return QString::fromUtf16(rowMark(state));
        return values.value(role, role == RowStateRole ? QVariant(int(state)) : QVariant());
    }

    RowState state = RowState::Clean;
    QHash<int, QVariant> values{{Qt::DisplayRole, u"Post number 499"_s}};
};

QPalette darkPalette()
{
    QPalette palette(QColor(0x2b, 0x2b, 0x2b), QColor(0x20, 0x20, 0x20));
    palette.setColor(QPalette::Text, QColor(0xe6, 0xe6, 0xe6));
    palette.setColor(QPalette::Base, QColor(0x1e, 0x1e, 0x1e));
    palette.setColor(QPalette::Highlight, QColor(0x2f, 0x65, 0xca));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    return palette;
}

QPalette lightPalette()
{
    QPalette palette(QColor(0xef, 0xef, 0xef));
    palette.setColor(QPalette::Text, QColor(0x1a, 0x1a, 0x1a));
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Highlight, QColor(0x30, 0x8c, 0xc6));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    return palette;
}

QStyleOptionViewItem optionFor(const QPalette &palette)
{
    QStyleOptionViewItem option;
    option.rect = QRect(QPoint(), cellSize);
    option.palette = palette;
    option.font = QFont();
    option.fontMetrics = QFontMetrics(option.font);
    option.direction = Qt::LeftToRight;
    option.state = QStyle::State_Enabled | QStyle::State_Active;
    return option;
}

QImage painted(const CellModel &model, const QStyleOptionViewItem &option, int column = 1)
{
    QImage image(option.rect.size(), QImage::Format_RGB32);
    image.fill(option.palette.color(QPalette::Base));
    QPainter painter(&image);
    RecordDelegate().paint(&painter, option, model.index(0, column));
    return image;
}

/// The part of the image that isn't as its top left corner.
QRect inkOf(const QImage &image, const QRect &within)
{
    const QRgb paper = image.pixel(within.topLeft());
    QRect ink;
    for (int y = within.top(); y <= within.bottom(); ++y) {
        for (int x = within.left(); x <= within.right(); ++x) {
            if (image.pixel(x, y) != paper)
                ink |= QRect(x, y, 1, 1);
        }
    }
    return ink;
}

qreal luminance(const QColor &color)
{
    const auto linear
        = [](qreal c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

qreal contrast(const QColor &a, const QColor &b)
{
    const qreal x = luminance(a);
    const qreal y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class TestRecordDelegate : public QObject
{
    Q_OBJECT

private slots:
    void fontTellsTheState_data();
    void fontTellsTheState();
    void everyStateLooksDifferentWithoutColour();
    void dimmedTextKeepsItsContrast_data();
    void dimmedTextKeepsItsContrast();
    void markIsBoldAndInTheMiddle();
    void pinnedRowHasADot();
    void changedCellHasATriangleInItsCorner();
    void conflictIsFramedTwice();
    void nullIsNotAnEmptyText();
    void missingCellIsABarOfAnyColumn();
    void hitsAreMarkedWhereTheyAre();
    void longTextIsCutBeforeItIsLaidOut();
    void lineEndsAreBlanks();
    void rightToLeftTextBeginsAtTheRight();
    void selectionIsSeenWithAndWithoutFocus();
    void aCellIsAskedOnce();
    void sizeHintFollowsTheText();
};

void TestRecordDelegate::fontTellsTheState_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("changed");
    QTest::addColumn<bool>("null");
    QTest::addColumn<QString>("font");
    const auto row
        = [](const char *name, RowState state, bool changed, bool null, const QString &font) {
              QTest::newRow(name) << int(state) << changed << null << font;
          };
    row("clean", RowState::Clean, false, false, u""_s);
    row("outside", RowState::ChangedOutside, false, false, u""_s);
    row("new", RowState::New, true, false, u"bold"_s);
    row("modified, this cell", RowState::Modified, true, false, u"bold italic"_s);
    row("modified, another cell", RowState::Modified, false, false, u""_s);
    row("deleted", RowState::Deleted, false, false, u"struck"_s);
    row("deleted after a change", RowState::Deleted, true, false, u"struck"_s);
    row("invalid", RowState::Invalid, true, false, u"bold italic"_s);
    row("conflict", RowState::Conflict, true, false, u"bold italic"_s);
    row("null", RowState::Clean, false, true, u"italic"_s);
}

void TestRecordDelegate::fontTellsTheState()
{
    QFETCH(int, state);
    QFETCH(bool, changed);
    QFETCH(bool, null);
    const QFont font = RecordDelegate::cellFont(QFont(), RowState(state), changed, null);
    QStringList words;
    if (font.bold())
        words += u"bold"_s;
    if (font.italic())
        words += u"italic"_s;
    if (font.strikeOut())
        words += u"struck"_s;
    QTEST(words.join(u' '), "font");
}

void TestRecordDelegate::everyStateLooksDifferentWithoutColour()
{
    const QStyleOptionViewItem option = optionFor(lightPalette());
    QList<QImage> marks;
    for (const RowState state :
         {RowState::Clean, RowState::ChangedOutside, RowState::Modified, RowState::New,
          RowState::Deleted, RowState::Invalid, RowState::Conflict}) {
        CellModel model;
        QAbstractItemModelTester tester(&model);
        model.state = state;
        const QImage mark = painted(model, option, 0).convertToFormat(QImage::Format_Mono);
        QVERIFY(!marks.contains(mark));
        marks.append(mark);
    }
}

void TestRecordDelegate::dimmedTextKeepsItsContrast_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("background");
    QTest::newRow("light") << QColor(Qt::black) << QColor(Qt::white);
    QTest::newRow("dark") << QColor(0xe6, 0xe6, 0xe6) << QColor(0x1e, 0x1e, 0x1e);
    QTest::newRow("soft light") << QColor(0x33, 0x33, 0x33) << QColor(0xf4, 0xf0, 0xe8);
    QTest::newRow("on blue") << QColor(Qt::white) << QColor(0x1f, 0x4f, 0x9f);
    QTest::newRow("just enough") << QColor(0x76, 0x76, 0x76) << QColor(Qt::white);
    QTest::newRow("high contrast") << QColor(Qt::yellow) << QColor(Qt::black);
}

void TestRecordDelegate::dimmedTextKeepsItsContrast()
{
    QFETCH(QColor, text);
    QFETCH(QColor, background);
    const QColor dim = RecordDelegate::dimmed(text, background);
    QVERIFY(contrast(dim, background) >= 4.5);
    QVERIFY(contrast(dim, background) <= contrast(text, background));
    // Where even the plain text falls short, it is left as it is.
    QCOMPARE(RecordDelegate::dimmed(QColor(0x99, 0x99, 0x99), Qt::white), QColor(0x99, 0x99, 0x99));
}

void TestRecordDelegate::markIsBoldAndInTheMiddle()
{
    CellModel model;
    model.state = RowState::Deleted;
    QStyleOptionViewItem option = optionFor(lightPalette());
    option.rect.setWidth(27);
    const QRect ink = inkOf(painted(model, option, 0), option.rect);
    QVERIFY(!ink.isEmpty());
    QVERIFY(std::abs(ink.center().x() - option.rect.center().x()) <= 2);
    // The mark itself is not struck out: a stroke has the height of a stroke.
    QVERIFY(ink.height() < 8);
}

void TestRecordDelegate::pinnedRowHasADot()
{
    CellModel model;
    model.state = RowState::Modified;
    const QStyleOptionViewItem option = optionFor(lightPalette());
    const QImage plain = painted(model, option, 0);
    model.values.insert(PinnedRole, true);
    QVERIFY(painted(model, option, 0) != plain);
    QCOMPARE(painted(model, option, 1), painted(CellModel(), option, 1));
}

void TestRecordDelegate::changedCellHasATriangleInItsCorner()
{
    CellModel model;
    model.state = RowState::Modified;
    const QStyleOptionViewItem option = optionFor(lightPalette());
    const QPoint corner(cellSize.width() - 1, 0);
    const QColor paper = option.palette.color(QPalette::Base);
    QCOMPARE(painted(model, option).pixelColor(corner), paper);
    model.values.insert(CellChangedRole, true);
    QVERIFY(contrast(painted(model, option).pixelColor(corner), paper) > 4.5);
    QCOMPARE(painted(model, option).pixelColor(corner - QPoint(12, 0)), paper);
    QStyleOptionViewItem mirrored = option;
    mirrored.direction = Qt::RightToLeft;
    QVERIFY(contrast(painted(model, mirrored).pixelColor(0, 0), paper) > 4.5);
    // Everything in a new row is new.
    model.state = RowState::New;
    QCOMPARE(painted(model, option).pixelColor(corner), paper);
}

void TestRecordDelegate::conflictIsFramedTwice()
{
    CellModel model;
    model.state = RowState::Conflict;
    model.values.insert(CellChangedRole, true);
    model.values.insert(Qt::DisplayRole, QString());
    for (const QPalette &palette : {lightPalette(), darkPalette()}) {
        const QStyleOptionViewItem option = optionFor(palette);
        const QImage image = painted(model, option);
        QString across;
        for (int x = 0; x < 8; ++x) {
            const bool ink
                = image.pixelColor(x, cellSize.height() / 2) != palette.color(QPalette::Base);
            across += ink ? u'|' : u' ';
        }
        QCOMPARE(across, u"  | |   "_s);
    }
}

void TestRecordDelegate::nullIsNotAnEmptyText()
{
    CellModel model;
    model.values.insert(Qt::DisplayRole, QString());
    const QStyleOptionViewItem option = optionFor(lightPalette());
    QVERIFY(inkOf(painted(model, option), option.rect).isEmpty());
    model.values.insert(CellNullRole, true);
    QVERIFY(!inkOf(painted(model, option), option.rect).isEmpty());
}

void TestRecordDelegate::missingCellIsABarOfAnyColumn()
{
    CellModel model;
    model.values = {{CellLoadedRole, false}};
    for (const QPalette &palette : {lightPalette(), darkPalette()}) {
        const QStyleOptionViewItem option = optionFor(palette);
        const QImage image = painted(model, option);
        const QRect bar = inkOf(image, option.rect);
        QVERIFY(bar.width() > 50 && bar.width() < cellSize.width());
        QVERIFY(bar.height() < cellSize.height() / 2);
        // Soft, and of one piece.
        const QColor color = image.pixelColor(bar.center());
        QVERIFY(contrast(color, palette.color(QPalette::Base)) < 2);
        QCOMPARE(image.pixelColor(bar.topLeft()), color);
        QCOMPARE(image.pixelColor(bar.bottomRight()), color);
    }
}

void TestRecordDelegate::hitsAreMarkedWhereTheyAre()
{
    CellModel model;
    const QStyleOptionViewItem option = optionFor(lightPalette());
    const auto amber = [&](const QImage &image) {
        QRect area;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y) == QColor(0xff, 0xd5, 0x4f))
                    area |= QRect(x, y, 1, 1);
            }
        }
        return area;
    };
    using Matches = QList<QPair<int, int>>;
    model.values.insert(MatchesRole, QVariant::fromValue(Matches{{12, 2}})); // "49"
    const QRect hit = amber(painted(model, option));
    const QFontMetrics metrics(option.font);
    const int start = RecordDelegate::margin + metrics.horizontalAdvance(u"Post number "_s);
    QVERIFY(std::abs(hit.left() - start) <= 2);
    QVERIFY(std::abs(hit.width() - metrics.horizontalAdvance(u"49"_s)) <= 3);
    // The words themselves stand where they stand without hits.
    const QRect words(0, 0, start - 4, cellSize.height());
    QCOMPARE(painted(model, option).copy(words), painted(CellModel(), option).copy(words));

    // What is cut away, or was never there, marks nothing.
    model.values.insert(MatchesRole, QVariant::fromValue(Matches{{700, 2}, {-3, 1}, {14, 90}}));
    QVERIFY(amber(painted(model, option)).left() > hit.left());
    model.values.insert(Qt::DisplayRole, QString(1000, u'm') + u"49"_s);
    model.values.insert(MatchesRole, QVariant::fromValue(Matches{{1000, 2}}));
    QVERIFY(amber(painted(model, option)).isEmpty());
    // In text from right to left, too.
    model.values.insert(Qt::DisplayRole, u"שלום עולם"_s);
    model.values.insert(MatchesRole, QVariant::fromValue(Matches{{0, 4}}));
    QVERIFY(!amber(painted(model, option)).isEmpty());
}

void TestRecordDelegate::longTextIsCutBeforeItIsLaidOut()
{
    CellModel model;
    const QStyleOptionViewItem option = optionFor(lightPalette());
    model.values.insert(Qt::DisplayRole, QString(10'000'000, u'i'));
    const QImage whole = painted(model, option);
    model.values.insert(Qt::DisplayRole, QString(600, u'i'));
    QCOMPARE(painted(model, option), whole);
    QVERIFY(inkOf(whole, option.rect).right() < cellSize.width() - RecordDelegate::margin + 1);
    const int hint = RecordDelegate().sizeHint(option, model.index(0, 1)).width();
    QVERIFY(hint <= QFontMetrics(option.font).horizontalAdvance(QString(500, u'i')) + 20);
    // Half a character is none.
    model.values.insert(Qt::DisplayRole, QString(127, u'x') + u"😀😀😀"_s);
    painted(model, option);
}

void TestRecordDelegate::lineEndsAreBlanks()
{
    CellModel model;
    const QStyleOptionViewItem option = optionFor(lightPalette());
    model.values.insert(Qt::DisplayRole, u"a b c d e"_s);
    const QImage blanks = painted(model, option);
    model.values.insert(Qt::DisplayRole, u"a\nb\rc\u2028d\u2029e"_s);
    QCOMPARE(painted(model, option), blanks);
    model.values.insert(Qt::DisplayRole, QString(u"a\0b\tc\u0001d\u007Fe"_s));
    QCOMPARE(painted(model, option), blanks);
}

void TestRecordDelegate::rightToLeftTextBeginsAtTheRight()
{
    CellModel model;
    QStyleOptionViewItem option = optionFor(lightPalette());
    model.values.insert(Qt::DisplayRole, u"שלום."_s);
    QRect place;
    for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        option.direction = direction;
        place = inkOf(painted(model, option), option.rect);
        QVERIFY(place.left() > cellSize.width() / 2);
        // A hit in it is no reason to stand elsewhere.
        model.values.insert(MatchesRole, QVariant::fromValue(QList<QPair<int, int>>{{0, 1}}));
        const QRect marked = inkOf(painted(model, option), option.rect);
        QVERIFY(qAbs(marked.left() - place.left()) <= 2);
        model.values.remove(MatchesRole);
    }
    // Its end, with the full stop, is at its left.
    option.direction = Qt::LeftToRight;
    model.values.insert(Qt::DisplayRole, u"שלום"_s);
    QVERIFY(inkOf(painted(model, option), option.rect).left() > place.left());
    // Others stand where their column does.
    model.values.insert(Qt::DisplayRole, u"peace"_s);
    QVERIFY(inkOf(painted(model, option), option.rect).right() < cellSize.width() / 2);
    option.direction = Qt::RightToLeft;
    QVERIFY(inkOf(painted(model, option), option.rect).left() > cellSize.width() / 2);
    option.direction = Qt::LeftToRight;
    // Numbers go to the right if the model says so.
    model.values = {{Qt::DisplayRole, u"499"_s},
                    {Qt::TextAlignmentRole, int(Qt::AlignRight | Qt::AlignVCenter)}};
    QVERIFY(inkOf(painted(model, option), option.rect).left() > cellSize.width() / 2);
}

void TestRecordDelegate::selectionIsSeenWithAndWithoutFocus()
{
    CellModel model;
    for (const QPalette &palette : {lightPalette(), darkPalette()}) {
        QStyleOptionViewItem option = optionFor(palette);
        const QImage plain = painted(model, option);
        option.state |= QStyle::State_Selected;
        const QImage selected = painted(model, option);
        QCOMPARE(selected.pixelColor(1, 1), palette.color(QPalette::Highlight));
        option.state |= QStyle::State_HasFocus;
        const QImage focused = painted(model, option);
        QVERIFY(contrast(focused.pixelColor(0, 0), selected.pixelColor(0, 0)) > 3);
        option.state &= ~(QStyle::State_Active | QStyle::State_HasFocus);
        QVERIFY(painted(model, option) != plain);
        option.state &= ~QStyle::State_Selected;
        option.state |= QStyle::State_HasFocus | QStyle::State_Active;
        QVERIFY(contrast(painted(model, option).pixelColor(0, 0), palette.color(QPalette::Base))
                > 3);
    }
}

void TestRecordDelegate::aCellIsAskedOnce()
{
    class OneCall final : public QAbstractTableModel
    {
    public:
        int rowCount(const QModelIndex &) const override { return 1; }
        int columnCount(const QModelIndex &) const override { return 2; }
        QVariant data(const QModelIndex &, int) const override
        {
            ++single;
            return {};
        }
        void multiData(const QModelIndex &, QModelRoleDataSpan span) const override
        {
            ++together;
            for (QModelRoleData &data : span) {
                if (data.role() == Qt::DisplayRole)
                    data.setData(u"text"_s);
            }
        }
        mutable int single = 0;
        mutable int together = 0;
    } model;
    QImage image(cellSize, QImage::Format_RGB32);
    QPainter painter(&image);
    RecordDelegate().paint(&painter, optionFor(lightPalette()), model.index(0, 1));
    QCOMPARE(model.together, 1);
    QCOMPARE(model.single, 0);
}

void TestRecordDelegate::sizeHintFollowsTheText()
{
    CellModel model;
    const QStyleOptionViewItem option = optionFor(lightPalette());
    const RecordDelegate delegate;
    const QSize plain = delegate.sizeHint(option, model.index(0, 1));
    QVERIFY(plain.width() > QFontMetrics(option.font).horizontalAdvance(u"Post number 499"_s));
    model.state = RowState::New;
    QVERIFY(delegate.sizeHint(option, model.index(0, 1)).width() > plain.width());
    // What fits by its own account is not cut.
    QStyleOptionViewItem fitting = option;
    fitting.rect.setWidth(delegate.sizeHint(option, model.index(0, 1)).width());
    const QRect roomy = inkOf(painted(model, option), option.rect);
    QCOMPARE(inkOf(painted(model, fitting), fitting.rect), roomy);
}

QTEST_MAIN(TestRecordDelegate)
#include "tst_recorddelegate.moc"

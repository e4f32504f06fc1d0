// SPDX-License-Identifier: MIT
#include "ui/table/recordtableaccessible.h"
#include "ui/table/recordtableview.h"

#include <QAbstractItemModelTester>
#include <QAbstractTableModel>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>
#include <QVBoxLayout>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace ui;

namespace {

constexpr int millions = 10'000'000;

enum Column { MarkColumn, IdColumn, TitleColumn, CreatedColumn, SlugColumn, ColumnCount };

/// Posts made up when they are asked for, newest on top. Few rows have a list of ids, so that any
/// of them can go; many are arithmetic, and only the top ones can.
class PostsModel final : public QAbstractTableModel
{
public:
    explicit PostsModel(int rows)
        : m_rows(rows)
        , m_newest(rows)
    {
        if (rows < 100'000) {
            for (int id = rows; id > 0; --id)
                m_ids.push_back(id);
        }
    }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : m_rows;
    }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(ColumnCount);
    }
    Qt::ItemFlags flags(const QModelIndex &index) const override
    {
        Qt::ItemFlags flags = QAbstractTableModel::flags(index);
        const bool writable = index.column() == TitleColumn || index.column() == SlugColumn;
        if (writable && !locked.contains(idAt(index.row())) && isLoaded(index.row()))
            flags |= Qt::ItemIsEditable;
        return flags;
    }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        ++questions;
        rowsAsked.insert(index.row());
        if (role == CellLoadedRole)
            return isLoaded(index.row());
        if (!isLoaded(index.row()))
            return {};
        const int id = idAt(index.row());
        switch (role) {
        case SearchTextRole:
            return text(id, TitleColumn);
        case Qt::DisplayRole:
        case Qt::EditRole:
            return index.column() == IdColumn ? QVariant(id) : text(id, index.column());
        default:
            return {};
        }
    }
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override
    {
        if (role != Qt::EditRole)
            return false;
        ++writes;
        edited.insert({idAt(index.row()), index.column()}, value.toString());
        emit dataChanged(index, index);
        return true;
    }

    int idAt(int row) const { return m_ids.empty() ? m_newest - row : m_ids.at(std::size_t(row)); }
    QString text(int id, int column) const
    {
        if (const auto found = edited.constFind({id, column}); found != edited.cend())
            return *found;
        switch (column) {
        case MarkColumn:
            return {};
        case TitleColumn:
            return u"Post number %1"_s.arg(id);
        case SlugColumn:
            return u"post-%1"_s.arg(id);
        default:
            return u"21 Jan 2024"_s;
        }
    }
    void insertOnTop(int count)
    {
        beginInsertRows({}, 0, count - 1);
        m_rows += count;
        m_newest += count;
        if (!m_ids.empty()) {
            for (int i = 0; i < count; ++i)
                m_ids.insert(m_ids.begin(), m_newest - count + 1 + i);
        }
        endInsertRows();
    }
    void append(int count)
    {
        beginInsertRows({}, m_rows, m_rows + count - 1);
        for (int i = 0; i < count && !m_ids.empty(); ++i)
            m_ids.push_back(-i);
        m_rows += count;
        endInsertRows();
    }
    void take(int row, int count)
    {
        beginRemoveRows({}, row, row + count - 1);
        m_rows -= count;
        if (m_ids.empty())
            m_newest -= count;
        else
            m_ids.erase(m_ids.begin() + row, m_ids.begin() + row + count);
        endRemoveRows();
    }
    void resetAll()
    {
        beginResetModel();
        endResetModel();
    }
    void say(int first, int last)
    {
        emit dataChanged(index(first, 0), index(last, ColumnCount - 1));
    }

    QHash<QPair<int, int>, QString> edited; ///< by id and column
    QSet<int> locked; ///< ids of rows that can't be edited
    int loadedRows = std::numeric_limits<int>::max(); ///< rows from here on are not here yet
    mutable qint64 questions = 0;
    mutable QSet<int> rowsAsked;
    int writes = 0;

private:
    bool isLoaded(int row) const { return row < loadedRows; }

    int m_rows;
    int m_newest;
    std::vector<int> m_ids;
};

/// A view of posts in a window, with a widget to leave for.
struct Window
{
    explicit Window(int rows)
        : model(rows)
        , tester(rows < 1000 ? new QAbstractItemModelTester(&model) : nullptr)
    {
        auto *layout = new QVBoxLayout(&widget);
        layout->setContentsMargins({});
        layout->addWidget(&view);
        layout->addWidget(&other);
        view.setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
        view.setPreferredColumn(TitleColumn);
        view.setModel(&model);
        widget.resize(700, 420);
        widget.show();
        QVERIFY(QTest::qWaitForWindowActive(&widget));
        view.setFocus();
        view.selectRow(0);
        QCoreApplication::processEvents();
    }

    void key(int code, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key(code), modifiers);
    }
    void type(const QString &text)
    {
        for (const QChar letter : text)
            QTest::keyClick(QApplication::focusWidget(), letter.toLatin1());
    }
    QLineEdit *editor() const { return view.viewport()->findChild<QLineEdit *>(); }
    int currentId() const { return model.idAt(view.currentIndex().row()); }
    int topId() const { return model.idAt(view.rowAt(0)); }
    QString title(int id) const { return model.text(id, TitleColumn); }

    QWidget widget;
    PostsModel model;
    std::unique_ptr<QAbstractItemModelTester> tester;
    RecordTableView view;
    QLineEdit other;
};

QString describe(const QAbstractItemView &view)
{
    QSet<int> rows;
    for (const QModelIndex &index : view.selectionModel()->selectedIndexes())
        rows.insert(index.row());
    QList<int> sorted(rows.cbegin(), rows.cend());
    std::sort(sorted.begin(), sorted.end());
    QString text = u"current %1,%2 top %3 selected"_s.arg(view.currentIndex().row())
                       .arg(view.currentIndex().column())
                       .arg(view.verticalScrollBar()->value());
    for (const int row : std::as_const(sorted))
        text += u' ' + QString::number(row);
    return text;
}

} // namespace

class TestRecordTableView : public QObject
{
    Q_OBJECT

private slots:
    void keysAndMouseDoWhatTableViewDoes_data();
    void keysAndMouseDoWhatTableViewDoes();
    void editingDoesWhatTableViewDoes_data();
    void editingDoesWhatTableViewDoes();
    void currentCellIsNeverInTheMarkColumn();
    void currentCellIsNeverInAHiddenColumn();
    void programsChoiceIgnoresModifierKeys();
    void tabLeavesTheList();
    void commandKeysAreLeftToActions();
    void blankGoesOnWithASearchOnly();

    void lettersFindTheNextTitle();
    void searchByLettersStopsAtRowsThatAreNotHere();

    void tenMillionRowsCostWhatIsVisible();
    void paintingAsksForVisibleRowsOnly();
    void selectedRowsAreCountedFromRanges();
    void lastRowIsWholeAtTheEnd();
    void scrollToFollowsItsHints();

    void rowsOnTopLeaveTheViewInPlace();
    void newestRowComesIntoViewAtTheTop();
    void currentAndSelectionFollowTheirRows();
    void rowBelowSucceedsTheCurrentOne();
    void theColumnStaysFromRowToRow();
    void theCurrentCellIsSeenWithTheFocusAndWithout();
    void visibleRowsAreToldOncePerChange();
    void currentRowIsToldWhenTheRecordChanges();
    void rowHeightFollowsTheFont();
    void columnIsSizedByVisibleRows();
    void columnsKeepTheirWidthsWhenTheModelIsReset();
    void menuKeyAsksAtTheCurrentCell();
    void placeholderIsPaintedWhileThereAreNoRows();

    void retitlingARunOfPosts();
    void enterKeepsAndStays();
    void escapeDropsThatCellOnly();
    void tabSkipsCellsThatCannotBeEdited();
    void downPassesOverLockedRows();
    void stepsEndAtTheEdges();
    void ctrlEnterFillsTheSelection();
    void saveTakesWhatIsInTheCell();
    void untouchedCellIsNotWritten_data();
    void untouchedCellIsNotWritten();
    void anyLengthCanBeTyped();
    void editorOpensInTheTitleIfTheCellCannotBeEdited();
    void dataFromOutsideLeavesTypingAlone();
    void typingIsHandedOverBeforeItsRowGoes();
    void openEditorSurvivesRemovalOfOtherRows();

    void screenReadersGetCellsWithoutAWalk();
    void screenReadersKeepCellsOfRowsThatMove();
};

void TestRecordTableView::keysAndMouseDoWhatTableViewDoes_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<int>("rows");
    QTest::addColumn<bool>("mouse");
    QTest::addColumn<bool>("mirrored");
    for (quint32 seed = 1; seed <= 4; ++seed) {
        QTest::addRow("keys, 60 rows, seed %u", seed) << seed << 60 << false << false;
        QTest::addRow("keys and mouse, 60 rows, seed %u", seed) << seed << 60 << true << false;
    }
    QTest::newRow("keys, 5 rows") << 9U << 5 << false << false;
    QTest::newRow("keys and mouse, 1 row") << 9U << 1 << true << false;
    QTest::newRow("right to left, columns moved") << 9U << 60 << true << true;
}

void TestRecordTableView::keysAndMouseDoWhatTableViewDoes()
{
    QFETCH(quint32, seed);
    QFETCH(int, rows);
    QFETCH(bool, mouse);
    QFETCH(bool, mirrored);
    PostsModel model(rows);
    QAbstractItemModelTester tester(&model);
    RecordTableView mine;
    QTableView theirs;
    mine.setModel(&model);
    mine.setPreferredColumn(IdColumn);
    theirs.setModel(&model);
    theirs.setSelectionBehavior(QAbstractItemView::SelectRows);
    theirs.setTabKeyNavigation(false);
    theirs.setShowGrid(false);
    theirs.verticalHeader()->hide();
    theirs.verticalHeader()->setDefaultSectionSize(mine.rowHeight());
    theirs.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    theirs.setColumnHidden(MarkColumn, true);
    if (mirrored) {
        for (QHeaderView *header : {mine.horizontalHeader(), theirs.horizontalHeader()})
            header->moveSection(IdColumn, CreatedColumn);
    }
    for (QAbstractItemView *view :
         {static_cast<QAbstractItemView *>(&mine), static_cast<QAbstractItemView *>(&theirs)}) {
        view->setEditTriggers(QAbstractItemView::NoEditTriggers);
        view->setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
        view->resize(700, 330);
        view->show();
        QVERIFY(QTest::qWaitForWindowExposed(view));
        view->setCurrentIndex(model.index(0, IdColumn));
    }
    QCoreApplication::processEvents();
    QCOMPARE(mine.viewport()->height(), theirs.viewport()->height());

    const int codes[]{Qt::Key_Up,   Qt::Key_Down, Qt::Key_Left,   Qt::Key_Right,
                      Qt::Key_Home, Qt::Key_End,  Qt::Key_PageUp, Qt::Key_PageDown,
                      Qt::Key_Down, Qt::Key_Up,   Qt::Key_Space,  Qt::Key_A};
    const Qt::KeyboardModifiers all[]{Qt::NoModifier,      Qt::NoModifier,
                                      Qt::ShiftModifier,   Qt::ShiftModifier,
                                      Qt::ControlModifier, Qt::ControlModifier | Qt::ShiftModifier};
    QRandomGenerator random(seed);
    QString history;
    for (int step = 0; step < 400; ++step) {
        const Qt::KeyboardModifiers modifiers = all[random.bounded(6)];
        if (mouse && random.bounded(3) == 0) {
            const RowRange visible = mine.visibleRows();
            const int row = random.bounded(visible.first, visible.last + 1);
            const int column = random.bounded(int(IdColumn), int(ColumnCount));
            const auto button = random.bounded(5) == 0 ? Qt::RightButton : Qt::LeftButton;
            const int to = random.bounded(visible.first, visible.last + 1);
            const bool drag = button == Qt::LeftButton && random.bounded(3) == 0;
            for (QAbstractItemView *view : {static_cast<QAbstractItemView *>(&mine),
                                            static_cast<QAbstractItemView *>(&theirs)}) {
                const auto place = [&](int at) {
                    QPoint point = view->visualRect(model.index(at, column)).center();
                    point.setY(std::clamp(point.y(), 20, view->viewport()->height() - 20));
                    return point;
                };
                if (drag) {
                    QTest::mousePress(view->viewport(), button, modifiers, place(row));
                    QMouseEvent move(QEvent::MouseMove, place(to),
                                     view->viewport()->mapToGlobal(place(to)), Qt::NoButton, button,
                                     modifiers);
                    QCoreApplication::sendEvent(view->viewport(), &move);
                    QTest::mouseRelease(view->viewport(), button, modifiers, place(to));
                } else {
                    QTest::mouseClick(view->viewport(), button, modifiers, place(row));
                }
            }
            history
                += u" | mouse %1 row %2 col %3"_s.arg(int(modifiers), 0, 16).arg(row).arg(column);
        } else {
            const int code = codes[random.bounded(12)];
            // Plain blanks and letters are told apart on purpose.
            const auto held = code == Qt::Key_Space || code == Qt::Key_A
                ? Qt::KeyboardModifiers(Qt::ControlModifier)
                : modifiers;
            QTest::keyClick(&mine, Qt::Key(code), held);
            QTest::keyClick(&theirs, Qt::Key(code), held);
            history += u" | key %1+%2"_s.arg(int(held), 0, 16).arg(code, 0, 16);
        }
        if (describe(mine) != describe(theirs))
            qWarning().noquote() << "step" << step << history.right(300);
        QCOMPARE(describe(mine), describe(theirs));
        QCOMPARE(mine.selectedRowCount(), theirs.selectionModel()->selectedRows().size());
    }
}

namespace {

/// What one sees of @p view while it is edited by keys: where one is, what is selected, what stands
/// in the editor and in the cell.
QString editingState(const QAbstractItemView &view)
{
    QStringList rows;
    for (const QModelIndex &index : view.selectionModel()->selectedRows(IdColumn))
        rows << QString::number(index.row());
    rows.sort();
    const QModelIndex current = view.currentIndex();
    QString editor = u"none"_s;
    for (const QWidget *child :
         view.viewport()->findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
        const QVariant text = child->property("text");
        const QVariant plain = child->property("plainText");
        if (child->isVisible() && (text.isValid() || plain.isValid()))
            editor = (text.isValid() ? text : plain).toString();
    }
    return u"row %1 column %2 cell %3 editor %4 selected %5"_s.arg(current.row())
        .arg(current.column())
        .arg(current.data().toString(), editor, rows.join(u','));
}

/// Types @p keys into @p view or its open editor. @returns the state after each
QStringList typeInto(QAbstractItemView &view,
                     const QList<std::pair<int, Qt::KeyboardModifiers>> &keys)
{
    QStringList states;
    const QAbstractItemModel &model = *view.model();
    const QModelIndex first = model.index(0, IdColumn);
    const QModelIndex last = model.index(model.rowCount() - 1, ColumnCount - 1);
    for (const auto &[key, modifiers] : keys) {
        // At the ends ours stays; QTableView goes from the first cell to the last.
        if ((key == Qt::Key_Tab && view.currentIndex() == last)
            || (key == Qt::Key_Backtab && view.currentIndex() == first)) {
            states << editingState(view);
            continue;
        }
        QWidget *target = QApplication::focusWidget() ? QApplication::focusWidget() : &view;
        QTest::keyClick(target, Qt::Key(key), modifiers);
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        states << editingState(view);
    }
    return states;
}

} // namespace

void TestRecordTableView::editingDoesWhatTableViewDoes_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 6; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

/// F2, letters, Enter, Esc, Tab and Shift+Tab, between steps through the cells.
void TestRecordTableView::editingDoesWhatTableViewDoes()
{
    QFETCH(quint32, seed);
    constexpr int rows = 12;
    const auto fill = [](QStandardItemModel &model) {
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < ColumnCount; ++column) {
                const QModelIndex index = model.index(row, column);
                model.setData(index, u"%1.%2"_s.arg(row).arg(column));
                model.setData(index, true, CellLoadedRole);
            }
            model.item(row, MarkColumn)->setEditable(false);
        }
    };
    QList<std::pair<int, Qt::KeyboardModifiers>> keys;
    QRandomGenerator random(seed);
    const int steps[]{Qt::Key_Up,   Qt::Key_Down, Qt::Key_Left,   Qt::Key_Right,
                      Qt::Key_Home, Qt::Key_End,  Qt::Key_PageUp, Qt::Key_PageDown};
    for (int edit = 0; edit < 25; ++edit) {
        for (int step = random.bounded(4); step > 0; --step)
            keys.append({steps[random.bounded(8)],
                         random.bounded(3) == 0 ? Qt::ShiftModifier : Qt::NoModifier});
        const int cells = random.bounded(3);
        // With several selected ours keeps them along the row, for Ctrl+Enter to fill: one, then.
        if (cells > 0)
            keys.append({{Qt::Key_Left, Qt::NoModifier}, {Qt::Key_Right, Qt::NoModifier}});
        keys.append({Qt::Key_F2, Qt::NoModifier});
        // Tab keeps, and edits the next cell.
        for (int cell = cells; cell >= 0; --cell) {
            for (int letter = random.bounded(3); letter > 0; --letter)
                keys.append({Qt::Key_A + int(random.bounded(26)), Qt::NoModifier});
            if (cell > 0)
                keys.append(random.bounded(2) == 0
                                ? std::pair(int(Qt::Key_Tab), Qt::KeyboardModifiers())
                                : std::pair(int(Qt::Key_Backtab),
                                            Qt::KeyboardModifiers(Qt::ShiftModifier)));
        }
        keys.append({random.bounded(3) == 0 ? Qt::Key_Escape : Qt::Key_Return, Qt::NoModifier});
        // After Tab over the end of a row QTableView selects from where one was before.
        if (cells > 0)
            keys.append({{Qt::Key_Left, Qt::NoModifier}, {Qt::Key_Right, Qt::NoModifier}});
    }
    const auto run = [&](QAbstractItemView &view, QStandardItemModel &model) {
        view.resize(700, 330);
        view.show();
        if (!QTest::qWaitForWindowActive(&view))
            qFatal("no window");
        view.setFocus();
        view.setCurrentIndex(model.index(rows / 2, TitleColumn));
        QStringList states = typeInto(view, keys);
        view.hide();
        return states;
    };
    QStandardItemModel mineModel(rows, ColumnCount);
    fill(mineModel);
    RecordTableView mine;
    mine.setModel(&mineModel);
    mine.setPreferredColumn(TitleColumn);
    QAction editCell; // in the window it is an action that opens the cell
    QObject::connect(&editCell, &QAction::triggered, &mine, &RecordTableView::editCurrentCell);
    editCell.setShortcut(Qt::Key_F2);
    editCell.setShortcutContext(Qt::WidgetShortcut);
    mine.addAction(&editCell);
    const QStringList ours = run(mine, mineModel);

    QStandardItemModel theirModel(rows, ColumnCount);
    fill(theirModel);
    QTableView theirs;
    theirs.setModel(&theirModel);
    theirs.setSelectionBehavior(QAbstractItemView::SelectRows);
    theirs.setTabKeyNavigation(false);
    theirs.verticalHeader()->hide();
    theirs.verticalHeader()->setDefaultSectionSize(mine.rowHeight());
    theirs.setShowGrid(false);
    theirs.setColumnHidden(MarkColumn, true);
    const QStringList expected = run(theirs, theirModel);

    QCOMPARE(ours.size(), expected.size());
    QVERIFY(expected.join(u'\n').contains(u"editor none"_s));
    for (qsizetype i = 0; i < ours.size(); ++i) {
        if (ours.at(i) != expected.at(i))
            qWarning("step %d, key %x", int(i), uint(keys.at(i).first));
        QCOMPARE(ours.at(i), expected.at(i));
    }
}

void TestRecordTableView::currentCellIsNeverInTheMarkColumn()
{
    Window window(50);
    RecordTableView &view = window.view;
    QCOMPARE(view.currentIndex(), window.model.index(0, TitleColumn));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {},
                      view.visualRect(window.model.index(3, MarkColumn)).center());
    QCOMPARE(view.currentIndex(), window.model.index(3, TitleColumn));
    QCOMPARE(view.selectedRowRanges(), (QList<RowRange>{{3, 3}}));
    window.key(Qt::Key_Home);
    QCOMPARE(view.currentIndex(), window.model.index(3, IdColumn));
    window.key(Qt::Key_Left);
    QCOMPARE(view.currentIndex(), window.model.index(3, IdColumn));
    view.setCurrentIndex(window.model.index(7, MarkColumn));
    QCOMPARE(view.currentIndex(), window.model.index(7, TitleColumn));
}

void TestRecordTableView::currentCellIsNeverInAHiddenColumn()
{
    Window window(50);
    window.view.horizontalHeader()->hideSection(TitleColumn);
    window.view.selectRow(4);
    QCOMPARE(window.view.currentIndex(), window.model.index(4, IdColumn));
    for (const int column : {IdColumn, CreatedColumn, SlugColumn})
        window.view.horizontalHeader()->hideSection(column);
    window.view.selectRow(5);
    QCOMPARE(window.view.currentIndex(), window.model.index(5, MarkColumn));
}

void TestRecordTableView::programsChoiceIgnoresModifierKeys()
{
    Window window(50);
    // An action on Shift+F8 that selects a row, while the key is still down.
    QAction action;
    action.setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F8));
    window.widget.addAction(&action);
    connect(&action, &QAction::triggered, &window.view, [&window] { window.view.selectRow(9); });
    QTest::keyPress(&window.widget, Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(window.view.selectedRowRanges(), (QList<RowRange>{{9, 9}}));
    QTest::keyRelease(&window.widget, Qt::Key_F8, Qt::ShiftModifier);
    window.key(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(window.view.selectedRowRanges(), (QList<RowRange>{{9, 10}}));
}

void TestRecordTableView::tabLeavesTheList()
{
    Window window(50);
    window.key(Qt::Key_Tab);
    QVERIFY(window.other.hasFocus());
    window.key(Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(window.view.hasFocus());
    QCOMPARE(window.view.currentIndex(), window.model.index(0, TitleColumn));
}

void TestRecordTableView::commandKeysAreLeftToActions()
{
    Window window(50);
    for (const int code : {Qt::Key_Return, Qt::Key_Space, Qt::Key_Escape, Qt::Key_Delete}) {
        QKeyEvent press(QEvent::KeyPress, code, Qt::NoModifier,
                        code == Qt::Key_Space ? u" "_s : QString());
        press.accept();
        QCoreApplication::sendEvent(&window.view, &press);
        QVERIFY2(!press.isAccepted(), qPrintable(QKeySequence(code).toString()));
    }
    QCOMPARE(window.currentId(), 50);
    QCOMPARE(window.view.selectedRowCount(), 1);
}

void TestRecordTableView::blankGoesOnWithASearchOnly()
{
    Window window(50);
    window.model.edited.insert({20, TitleColumn}, u"A day in May"_s);
    window.model.edited.insert({30, TitleColumn}, u"Aday"_s);
    int looks = 0;
    QAction look;
    look.setShortcut(QKeySequence(Qt::Key_Space));
    look.setShortcutContext(Qt::WidgetShortcut);
    window.view.addAction(&look);
    connect(&look, &QAction::triggered, this, [&looks] { ++looks; });
    window.key(Qt::Key_Space);
    QCOMPARE(looks, 1);
    window.type(u"a d"_s);
    QCOMPARE(looks, 1);
    QCOMPARE(window.currentId(), 20);
    window.key(Qt::Key_Down);
    window.key(Qt::Key_Space);
    QCOMPARE(looks, 2);
}

void TestRecordTableView::lettersFindTheNextTitle()
{
    Window window(50);
    window.model.edited.insert({40, TitleColumn}, u"Zebra"_s);
    window.model.edited.insert({30, TitleColumn}, u"zoo"_s);
    window.model.edited.insert({20, TitleColumn}, u"Über"_s);
    QSignalSpy requests(&window.view, &RecordTableView::findRequested);
    window.type(u"z"_s);
    QCOMPARE(window.currentId(), 40);
    window.type(u"z"_s); // the same letter again is the next one
    QCOMPARE(window.currentId(), 30);
    window.type(u"z"_s); // round the end
    QCOMPARE(window.currentId(), 40);
    window.key(Qt::Key_Home, Qt::ControlModifier);
    window.type(u"zo"_s);
    QCOMPARE(window.currentId(), 30);
    window.key(Qt::Key_Home, Qt::ControlModifier);
    window.view.keyboardSearch(u"ü"_s);
    QCOMPARE(window.currentId(), 20);
    QCOMPARE(window.view.selectedRowRanges(), (QList<RowRange>{{30, 30}}));
    window.type(u"q"_s); // every row was looked at
    QCOMPARE(window.currentId(), 20);
    QCOMPARE(requests.count(), 0);
}

void TestRecordTableView::searchByLettersStopsAtRowsThatAreNotHere()
{
    Window window(millions);
    window.model.loadedRows = 500;
    QSignalSpy requests(&window.view, &RecordTableView::findRequested);
    window.type(u"x"_s);
    QCOMPARE(requests.count(), 1);
    QCOMPARE(requests.first(), (QVariantList{u"x"_s, 500}));
    QCOMPARE(window.view.currentIndex().row(), 0);

    window.key(Qt::Key_Home, Qt::ControlModifier);
    window.model.loadedRows = millions;
    window.model.questions = 0;
    window.view.keyboardSearch(u"y"_s);
    QCOMPARE(requests.count(), 2);
    QCOMPARE(requests.last(), (QVariantList{u"y"_s, 1 + RecordTableView::localSearchRows}));
    QVERIFY(window.model.questions <= 2 * RecordTableView::localSearchRows);
}

void TestRecordTableView::tenMillionRowsCostWhatIsVisible()
{
    Window window(millions);
    RecordTableView &view = window.view;
    const auto visible = [&view] { return view.visibleRows().last - view.visibleRows().first + 1; };
    // Eight questions a cell, three paintings: nowhere near a walk over the rows.
    const qint64 most = qint64(visible() + 2) * ColumnCount * 8 * 3;
    QVERIFY(most < 5000);
    const auto cost = [&window](const std::function<void()> &what) {
        window.model.questions = 0;
        what();
        QCoreApplication::processEvents();
        return window.model.questions;
    };

    QCOMPARE(view.verticalScrollBar()->maximum(),
             millions - view.viewport()->height() / view.rowHeight());
    QVERIFY(cost([&] { window.key(Qt::Key_End, Qt::ControlModifier); }) <= most);
    QCOMPARE(view.currentIndex(), window.model.index(millions - 1, SlugColumn));
    QVERIFY(cost([&] { window.key(Qt::Key_A, Qt::ControlModifier); }) <= most);
    QCOMPARE(view.selectedRowCount(), qint64(millions));
    QVERIFY(cost([&] { view.viewport()->repaint(); }) <= most);
    QVERIFY(cost([&] { window.model.insertOnTop(1); }) <= most);
    QCOMPARE(view.selectedRowCount(), qint64(millions));
    QVERIFY(cost([&] { window.model.take(0, 1); }) <= most);
    QVERIFY(cost([&] { window.model.say(0, millions - 1); }) <= most);
    QVERIFY(cost([&] { window.key(Qt::Key_Home, Qt::ControlModifier); }) <= most);
    QVERIFY(cost([&] { window.key(Qt::Key_End, Qt::ControlModifier | Qt::ShiftModifier); })
            <= most);
    QCOMPARE(view.selectedRowCount(), qint64(millions));
    QVERIFY(cost([&] { view.resizeColumnToFit(TitleColumn); }) <= most);
    QVERIFY(cost([&] { view.verticalScrollBar()->setValue(millions / 2); }) <= most);
    QVERIFY(cost([&] { window.model.resetAll(); }) <= most);
    QVERIFY(cost([&] { view.setModel(&window.model); }) <= most);
}

void TestRecordTableView::paintingAsksForVisibleRowsOnly()
{
    PostsModel posts(1000);
    RecordTableView view;
    view.setModel(&posts);
    view.resize(600, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.verticalScrollBar()->setValue(500);
    view.selectAll();
    QCoreApplication::processEvents();
    posts.rowsAsked.clear();
    view.viewport()->repaint();
    const RowRange visible = view.visibleRows();
    QCOMPARE(visible.first, 500);
    QCOMPARE(posts.rowsAsked.size(), visible.last - visible.first + 1);
    QVERIFY(posts.rowsAsked.contains(visible.first) && posts.rowsAsked.contains(visible.last));
    // A changed row repaints itself alone.
    posts.rowsAsked.clear();
    posts.say(503, 503);
    QCoreApplication::processEvents();
    QCOMPARE(posts.rowsAsked, QSet<int>{503});
}

void TestRecordTableView::selectedRowsAreCountedFromRanges()
{
    Window window(millions);
    RecordTableView &view = window.view;
    const auto select = [&](int first, int last, QItemSelectionModel::SelectionFlags command) {
        view.selectionModel()->select(
            QItemSelection(window.model.index(first, 0), window.model.index(last, 0)),
            command | QItemSelectionModel::Rows);
    };
    select(10, 19, QItemSelectionModel::ClearAndSelect);
    select(20, 29, QItemSelectionModel::Select);
    select(1'000'000, 8'999'999, QItemSelectionModel::Select);
    select(2'000'000, 2'000'000, QItemSelectionModel::Deselect);
    QCOMPARE(view.selectedRowRanges(),
             (QList<RowRange>{{10, 29}, {1'000'000, 1'999'999}, {2'000'001, 8'999'999}}));
    QCOMPARE(view.selectedRowCount(), Q_INT64_C(8'000'019));
    QVERIFY(view.isRowSelected(8'999'999));
    QVERIFY(!view.isRowSelected(2'000'000));
    // Cells selected one by one by a program count as their row, once.
    view.selectionModel()->select(window.model.index(5, 1), QItemSelectionModel::ClearAndSelect);
    view.selectionModel()->select(window.model.index(5, 3), QItemSelectionModel::Select);
    QCOMPARE(view.selectedRowCount(), qint64(1));
}

void TestRecordTableView::lastRowIsWholeAtTheEnd()
{
    Window window(50);
    window.key(Qt::Key_End, Qt::ControlModifier);
    const QRect last = window.view.visualRect(window.view.currentIndex());
    QCOMPARE(last.bottom(), window.view.viewport()->rect().bottom());
    QCOMPARE(window.view.indexAt(last.center()), window.view.currentIndex());
    QCOMPARE(window.view.rowAt(last.bottom() + 1), -1);
}

void TestRecordTableView::scrollToFollowsItsHints()
{
    Window window(1000);
    RecordTableView &view = window.view;
    const int fitting = view.viewport()->height() / view.rowHeight();
    const auto at = [&](int row, QAbstractItemView::ScrollHint hint) {
        view.scrollTo(window.model.index(row, TitleColumn), hint);
        return view.verticalScrollBar()->value();
    };
    QCOMPARE(at(300, QAbstractItemView::PositionAtTop), 300);
    QCOMPARE(at(305, QAbstractItemView::EnsureVisible), 300);
    QCOMPARE(at(299, QAbstractItemView::EnsureVisible), 299);
    QCOMPARE(at(400, QAbstractItemView::EnsureVisible), 400 - fitting + 1);
    QCOMPARE(at(500, QAbstractItemView::PositionAtBottom), 500 - fitting + 1);
    const int centred = at(600, QAbstractItemView::PositionAtCenter);
    QVERIFY(centred < 600 && centred > 600 - fitting);
}

void TestRecordTableView::rowsOnTopLeaveTheViewInPlace()
{
    Window window(500);
    window.view.verticalScrollBar()->setValue(100);
    const int id = window.topId();
    window.model.insertOnTop(7);
    QCOMPARE(window.topId(), id);
    window.model.take(0, 30);
    QCOMPARE(window.topId(), id);
    window.model.append(20);
    QCOMPARE(window.topId(), id);
    // The top row itself goes: the next one takes its place.
    const int next = window.model.idAt(window.view.rowAt(0) + 1);
    window.model.take(window.view.rowAt(0), 1);
    QCOMPARE(window.topId(), next);

    window.view.scrollToBottom();
    const int bottom = window.model.idAt(window.view.visibleRows().last);
    window.model.insertOnTop(3);
    QCOMPARE(window.model.idAt(window.view.visibleRows().last), bottom);
}

void TestRecordTableView::newestRowComesIntoViewAtTheTop()
{
    Window window(500);
    window.model.insertOnTop(1);
    QCOMPARE(window.topId(), 501);
    QCOMPARE(window.currentId(), 500);
}

void TestRecordTableView::currentAndSelectionFollowTheirRows()
{
    Window window(500);
    window.view.selectRow(10);
    window.key(Qt::Key_Down, Qt::ShiftModifier);
    window.model.insertOnTop(5);
    QCOMPARE(window.currentId(), 489);
    QCOMPARE(window.view.selectedRowRanges(), (QList<RowRange>{{15, 16}}));
    window.model.take(0, 10);
    QCOMPARE(window.currentId(), 489);
    QCOMPARE(window.view.selectedRowRanges(), (QList<RowRange>{{5, 6}}));
}

void TestRecordTableView::rowBelowSucceedsTheCurrentOne()
{
    Window window(500);
    window.key(Qt::Key_Down, Qt::ShiftModifier);
    window.key(Qt::Key_Down, Qt::ShiftModifier);
    window.model.take(0, 3); // as when three marked posts are saved
    QCOMPARE(window.currentId(), 497);
    QCOMPARE(window.view.selectedRowRanges(), (QList<RowRange>{{0, 0}}));
    window.view.selectRow(100);
    window.model.take(100, 1);
    QCOMPARE(window.currentId(), 396);
    window.view.selectRow(window.model.rowCount() - 1);
    window.model.take(window.model.rowCount() - 1, 1);
    QCOMPARE(window.currentId(), 2);
    // A selection that others are still in stays what it is.
    window.view.selectRow(5);
    window.key(Qt::Key_Down, Qt::ShiftModifier);
    window.model.take(6, 1);
    QCOMPARE(window.view.currentIndex().row(), 6);
    QCOMPARE(window.view.selectedRowRanges(), (QList<RowRange>{{5, 5}}));
    window.model.take(0, window.model.rowCount());
    QVERIFY(!window.view.currentIndex().isValid());
}

void TestRecordTableView::theColumnStaysFromRowToRow()
{
    Window window(500);
    window.view.setCurrentIndex(window.model.index(10, SlugColumn));
    window.view.selectRow(20);
    QCOMPARE(window.view.currentIndex(), window.model.index(20, SlugColumn));
    window.model.take(20, 1); // the one that was current
    QCOMPARE(window.view.currentIndex(), window.model.index(20, SlugColumn));
}

void TestRecordTableView::theCurrentCellIsSeenWithTheFocusAndWithout()
{
    Window window(5);
    const auto pictureAt = [&window](int column) {
        window.view.selectionModel()->setCurrentIndex(window.model.index(0, column),
                                                      QItemSelectionModel::NoUpdate);
        return window.view.viewport()->grab().toImage();
    };
    QVERIFY(window.view.hasFocus());
    const QImage focused = pictureAt(TitleColumn);
    QVERIFY(focused != pictureAt(IdColumn));
    window.other.setFocus();
    const QImage left = pictureAt(TitleColumn);
    QVERIFY(left != pictureAt(IdColumn));
    QVERIFY(left != focused); // where the keys go is told apart from where they will go again
}

void TestRecordTableView::visibleRowsAreToldOncePerChange()
{
    Window window(500);
    QSignalSpy told(&window.view, &RecordTableView::visibleRowsChanged);
    for (int row = 1; row <= 50; ++row)
        window.view.verticalScrollBar()->setValue(row);
    QCOMPARE(told.count(), 0);
    QTRY_COMPARE(told.count(), 1);
    QCOMPARE(told.last().first().toInt(), 50);
    QCOMPARE(told.last().last().toInt(), window.view.visibleRows().last);

    window.model.insertOnTop(1); // other rows
    QTRY_COMPARE(told.count(), 2);
    window.widget.resize(700, 300);
    QTRY_COMPARE(told.count(), 3);
    window.model.resetAll(); // the same numbers, but perhaps of other rows
    QTRY_COMPARE(told.count(), 4);
    window.view.setModel(nullptr);
    QTRY_COMPARE(told.count(), 5);
    QCOMPARE(told.last(), (QVariantList{0, -1}));
}

void TestRecordTableView::currentRowIsToldWhenTheRecordChanges()
{
    Window window(50);
    QSignalSpy told(&window.view, &RecordTableView::currentRowChanged);
    window.key(Qt::Key_Left); // another cell of the same row
    window.model.insertOnTop(3); // the same record, further down
    QCOMPARE(told.count(), 0);
    window.key(Qt::Key_Down);
    QCOMPARE(told.count(), 1);
    QCOMPARE(told.last().first().toModelIndex().row(), 4);
    window.model.take(4, 1);
    QCOMPARE(told.count(), 2);
    window.model.resetAll();
    QCOMPARE(told.count(), 3);
    QVERIFY(!told.last().first().toModelIndex().isValid());
}

void TestRecordTableView::rowHeightFollowsTheFont()
{
    Window window(500);
    window.view.verticalScrollBar()->setValue(100);
    const int before = window.view.rowHeight();
    const int mark = window.view.horizontalHeader()->sectionSize(MarkColumn);
    QFont font = window.view.font();
    font.setPointSize(font.pointSize() * 2);
    window.view.setFont(font);
    QTRY_VERIFY(window.view.rowHeight() > before * 3 / 2);
    QVERIFY(window.view.rowHeight() > QFontMetrics(font).height());
    QVERIFY(window.view.horizontalHeader()->sectionSize(MarkColumn) > mark);
    QCOMPARE(window.view.rowAt(0), 100);
    QCOMPARE(window.view.sizeHintForRow(3), window.view.rowHeight());
}

void TestRecordTableView::columnIsSizedByVisibleRows()
{
    Window window(500);
    window.model.edited.insert({1, TitleColumn}, QString(300, u'W')); // at the far end
    const int narrow = window.view.sizeHintForColumn(TitleColumn);
    QVERIFY(narrow < 300);
    window.view.scrollToBottom();
    QVERIFY(window.view.sizeHintForColumn(TitleColumn) > 1000);
    window.view.resizeColumnToFit(TitleColumn);
    QCOMPARE(window.view.horizontalHeader()->sectionSize(TitleColumn),
             window.view.viewport()->width());
}

void TestRecordTableView::columnsKeepTheirWidthsWhenTheModelIsReset()
{
    Window window(50);
    QHeaderView *header = window.view.horizontalHeader();
    header->resizeSection(TitleColumn, 321);
    header->hideSection(CreatedColumn);
    header->moveSection(SlugColumn, IdColumn);
    const QByteArray state = header->saveState();
    window.model.resetAll();
    QCOMPARE(header->saveState(), state);
    QCOMPARE(header->sectionResizeMode(MarkColumn), QHeaderView::Fixed);
}

void TestRecordTableView::menuKeyAsksAtTheCurrentCell()
{
    Window window(500);
    QSignalSpy asked(&window.view, &RecordTableView::contextMenuRequested);
    window.view.selectRow(3);
    const QPoint corner = window.view.viewport()->mapToGlobal(
        window.view.visualRect(window.view.currentIndex()).bottomLeft());
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, QPoint(1, 1), QPoint(1, 1));
    QCoreApplication::sendEvent(window.view.viewport(), &byKey);
    QCOMPARE(asked.value(0).value(0).toPoint(), corner);
    QContextMenuEvent byMouse(QContextMenuEvent::Mouse, QPoint(9, 9), QPoint(99, 98));
    QCoreApplication::sendEvent(window.view.viewport(), &byMouse);
    QCOMPARE(asked.value(1).value(0).toPoint(), QPoint(99, 98));
}

void TestRecordTableView::placeholderIsPaintedWhileThereAreNoRows()
{
    RecordTableView view;
    PostsModel model(0);
    view.setModel(&model);
    view.resize(400, 200);
    const QImage empty = view.viewport()->grab().toImage();
    view.setPlaceholderText(u"No posts yet"_s);
    QVERIFY(view.viewport()->grab().toImage() != empty);
    QCOMPARE(view.visibleRows(), RowRange());
    QCOMPARE(view.selectedRowCount(), qint64(0));
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, 'a');
    QVERIFY(!view.currentIndex().isValid());
}

void TestRecordTableView::retitlingARunOfPosts()
{
    Window window(500);
    window.key(Qt::Key_F2);
    QVERIFY(window.editor() && window.editor()->hasFocus());
    QCOMPARE(window.editor()->selectedText(), u"Post number 500"_s);
    window.type(u"Five hundred"_s);
    window.key(Qt::Key_Down);
    QCOMPARE(window.title(500), u"Five hundred"_s);
    QCOMPARE(window.currentId(), 499);
    QVERIFY(window.view.hasCellEditor());
    auto *second = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(second);
    QCOMPARE(second->selectedText(), u"Post number 499"_s);
    window.type(u"Four ninety-nine"_s);
    window.key(Qt::Key_Tab);
    QCOMPARE(window.title(499), u"Four ninety-nine"_s);
    QVERIFY(window.view.hasCellEditor());
    window.key(Qt::Key_Escape);
    QVERIFY(!window.view.hasCellEditor());
    QVERIFY(window.view.hasFocus());
    QCOMPARE(window.title(499), u"Four ninety-nine"_s);
    QCOMPARE(window.model.writes, 2);
    // The selection starts anew from where editing ended.
    window.key(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(window.view.selectedRowRanges(), (QList<RowRange>{{1, 2}}));
}

void TestRecordTableView::enterKeepsAndStays()
{
    Window window(50);
    QAction open;
    open.setShortcut(QKeySequence(Qt::Key_Return));
    open.setShortcutContext(Qt::WidgetShortcut);
    window.view.addAction(&open);
    QSignalSpy opened(&open, &QAction::triggered);
    window.key(Qt::Key_F2);
    window.type(u"Mine"_s);
    window.key(Qt::Key_Return);
    QCOMPARE(window.title(50), u"Mine"_s);
    QVERIFY(!window.view.hasCellEditor());
    QVERIFY(window.view.hasFocus());
    QCOMPARE(window.currentId(), 50);
    QCOMPARE(opened.count(), 0);
    window.key(Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
}

void TestRecordTableView::escapeDropsThatCellOnly()
{
    Window window(50);
    QAction leave;
    leave.setShortcut(QKeySequence(Qt::Key_Escape)); // the window's, while the cell has its own
    window.widget.addAction(&leave);
    QSignalSpy left(&leave, &QAction::triggered);
    window.key(Qt::Key_F2);
    window.type(u"Mine"_s);
    window.key(Qt::Key_Escape);
    QCOMPARE(window.title(50), u"Post number 50"_s);
    QCOMPARE(window.model.writes, 0);
    QVERIFY(!window.view.hasCellEditor());
    QVERIFY(window.view.hasFocus());
    QCOMPARE(left.count(), 0);
}

void TestRecordTableView::tabSkipsCellsThatCannotBeEdited()
{
    Window window(50);
    window.key(Qt::Key_F2);
    window.key(Qt::Key_Tab);
    QCOMPARE(window.view.currentIndex(), window.model.index(0, SlugColumn));
    QVERIFY(window.view.hasCellEditor());
    window.key(Qt::Key_Tab);
    QCOMPARE(window.view.currentIndex(), window.model.index(1, TitleColumn));
    QVERIFY(window.view.hasCellEditor());
    window.key(Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(window.view.currentIndex(), window.model.index(0, SlugColumn));
    QCOMPARE(window.view.selectedRowRanges(), (QList<RowRange>{{0, 0}}));
    QCOMPARE(window.model.writes, 0);
}

void TestRecordTableView::downPassesOverLockedRows()
{
    Window window(millions);
    window.model.locked = {millions - 1, millions - 2};
    window.key(Qt::Key_F2);
    window.key(Qt::Key_Down);
    QCOMPARE(window.view.currentIndex().row(), 3);
    QVERIFY(window.view.hasCellEditor());
    // A row that is not here yet: go there, and wait without an editor.
    window.model.loadedRows = 4;
    window.key(Qt::Key_Down);
    QCOMPARE(window.view.currentIndex().row(), 4);
    QVERIFY(!window.view.hasCellEditor());
}

void TestRecordTableView::stepsEndAtTheEdges()
{
    Window window(3);
    for (const int code : {Qt::Key_Up, Qt::Key_Backtab}) {
        window.view.selectRow(0);
        window.key(Qt::Key_F2);
        window.type(u"T%1"_s.arg(code % 10));
        window.key(code, code == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
        QCOMPARE(window.title(3), u"T%1"_s.arg(code % 10));
        QVERIFY(!window.view.hasCellEditor());
        QVERIFY(window.view.hasFocus());
        QCOMPARE(window.currentId(), 3);
    }
}

void TestRecordTableView::ctrlEnterFillsTheSelection()
{
    Window window(50);
    QSignalSpy fills(&window.view, &RecordTableView::fillSelectionRequested);
    window.key(Qt::Key_Down, Qt::ShiftModifier);
    window.key(Qt::Key_Down, Qt::ShiftModifier);
    window.key(Qt::Key_F2);
    window.key(Qt::Key_Tab); // along the row the selection stays
    QCOMPARE(window.view.selectedRowCount(), qint64(3));
    window.type(u"same"_s);
    window.key(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(fills.count(), 1);
    QCOMPARE(fills.first().first().toModelIndex(), window.model.index(2, SlugColumn));
    QCOMPARE(fills.first().at(1).toString(), u"same"_s);
    QVERIFY(fills.first().at(2).toBool());
    QCOMPARE(window.model.text(48, SlugColumn), u"same"_s);
    QCOMPARE(window.view.selectedRowCount(), qint64(3));
    QVERIFY(!window.view.hasCellEditor());
    QVERIFY(window.view.hasFocus());
}

void TestRecordTableView::saveTakesWhatIsInTheCell()
{
    Window window(50);
    QVERIFY(!window.view.commitCellEditor());
    window.key(Qt::Key_F2);
    window.type(u"Saved"_s);
    QVERIFY(window.view.commitCellEditor());
    QCOMPARE(window.title(50), u"Saved"_s);
    QVERIFY(!window.view.hasCellEditor());
    QVERIFY(window.view.hasFocus());
    // Leaving for another widget keeps it, too.
    window.key(Qt::Key_F2);
    window.type(u"Left"_s);
    window.other.setFocus();
    QCOMPARE(window.title(50), u"Left"_s);
    QVERIFY(!window.view.hasCellEditor());
}

void TestRecordTableView::untouchedCellIsNotWritten_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << u"Hello"_s;
    QTest::newRow("empty") << QString();
    QTest::newRow("line ends") << u"a\r\nb\nc\rd"_s;
    QTest::newRow("NUL and controls") << QString(u"a\0b\x01\x7F"_s);
    QTest::newRow("no-break space, separators") << u"a\u00A0b\u2028c\u2029d\uFFFC"_s;
    QTest::newRow("right to left, emoji, combining") << u"שלום 👩‍💻 e\u0301"_s;
    QTest::newRow("40 000 characters") << QString(40'000, u'x');
}

void TestRecordTableView::untouchedCellIsNotWritten()
{
    QFETCH(QString, text);
    Window window(50);
    window.model.edited.insert({50, TitleColumn}, text);
    window.key(Qt::Key_F2);
    window.key(Qt::Key_Return);
    QCOMPARE(window.model.writes, 0);
    // Typed and taken back is not a change either.
    window.key(Qt::Key_F2);
    window.key(Qt::Key_End);
    window.type(u"y"_s);
    window.key(Qt::Key_Backspace);
    window.key(Qt::Key_Return);
    QCOMPARE(window.model.writes, 0);
    // Something typed at the end changes nothing else.
    window.key(Qt::Key_F2);
    window.key(Qt::Key_End);
    window.type(u"y"_s);
    window.key(Qt::Key_Return);
    QCOMPARE(window.model.writes, 1);
    QCOMPARE(window.title(50), text + u'y');
}

void TestRecordTableView::anyLengthCanBeTyped()
{
    Window window(50);
    window.key(Qt::Key_F2);
    const QString text(70'000, u'w');
    window.editor()->insert(text);
    window.key(Qt::Key_Return);
    QCOMPARE(window.title(50), text);
}

void TestRecordTableView::editorOpensInTheTitleIfTheCellCannotBeEdited()
{
    Window window(50);
    window.key(Qt::Key_Home);
    window.key(Qt::Key_F2);
    QCOMPARE(window.view.currentIndex(), window.model.index(0, TitleColumn));
    QVERIFY(window.view.hasCellEditor());
    window.key(Qt::Key_Escape);
    window.key(Qt::Key_Home);
    QVERIFY(window.view.editCurrentCell());
    QCOMPARE(window.view.currentIndex(), window.model.index(0, TitleColumn));
    window.key(Qt::Key_Escape);
    window.model.locked = {50};
    QVERIFY(!window.view.editCurrentCell());
    window.model.edited.insert({49, TitleColumn},
                               QString(RecordDelegate::longestEditedText + 1, u'x'));
    window.view.selectRow(1);
    QVERIFY(!window.view.editCurrentCell());
    QVERIFY(window.view.hasFocus());
}

void TestRecordTableView::dataFromOutsideLeavesTypingAlone()
{
    Window window(50);
    window.key(Qt::Key_F2);
    window.model.edited.insert({50, TitleColumn}, u"Web"_s);
    window.model.say(0, 49); // nothing typed yet: the editor shows what is there now
    QCOMPARE(window.editor()->text(), u"Web"_s);
    QCOMPARE(window.editor()->selectedText(), u"Web"_s);
    window.type(u"Mine"_s);
    window.model.edited.insert({50, TitleColumn}, u"Web again"_s);
    window.model.say(0, 49);
    QCOMPARE(window.editor()->text(), u"Mine"_s);
    window.key(Qt::Key_Return);
    QCOMPARE(window.title(50), u"Mine"_s);
}

void TestRecordTableView::typingIsHandedOverBeforeItsRowGoes()
{
    Window window(50);
    QSignalSpy interrupted(&window.view, &RecordTableView::typingInterrupted);
    window.key(Qt::Key_F2);
    window.type(u"Mine"_s);
    window.model.take(0, 1);
    QCOMPARE(interrupted.count(), 1);
    QCOMPARE(interrupted.last().last().toString(), u"Mine"_s);
    QVERIFY(!window.view.hasCellEditor());
    QVERIFY(window.view.hasFocus());
    window.view.selectRow(0);
    window.key(Qt::Key_F2);
    window.type(u"Also mine"_s);
    window.model.resetAll();
    QCOMPARE(interrupted.count(), 2);
    QVERIFY(window.view.hasFocus());
    QCOMPARE(window.model.writes, 0);
}

void TestRecordTableView::openEditorSurvivesRemovalOfOtherRows()
{
    Window window(50);
    window.view.selectRow(5);
    window.key(Qt::Key_F2);
    window.type(u"Mine"_s);
    window.model.take(7, 2);
    window.model.take(0, 2);
    window.model.insertOnTop(1);
    QVERIFY(window.view.hasCellEditor());
    QCOMPARE(window.editor()->geometry().top(),
             window.view.visualRect(window.model.index(4, TitleColumn)).top());
    window.key(Qt::Key_Down);
    QCOMPARE(window.title(45), u"Mine"_s);
    QCOMPARE(window.currentId(), 44);
    QVERIFY(window.view.hasCellEditor());
}

void TestRecordTableView::screenReadersGetCellsWithoutAWalk()
{
    Window window(millions);
    window.view.selectAll();
    window.model.questions = 0;
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(&window.view);
    QVERIFY(table);
    QCOMPARE(table->role(), QAccessible::Table);
    QAccessibleTableInterface *cells = table->tableInterface();
    QVERIFY(cells);
    QCOMPARE(cells->rowCount(), millions);
    QCOMPARE(cells->columnCount(), int(ColumnCount));
    QCOMPARE(table->childCount(), RecordTableAccessible::mostChildren);
    QCOMPARE(cells->selectedRowCount(), millions);
    QVERIFY(cells->isRowSelected(millions - 1));
    QVERIFY(cells->selectedCells().size() <= RecordTableAccessible::longestList);
    QVERIFY(cells->selectedRows().size() <= RecordTableAccessible::longestList);

    QAccessibleInterface *cell = cells->cellAt(millions - 2, TitleColumn);
    QVERIFY(cell);
    QCOMPARE(cell->text(QAccessible::Name), u"Post number 2"_s);
    QCOMPARE(cell->role(), QAccessible::Cell);
    QVERIFY(cell->state().selected);
    QVERIFY(cell->state().offscreen);
    QCOMPARE(cell->parent(), table);
    QCOMPARE(cell->tableCellInterface()->rowIndex(), millions - 2);
    QCOMPARE(table->child(table->indexOfChild(cell)), cell);
    QAccessibleInterface *header = cell->tableCellInterface()->columnHeaderCells().value(0);
    QVERIFY(header);
    QCOMPARE(header->role(), QAccessible::ColumnHeader);
    QCOMPARE(table->indexOfChild(header), int(TitleColumn));
    QCOMPARE(table->child(TitleColumn), header);

    QVERIFY(!cells->cellAt(-1, 0));
    QVERIFY(!cells->cellAt(millions, 0));
    QVERIFY(!table->child(-1));
    const QPoint place = window.view.viewport()->mapToGlobal(
        window.view.visualRect(window.model.index(2, SlugColumn)).center());
    QCOMPARE(table->childAt(place.x(), place.y()), cells->cellAt(2, SlugColumn));
    QCOMPARE(table->focusChild(), cells->cellAt(0, TitleColumn));
    QVERIFY(cells->unselectRow(4));
    QCOMPARE(window.view.selectedRowCount(), qint64(millions - 1));
    for (int row = 0; row < 3 * RecordTableAccessible::keptCells; ++row)
        QVERIFY(cells->cellAt(row, TitleColumn)->isValid());
    QVERIFY(window.model.questions < 1000);
    window.key(Qt::Key_Down);
}

void TestRecordTableView::screenReadersKeepCellsOfRowsThatMove()
{
    Window window(50);
    QAccessibleTableInterface *cells
        = QAccessible::queryAccessibleInterface(&window.view)->tableInterface();
    QAccessibleInterface *cell = cells->cellAt(3, TitleColumn);
    const QAccessible::Id id = QAccessible::uniqueId(cell);
    window.model.insertOnTop(2);
    QCOMPARE(cells->cellAt(5, TitleColumn), cell);
    QCOMPARE(cell->text(QAccessible::Name), u"Post number 47"_s);
    window.model.take(5, 1);
    // The offscreen platform has nobody who listens, so Qt's event is made here.
    const QAccessibleInterface *left = QAccessible::accessibleInterface(id);
    QVERIFY(!left || !left->isValid());
    QAccessibleTableModelChangeEvent removed(&window.view,
                                             QAccessibleTableModelChangeEvent::RowsRemoved);
    cells->modelChange(&removed);
    QVERIFY(!QAccessible::accessibleInterface(id));
    window.model.resetAll();
    QVERIFY(cells->cellAt(0, TitleColumn));
    window.view.setModel(nullptr);
    QVERIFY(!cells->cellAt(0, TitleColumn));
    QCOMPARE(cells->rowCount(), 0);
}

QTEST_MAIN(TestRecordTableView)
#include "tst_recordtableview.moc"

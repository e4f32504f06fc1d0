// SPDX-License-Identifier: MIT
#include "ui/help/helpwindow.h"

#include "ui/common/palettes.h"
#include "ui/help/helpbrowser.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScreen>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalBlocker>
#include <QTextBlock>
#include <QTextDocument>
#include <QToolButton>
#include <QTreeWidget>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr QSize usualSize(118, 42); ///< characters and lines
constexpr QSize leastSize(640, 480); ///< however small the window is that it belongs to
constexpr int treeColumns = 30; ///< characters
constexpr int textColumns = 44; ///< that a page wants beside the tree, else the tree goes
constexpr int sectionRole = Qt::UserRole + 1; ///< the heading an entry of the tree leads to

const auto hereLink = u"#here"_s; ///< to the keys of the place

} // namespace

HelpWindow::HelpWindow(QWidget *parent)
    : QDialog(parent)
    , m_back(new QToolButton(this))
    , m_forward(new QToolButton(this))
    , m_search(new QLineEdit(this))
    , m_status(new QLabel(this))
    , m_tree(new QTreeWidget(this))
    , m_text(new HelpBrowser(this))
{
    setObjectName(u"helpDialog"_s);
    const QSize wanted(usualSize.width() * fontMetrics().averageCharWidth(),
                       usualSize.height() * fontMetrics().lineSpacing());
    const QSize room = parent ? parent->window()->size().expandedTo(leastSize) : wanted;
    resize(wanted.boundedTo(room).boundedTo(screen()->availableSize()));

    const auto addButton = [this](QToolButton *button, const QString &name, const QString &text,
                                  QKeySequence::StandardKey key, Qt::ArrowType arrow, int step) {
        button->setObjectName(name);
        button->setArrowType(arrow);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        const QKeySequence first = QKeySequence::keyBindings(key).value(0);
        button->setToolTip(u"%1 (%2)"_s.arg(text, first.toString(QKeySequence::NativeText)));
        button->setAccessibleName(text);
        connect(button, &QToolButton::clicked, this, [this, step] { go(step); });
        connect(new QShortcut(first, this), &QShortcut::activated, this,
                [this, step] { go(step); });
    };
    // Back is where reading comes from.
    const bool isMirrored = isRightToLeft();
    addButton(m_back, u"helpBack"_s, tr("Back"), QKeySequence::Back,
              isMirrored ? Qt::RightArrow : Qt::LeftArrow, -1);
    addButton(m_forward, u"helpForward"_s, tr("Forward"), QKeySequence::Forward,
              isMirrored ? Qt::LeftArrow : Qt::RightArrow, 1);

    m_search->setObjectName(u"helpSearch"_s);
    m_search->setAccessibleName(tr("Search the manual"));
    m_search->setPlaceholderText(tr("Search the manual (Ctrl+F)"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, this, &HelpWindow::search);
    connect(new QShortcut(QKeySequence(QKeySequence::Find), this), &QShortcut::activated, this,
            [this] {
                m_search->setFocus(Qt::ShortcutFocusReason);
                m_search->selectAll();
            });
    connect(new QShortcut(QKeySequence(Qt::Key_F3), this), &QShortcut::activated, this,
            [this] { findNext(1); });
    connect(new QShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F3), this), &QShortcut::activated, this,
            [this] { findNext(-1); });
    m_status->setObjectName(u"helpStatus"_s);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setForegroundRole(QPalette::PlaceholderText);

    m_tree->setObjectName(u"helpContents"_s);
    m_tree->setAccessibleName(tr("Chapters"));
    m_tree->setHeaderHidden(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem *item) {
        if (!item)
            return;
        visit({item->data(0, Qt::UserRole).toString(), {}, 0});
        goToHeading(item->data(0, sectionRole).toString());
    });

    m_text->setObjectName(u"helpText"_s);
    connect(m_text, &QTextBrowser::anchorClicked, this, &HelpWindow::follow);

    auto *line = new QHBoxLayout;
    line->setContentsMargins(8, 6, 8, 6);
    line->addWidget(m_back);
    line->addWidget(m_forward);
    line->addWidget(m_search, 1);
    line->addWidget(m_status);
    auto *parts = new QHBoxLayout;
    parts->setSpacing(1);
    parts->addWidget(m_tree);
    parts->addWidget(m_text, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(line);
    column->addLayout(parts, 1);
    setTabOrder(m_text, m_tree);
    setTabOrder(m_tree, m_back);
    setTabOrder(m_back, m_forward);
    setTabOrder(m_forward, m_search);
    layOut();
}

void HelpWindow::setManual(const Manual &manual, const QString &language)
{
    m_manual = manual;
    m_language = language;
    m_plain.clear();
    fillTree();
}

void HelpWindow::showChapter(const QString &chapter, const QString &here)
{
    m_search->clear();
    show();
    raise();
    activateWindow();
    visit({chapter, here, 0});
    m_text->setFocus(Qt::PopupFocusReason);
}

QString HelpWindow::page() const
{
    return m_at < 0 ? QString() : m_visits.at(m_at).page;
}

QString HelpWindow::text() const
{
    return m_text->toPlainText();
}

// ----------------------------------------------------------------------------------- from page to page

void HelpWindow::fillTree()
{
    const QSignalBlocker blocker(m_tree);
    m_tree->clear();
    for (const ManualChapter &chapter : m_manual.chapters()) {
        auto *item = new QTreeWidgetItem(m_tree, {chapter.title});
        item->setData(0, Qt::UserRole, chapter.id);
        for (const QString &section : chapter.sections) {
            auto *below = new QTreeWidgetItem(item, {section});
            below->setData(0, Qt::UserRole, chapter.id);
            below->setData(0, sectionRole, section);
        }
    }
}

void HelpWindow::visit(const Visit &visit)
{
    if (m_at >= 0) {
        if (visit.page == page() && visit.here == m_visits.at(m_at).here)
            return render();
        m_visits[m_at].scroll = m_text->verticalScrollBar()->value();
        m_visits.resize(m_at + 1); // what was ahead is not the way from here
    }
    m_visits.append(visit);
    m_at = m_visits.size() - 1;
    render();
}

void HelpWindow::go(int step)
{
    const qsizetype wanted = m_at + step;
    if (wanted < 0 || wanted >= m_visits.size())
        return;
    m_visits[m_at].scroll = m_text->verticalScrollBar()->value();
    m_at = wanted;
    render();
    m_text->verticalScrollBar()->setValue(m_visits.at(m_at).scroll);
    m_text->setFocus(Qt::OtherFocusReason);
}

void HelpWindow::render()
{
    if (m_at < 0)
        return;
    const Visit &visit = m_visits.at(m_at);
    QString markdown;
    QString title = tr("Contents");
    if (const ManualChapter *chapter = m_manual.chapter(visit.page)) {
        title = chapter->title;
        markdown = chapter->markdown;
        if (!visit.here.isEmpty()) {
            // Behind the heading, for those who want a key and no story.
            const qsizetype end = markdown.indexOf(u'\n') + 1;
            markdown.insert(end, u"\n[%1](%2)\n"_s.arg(tr("The keys that work here"), hereLink));
            markdown += u"\n## %1\n\n"_s.arg(tr("The keys that work here")) + visit.here;
        }
    } else {
        markdown = u"# %1\n\n"_s.arg(tr("Postdesk: the manual"));
        for (const ManualChapter &each : m_manual.chapters())
            markdown += u"- [%1](%2.md)\n"_s.arg(each.title, each.id);
    }
    m_text->setPage(markdown, m_language);
    m_text->setAccessibleName(tr("Manual: %1").arg(title));
    //: The title of the manual's window: the chapter
    setWindowTitle(tr("%1 — Manual").arg(title));
    markHits();
    updateControls();
}

void HelpWindow::follow(const QUrl &link)
{
    if (link.toString() == hereLink)
        return goToHeading(tr("The keys that work here"));
    const QString file = link.toString();
    if (file.endsWith(".md"_L1) && m_manual.chapter(file.chopped(3)))
        visit({file.chopped(3), {}, 0});
}

void HelpWindow::goToHeading(const QString &heading)
{
    if (heading.isEmpty())
        return;
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() < 2 || block.text() != heading)
            continue;
        QTextCursor cursor(block);
        m_text->setTextCursor(cursor);
        // To the top of the page, not just into it.
        const int top = m_text->cursorRect(cursor).top();
        m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->value() + top - 12);
        return;
    }
}

void HelpWindow::updateControls()
{
    m_back->setEnabled(m_at > 0);
    m_forward->setEnabled(m_at + 1 < m_visits.size());
    const QSignalBlocker blocker(m_tree);
    const QTreeWidgetItem *now = m_tree->currentItem();
    if (now && now->data(0, Qt::UserRole).toString() == page())
        return;
    m_tree->setCurrentItem(nullptr);
    m_tree->collapseAll();
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        QTreeWidgetItem *item = m_tree->topLevelItem(i);
        if (item->data(0, Qt::UserRole).toString() != page())
            continue;
        m_tree->setCurrentItem(item);
        item->setExpanded(true);
    }
}

// ---------------------------------------------------------------------------------------- searching

int HelpWindow::hitsIn(const QString &id)
{
    const QString wanted = m_search->text().trimmed();
    const ManualChapter *chapter = m_manual.chapter(id);
    if (wanted.isEmpty() || !chapter)
        return 0;
    if (!m_plain.contains(id)) { // nobody has searched yet
        QTextDocument document;
        document.setMarkdown(chapter->markdown);
        m_plain.insert(id, document.toPlainText());
    }
    return int(m_plain.value(id).count(wanted, Qt::CaseInsensitive));
}

void HelpWindow::search(const QString &text)
{
    if (text.trimmed().isEmpty()) {
        m_status->clear();
        return markHits();
    }
    int places = 0;
    QString first;
    for (const ManualChapter &chapter : m_manual.chapters()) {
        const int hits = hitsIn(chapter.id);
        places += hits;
        if (hits > 0 && first.isEmpty())
            first = chapter.id;
    }
    m_status->setText(places == 0 ? tr("Not in the manual") : tr("%Ln place(s)", nullptr, places));
    if (places > 0 && hitsIn(page()) == 0)
        visit({first, {}, 0});
    m_text->moveCursor(QTextCursor::Start);
    if (places > 0)
        m_text->find(text.trimmed());
    markHits();
}

/// The next place with the words, on this page or on the next one that has them.
void HelpWindow::findNext(int step)
{
    const QString wanted = m_search->text().trimmed();
    const auto flags = step < 0 ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (wanted.isEmpty() || m_text->find(wanted, flags))
        return;
    const QList<ManualChapter> &chapters = m_manual.chapters();
    const auto here = std::ranges::find(chapters, page(), &ManualChapter::id);
    const qsizetype from = here == chapters.end() ? -1 : here - chapters.begin();
    for (qsizetype i = 1; i <= chapters.size(); ++i) {
        const qsizetype at = (from + step * i + 2 * chapters.size()) % chapters.size();
        if (hitsIn(chapters.at(at).id) == 0)
            continue;
        visit({chapters.at(at).id, {}, 0});
        m_text->moveCursor(step < 0 ? QTextCursor::End : QTextCursor::Start);
        m_text->find(wanted, flags);
        return;
    }
}

void HelpWindow::markHits()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QString wanted = m_search->text().trimmed();
    QTextCursor cursor(m_text->document());
    while (!wanted.isEmpty()) {
        cursor = m_text->document()->find(wanted, cursor);
        if (cursor.isNull())
            break;
        QTextEdit::ExtraSelection mark;
        mark.cursor = cursor;
        mark.format.setBackground(foundColor(palette()));
        marks << mark;
    }
    m_text->setExtraSelections(marks);
}

// ------------------------------------------------------------------------------------------ its events

void HelpWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        m_text->setFocus(Qt::OtherFocusReason);
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_search->hasFocus())
        return findNext(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
    QDialog::keyPressEvent(event);
}

void HelpWindow::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        layOut();
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        const int scroll = m_text->verticalScrollBar()->value();
        render(); // its pictures are of another size or theme
        m_text->verticalScrollBar()->setValue(scroll);
    }
}

void HelpWindow::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    layOut();
    if (event->size().width() != event->oldSize().width())
        render();
}

/// The tree shows where there is room for it and for a page.
void HelpWindow::layOut()
{
    const int character = fontMetrics().averageCharWidth();
    m_tree->setFixedWidth(treeColumns * character);
    m_tree->setVisible(width() >= (treeColumns + textColumns) * character);
}

} // namespace ui

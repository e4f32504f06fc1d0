// SPDX-License-Identifier: MIT
#include "ui/mainwindow/textfindcontroller.h"

#include "ui/changes/edithistory.h"
#include "ui/common/palettes.h"
#include "ui/common/toast.h"
#include "ui/editor/recordeditorform.h"
#include "ui/editor/storedtextedit.h"
#include "ui/find/findbar.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/findcontroller.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QLocale>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// From this length on it waits for a pause in typing.
constexpr qsizetype longText = 200'000;

} // namespace

TextFindController::TextFindController(const Parts &parts, const Actions &actions,
                                       std::function<QWidget *()> focus, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_focus(std::move(focus))
    , m_column(parts.workspace.table().indexOf(orm::Role::Body))
{
    m_text = qobject_cast<StoredTextEdit *>(m_parts.pane.form().fieldWidget(m_column));
    const auto on = [this, &actions](QLatin1StringView id, const std::function<void()> &run) {
        connect(actions.action(id), &QAction::triggered, this, run);
    };
    on("edit.find"_L1, [this] { open(Want::Find); });
    on("edit.findNext"_L1, [this] { step(1); });
    on("edit.findPrev"_L1, [this] { step(-1); });
    on("edit.replace"_L1, [this, others = actions.action("edit.replacePosts"_L1)] {
        if (isInEditor())
            open(Want::Replace);
        else
            others->trigger();
    });
    if (!m_text)
        return;
    const FindBar *bar = &m_parts.pane.findBar();
    connect(bar, &FindBar::patternChanged, this, &TextFindController::onPatternChanged);
    connect(bar, &FindBar::stepRequested, this, &TextFindController::stepInText);
    connect(bar, &FindBar::replaceRequested, this, &TextFindController::replaceOne);
    connect(bar, &FindBar::replaceAllRequested, this, &TextFindController::replaceAll);
    connect(m_text, &QPlainTextEdit::textChanged, this, &TextFindController::onTextChanged);
    connect(m_text->verticalScrollBar(), &QScrollBar::valueChanged, &m_markTimer,
            qOverload<>(&QTimer::start));
    for (QTimer *timer : {&m_refreshTimer, &m_markTimer})
        timer->setSingleShot(true);
    m_markTimer.setInterval(20);
    connect(&m_refreshTimer, &QTimer::timeout, this, [this] {
        refresh();
        say(currentHit());
    });
    connect(&m_markTimer, &QTimer::timeout, this, &TextFindController::mark);
}

bool TextFindController::isInEditor() const
{
    return m_text && m_parts.pane.isInEditor(m_focus());
}

bool TextFindController::escape(const QWidget *focus)
{
    FindBar &bar = m_parts.pane.findBar();
    if (!m_text || !bar.isVisible())
        return false;
    const bool wasInside = bar.isAncestorOf(focus);
    bar.hide();
    mark();
    if (wasInside)
        m_text->setFocus(Qt::OtherFocusReason);
    return true;
}

void TextFindController::open(Want want)
{
    if (!isInEditor()) {
        m_parts.find.focusSearch();
        return;
    }
    FindBar &bar = m_parts.pane.findBar();
    const QString selected = m_text->textCursor().selectedText();
    const bool isOneLine = !selected.isEmpty() && selected.size() < 200
        && !selected.contains(QChar::ParagraphSeparator);
    if (isOneLine && !bar.isAncestorOf(m_focus()) && currentHit() < 0)
        bar.setText(selected);
    bar.setReadOnly(m_text->isReadOnly());
    bar.open(want == Want::Find ? FindBar::Line::Find : FindBar::Line::Replace,
             m_parts.workspace.table().columns.at(m_column).text());
    m_isStale = true;
    refresh();
    say(currentHit());
    // The bar takes its room from the form when it is laid out.
    QMetaObject::invokeMethod(&m_parts.pane.form(), &RecordEditorForm::showCaret,
                              Qt::QueuedConnection);
}

// ----------------------------------------------------------------------------------------- finding

void TextFindController::step(int by)
{
    if (isInEditor())
        stepInText(by);
    else
        stepInList(by);
}

void TextFindController::stepInText(int by)
{
    refresh();
    if (m_hits.isEmpty()) {
        if (m_parts.pane.findBar().pattern().isEmpty() && !m_parts.workspace.model().query().filter)
            open(Want::Find);
        say(-1);
        return;
    }
    const QTextCursor cursor = m_text->textCursor();
    const qsizetype last = m_hits.size() - 1;
    qsizetype next = currentHit();
    if (next >= 0) {
        next += by;
    } else if (by > 0) {
        while (++next <= last && m_hits.at(next).start < cursor.selectionStart()) {}
    } else {
        next = last;
        while (next >= 0 && m_hits.at(next).end() > cursor.selectionStart())
            --next;
    }
    next = next < 0 ? last : next > last ? 0 : next;
    select(m_hits.at(next));
    if (!m_parts.pane.findBar().isAncestorOf(m_focus()))
        m_text->setFocus(Qt::OtherFocusReason);
    say(next);
}

/// The rows that show are hits, but for those that are kept for their edits.
void TextFindController::stepInList(int by)
{
    const RecordTableModel &model = m_parts.workspace.model();
    RecordTableView &view = m_parts.pane.view();
    if (!model.query().filter) {
        m_parts.find.focusSearch();
        return;
    }
    const int count = model.rowCount();
    int row = view.currentIndex().row();
    for (int i = 0; i < count; ++i) {
        row = (row + by + count) % count;
        if (!model.index(row, 0).data(PinnedRole).toBool()) {
            view.selectRow(row);
            view.setFocus(Qt::OtherFocusReason);
            return;
        }
    }
}

void TextFindController::onPatternChanged()
{
    m_isStale = true;
    refresh();
    // As one types the first hit shows, from where the caret was.
    const qsizetype from = m_text->textCursor().selectionStart();
    qsizetype first = -1;
    for (qsizetype i = 0; i < m_hits.size() && first < 0; ++i) {
        if (m_hits.at(i).start >= from)
            first = i;
    }
    if (first < 0 && !m_hits.isEmpty())
        first = 0;
    if (first >= 0)
        select(m_hits.at(first));
    say(first);
}

void TextFindController::onTextChanged()
{
    m_isStale = true;
    if (m_parts.pane.findBar().isVisible())
        m_refreshTimer.start(m_text->document()->characterCount() < longText ? 0 : 300);
}

/// As the document counts: one character for each line end.
QString TextFindController::shownText() const
{
    QString text = m_text->document()->toRawText();
    for (QChar &character : text) {
        if (character == QChar::ParagraphSeparator || character == QChar::LineSeparator)
            character = u'\n';
    }
    return text;
}

void TextFindController::refresh()
{
    if (!m_text || !m_isStale)
        return;
    const TextPattern &pattern = m_parts.pane.findBar().pattern();
    const auto &filter = m_parts.workspace.model().query().filter;
    m_hits.clear();
    if (!pattern.isEmpty()) {
        m_isStale = false;
        m_hits = pattern.find(shownText(), m_parts.pane.findBar().replacement(), maxHits);
    } else if (const auto *search = dynamic_cast<const RowSearch *>(filter.get())) {
        // What the list was searched for; always anew, as nothing tells of another search.
        const auto found = search->hits(m_column, shownText());
        for (const auto &[start, length] : found)
            m_hits.append({start, length, {}});
    }
    mark();
}

qsizetype TextFindController::currentHit() const
{
    const QTextCursor cursor = m_text->textCursor();
    for (qsizetype i = 0; i < m_hits.size(); ++i) {
        if (m_hits.at(i).start == cursor.selectionStart()
            && m_hits.at(i).end() == cursor.selectionEnd())
            return i;
    }
    return -1;
}

void TextFindController::select(const TextPattern::Hit &hit)
{
    QTextCursor cursor = m_text->textCursor();
    cursor.setPosition(int(hit.start));
    cursor.setPosition(int(hit.end()), QTextCursor::KeepAnchor);
    m_text->setTextCursor(cursor);
    m_text->ensureCursorVisible();
    m_parts.pane.form().showCaret();
    mark();
}

void TextFindController::mark()
{
    QList<QTextEdit::ExtraSelection> marks;
    if (m_parts.pane.findBar().isVisible()) {
        const QPalette &palette = m_text->palette();
        const int first = m_text->cursorForPosition({0, 0}).block().position();
        const qsizetype current = currentHit();
        for (qsizetype i = 0; i < m_hits.size() && marks.size() < maxMarked; ++i) {
            const TextPattern::Hit &hit = m_hits.at(i);
            if (hit.end() < first || hit.end() >= m_text->document()->characterCount())
                continue;
            QTextEdit::ExtraSelection mark;
            mark.cursor = QTextCursor(m_text->document());
            mark.cursor.setPosition(int(hit.start));
            mark.cursor.setPosition(int(hit.end()), QTextCursor::KeepAnchor);
            mark.format.setBackground(i == current ? palette.color(QPalette::Highlight)
                                                   : foundColor(palette));
            mark.format.setForeground(
                palette.color(i == current ? QPalette::HighlightedText : QPalette::Text));
            marks << mark;
        }
    }
    m_text->setExtraSelections(marks);
}

void TextFindController::say(qsizetype current)
{
    const TextPattern &pattern = m_parts.pane.findBar().pattern();
    const QLocale locale;
    QString text = pattern.problem();
    if (text.isEmpty() && !pattern.isEmpty()) {
        const QString count = locale.toString(m_hits.size());
        if (m_hits.isEmpty())
            text = tr("Not in this text");
        else if (current >= 0)
            //: The third of twelve hits: "3 of 12"
            text = tr("%1 of %2").arg(locale.toString(current + 1), count);
        else
            text = tr("%Ln hit(s)", nullptr, int(m_hits.size()));
    }
    m_parts.pane.findBar().setStatus(text);
}

// --------------------------------------------------------------------------------------- replacing

void TextFindController::replaceOne()
{
    m_isStale = true; // the replacement may be another one
    refresh();
    const qsizetype current = currentHit();
    if (current < 0) {
        stepInText(1);
        return;
    }
    const TextPattern::Hit hit = m_hits.at(current);
    replace({hit});
    // On from behind what was put in, which may be what is looked for itself.
    QTextCursor cursor = m_text->textCursor();
    cursor.setPosition(int(hit.start + hit.replacement.size()));
    m_text->setTextCursor(cursor);
    stepInText(1);
}

void TextFindController::replaceAll()
{
    const FindBar &bar = m_parts.pane.findBar();
    const auto hits = bar.pattern().find(shownText(), bar.replacement()); // also beyond maxHits
    if (hits.isEmpty()) {
        say(-1);
        return;
    }
    EditHistory &history = m_parts.workspace.history();
    m_parts.pane.form().commitFields();
    history.endFieldEdit(); // a step of its own in the list, too
    const qsizetype count = hits.size();
    replace(hits);
    m_parts.pane.form().commitFields();
    history.endFieldEdit();
    m_parts.toast.show(tr("%Ln hit(s) replaced", nullptr, int(count)), Toast::Offer::Undo);
    say(-1);
}

/// One step of the text's own undo.
void TextFindController::replace(const QList<TextPattern::Hit> &hits)
{
    if (m_text->isReadOnly())
        return;
    QTextCursor cursor = m_text->textCursor();
    cursor.beginEditBlock();
    std::for_each(hits.crbegin(), hits.crend(), [&](const TextPattern::Hit &hit) {
        cursor.setPosition(int(hit.start));
        cursor.setPosition(int(hit.end()), QTextCursor::KeepAnchor);
        m_text->storedDocument().insertForeign(cursor, hit.replacement);
    });
    cursor.endEditBlock();
    m_isStale = true;
    refresh();
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/mainwindow/spellingcontroller.h"

#include "ui/common/toast.h"
#include "ui/editor/markdown/highlighter.h"
#include "ui/editor/markdown/spellchecker.h"
#include "ui/editor/recordeditorform.h"
#include "ui/editor/storedtextedit.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/windowstate.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QLocale>
#include <QMenu>
#include <QTextBlock>

#include <algorithm>
#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qint64 lookFor = 5; ///< milliseconds at a time

/// "Deutsch (Deutschland)" of "de_DE".
QString languageText(const QString &language)
{
    const QLocale locale(language);
    if (locale.language() == QLocale::C)
        return language;
    return u"%1 (%2)"_s.arg(locale.nativeLanguageName(), locale.nativeTerritoryName());
}

} // namespace

SpellingController::SpellingController(const Parts &parts, const Actions &actions, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    const auto on = [this, &actions](QLatin1StringView id, const std::function<void()> &run) {
        connect(actions.action(id), &QAction::triggered, this, run);
    };
    on("tools.spellNext"_L1, [this] { start(Want::Next); });
    on("tools.spellPrev"_L1, [this] { start(Want::Previous); });
    on("tools.suggest"_L1, [this] { start(Want::Suggest); });
    on("tools.spellLanguage"_L1, [this] { openLanguages(); });
    m_lookTimer.setSingleShot(true);
    connect(&m_lookTimer, &QTimer::timeout, this, &SpellingController::look);
    connect(&parts.speller, &SpellChecker::changed, this, [this] {
        if (m_want != Want::Nothing && !m_parts.speller.isLoading())
            start(std::exchange(m_want, Want::Nothing));
    });
    connect(&parts.speller, &SpellChecker::suggested, this,
            [this](const QString &word, const QStringList &suggestions) {
                showSuggestions(word, suggestions);
                if (m_want != Want::Nothing)
                    start(std::exchange(m_want, Want::Nothing));
            });
    parts.speller.setOwnWords(parts.state.ownWords());
    parts.speller.setLanguage(parts.state.spellingLanguage());
}

void SpellingController::start(Want want)
{
    if (m_parts.speller.isLoading() || m_parts.speller.isSuggesting()) {
        m_want = want; // in a moment
        return;
    }
    m_parts.pane.form().whenShown([this, want] {
        if (!canCheck())
            return;
        if (want == Want::Suggest)
            suggest();
        else
            step(want);
    });
}

/// Says why, if not.
bool SpellingController::canCheck()
{
    if (m_parts.speller.isReady())
        return true;
    m_parts.toast.show(m_parts.speller.isOff()
                           ? tr("The spelling isn't checked. Tools → Language of the dictionary "
                                "turns it on.")
                           : m_parts.speller.missingText());
    return false;
}

// --------------------------------------------------------------------------------------- the next

void SpellingController::step(Want want)
{
    const QTextCursor cursor = m_parts.text.textCursor();
    const int from = want == Want::Next ? cursor.selectionEnd() : cursor.selectionStart();
    const QTextBlock block = m_parts.text.document()->findBlock(from);
    m_direction = want;
    m_block = block.blockNumber();
    m_limit = from - block.position();
    m_looked = 0;
    m_revision = m_parts.text.document()->revision();
    look();
}

void SpellingController::look()
{
    const QTextDocument *document = m_parts.text.document();
    if (document->revision() != m_revision)
        return; // one types on
    QElapsedTimer time;
    time.start();
    const int lines = document->blockCount();
    while (m_looked <= lines) {
        if (lookInBlock())
            return;
        ++m_looked;
        m_limit = -1;
        m_block = (m_block + (m_direction == Want::Next ? 1 : lines - 1)) % lines;
        if (time.elapsed() >= lookFor) {
            m_lookTimer.start();
            return;
        }
    }
    m_parts.toast.show(tr("No misspelling found."));
}

bool SpellingController::lookInBlock()
{
    const QTextBlock block = m_parts.text.document()->findBlockByNumber(m_block);
    const QString line = block.text();
    QList<WordRange> words = m_parts.highlighter.words(block);
    if (m_direction == Want::Previous)
        std::reverse(words.begin(), words.end());
    // Once around, the first line is looked at from its other end.
    for (const WordRange &word : std::as_const(words)) {
        const bool isBehind
            = m_direction == Want::Next ? word.begin < m_limit : word.begin + word.length > m_limit;
        if (m_limit >= 0 && isBehind)
            continue;
        if (m_parts.speller.isCorrect(line.mid(word.begin, word.length)))
            continue;
        openSuggestions(block.position() + int(word.begin),
                        block.position() + int(word.begin + word.length));
        return true;
    }
    return false;
}

// -------------------------------------------------------------------------------------- one word

void SpellingController::suggest()
{
    const QTextCursor cursor = m_parts.text.textCursor();
    const QTextBlock block = cursor.block();
    const qsizetype at = cursor.selectionStart() - block.position();
    for (const WordRange &word : m_parts.highlighter.words(block)) {
        if (at < word.begin || at > word.begin + word.length)
            continue;
        if (m_parts.speller.isCorrect(block.text().mid(word.begin, word.length)))
            break;
        openSuggestions(block.position() + int(word.begin),
                        block.position() + int(word.begin + word.length));
        return;
    }
    m_parts.toast.show(tr("No misspelt word here. F7 goes to the next one."));
}

void SpellingController::openSuggestions(int begin, int end)
{
    QTextCursor cursor = m_parts.text.textCursor();
    cursor.setPosition(begin);
    cursor.setPosition(end, QTextCursor::KeepAnchor);
    m_parts.text.setTextCursor(cursor);
    m_parts.text.ensureCursorVisible();
    const QString word = cursor.selectedText();
    m_word = word;
    m_begin = begin;

    auto *menu = new QMenu(&m_parts.text);
    m_menu = menu;
    menu->setObjectName(u"spellingMenu"_s);
    menu->setAccessibleName(tr("Suggestions for %1").arg(word));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Looking for suggestions…"))->setEnabled(false);
    menu->addSeparator();
    connect(menu->addAction(tr("&Add “%1” to my words").arg(word)), &QAction::triggered, this,
            [this, word] {
                m_parts.state.addOwnWord(word);
                m_parts.speller.setOwnWords(m_parts.state.ownWords());
            });
    connect(menu->addAction(tr("&Ignore it for now")), &QAction::triggered, this,
            [this, word] { m_parts.speller.ignore(word); });
    menu->installEventFilter(this);
    m_early.clear();
    menu->popup(m_parts.text.viewport()->mapToGlobal(m_parts.text.cursorRect().bottomLeft()));
    m_parts.speller.suggest(word);
}

/// A key that is pressed before the suggestions are there means one of them: it waits for them.
bool SpellingController::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || watched != m_menu || !m_parts.speller.isSuggesting())
        return QObject::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Escape)
        return QObject::eventFilter(watched, event);
    m_early.emplace_back(key->clone());
    return true;
}

/// In place of the line that says that they are looked for.
void SpellingController::showSuggestions(const QString &word, const QStringList &suggestions)
{
    if (!m_menu || word != m_word)
        return;
    QAction *waiting = m_menu->actions().constFirst();
    QAction *before = m_menu->actions().at(1);
    if (suggestions.isEmpty())
        waiting->setText(tr("No suggestions"));
    else
        m_menu->removeAction(waiting);
    for (qsizetype i = 0; i < suggestions.size() && !m_parts.text.isReadOnly(); ++i) {
        const QString text = suggestions.at(i);
        auto *action = new QAction(
            u"&%1  %2"_s.arg(i + 1).arg(QString(text).replace(u'&', u"&&"_s)), m_menu);
        connect(action, &QAction::triggered, this,
                [this, begin = m_begin, word, text] { replace(begin, word, text); });
        m_menu->insertAction(before, action);
    }
    for (QAction *action : m_menu->actions()) {
        if (action->isEnabled() && !action->isSeparator()) {
            m_menu->setActiveAction(action);
            break;
        }
    }
    for (std::unique_ptr<QKeyEvent> &key : std::exchange(m_early, {}))
        QCoreApplication::postEvent(m_menu, key.release());
}

void SpellingController::replace(int begin, const QString &word, const QString &text)
{
    QTextCursor cursor = m_parts.text.textCursor();
    cursor.setPosition(begin);
    cursor.setPosition(begin + int(word.size()), QTextCursor::KeepAnchor);
    if (cursor.selectedText() != word || m_parts.text.isReadOnly())
        return; // another text by now
    cursor.insertText(text);
    m_parts.text.setTextCursor(cursor);
}

// --------------------------------------------------------------------------------------- language

void SpellingController::openLanguages()
{
    auto *menu = new QMenu(&m_parts.pane);
    menu->setObjectName(u"languageMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *group = new QActionGroup(menu);
    const auto add = [&](const QString &text, const QString &language) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(language == m_parts.speller.language());
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, language] {
            m_parts.state.setSpellingLanguage(language);
            m_parts.speller.setLanguage(language);
        });
        if (action->isChecked())
            menu->setActiveAction(action);
    };
    add(tr("&Don't check"), QString(SpellChecker::off));
    menu->addSeparator();
    const QStringList languages = m_parts.speller.languages();
    for (const QString &language : languages)
        add(languageText(language), language);
    if (languages.isEmpty())
        menu->addAction(m_parts.speller.missingText())->setEnabled(false);
    if (!menu->activeAction())
        menu->setActiveAction(menu->actions().first());
    const QWidget &pane = m_parts.pane;
    menu->popup(pane.mapToGlobal(pane.rect().center())
                - QPoint(menu->sizeHint().width() / 2, menu->sizeHint().height() / 2));
}

} // namespace ui

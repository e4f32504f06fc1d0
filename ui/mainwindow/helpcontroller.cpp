// SPDX-License-Identifier: MIT
#include "ui/mainwindow/helpcontroller.h"

#include "ui/help/helpwindow.h"
#include "ui/mainwindow/actionfacts.h"
#include "ui/mainwindow/singlekeys.h"
#include "ui/mainwindow/windowstate.h"

#include <QWidget>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// The parts of the window by name, and the chapters about them.
constexpr std::pair<const char *, const char *> chapters[] = {
    {"welcomePage", "open"},     {"searchEdit", "find"},
    {"viewCombo", "find"},       {"columnsPopup", "find"},
    {"goToPopup", "find"},       {"filterPopup", "find"},
    {"viewsPopup", "find"},      {"searchIndexPanel", "find"},
    {"orderIndexPanel", "find"}, {"findBar", "find"},
    {"peekPopup", "list"},       {"batchPanel", "many"},
    {"replacePanel", "many"},    {"reviewPanel", "save"},
    {"conflictPanel", "save"},   {"pendingButton", "save"},
    {"messageBar", "save"},      {"historyPanel", "safe"},
    {"recoverBar", "safe"},      {"preferencesDialog", "settings"},
    {"keysDialog", "keys"},      {"helpDialog", "contents"},
};

} // namespace

QString HelpController::chapterOf(const QWidget *focus)
{
    for (const QWidget *widget = focus; widget; widget = widget->parentWidget()) {
        for (const auto &[name, chapter] : chapters) {
            if (widget->objectName() == QLatin1StringView(name))
                return QString::fromLatin1(chapter);
        }
    }
    return {};
}

QString HelpController::chapterOf(ActionContext place)
{
    switch (place) {
    case ActionContext::List:
        return u"list"_s;
    case ActionContext::Editor:
    case ActionContext::Body:
        return u"write"_s;
    case ActionContext::Window:
    case ActionContext::WindowByFocus:
        break;
    }
    return u"open"_s;
}

HelpController::HelpController(const Actions &actions, const orm::Table &table,
                               const WindowState &state, QWidget *area,
                               std::function<Place()> place)
    : QObject(area)
    , m_actions(actions)
    , m_table(table)
    , m_state(state)
    , m_area(area)
    , m_place(std::move(place))
{
    connect(m_actions.action("help.contents"_L1), &QAction::triggered, this, &HelpController::open);
}

void HelpController::open()
{
    const Place place = m_place();
    QString chapter = chapterOf(place.focus);
    if (chapter.isEmpty())
        chapter = chapterOf(place.context);
    if (!m_window) {
        m_window = new HelpWindow(m_area);
        m_window->addAction(m_actions.action("help.contents"_L1));
    }
    const ActionFacts facts(
        m_table,
        [this](const ActionSpec &spec) {
            return m_actions.action(QLatin1StringView(spec.id))->shortcuts();
        },
        QKeySequence::NativeText);
    const QString language = Manual::language();
    m_window->setManual(Manual(language, facts), language);
    m_window->showChapter(chapter, keysOf(place.context));
}

QString HelpController::section(const QString &title, const QList<ActionContext> &contexts,
                                const QList<std::pair<QString, QString>> &more) const
{
    ManualFacts::Keys keys;
    for (const ActionSpec &spec : Actions::specs()) {
        if (!contexts.contains(spec.context))
            continue;
        const QAction *action = m_actions.action(QLatin1StringView(spec.id));
        const QString pressed
            = ActionFacts::keysText(action->shortcuts(), QKeySequence::NativeText);
        if (!pressed.isEmpty())
            keys.append({pressed, Actions::plain(m_actions.text(spec))});
    }
    return u"**%1**\n\n%2\n"_s.arg(title, Manual::keyTable(keys + more));
}

QString HelpController::keysOf(ActionContext place) const
{
    const ActionFacts facts(m_table, &ActionFacts::defaultKeys, QKeySequence::NativeText);
    QString tables;
    switch (place) {
    case ActionContext::List: {
        ManualFacts::Keys more = facts.keysIn(u"list"_s);
        if (m_state.hasSingleKeys())
            more << SingleKeys::help();
        tables = section(tr("In the list"), {ActionContext::List}, more);
        break;
    }
    case ActionContext::Editor:
    case ActionContext::Body:
        tables = section(tr("In the editor"), {ActionContext::Editor, ActionContext::Body},
                         facts.keysIn(u"editor"_s));
        break;
    case ActionContext::Window:
    case ActionContext::WindowByFocus:
        break;
    }
    return tables
        + section(tr("Anywhere"), {ActionContext::Window, ActionContext::WindowByFocus}, {});
}

} // namespace ui

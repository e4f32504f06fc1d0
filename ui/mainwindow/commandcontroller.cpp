// SPDX-License-Identifier: MIT
#include "ui/mainwindow/commandcontroller.h"

#include "ui/mainwindow/windowstate.h"
#include "ui/palette/commandpalette.h"
#include "ui/palette/keyboardlayout.h"
#include "ui/palette/keysdialog.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Of no use in a list of commands: the key that closes it.
bool isListed(const ActionSpec &spec)
{
    return spec.menu != ActionMenu::None;
}

KeyBinding::Reach reachOf(ActionContext context)
{
    switch (context) {
    case ActionContext::List:
        return KeyBinding::Reach::List;
    case ActionContext::Editor:
    case ActionContext::Body:
        return KeyBinding::Reach::Editor;
    case ActionContext::Window:
    case ActionContext::WindowByFocus:
        break;
    }
    return KeyBinding::Reach::Everywhere;
}

QString placeText(ActionContext context)
{
    switch (context) {
    case ActionContext::List:
        return CommandController::tr("In the list");
    case ActionContext::Editor:
        return CommandController::tr("In the editor");
    case ActionContext::Body:
        return CommandController::tr("In the body");
    case ActionContext::Window:
    case ActionContext::WindowByFocus:
        break;
    }
    return CommandController::tr("Anywhere");
}

Command commandOf(QAction *action, const QString &id)
{
    return {.id = id,
            .text = Actions::plain(action->text()),
            .keys = action->shortcut().toString(QKeySequence::NativeText),
            .reasonWhyNot = Actions::reasonWhyNot(*action),
            .run = [action] { action->trigger(); }};
}

} // namespace

CommandController::CommandController(Actions &actions, WindowState &state, QWidget *area)
    : QObject(area)
    , m_actions(actions)
    , m_state(state)
    , m_area(area)
    , m_palette(new CommandPalette(area))
{
    for (const ActionSpec &spec : Actions::specs()) {
        if (const auto keys = m_state.keys(QString::fromLatin1(spec.id)))
            m_actions.setKeys(QLatin1StringView(spec.id), *keys);
    }
    connect(m_palette, &CommandPalette::chosen, this,
            [this](const QString &id) { m_state.addRecentCommand(id); });
    connect(m_actions.action("view.palette"_L1), &QAction::triggered, this,
            &CommandController::openPalette);
    connect(m_actions.action("help.keys"_L1), &QAction::triggered, this,
            &CommandController::openKeys);
}

void CommandController::openPalette()
{
    if (m_palette->isOpen()) {
        m_palette->close(); // the same key again
        return;
    }
    QList<Command> commands;
    for (const ActionSpec &spec : Actions::specs()) {
        const QLatin1StringView id(spec.id);
        if (isListed(spec))
            commands << commandOf(m_actions.action(id), id);
    }
    for (QAction *sort : m_actions.sortActions())
        commands << commandOf(sort, sort->objectName());
    m_palette->open(commands, m_state.recentCommands());
}

void CommandController::openKeys()
{
    if (!m_keys) {
        m_keys = new KeysDialog(m_area);
        m_keys->addAction(m_actions.action("help.contents"_L1));
        connect(m_keys, &KeysDialog::keysChanged, this, &CommandController::onKeysChanged);
    }
    QList<KeyBinding> bindings;
    for (const ActionSpec &spec : Actions::specs()) {
        const QLatin1StringView id(spec.id);
        if (id == "app.escape"_L1)
            continue; // the way out is where everybody looks for it
        bindings << KeyBinding{.id = id,
                               .text = Actions::plain(m_actions.text(spec)),
                               .place = placeText(spec.context),
                               .keys = m_actions.action(id)->shortcuts(),
                               .defaults = Actions::keys(spec, &QKeySequence::keyBindings),
                               .reach = reachOf(spec.context)};
    }
    m_keys->show();
    m_keys->raise();
    m_keys->activateWindow();
    m_keys->setKeyboard(KeyboardLayout::present());
    m_keys->reserveLettersOf(*m_area->window());
    m_keys->setBindings(bindings);
}

void CommandController::onKeysChanged(const QString &id, const QList<QKeySequence> &keys)
{
    const auto specs = Actions::specs();
    const auto spec = std::ranges::find_if(
        specs, [&](const ActionSpec &s) { return id == QLatin1StringView(s.id); });
    if (spec == specs.end())
        return;
    m_actions.setKeys(QLatin1StringView(spec->id), keys);
    if (keys == Actions::keys(*spec, &QKeySequence::keyBindings))
        m_state.forgetKeys(id);
    else
        m_state.setKeys(id, keys);
}

} // namespace ui

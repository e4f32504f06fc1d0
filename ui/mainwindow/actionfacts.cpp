// SPDX-License-Identifier: MIT
#include "ui/mainwindow/actionfacts.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ui::ActionFacts)
};

constexpr std::pair<const char *, ActionMenu> menus[] = {
    {"file", ActionMenu::File},     {"edit", ActionMenu::Edit},     {"view", ActionMenu::View},
    {"view", ActionMenu::Theme},    {"record", ActionMenu::Record}, {"record", ActionMenu::Text},
    {"filter", ActionMenu::Filter}, {"tools", ActionMenu::Tools},   {"help", ActionMenu::Help},
};

/// Qt binds some standard actions to the extra keys of old workstations, F13 and on, too.
bool isOnNoKeyboard(const QKeySequence &key)
{
    return key[0].key() >= Qt::Key_F13 && key[0].key() <= Qt::Key_F35;
}

/// Enter, as it is printed on the key, for both keys that are one.
QString keyText(const QKeySequence &key, QKeySequence::SequenceFormat format)
{
    if (key[0].key() != Qt::Key_Return)
        return key.toString(format);
    const QString enter = format == QKeySequence::PortableText ? u"Enter"_s : Text::tr("Enter");
    return QKeySequence(key[0].keyboardModifiers() | Qt::Key_A).toString(format).chopped(1) + enter;
}

ManualFacts::Keys keysOfTheList()
{
    return {
        {Text::tr("Up, Down, PgUp, PgDn"), Text::tr("Another row")},
        {Text::tr("Ctrl+Home, Ctrl+End"), Text::tr("The first, the last row")},
        {Text::tr("Left, Right"), Text::tr("Another cell")},
        {Text::tr("Shift with these"), Text::tr("Select what lies between")},
        {Text::tr("Letters"), Text::tr("Find a title that starts with them, from here on")},
        {Text::tr("In a cell: Enter"), Text::tr("Keep what was typed")},
        {Text::tr("In a cell: Tab, Up, Down"), Text::tr("Keep it and go on with the next cell")},
        {Text::tr("In a cell: Ctrl+Enter"), Text::tr("Keep it and fill all selected rows")},
        {Text::tr("In a cell: Esc"), Text::tr("Leave it as it was")}};
}

ManualFacts::Keys keysOfTheEditor()
{
    return {{Text::tr("Tab, Shift+Tab"), Text::tr("The next, the previous field")},
            {Text::tr("Enter in a line"), Text::tr("The next field")},
            {Text::tr("Esc"), Text::tr("Back to the list; what was typed stays")}};
}

} // namespace

QList<QKeySequence> ActionFacts::defaultKeys(const ActionSpec &spec)
{
    // A desktop may add some of its own.
    return Actions::keys(spec, [](QKeySequence::StandardKey) { return QList<QKeySequence>(); });
}

QString ActionFacts::keysText(const QList<QKeySequence> &keys, QKeySequence::SequenceFormat format)
{
    QStringList texts;
    for (const QKeySequence &key : keys) {
        if (!isOnNoKeyboard(key))
            texts << keyText(key, format);
    }
    texts.removeDuplicates();
    return texts.join(u", "_s);
}

ActionFacts::ActionFacts(const orm::Table &table, KeysOf keys, QKeySequence::SequenceFormat format)
    : m_singular(table.singular)
    , m_plural(table.plural)
    , m_keys(std::move(keys))
    , m_format(format)
{}

QString ActionFacts::filled(const char *text) const
{
    // Also without a QApplication, which the texts' own class would want.
    return QCoreApplication::translate("ui::Actions", text)
        .replace(u"%1"_s, m_singular)
        .replace(u"%2"_s, m_plural);
}

std::optional<ManualFacts::Action> ActionFacts::action(const QString &id) const
{
    const auto specs = Actions::specs();
    const auto spec = std::ranges::find_if(
        specs, [&id](const ActionSpec &s) { return id == QLatin1StringView(s.id); });
    if (spec == specs.end())
        return std::nullopt;
    QString name = Actions::plain(filled(spec->text)).trimmed();
    return Action{.name = name,
                  .keys = keysText(m_keys(*spec), m_format),
                  .note = spec->note ? filled(spec->note) : QString()};
}

QStringList ActionFacts::actionsOf(const QString &menu) const
{
    QStringList ids;
    for (const auto &[name, place] : menus) {
        if (menu != QLatin1StringView(name))
            continue;
        for (const ActionSpec &spec : Actions::specs()) {
            if (spec.menu == place)
                ids << QString::fromLatin1(spec.id);
        }
    }
    return ids;
}

ManualFacts::Keys ActionFacts::keysIn(const QString &place) const
{
    if (place == "list"_L1)
        return keysOfTheList();
    return place == "editor"_L1 ? keysOfTheEditor() : Keys();
}

} // namespace ui

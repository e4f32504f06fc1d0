// SPDX-License-Identifier: MIT
#include "app/settings.h"

#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace app {

namespace {

const auto lastDatabaseKey = u"lastDatabase"_s;
const auto themeKey = u"theme"_s;

QString fileIn(const QString &folder)
{
    const QString place = folder.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
        : folder;
    return QDir(place).filePath(u"postdesk.ini"_s);
}

} // namespace

Settings::Settings(const QString &folder)
    : m_folder(folder)
    , m_settings(fileIn(folder), QSettings::IniFormat)
{}

QString Settings::dataFolder() const
{
    QString folder = m_folder.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
        : QDir(m_folder).absolutePath();
    QDir().mkpath(folder);
    return folder;
}

QString Settings::journalFolder() const
{
    return QDir(dataFolder()).filePath(u"journals"_s);
}

QString Settings::lastDatabase() const
{
    return m_settings.value(lastDatabaseKey).toString();
}

void Settings::setLastDatabase(const QString &url)
{
    m_settings.setValue(lastDatabaseKey, url);
}

ui::ThemeChoice Settings::theme() const
{
    return ui::themeChoice(m_settings.value(themeKey).toString()).value_or(ui::ThemeChoice::System);
}

void Settings::setTheme(ui::ThemeChoice theme)
{
    m_settings.setValue(themeKey, ui::themeName(theme));
}

} // namespace app

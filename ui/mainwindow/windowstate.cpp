// SPDX-License-Identifier: MIT
#include "ui/mainwindow/windowstate.h"

#include "ui/mainwindow/workspace.h"
#include "ui/search/searchbar.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QCryptographicHash>
#include <QMainWindow>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

const auto geometryKey = u"window/geometry"_s;
const auto textScaleKey = u"window/textScale"_s;
const auto savesTheRestKey = u"saving/savesTheRest"_s;
const auto recentKey = u"palette/recent"_s;
const auto spellingKey = u"spelling/language"_s;
const auto ownWordsKey = u"spelling/words"_s;
const auto keysKey = u"keys/"_s;
const auto databasesKey = u"recent/databases"_s;
const auto singleKeysKey = u"list/singleKeys"_s;

constexpr qsizetype longestRecent = 30;

/// Of RecordsPane::Layout, in its order.
const QStringList layoutNames{u"beside"_s, u"below"_s, u"list"_s};

QString splitterKey(RecordsPane::Layout layout)
{
    return layout == RecordsPane::Layout::Beside ? u"window/splitterBeside"_s
                                                 : u"window/splitterBelow"_s;
}

/// Where what belongs to @p table of the database at @p url is kept. A hash, as a path has characters that the names
/// of settings can't have, and a URL may name a person.
QString keyOf(const orm::DatabaseUrl &url, const QString &table, const QString &name)
{
    const QString subject = url.toString() + u'\n' + table.toLower();
    const QByteArray hash
        = QCryptographicHash::hash(subject.toUtf8(), QCryptographicHash::Sha1).toHex();
    return u"databases/%1/%2"_s.arg(QString::fromLatin1(hash.first(16)), name);
}

QString keyOf(const RecordsPane &pane, const QString &name)
{
    return keyOf(pane.workspace().url(), pane.workspace().table().name, name);
}

/// As settings keep it: what a value is, and its text.
QStringList toSettings(const orm::Key &key)
{
    QStringList parts;
    for (const orm::StoredValue &value : key.toValues()) {
        const bool isInteger = value.storageClass() == orm::StorageClass::Integer;
        if (!isInteger && !(value.storageClass() == orm::StorageClass::Text && value.isValidText()))
            return {}; // such keys are no use but to a program
        parts << (isInteger ? u'i' : u't') + value.toString();
    }
    return parts;
}

orm::Key fromSettings(const QStringList &parts)
{
    QList<orm::StoredValue> values;
    for (const QString &part : parts) {
        if (part.startsWith(u'i'))
            values << orm::StoredValue::integer(part.mid(1).toLongLong());
        else
            values << orm::StoredValue::text(part.mid(1));
    }
    return values.isEmpty() ? orm::Key() : orm::Key::values(values);
}

/// @p key is the beginning of the names under which it is kept.
void write(QSettings &settings, const QString &key, const orm::Table &table,
           const RecordsPane::Arrangement &arrangement)
{
    QStringList columns;
    for (const RecordsPane::ColumnPlace &place : arrangement.columns)
        columns << u"%1:%2"_s.arg(place.width).arg(place.name);
    QStringList sort;
    for (const orm::SortColumn &column : arrangement.sort)
        sort << (column.order == Qt::AscendingOrder ? u'+' : u'-')
                + table.columns.at(column.column).name;
    settings.setValue(key + u"columns"_s, columns);
    settings.setValue(key + u"sort"_s, sort);
    settings.setValue(key + u"search"_s, arrangement.search);
}

RecordsPane::Arrangement read(const QSettings &settings, const QString &key,
                              const orm::Table &table)
{
    RecordsPane::Arrangement arrangement;
    for (const QString &column : settings.value(key + u"columns"_s).toStringList())
        arrangement.columns << RecordsPane::ColumnPlace{column.section(u':', 1),
                                                        column.section(u':', 0, 0).toInt()};
    for (const QString &column : settings.value(key + u"sort"_s).toStringList()) {
        const int index = table.indexOf(column.mid(1));
        if (index >= 0)
            arrangement.sort.append(
                {index, column.startsWith(u'-') ? Qt::DescendingOrder : Qt::AscendingOrder});
    }
    arrangement.search = settings.value(key + u"search"_s).toString();
    return arrangement;
}

QString viewKey(const RecordsPane &pane, int number)
{
    return keyOf(pane, u"view%1/"_s.arg(number));
}

} // namespace

WindowState::WindowState(QSettings &settings)
    : m_settings(settings)
{
    // Sizes of panes: whichever value of a section is asked for first, all of it is read.
    qRegisterMetaType<QList<int>>();
}

void WindowState::save(const QMainWindow &window)
{
    m_settings.setValue(geometryKey, window.saveGeometry());
}

bool WindowState::restore(QMainWindow &window)
{
    return window.restoreGeometry(m_settings.value(geometryKey).toByteArray());
}

void WindowState::save(const RecordsPane &pane)
{
    for (const auto layout : {RecordsPane::Layout::Beside, RecordsPane::Layout::Below}) {
        const QList<int> sizes = pane.sizes(layout);
        if (sizes.isEmpty())
            continue;
        const QString key = splitterKey(layout);
        m_settings.setValue(key, QVariant::fromValue(sizes));
        m_settings.setValue(keyOf(pane, key.section(u'/', 1)), QVariant::fromValue(sizes));
    }
    write(m_settings, keyOf(pane, {}), pane.workspace().table(), pane.arrangement());
    m_settings.setValue(keyOf(pane, u"frozen"_s), pane.view().frozenColumns());
    m_settings.setValue(keyOf(pane, u"current"_s), toSettings(pane.currentKey()));
    m_settings.setValue(keyOf(pane, u"caret"_s), pane.caret());
    if (const auto layout = pane.chosenLayout())
        m_settings.setValue(keyOf(pane, u"layout"_s), layoutNames.at(int(*layout)));
}

void WindowState::restore(RecordsPane &pane)
{
    for (const auto layout : {RecordsPane::Layout::Beside, RecordsPane::Layout::Below}) {
        const QString key = splitterKey(layout);
        const QVariant last = m_settings.value(key);
        const auto sizes
            = m_settings.value(keyOf(pane, key.section(u'/', 1)), last).value<QList<int>>();
        if (sizes.size() == 2)
            pane.setSizes(layout, sizes);
    }
    pane.arrange(read(m_settings, keyOf(pane, {}), pane.workspace().table()));
    pane.view().setFrozenColumns(m_settings.value(keyOf(pane, u"frozen"_s)).toInt());
    const auto layout = layoutNames.indexOf(m_settings.value(keyOf(pane, u"layout"_s)).toString());
    if (layout >= 0)
        pane.chooseLayout(RecordsPane::Layout(layout));
    pane.goBackTo(fromSettings(m_settings.value(keyOf(pane, u"current"_s)).toStringList()),
                  m_settings.value(keyOf(pane, u"caret"_s)).toInt());
}

/// As write() keeps it.
QStringList WindowState::sort(const orm::DatabaseUrl &url, const QString &table) const
{
    const QString hits = m_settings.value(keyOf(url, table, u"search"_s)).toString();
    return hits.isEmpty() ? m_settings.value(keyOf(url, table, u"sort"_s)).toStringList()
                          : QStringList();
}

SavedViews WindowState::views(const RecordsPane &pane) const
{
    const orm::Table &table = pane.workspace().table();
    SavedViews views;
    for (int number = 1; number <= SavedViews::count; ++number) {
        const QString key = viewKey(pane, number);
        const QString name = m_settings.value(key + u"name"_s).toString();
        if (!name.isEmpty())
            views.saved[number] = SavedView{name, read(m_settings, key, table)};
    }
    if (m_settings.contains(viewKey(pane, 0) + u"search"_s))
        views.all = read(m_settings, viewKey(pane, 0), table);
    const int shown = m_settings.value(keyOf(pane, u"view"_s)).toInt();
    views.shown = views.saved.contains(shown) ? shown : 0;
    return views;
}

void WindowState::setViews(const RecordsPane &pane, const SavedViews &views)
{
    const orm::Table &table = pane.workspace().table();
    for (int number = 1; number <= SavedViews::count; ++number) {
        const QString key = viewKey(pane, number);
        const auto view = views.saved.constFind(number);
        if (view == views.saved.constEnd()) {
            m_settings.remove(key.chopped(1));
            continue;
        }
        m_settings.setValue(key + u"name"_s, view->name);
        write(m_settings, key, table, view->arrangement);
    }
    if (views.all)
        write(m_settings, viewKey(pane, 0), table, *views.all);
    m_settings.setValue(keyOf(pane, u"view"_s), views.shown);
}

QStringList WindowState::orderIndexes(const RecordsPane &pane) const
{
    return m_settings.value(keyOf(pane, u"orderIndexes"_s)).toStringList();
}

void WindowState::setOrderIndexes(const RecordsPane &pane, const QStringList &indexes)
{
    m_settings.setValue(keyOf(pane, u"orderIndexes"_s), indexes);
}

double WindowState::textScale() const
{
    return m_settings.value(textScaleKey, 1.0).toDouble();
}

void WindowState::setTextScale(double scale)
{
    m_settings.setValue(textScaleKey, scale);
}

bool WindowState::savesTheRest() const
{
    return m_settings.value(savesTheRestKey, false).toBool();
}

void WindowState::setSavesTheRest(bool isSaved)
{
    m_settings.setValue(savesTheRestKey, isSaved);
}

bool WindowState::hasPreview(const RecordsPane &pane) const
{
    return m_settings.value(keyOf(pane, u"preview"_s)).toBool();
}

void WindowState::setPreview(const RecordsPane &pane, bool on)
{
    m_settings.setValue(keyOf(pane, u"preview"_s), on);
}

QString WindowState::spellingLanguage() const
{
    return m_settings.value(spellingKey).toString();
}

void WindowState::setSpellingLanguage(const QString &language)
{
    m_settings.setValue(spellingKey, language);
}

QStringList WindowState::ownWords() const
{
    return m_settings.value(ownWordsKey).toStringList();
}

void WindowState::addOwnWord(const QString &word)
{
    QStringList words = ownWords();
    if (!words.contains(word))
        m_settings.setValue(ownWordsKey, words << word);
}

QStringList WindowState::recentCommands() const
{
    return m_settings.value(recentKey).toStringList();
}

void WindowState::addRecentCommand(const QString &id)
{
    QStringList recent = recentCommands();
    recent.removeAll(id);
    recent.prepend(id);
    m_settings.setValue(recentKey, recent.mid(0, longestRecent));
}

QList<WindowState::Database> WindowState::recentDatabases() const
{
    QList<Database> databases;
    for (const QString &text : m_settings.value(databasesKey).toStringList())
        databases.append({text.section(u'\n', 0, 0), text.section(u'\n', 1)});
    return databases;
}

void WindowState::addRecentDatabase(const Database &database)
{
    QStringList texts{database.url + u'\n' + database.name};
    for (const Database &other : recentDatabases()) {
        if (other.url != database.url && texts.size() < longestRecent)
            texts << other.url + u'\n' + other.name;
    }
    m_settings.setValue(databasesKey, texts);
}

bool WindowState::hasSingleKeys() const
{
    return m_settings.value(singleKeysKey, false).toBool();
}

void WindowState::setSingleKeys(bool isOn)
{
    m_settings.setValue(singleKeysKey, isOn);
}

std::optional<QList<QKeySequence>> WindowState::keys(const QString &id) const
{
    const QVariant kept = m_settings.value(keysKey + id);
    if (!kept.isValid())
        return {};
    // One text, as a list of one and a list of none look alike in a file of settings.
    return QKeySequence::listFromString(kept.toString(), QKeySequence::PortableText);
}

void WindowState::setKeys(const QString &id, const QList<QKeySequence> &keys)
{
    m_settings.setValue(keysKey + id, QKeySequence::listToString(keys, QKeySequence::PortableText));
}

void WindowState::forgetKeys(const QString &id)
{
    m_settings.remove(keysKey + id);
}

} // namespace ui

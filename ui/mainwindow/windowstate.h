// SPDX-License-Identifier: MIT
#pragma once

#include "ui/mainwindow/savedview.h"

#include <QKeySequence>
#include <QStringList>

#include <optional>

class QMainWindow;
class QSettings;

namespace orm {
struct DatabaseUrl;
}

namespace ui {

/// What of the window's layout is remembered: its place and size and the size of the text; and for each
/// database by itself where the splitter stands in each of the two layouts, the widths and places of
/// the columns, order and search, its saved views, the current row, and whether there is a preview. A
/// database that was never open takes the last splitters. With it
/// what the user did with commands: the last ones of the palette, and keys of their own.
class WindowState final
{
public:
    /// Borrows @p settings, which outlives this.
    explicit WindowState(QSettings &settings);

    void save(const QMainWindow &window);
    /// @returns whether a place and a size were known
    bool restore(QMainWindow &window);
    void save(const RecordsPane &pane);
    void restore(RecordsPane &pane);
    /// What the rows of @p table went by when the database at @p url was open last, e.g. "-created_at";
    /// nothing where a search was left in it.
    QStringList sort(const orm::DatabaseUrl &url, const QString &table) const;

    /// The saved views of @p pane's database: SavedViews::all and then those with keys.
    SavedViews views(const RecordsPane &pane) const;
    void setViews(const RecordsPane &pane, const SavedViews &views);

    /// What OrderIndexController knew of the indexes of @p pane's database.
    QStringList orderIndexes(const RecordsPane &pane) const;
    void setOrderIndexes(const RecordsPane &pane, const QStringList &indexes);

    double textScale() const; ///< 1 is the platform's own size
    void setTextScale(double scale);

    /// Whether a save goes on without what can't be saved.
    bool savesTheRest() const;
    void setSavesTheRest(bool isSaved);

    bool hasPreview(const RecordsPane &pane) const; ///< of its database
    void setPreview(const RecordsPane &pane, bool on);

    QString spellingLanguage() const; ///< as SpellChecker has it; empty: the desktop's
    void setSpellingLanguage(const QString &language);
    QStringList ownWords() const; ///< that are spelt right
    void addOwnWord(const QString &word);

    QStringList recentCommands() const; ///< ids, the last used first
    void addRecentCommand(const QString &id);

    struct Database
    {
        QString url; ///< a path or a URL, which never has its password
        QString name; ///< for the user
    };
    QList<Database> recentDatabases() const; ///< the last opened first
    void addRecentDatabase(const Database &database);

    bool hasSingleKeys() const; ///< in the list, as in vi
    void setSingleKeys(bool isOn);

    /// The keys that the user gave the action @p id; nothing if it has those it came with.
    std::optional<QList<QKeySequence>> keys(const QString &id) const;
    void setKeys(const QString &id, const QList<QKeySequence> &keys);
    void forgetKeys(const QString &id);

private:
    QSettings &m_settings;
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

namespace ui {

/// What the manual says of the program, so that it says what is true: names and keys of the actions.
class ManualFacts
{
public:
    struct Action
    {
        QString name; ///< "Save changes"
        QString keys; ///< those that it has now; may be none
        QString note; ///< what it does; may be empty
    };
    /// Keys that are no action's, and what they do.
    using Keys = QList<std::pair<QString, QString>>;

    virtual ~ManualFacts() = default;

    virtual std::optional<Action> action(const QString &id) const = 0; ///< nothing: there is none
    virtual QStringList actionsOf(const QString &menu) const = 0; ///< "file", "record"; their ids
    virtual Keys keysIn(const QString &place) const = 0; ///< "list", "editor"
};

/// One chapter, in Markdown with everything filled in.
struct ManualChapter
{
    QString id; ///< "find"; its file is find.md
    QString title;
    QStringList sections; ///< their headings
    QString markdown;
};

/// The manual: the chapters of resources/manual in one language, with names and keys filled in.
///
/// In a chapter {key:ID} stands for the first key of an action and {name:ID} for its name. A line of its
/// own, {keys ID ID …}, {menu NAME} or {place NAME}, stands for a table.
class Manual
{
public:
    static QStringList chapterIds(); ///< in their order
    /// Of the language that the program's texts have; English where it has no manual.
    static QString language();

    Manual() = default; ///< without chapters
    Manual(const QString &language, const ManualFacts &facts);

    const QList<ManualChapter> &chapters() const { return m_chapters; }
    const ManualChapter *chapter(const QString &id) const; ///< null: there is none
    /// What could not be filled in, as "find.md: {key:no.such}".
    const QStringList &problems() const { return m_problems; }
    /// The actions that chapters speak of, other than by a whole menu.
    const QStringList &mentioned() const { return m_mentioned; }

    /// A table of keys in Markdown.
    static QString keyTable(const ManualFacts::Keys &keys);
    /// The path of a picture that chapters name; empty if there is none.
    static QString picture(const QString &name, const QString &language, bool isDark);

private:
    QString expanded(const QString &file, const QString &text, const ManualFacts &facts);
    QString tableOf(const QString &file, const QStringList &ids, const ManualFacts &facts);

    QList<ManualChapter> m_chapters;
    QStringList m_problems;
    QStringList m_mentioned;
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include <QFutureWatcher>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

class Hunspell;

namespace ui {

/// Whether words are spelt right, by a dictionary of Hunspell's kind as every desktop has them, and by
/// the user's own words.
class SpellChecker final : public QObject
{
    Q_OBJECT

public:
    /// A language that is none: nothing is checked.
    static constexpr auto off = QLatin1StringView("off");
    /// A window that opens shows its rows first: a dictionary takes a processor for a good while.
    static constexpr std::chrono::milliseconds loadDelay{100};

    /// @param folders where dictionaries are; the system's if there are none
    explicit SpellChecker(const QStringList &folders = {}, QObject *parent = nullptr);
    ~SpellChecker() override;

    /// Codes of the languages that are installed, such as "de_DE".
    QStringList languages() const;
    /// Loads @p language in the background; ready() follows. An empty one: that of the desktop, else any
    /// English one.
    void setLanguage(const QString &language);
    /// The language in use, or the one that is wanted and not installed.
    const QString &language() const { return m_language; }
    bool isOff() const { return m_language == off; }
    bool isReady() const { return m_dictionary != nullptr; }
    bool isLoading() const { return m_isLoading; }
    /// Which package to install, in a sentence; empty unless a dictionary is missing.
    QString missingText() const;

    void setOwnWords(const QStringList &words);
    /// Until the program ends.
    void ignore(const QString &word);

    /// True of every word while there is no dictionary.
    bool isCorrect(const QString &word);
    /// Looks in the background for what @p word could mean, as a long word of German takes a third of a
    /// second; suggested() follows, without a dictionary at once.
    void suggest(const QString &word);
    /// While it looks, words that nobody has asked for yet count as correct.
    bool isSuggesting() const { return m_suggesting > 0; }

signals:
    /// What suggest() was asked for, the best first; empty if there is nothing like it.
    void suggested(const QString &word, const QStringList &suggestions);
    /// The words that are correct are others now.
    void changed();

private:
    struct Dictionary;

    QString baseOf(const QString &language) const;
    QString defaultLanguage() const;
    void onSuggested(const QString &word, const QStringList &suggestions);

    QStringList m_folders;
    QString m_language;
    std::shared_ptr<Dictionary> m_dictionary;
    QFutureWatcher<std::shared_ptr<Dictionary>> m_watcher;
    QTimer m_start;
    bool m_isLoading = false; ///< until the window has it, not only its thread
    QSet<QString> m_own;
    QSet<QString> m_ignored;
    QHash<QString, bool> m_known; ///< what the dictionary said
    int m_suggesting = 0; ///< words that are looked for
    bool m_hasSkipped = false; ///< words that came while the dictionary was looking for suggestions
};

/// A word in a line.
struct WordRange
{
    qsizetype begin = 0;
    qsizetype length = 0;
};

/// The words of @p line to be checked, where each counts that isn't code or an address, nor looks like a
/// name of a program: with digits, underscores or capitals inside.
/// @param skipped parts of the line that aren't looked at
QList<WordRange> wordsToCheck(QStringView line, const QList<WordRange> &skipped);

} // namespace ui

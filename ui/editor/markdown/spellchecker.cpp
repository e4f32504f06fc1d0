// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/spellchecker.h"

#include <QDir>
#include <QLocale>
#include <QPromise>
#include <QStringConverter>
#include <QThreadPool>

#include <algorithm>
#include <hunspell/hunspell.hxx>
#include <mutex>
#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qsizetype mostKnown = 200'000;
constexpr qsizetype mostSuggestions = 7;

QStringList systemFolders()
{
    QStringList folders = qEnvironmentVariable("DICPATH").split(u':', Qt::SkipEmptyParts);
    folders << u"/usr/share/hunspell"_s << u"/usr/share/myspell"_s << u"/usr/share/myspell/dicts"_s
            << u"/usr/local/share/hunspell"_s;
    return folders;
}

/// "hunspell-de-de" as Debian names it.
QString packageOf(const QString &language)
{
    return u"hunspell-"_s + QString(language).replace(u'_', u'-').toLower();
}

} // namespace

/// Hunspell with its own encoding. Hunspell may be asked by one thread at a time.
struct SpellChecker::Dictionary
{
    Dictionary(const QString &base)
        : hunspell(QFile::encodeName(base + u".aff"_s).constData(),
                   QFile::encodeName(base + u".dic"_s).constData())
        , encode(hunspell.get_dict_encoding().c_str())
        , decode(hunspell.get_dict_encoding().c_str())
    {
        if (!encode.isValid() || !decode.isValid()) {
            encode = QStringEncoder(QStringConverter::Latin1);
            decode = QStringDecoder(QStringConverter::Latin1);
        }
    }

    QStringList suggestions(const QString &word)
    {
        const std::lock_guard lock(mutex);
        const QByteArray bytes = encode(word);
        QStringList texts;
        for (const std::string &text : hunspell.suggest(bytes.toStdString())) {
            texts << QString(decode(QByteArrayView(text.data(), qsizetype(text.size()))));
            if (texts.size() == mostSuggestions)
                break;
        }
        return texts;
    }

    std::mutex mutex;
    Hunspell hunspell;
    QStringEncoder encode;
    QStringDecoder decode;
};

SpellChecker::SpellChecker(const QStringList &folders, QObject *parent)
    : QObject(parent)
    , m_folders(folders.isEmpty() ? systemFolders() : folders)
{
    m_start.setSingleShot(true);
    connect(&m_watcher, &QFutureWatcher<std::shared_ptr<Dictionary>>::finished, this, [this] {
        if (!m_isLoading)
            return; // another language was wanted since
        m_isLoading = false;
        m_dictionary = m_watcher.result();
        m_known.clear();
        emit changed();
    });
}

SpellChecker::~SpellChecker() = default;

QStringList SpellChecker::languages() const
{
    QSet<QString> found;
    for (const QString &folder : m_folders) {
        const QStringList names = QDir(folder).entryList({u"*.dic"_s}, QDir::Files);
        for (const QString &name : names) {
            const QString language = name.chopped(4);
            if (!language.startsWith("hyph_"_L1) && !baseOf(language).isEmpty())
                found.insert(language);
        }
    }
    QStringList sorted = found.values();
    sorted.sort();
    return sorted;
}

QString SpellChecker::baseOf(const QString &language) const
{
    for (const QString &folder : m_folders) {
        QString base = QDir(folder).filePath(language);
        if (!language.isEmpty() && QFile::exists(base + u".dic"_s)
            && QFile::exists(base + u".aff"_s))
            return base;
    }
    return {};
}

QString SpellChecker::defaultLanguage() const
{
    const QStringList installed = languages();
    QString own = QLocale().name(); // "de_AT"
    if (installed.contains(own))
        return own;
    for (const QString &wanted : {own.section(u'_', 0, 0), u"en"_s}) {
        const QString country = wanted + u'_' + wanted.toUpper(); // "de_DE" before "de_AT"
        for (const QString &first : {country, u"en_US"_s}) {
            if (first.startsWith(wanted) && installed.contains(first))
                return first;
        }
        for (const QString &language : installed) {
            if (language.section(u'_', 0, 0) == wanted)
                return language;
        }
    }
    return installed.value(0, own == "C"_L1 ? u"en_US"_s : own);
}

void SpellChecker::setLanguage(const QString &language)
{
    m_language = language.isEmpty() ? defaultLanguage() : language;
    m_known.clear();
    m_dictionary.reset();
    m_isLoading = false;
    m_start.stop();
    const QString base = isOff() ? QString() : baseOf(m_language);
    if (base.isEmpty()) {
        m_watcher.setFuture({});
        emit changed();
        return;
    }
    auto promise = std::make_shared<QPromise<std::shared_ptr<Dictionary>>>();
    promise->start();
    m_isLoading = true;
    m_watcher.setFuture(promise->future());
    m_start.disconnect();
    m_start.callOnTimeout([promise, base] {
        QThreadPool::globalInstance()->start([promise, base] {
            promise->addResult(std::make_shared<Dictionary>(base));
            promise->finish();
        });
    });
    m_start.start(loadDelay);
}

QString SpellChecker::missingText() const
{
    if (isOff() || isReady() || isLoading())
        return {};
    return tr("There is no dictionary for %1 to check the spelling with. On Debian the package %2 "
              "has it.")
        .arg(m_language, packageOf(m_language));
}

void SpellChecker::setOwnWords(const QStringList &words)
{
    m_own = QSet<QString>(words.begin(), words.end());
    emit changed();
}

void SpellChecker::ignore(const QString &word)
{
    m_ignored.insert(word);
    emit changed();
}

bool SpellChecker::isCorrect(const QString &word)
{
    if (!m_dictionary || m_own.contains(word) || m_ignored.contains(word))
        return true;
    const auto known = m_known.constFind(word);
    if (known != m_known.cend())
        return *known;
    const std::unique_lock lock(m_dictionary->mutex, std::try_to_lock);
    if (!lock) {
        m_hasSkipped = true;
        return true; // until it is known
    }
    if (m_known.size() > mostKnown)
        m_known.clear();
    QString plain = word;
    plain.replace(u'\u2019', u'\''); // the apostrophe of typographers
    // A word of another alphabet is none of this dictionary's business.
    const QByteArray bytes = m_dictionary->encode(plain);
    const bool isForeign = QString(m_dictionary->decode(bytes)) != plain;
    const bool isCorrect = isForeign || m_dictionary->hunspell.spell(bytes.toStdString());
    m_known.insert(word, isCorrect);
    return isCorrect;
}

void SpellChecker::suggest(const QString &word)
{
    if (!m_dictionary) {
        emit suggested(word, {});
        return;
    }
    ++m_suggesting;
    auto *watcher = new QFutureWatcher<QStringList>(this);
    connect(watcher, &QFutureWatcher<QStringList>::finished, this, [this, watcher, word] {
        watcher->deleteLater();
        onSuggested(word, watcher->result());
    });
    auto promise = std::make_shared<QPromise<QStringList>>();
    promise->start();
    watcher->setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, word, dictionary = m_dictionary] {
        promise->addResult(dictionary->suggestions(word));
        promise->finish();
    });
}

void SpellChecker::onSuggested(const QString &word, const QStringList &suggestions)
{
    --m_suggesting;
    if (std::exchange(m_hasSkipped, false))
        emit changed();
    emit suggested(word, suggestions);
}

QList<WordRange> wordsToCheck(QStringView line, const QList<WordRange> &skipped)
{
    const auto isJoiner = [](QChar character) {
        return character == u'\'' || character == u'\u2019' || character == u'\u00AD';
    };
    const auto isPart = [](QChar character) {
        return character.isLetterOrNumber() || character.isMark() || character == u'_'
            || character.isSurrogate();
    };
    QList<WordRange> words;
    for (qsizetype i = 0; i < line.size();) {
        if (!isPart(line[i])) {
            ++i;
            continue;
        }
        const qsizetype begin = i;
        bool isName = false; // of a program or a file, not a word
        while (i < line.size()
               && (isPart(line[i])
                   || (isJoiner(line[i]) && i + 1 < line.size() && line[i + 1].isLetter()))) {
            const QChar character = line[i];
            isName = isName || character.isDigit() || character == u'_' || character.isSurrogate()
                || (i > begin && character.isUpper() && line[i - 1].isLower());
            ++i;
        }
        const bool isSkipped = std::ranges::any_of(skipped, [&](const WordRange &range) {
            return begin < range.begin + range.length && i > range.begin;
        });
        if (!isName && !isSkipped && i - begin > 1)
            words.append({begin, i - begin});
    }
    return words;
}

} // namespace ui

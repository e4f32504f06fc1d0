// SPDX-License-Identifier: MIT

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

const QString root = QStringLiteral(POSTDESK_SOURCE_DIR);

/// What a character of a C++ file belongs to.
enum class Part { Code, Comment, Literal };

/// A C++ text in which only one kind of thing is left; the rest is blanks, so that lines stay where
/// they were. The quotes of a literal count as code.
class SourceText
{
public:
    explicit SourceText(QString text);

    QString only(QList<Part> wanted) const
    {
        QString result = m_text;
        for (qsizetype i = 0; i < result.size(); ++i) {
            if (result[i] != u'\n' && !wanted.contains(m_parts[i]))
                result[i] = u' ';
        }
        return result;
    }

private:
    qsizetype endOfQuoted(qsizetype begin) const;
    bool isDigitSeparator(qsizetype position) const;

    QString m_text;
    QList<Part> m_parts; ///< one for each character of m_text
};

SourceText::SourceText(QString text)
    : m_text(std::move(text))
    , m_parts(m_text.size(), Part::Code)
{
    const auto mark = [this](qsizetype begin, qsizetype end, Part part) {
        std::fill(m_parts.begin() + begin, m_parts.begin() + end, part);
    };
    static const QRegularExpression rawString(u"\\G(?:u8|[uUL])?R\"([^ ()\\\\\\n]{0,16})\\("_s);

    qsizetype i = 0;
    while (i < m_text.size()) {
        const QStringView rest = QStringView(m_text).sliced(i);
        if (rest.startsWith("//"_L1)) {
            const qsizetype newline = m_text.indexOf(u'\n', i);
            const qsizetype end = newline < 0 ? m_text.size() : newline;
            mark(i, end, Part::Comment);
            i = end;
        } else if (rest.startsWith("/*"_L1)) {
            const qsizetype close = m_text.indexOf("*/"_L1, i + 2);
            const qsizetype end = close < 0 ? m_text.size() : close + 2;
            mark(i, end, Part::Comment);
            i = end;
        } else if (const auto raw = u"RuUL"_s.contains(m_text[i]) ? rawString.match(m_text, i)
                                                                  : QRegularExpressionMatch();
                   raw.hasMatch() && (i == 0 || !m_text[i - 1].isLetterOrNumber())) {
            const qsizetype close
                = m_text.indexOf(u')' + raw.captured(1) + u'"', raw.capturedEnd());
            const qsizetype end = close < 0 ? m_text.size() : close;
            mark(raw.capturedEnd(), end, Part::Literal);
            i = close < 0 ? end : end + raw.capturedLength(1) + 2;
        } else if (m_text[i] == u'"' || (m_text[i] == u'\'' && !isDigitSeparator(i))) {
            const qsizetype end = endOfQuoted(i);
            mark(i + 1, end, Part::Literal);
            i = end + 1;
        } else {
            ++i;
        }
    }
}

/// Where the quote at @p begin is closed; the end of the line if it is not.
qsizetype SourceText::endOfQuoted(qsizetype begin) const
{
    qsizetype i = begin + 1;
    while (i < m_text.size() && m_text[i] != m_text[begin] && m_text[i] != u'\n')
        i += m_text[i] == u'\\' ? 2 : 1;
    return std::min(i, m_text.size());
}

/// Whether the ' at @p position is that of 10'000 and opens no character.
bool SourceText::isDigitSeparator(qsizetype position) const
{
    qsizetype begin = position;
    while (begin > 0 && (m_text[begin - 1].isLetterOrNumber() || m_text[begin - 1] == u'\''))
        --begin;
    return begin < position && m_text[begin].isDigit();
}

QString read(const QString &path)
{
    QFile file(root + u'/' + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Taken apart once, as several tests read each file.
const SourceText &source(const QString &path)
{
    static QHash<QString, SourceText> sources;
    const auto known = sources.constFind(path);
    return known != sources.constEnd() ? *known : *sources.insert(path, SourceText(read(path)));
}

/// Paths below @p folder, relative to the root, sorted.
QStringList filesIn(const QString &folder, const QStringList &patterns)
{
    QStringList paths;
    QDirIterator files(root + u'/' + folder, patterns, QDir::Files | QDir::Hidden,
                       QDirIterator::Subdirectories);
    while (files.hasNext())
        paths.append(QDir(root).relativeFilePath(files.next()));
    paths.sort();
    return paths;
}

QStringList sourcesIn(const QString &folder)
{
    return filesIn(folder, {u"*.h"_s, u"*.cpp"_s});
}

struct Match
{
    int line = 0;
    QString text;
};

/// What group 1 of @p pattern is at each place in @p text.
QList<Match> findAll(const QString &text, const QRegularExpression &pattern)
{
    QList<Match> found;
    qsizetype counted = 0; // lines are counted once, not from the top for each match
    int line = 1;
    for (const QRegularExpressionMatch &match : pattern.globalMatch(text)) {
        const qsizetype start = match.capturedStart(1);
        line += static_cast<int>(QStringView(text).sliced(counted, start - counted).count(u'\n'));
        counted = start;
        found.append({line, match.captured(1)});
    }
    return found;
}

QList<Match> includesOf(const QString &path)
{
    // Literals are wanted, as "core/error.h" is one. Not a raw string: moc does not know uR"".
    static const QRegularExpression include(u"^[ \\t]*#[ \\t]*include[ \\t]*(<[^>]+>|\"[^\"]+\")"_s,
                                            QRegularExpression::MultilineOption);
    return findAll(source(path).only({Part::Code, Part::Literal}), include);
}

QString at(const QString &path, int line, const QString &message)
{
    return u"%1:%2: %3"_s.arg(path).arg(line).arg(message);
}

/// The folder of the house that a path lies in: core, ui/table.
QString layerOf(const QString &path)
{
    const QStringList parts = path.split(u'/');
    return parts.size() > 2 ? parts[0] + u'/' + parts[1] : parts[0];
}

/// Each may include what stands before it; those on one line may include each other, one way.
const QList<QStringList> layers = {
    {u"core"_s},
    {u"core/schema"_s},
    {u"core/expression"_s},
    {u"core/dialect"_s},
    {u"core/engine"_s},
    {u"core/mapping"_s},
    {u"core/session"_s},
    {u"core/migration"_s, u"core/transfer"_s},
    {u"ui/common"_s},
    {u"ui/changes"_s},
    {u"ui/table"_s, u"ui/editor"_s, u"ui/find"_s, u"ui/search"_s, u"ui/palette"_s,
     u"ui/transfer"_s},
    {u"ui/batch"_s, u"ui/help"_s, u"ui/history"_s, u"ui/review"_s},
    {u"ui/mainwindow"_s},
    {u"app"_s},
};

qsizetype rankOf(const QString &layer)
{
    for (qsizetype rank = 0; rank < layers.size(); ++rank) {
        if (layers[rank].contains(layer))
            return rank;
    }
    return -1;
}

/// Whether a class of Qt lives in one of @p modules; true for a header that is not Qt's.
bool comesFrom(const QString &header, const QStringList &modules)
{
    const QDir headers(QLibraryInfo::path(QLibraryInfo::HeadersPath));
    if (header.startsWith("Qt"_L1) && header.contains(u'/'))
        return modules.contains(header.section(u'/', 0, 0));
    if (!header.startsWith(u'Q') && !header.startsWith("q"_L1))
        return true;
    return std::any_of(modules.begin(), modules.end(), [&](const QString &module) {
        return headers.exists(module + u'/' + header);
    });
}

/// The words of an identifier: postEvent is post and Event, POST_COUNT is POST and COUNT.
QStringList wordsOf(const QString &identifier)
{
    static const QRegularExpression word(u"[A-Z]+(?![a-z])|[A-Z]?[a-z]+"_s);
    QStringList words;
    for (const QRegularExpressionMatch &match : word.globalMatch(identifier))
        words.append(match.captured().toLower());
    return words;
}

/// Where @p text names a post: an identifier with that word in it, or the word in a text.
QList<Match> postsNamedIn(const QString &text)
{
    // The word itself is looked for among the few identifiers that have its letters.
    static const QRegularExpression identifier(u"\\b(\\w*post\\w*)"_s,
                                               QRegularExpression::CaseInsensitiveOption);
    QList<Match> found = findAll(text, identifier);
    found.removeIf([](const Match &match) {
        const QStringList words = wordsOf(match.text);
        // Qt's own words for sending an event.
        const bool isQts = match.text == "postEvent"_L1 || match.text == "sendPostedEvents"_L1;
        return isQts || !(words.contains("post"_L1) || words.contains("posts"_L1));
    });
    return found;
}

/// The types and functions that the header @p text declares for all to use, without a word about
/// them. A comment goes for the lines up to the next blank one, and one that stands alone for what
/// follows it. Not asked are operators, members, which their class's comment may cover, and what
/// gives a name another meaning: a specialisation, a definition of something declared elsewhere.
QList<Match> undescribedNames(const QString &text)
{
    static const QRegularExpression type(
        u"^(?:class|struct|enum class|enum) (\\w+)(?![\\w:<;])(?!.*;)"_s);
    static const QRegularExpression function(
        u"^(?!template|requires|using|class|struct|enum|static_assert|Q_)[\\w:<].*?"
        "\\b((?!operator|qHash)(?<!::)\\w+)\\(.*"_s);
    QList<Match> found;
    QStringList scopes;
    bool isDescribed = false;
    const QStringList lines = text.split(u'\n');
    for (int i = 0; i < lines.size(); ++i) {
        const QString &line = lines[i];
        const bool isComment = line.startsWith("//"_L1);
        if (line.startsWith("namespace "_L1) && line.endsWith(u'{'))
            scopes.append(line);
        else if (line.startsWith("} // namespace"_L1) && !scopes.isEmpty())
            scopes.removeLast();
        else if (isComment || line.contains("///<"_L1))
            isDescribed = true;
        else if (line.isEmpty())
            isDescribed = isDescribed && lines.value(i - 1).startsWith("//"_L1);
        const bool isOpen = !scopes.isEmpty() && !scopes.last().contains("detail"_L1)
            && !scopes.last().contains("mapping_error"_L1);
        if (isDescribed || isComment || !isOpen || line.contains(" operator"_L1))
            continue;
        for (const QRegularExpression &declaration : {type, function}) {
            const QRegularExpressionMatch match = declaration.match(line);
            if (match.hasMatch() && !match.captured(1).isEmpty())
                found.append({i + 1, match.captured(1)});
        }
    }
    return found;
}

void report(const QStringList &problems)
{
    if (!problems.isEmpty())
        QFAIL(qPrintable(u'\n' + problems.join(u'\n')));
}

} // namespace

/// Reads the sources themselves: that the house keeps to its layout (CONTRIBUTING.md).
class LayeringTest final : public QObject
{
    Q_OBJECT

private slots:
    void textIsTakenApart_data();
    void textIsTakenApart();
    void postsAreFoundByWord();
    void includesPointLeft();
    void undescribedNamesAreFound();
    void corePublicNamesAreDescribed();
    void coreIsTheSameInEveryBuild();
    void coreNeverSaysPost();
    void uiNamesNoPost();
    void noMessageBoxes();
    void everySourceIsBuilt();
    void everyTestIsRegistered();
    void everyFileHasItsLicenceLine();
};

void LayeringTest::textIsTakenApart_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("literals");

    QTest::newRow("comment") << u"a; // b\nc;"_s << u"a;     \nc;"_s << u"       \n  "_s;
    QTest::newRow("block") << u"a /* \" */ b"_s << u"a         b"_s << u"           "_s;
    QTest::newRow("escape") << u"(\"a\\\"b\" c)"_s << u"(\"    \" c)"_s << u"  a\\\"b    "_s;
    QTest::newRow("slashes") << u"\"//\" c"_s << u"\"  \" c"_s << u" //   "_s;
    QTest::newRow("separator") << u"10'000 'x' c"_s << u"10'000 ' ' c"_s << u"        x   "_s;
    QTest::newRow("raw") << u"R\"x(a\")\"b)x\" c"_s << u"R\"x(     )x\" c"_s
                         << u"    a\")\"b     "_s;
}

void LayeringTest::textIsTakenApart()
{
    QFETCH(const QString, text);
    QTEST(SourceText(text).only({Part::Code}), "code");
    QTEST(SourceText(text).only({Part::Literal}), "literals");
}

void LayeringTest::postsAreFoundByWord()
{
    const QString text = u"Post post_id loadPosts POSTS "
                         u"postdesk POSTDESK_GUARD PostgreSqlDialect postgresql poster postEvent"_s;
    QStringList names;
    for (const Match &match : postsNamedIn(text))
        names.append(match.text);
    QCOMPARE(names, QStringList({u"Post"_s, u"post_id"_s, u"loadPosts"_s, u"POSTS"_s}));
}

void LayeringTest::includesPointLeft()
{
    const QStringList coreModules = {u"QtCore"_s, u"QtSql"_s};
    const QStringList uiModules
        = {u"QtCore"_s, u"QtGui"_s, u"QtWidgets"_s, u"QtSvg"_s, u"QtDBus"_s, u"QtNetwork"_s};

    QStringList problems;
    QMap<std::pair<QString, QString>, QString> sideways; // between layers of one rank: where
    for (const QString &path : sourcesIn(u"core"_s) + sourcesIn(u"ui"_s) + sourcesIn(u"app"_s)) {
        const QString layer = layerOf(path);
        if (rankOf(layer) < 0) {
            problems.append(at(path, 1, u"%1 is not in the list of layers"_s.arg(layer)));
            continue;
        }
        const bool isCore = path.startsWith("core/"_L1);
        for (const Match &include : includesOf(path)) {
            const QString header = include.text.sliced(1, include.text.size() - 2);
            const auto complain = [&](const QString &what) {
                problems.append(at(path, include.line, include.text + u": "_s + what));
            };
            if (include.text.startsWith(u'<')) {
                if (isCore && !comesFrom(header, coreModules))
                    complain(u"core knows only Qt Core and Qt Sql"_s);
                if (!isCore && !comesFrom(header, uiModules))
                    complain(u"not one of the Qt modules that ui and app may use"_s);
                if (!isCore && header == "sqlite3.h"_L1)
                    complain(u"only core talks to the database"_s);
                continue;
            }
            if (header.endsWith(".moc"_L1))
                continue;
            if (!QFile::exists(root + u'/' + header)) {
                complain(u"write the path from the top folder on, as in \"core/error.h\""_s);
                continue;
            }
            const QString other = layerOf(header);
            if (rankOf(other) < 0 || rankOf(other) > rankOf(layer)) {
                complain(u"%1 must not know %2"_s.arg(layer, other));
            } else if (other != layer && rankOf(other) == rankOf(layer)) {
                const QString here = at(path, include.line, include.text);
                if (sideways.contains({other, layer}))
                    complain(u"the other way round at "_s + sideways.value({other, layer}));
                sideways.insert({layer, other}, here);
            }
        }
    }
    report(problems);
}

void LayeringTest::undescribedNamesAreFound()
{
    const QString text = u"namespace orm {\n\nclass Ahead;\n\n/// Said.\nclass Known\n{\n    "
                         "int inside();\n};\n\nstruct Bare\n{\n};\n\n// A group\n\nint one();\n"
                         "int two();\n\nint three();\nint four(); ///< said\n\n"
                         "namespace detail {\nint hidden();\n} // namespace detail\n\n"
                         "template<typename T>\nbool operator==(T a, T b);\n\n"
                         "inline int Known::inside()\n{\n}\n\n} // namespace orm\n"_s;
    QStringList names;
    for (const Match &match : undescribedNames(text))
        names.append(match.text);
    QCOMPARE(names, QStringList({u"Bare"_s, u"three"_s}));
}

void LayeringTest::corePublicNamesAreDescribed()
{
    QStringList problems;
    for (const QString &path : filesIn(u"core"_s, {u"*.h"_s})) {
        for (const Match &match : undescribedNames(read(path)))
            problems.append(at(path, match.line, match.text + u": say what it is, in a ///"_s));
    }
    report(problems);
}

void LayeringTest::coreIsTheSameInEveryBuild()
{
    // What is refused in a debug build is refused in a release, too: threads, null handles, states.
    static const QRegularExpression question(
        u"\\b(NDEBUG|QT_NO_DEBUG|QT_DEBUG|QT_FORCE_ASSERTS|assert *\\()"_s);
    QStringList problems;
    for (const QString &path : filesIn(u"core"_s, {u"*.h"_s, u"*.cpp"_s, u"CMakeLists.txt"_s})) {
        const QString text = source(path).only({Part::Code});
        for (auto found = question.globalMatch(text); found.hasNext();) {
            const QRegularExpressionMatch match = found.next();
            problems.append(at(path,
                               static_cast<int>(text.left(match.capturedStart()).count(u'\n')) + 1,
                               match.captured() + u": core is the same in every build"_s));
        }
    }
    report(problems);
}

void LayeringTest::coreNeverSaysPost()
{
    QStringList problems;
    for (const QString &path : sourcesIn(u"core"_s)) {
        const QString text = source(path).only({Part::Code, Part::Literal});
        for (const Match &match : postsNamedIn(text))
            problems.append(at(path, match.line, match.text + u": core knows no posts"_s));
    }
    report(problems);
}

void LayeringTest::uiNamesNoPost()
{
    // Code only: object names are promised to tests as they are, such as postsView.
    QStringList problems;
    for (const QString &path : sourcesIn(u"ui"_s)) {
        for (const Match &match : postsNamedIn(source(path).only({Part::Code})))
            problems.append(at(path, match.line, match.text + u": ui knows records, not posts"_s));
    }
    report(problems);
}

void LayeringTest::noMessageBoxes()
{
    // What concerns the database is said in the message bar; a box stops the hands on the keyboard.
    static const QRegularExpression box(u"\\b(QMessageBox|QErrorMessage)\\b"_s);
    QStringList problems;
    for (const QString &path : sourcesIn(u"core"_s) + sourcesIn(u"ui"_s) + sourcesIn(u"app"_s)) {
        const QString text = source(path).only({Part::Code, Part::Literal});
        for (const Match &match : findAll(text, box))
            problems.append(at(path, match.line, match.text + u": use the MessageBar"_s));
    }
    report(problems);
}

void LayeringTest::everySourceIsBuilt()
{
    QStringList problems;
    for (const QString &folder : {u"core"_s, u"ui"_s, u"app"_s}) {
        const QString list = folder + u"/CMakeLists.txt"_s;
        const QStringList words = read(list).split(QRegularExpression(u"[\\s()]+"_s));
        for (const QString &path : filesIn(folder, {u"*.cpp"_s})) {
            if (!words.contains(path.sliced(folder.size() + 1)))
                problems.append(at(path, 1, u"is not in "_s + list));
        }
    }
    report(problems);
}

void LayeringTest::everyTestIsRegistered()
{
    const QString list = u"tests/CMakeLists.txt"_s;
    // Without the comments, as a test is not run there.
    const QStringList words = read(list)
                                  .remove(QRegularExpression(u"#[^\\n]*"_s))
                                  .split(QRegularExpression(u"[\\s()]+"_s));
    QStringList problems;
    for (const QString &path : filesIn(u"tests"_s, {u"*.cpp"_s})) {
        const QString name = path.sliced(u"tests/"_s.size());
        // A test is named as ctest shows it, a file shared by several with its ending.
        if (!words.contains(name) && !words.contains(name.chopped(4)))
            problems.append(at(path, 1, u"is not in "_s + list));
    }
    report(problems);
}

void LayeringTest::everyFileHasItsLicenceLine()
{
    const QStringList patterns
        = {u"*.h"_s,  u"*.cpp"_s, u"*.cmake"_s, u"CMakeLists.txt"_s, u"*.qrc"_s,     u"*.svg"_s,
           u"*.py"_s, u"*.sh"_s,  u"run"_s,     u"in-x"_s,           u"clean-root"_s};
    QStringList paths = {u"CMakeLists.txt"_s, u".clang-format"_s, u".clang-tidy"_s};
    for (const QString &folder :
         {u".ci"_s, u"app"_s, u"cmake"_s, u"core"_s, u"resources"_s, u"tests"_s, u"ui"_s})
        paths += filesIn(folder, patterns);

    QStringList problems;
    for (const QString &path : std::as_const(paths)) {
        const QString beginning = read(path).section(u'\n', 0, 2);
        if (!beginning.contains("SPDX-License-Identifier: MIT"_L1))
            problems.append(at(path, 1, u"has no line SPDX-License-Identifier: MIT at its top"_s));
    }
    report(problems);
}

QTEST_APPLESS_MAIN(LayeringTest)
#include "tst_layering.moc"

// SPDX-License-Identifier: MIT
#include <QDir>
#include <QLibraryInfo>
#include <QProcess>
#include <QTest>

#include <atomic>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

namespace {

const QString folder = QStringLiteral(POSTDESK_SOURCE_DIR "/tests/data/mistakes");

struct Result
{
    int exitCode = -1;
    QString output;
};

Result compile(const QString &file)
{
    const QString headers = QLibraryInfo::path(QLibraryInfo::HeadersPath);
    QProcess compiler;
    compiler.setProcessChannelMode(QProcess::MergedChannels);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LC_ALL"_s, u"C"_s); // the compiler's own words in English
    compiler.setProcessEnvironment(environment);
    compiler.start(QStringLiteral(POSTDESK_CXX),
                   {u"-std=c++20"_s, u"-fsyntax-only"_s, u"-fPIC"_s, u"-DQT_NO_CAST_FROM_ASCII"_s,
                    u"-I"_s + QStringLiteral(POSTDESK_SOURCE_DIR), u"-isystem"_s, headers,
                    u"-isystem"_s, headers + u"/QtCore"_s, u"-isystem"_s, headers + u"/QtSql"_s,
                    folder + u'/' + file});
    constexpr int patience = 100'000; // for a machine that does other things, too
    if (!compiler.waitForFinished(patience))
        return {};
    return {compiler.exitCode(), QString::fromLocal8Bit(compiler.readAll())};
}

/// What follows "// expected: " in a file.
QString expectedOf(const QString &file)
{
    QFile source(folder + u'/' + file);
    if (!source.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(source.readAll());
    return text.section(u"// expected: "_s, 1).section(u'\n', 0, 0);
}

} // namespace

/// Mistakes in a mapping or a query don't compile, and the first error says which.
class MistakesTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void theFirstErrorNamesTheMistake_data();
    void theFirstErrorNamesTheMistake();

private:
    QMap<QString, Result> m_results;
};

void MistakesTest::initTestCase()
{
    const QStringList files = QDir(folder).entryList({u"*.cpp"_s}, QDir::Files, QDir::Name);
    QVERIFY(files.size() > 20);
    for (const QString &file : files)
        m_results.insert(file, {});
    std::atomic<qsizetype> next = 0;
    std::mutex mutex;
    const auto work = [&] {
        for (qsizetype i = next++; i < files.size(); i = next++) {
            const Result result = compile(files.at(i));
            const std::lock_guard lock(mutex);
            m_results[files.at(i)] = result;
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back(work);
    for (std::thread &thread : threads)
        thread.join();
}

void MistakesTest::theFirstErrorNamesTheMistake_data()
{
    QTest::addColumn<QString>("file");

    for (auto result = m_results.begin(); result != m_results.end(); ++result)
        QTest::newRow(qPrintable(result.key().chopped(4))) << result.key();
}

void MistakesTest::theFirstErrorNamesTheMistake()
{
    QFETCH(const QString, file);
    const QString expected = expectedOf(file);
    QVERIFY(!expected.isEmpty());
    const Result result = m_results.value(file);
    if (expected == u"nothing"_s) {
        QCOMPARE(result.output, QString());
        QCOMPARE(result.exitCode, 0);
        return;
    }
    QVERIFY(result.exitCode > 0);
    const QStringList lines = result.output.split(u'\n', Qt::SkipEmptyParts);
    const QStringList errors = lines.filter(u"error: "_s);
    QVERIFY2(!errors.isEmpty() && errors.first().contains(expected), qPrintable(result.output));
    constexpr qsizetype mostLines = 25; // sqlite_orm prints 39 to 62 for such mistakes
    QVERIFY2(lines.size() < mostLines, qPrintable(result.output));
}

QTEST_GUILESS_MAIN(MistakesTest)
#include "tst_mistakes.moc"

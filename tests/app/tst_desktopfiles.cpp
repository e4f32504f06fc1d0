// SPDX-License-Identifier: MIT
#include "app/commandline.h"
#include "app/optiontable.h"

#include <QDateTime>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

/// What desktops and packages are told of the program says the same as the program.
class TestDesktopFiles final : public QObject
{
    Q_OBJECT

private:
    static QString resource(const QString &name)
    {
        QFile file(QStringLiteral(POSTDESK_SOURCE_DIR "/resources/") + name);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("there is no %s", qPrintable(file.fileName()));
        return QString::fromUtf8(file.readAll());
    }

    /// What @p pattern finds in @p text, its first group each time.
    static QStringList found(const QString &pattern, const QString &text)
    {
        QStringList all;
        const QRegularExpression expression(pattern, QRegularExpression::MultilineOption);
        for (auto matches = expression.globalMatch(text); matches.hasNext();)
            all << matches.next().captured(1);
        return all;
    }

private slots:
    void theDesktopsCommandsAreUnderstood()
    {
        const QStringList commands
            = found(u"^Exec=(.*)$"_s, resource(u"desktop/postdesk.desktop"_s));
        QCOMPARE(commands.size(), 3);
        for (QString command : commands) {
            command.replace(u"%f"_s, u"blog.db"_s);
            const auto line = app::CommandLine::parse(command.split(u' '));
            QVERIFY2(line.outcome == app::CommandLine::Outcome::Run, qPrintable(line.text));
        }
        QVERIFY(commands.contains(u"postdesk %f"_s));
    }

    void theActionsAreListed()
    {
        const QString text = resource(u"desktop/postdesk.desktop"_s);
        const QString actions = found(u"^\\[Desktop Action (.*)\\]$"_s, text).join(u';');
        QCOMPARE(found(u"^Actions=(.*);$"_s, text), QStringList{actions});
    }

    void databasesAreKnownByTheirNames()
    {
        // *.sqlite3 is in the shared database of types already.
        QStringList suffixes
            = found(u"pattern=\"\\*\\.(.*?)\""_s, resource(u"desktop/postdesk-mime.xml"_s));
        suffixes << u"sqlite3"_s;
        suffixes.sort();
        QStringList expected = app::databaseSuffixes();
        expected.sort();
        QCOMPARE(suffixes, expected);
    }

    void theTypeIsTheSameEverywhere()
    {
        const QStringList declared
            = found(u"<mime-type type=\"(.*?)\""_s, resource(u"desktop/postdesk-mime.xml"_s));
        QCOMPARE(declared.size(), 1);
        QCOMPARE(found(u"<mediatype>(.*)</mediatype>"_s,
                       resource(u"desktop/postdesk.metainfo.xml.in"_s)),
                 declared);
        const QStringList opened
            = found(u"^MimeType=(.*);$"_s, resource(u"desktop/postdesk.desktop"_s));
        QCOMPARE(opened.size(), 1);
        QVERIFY(opened.first().split(u';').contains(declared.first()));
    }

    void theChangelogBeginsWithThisRelease()
    {
        const QString changelog = resource(u"packaging/changelog"_s);
        const QString version = found(u"^postdesk \\((.*)\\)"_s, changelog).value(0);
        QCOMPARE(app::versionText().section(u'\n', 0, 0), u"Postdesk "_s + version);
        const QString date = found(u"^ -- .*  (.*)$"_s, changelog).value(0);
        const QDateTime time = QDateTime::fromString(date, Qt::RFC2822Date);
        QVERIFY(time.isValid());
        QCOMPARE(time.toUTC(),
                 QDateTime(QDate::fromString(QStringLiteral(POSTDESK_RELEASE_DATE), Qt::ISODate),
                           QTime(0, 0), Qt::UTC));
    }
};

QTEST_GUILESS_MAIN(TestDesktopFiles)
#include "tst_desktopfiles.moc"

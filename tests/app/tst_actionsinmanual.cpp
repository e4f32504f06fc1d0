// SPDX-License-Identifier: MIT
#include "app/post.h"
#include "app/readmemanual.h"
#include "app/translatedtable.h"
#include "ui/mainwindow/actionfacts.h"

#include <QDir>
#include <QImage>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QString sourcePath(const QString &path)
{
    return QStringLiteral(POSTDESK_SOURCE_DIR) + u'/' + path;
}

QString contents(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s can't be read", qPrintable(path));
    return QString::fromUtf8(file.readAll());
}

ui::ActionFacts facts()
{
    return {app::translated(orm::Mapper::of<app::Post>().table()), &ui::ActionFacts::defaultKeys,
            QKeySequence::PortableText};
}

QStringList all(const QString &text, const QString &pattern)
{
    QStringList found;
    for (auto match
         = QRegularExpression(pattern, QRegularExpression::MultilineOption).globalMatch(text);
         match.hasNext();)
        found << match.next().captured(1);
    return found;
}

} // namespace

/// The manual: that it says what is true, in each language, and everything.
class TestActionsInManual final : public QObject
{
    Q_OBJECT

private slots:
    void everythingIsFilledIn_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << u"en"_s;
        QTest::newRow("German") << u"de"_s;
    }

    void everythingIsFilledIn()
    {
        QFETCH(QString, language);
        const ui::Manual manual(language, facts());
        QVERIFY2(manual.problems().isEmpty(), qPrintable(manual.problems().join(u'\n')));
        QCOMPARE(manual.chapters().size(), ui::Manual::chapterIds().size());
        static const QRegularExpression left(u"\\{(key|name|keys|menu|place)\\b"_s);
        for (const ui::ManualChapter &chapter : manual.chapters()) {
            QVERIFY2(!chapter.title.isEmpty(), qPrintable(chapter.id));
            QVERIFY2(!chapter.markdown.contains(left), qPrintable(chapter.id));
        }
    }

    void everyActionIsInAChapter_data() { everythingIsFilledIn_data(); }

    /// By name, and not only in the tables of the menus.
    void everyActionIsInAChapter()
    {
        QFETCH(QString, language);
        const ui::Manual manual(language, facts());
        QStringList missing;
        for (const ui::ActionSpec &spec : ui::Actions::specs()) {
            const QString id = QString::fromLatin1(spec.id);
            if (!manual.mentioned().contains(id))
                missing << id;
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u' ')));
    }

    void aKeyIsTheOneThatIsSet()
    {
        const auto changed = [](const ui::ActionSpec &spec) {
            return qstrcmp(spec.id, "file.save") == 0  ? QList{QKeySequence(u"Ctrl+J"_s)}
                : qstrcmp(spec.id, "file.review") == 0 ? QList<QKeySequence>()
                                                       : ui::ActionFacts::defaultKeys(spec);
        };
        const ui::ActionFacts others(app::translated(orm::Mapper::of<app::Post>().table()), changed,
                                     QKeySequence::PortableText);
        const ui::Manual manual(u"en"_s, others);
        const QString text = manual.chapter(u"save"_s)->markdown;
        QVERIFY(text.contains(u"**Ctrl+J** writes all of it"_s));
        QVERIFY(text.contains(u"| **Ctrl+J** | Save changes"_s));
        QVERIFY(!text.contains(u"**Ctrl+S**"_s));
        QVERIFY(text.contains(u"“Review changes” shows every change"_s)); // it has no key
        QVERIFY(text.contains(u"| – | Review changes"_s));
    }

    void whatIsUnknownIsAProblem()
    {
        class Nothing final : public ui::ManualFacts
        {
        public:
            std::optional<Action> action(const QString &) const override { return {}; }
            QStringList actionsOf(const QString &) const override { return {}; }
            Keys keysIn(const QString &) const override { return {}; }
        };
        const ui::Manual manual(u"en"_s, Nothing());
        for (const QString &problem :
             {u"en/save.md: {key:file.save}"_s, u"en/save.md: file.review"_s,
              u"en/keys.md: {menu file}"_s, u"en/list.md: {place list}"_s})
            QVERIFY2(manual.problems().contains(problem), qPrintable(problem));
        QCOMPARE(ui::Manual(u"fr"_s, facts()).problems().size(), ui::Manual::chapterIds().size());
    }

    void picturesAndLinksAreThere_data() { everythingIsFilledIn_data(); }

    void picturesAndLinksAreThere()
    {
        QFETCH(QString, language);
        const ui::Manual manual(language, facts());
        int pictures = 0;
        for (const ui::ManualChapter &chapter : manual.chapters()) {
            for (const QString &name :
                 all(chapter.markdown, u"!\\[[^\\]]{12,}\\]\\(([^)]*)\\)"_s)) {
                ++pictures;
                for (const bool isDark : {false, true}) {
                    const QString path = ui::Manual::picture(name, language, isDark);
                    QVERIFY2(path.startsWith(u":/manual/"_s + language), qPrintable(name));
                    QVERIFY2(QImage(path).width() > 500, qPrintable(path));
                }
            }
            // Each has a text for those who don't see it.
            QCOMPARE(all(chapter.markdown, u"(!\\[)"_s).size(),
                     all(chapter.markdown, u"!\\[[^\\]]{12,}\\]\\(([^)]*)\\)"_s).size());
            for (const QString &link :
                 all(chapter.markdown, u"(?<!!)\\[[^\\]]+\\]\\(([^)]*)\\)"_s)) {
                if (!link.endsWith(u".png"_s))
                    QVERIFY2(link.endsWith(u".md"_s) && manual.chapter(link.chopped(3)),
                             qPrintable(link));
            }
        }
        QVERIFY(pictures >= 10);
    }

    void noPictureLiesAbout()
    {
        for (const QString &language : {u"en"_s, u"de"_s}) {
            QString text;
            for (const QString &id : ui::Manual::chapterIds())
                text += contents(u":/manual/%1/%2.md"_s.arg(language, id));
            const QDir folder(sourcePath(u"resources/manual/"_s + language));
            for (const QString &name : folder.entryList({u"*.png"_s}, QDir::Files)) {
                QVERIFY2(QFile::exists(u":/manual/%1/%2"_s.arg(language, name)), qPrintable(name));
                const QString light = QString(name).remove(u"-night"_s);
                QVERIFY2(text.contains(u'(' + light + u')'), qPrintable(name));
            }
        }
    }

    /// What a chapter has in English it has in German: sections, pictures, keys, tables and links.
    void germanHasAllOfIt()
    {
        for (const QString &id : ui::Manual::chapterIds()) {
            const QString english = contents(u":/manual/en/%1.md"_s.arg(id));
            const QString german = contents(u":/manual/de/%1.md"_s.arg(id));
            for (const QString &pattern :
                 {u"^(#+) "_s, u"\\]\\(([^)]*)\\)"_s, u"^(\\{.*\\})$"_s, u"^(- )"_s}) {
                QVERIFY2(all(german, pattern) == all(english, pattern),
                         qPrintable(id + u": "_s + pattern));
            }
            QStringList keys = all(english, u"(\\{(?:key|name):[^}]+\\})"_s);
            QStringList theirs = all(german, u"(\\{(?:key|name):[^}]+\\})"_s);
            keys.sort(); // sentences have another order
            theirs.sort();
            QCOMPARE(theirs, keys);
            QCOMPARE(all(german, u"^(\\|)"_s).size(), all(english, u"^(\\|)"_s).size());
        }
    }

    void theReadmeHasIt()
    {
        const QString readme = contents(sourcePath(u"README.md"_s));
        QVERIFY(readme.contains(u"### Save, undo and conflicts"_s));
        QVERIFY2(app::withManual(readme) == readme,
                 "The README's manual is of another time: resources/manual/readme BUILD");
        for (const QString &link : all(readme, u"\\]\\((resources/[^)]*)\\)"_s))
            QVERIFY2(QFile::exists(sourcePath(link)), qPrintable(link));
        const QStringList headings = all(readme, u"^#+ (.*)$"_s);
        for (const QString &link : all(readme, u"\\]\\(#([^)]*)\\)"_s)) {
            QVERIFY2(std::ranges::any_of(
                         headings,
                         [&link](QString heading) {
                             static const QRegularExpression others(u"[^\\p{L}\\p{N} -]"_s);
                             return heading.toLower().remove(others).replace(u' ', u'-') == link;
                         }),
                     qPrintable(link));
        }
    }
};

QTEST_MAIN(TestActionsInManual)
#include "tst_actionsinmanual.moc"

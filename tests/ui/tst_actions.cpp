// SPDX-License-Identifier: MIT
#include "ui/mainwindow/actions.h"

#include <QFile>
#include <QMenu>
#include <QMenuBar>
#include <QMetaEnum>
#include <QTest>
#include <QTranslator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// What QKeySequence::keyBindings() says on each kind of desktop, as measured there with Qt 6.4.2;
/// one process sees only those of its own platform.
struct Scheme
{
    const char *name;
    QHash<QKeySequence::StandardKey, const char *> keys; ///< keys with blanks between
};

QList<Scheme> schemes()
{
    using Key = QKeySequence::StandardKey;
    const QHash<Key, const char *> common{{Key::Open, "Ctrl+O"},
                                          {Key::Close, "Ctrl+W"},
                                          {Key::Save, "Ctrl+S"},
                                          {Key::Quit, "Ctrl+Q"},
                                          {Key::Undo, "Ctrl+Z F14"},
                                          {Key::Redo, "Ctrl+Shift+Z"},
                                          {Key::Cut, "Ctrl+X Shift+Del F20"},
                                          {Key::Copy, "Ctrl+C Ctrl+Ins F16"},
                                          {Key::Paste, "Ctrl+V Ctrl+Shift+Ins Shift+Ins F18"},
                                          {Key::SelectAll, "Ctrl+A"},
                                          {Key::Deselect, "Ctrl+Shift+A"},
                                          {Key::Refresh, "F5"},
                                          {Key::Find, "Ctrl+F"},
                                          {Key::FindNext, "F3"},
                                          {Key::FindPrevious, "Shift+F3"},
                                          {Key::ZoomIn, "Ctrl++"},
                                          {Key::ZoomOut, "Ctrl+-"},
                                          {Key::New, "Ctrl+N"},
                                          {Key::Delete, "Del Ctrl+D"},
                                          {Key::Cancel, "Esc"}};
    Scheme x11{"plain X11", common};
    Scheme gnome{"GNOME", common};
    gnome.keys[Key::Refresh] = "Ctrl+R F5";
    gnome.keys[Key::FullScreen] = "Ctrl+F11";
    gnome.keys[Key::FindNext] = "Ctrl+G F3";
    gnome.keys[Key::FindPrevious] = "Ctrl+Shift+G Shift+F3";
    gnome.keys[Key::Replace] = "Ctrl+H";
    Scheme kde{"KDE", common};
    kde.keys[Key::Replace] = "Ctrl+R";
    kde.keys[Key::FullScreen] = "F11 Ctrl+Shift+F";
    Scheme windows{"Windows", common};
    windows.keys[Key::Close] = "Ctrl+F4 Ctrl+W";
    windows.keys[Key::Quit] = "";
    windows.keys[Key::Undo] = "Ctrl+Z Alt+Backspace";
    windows.keys[Key::Redo] = "Ctrl+Y Alt+Shift+Backspace Ctrl+Shift+Z";
    windows.keys[Key::Cut] = "Ctrl+X Shift+Del";
    windows.keys[Key::Copy] = "Ctrl+C Ctrl+Ins";
    windows.keys[Key::Paste] = "Ctrl+V Shift+Ins";
    windows.keys[Key::Deselect] = "";
    windows.keys[Key::FullScreen] = "F11 Alt+Enter";
    windows.keys[Key::FindNext] = "F3 Ctrl+G";
    windows.keys[Key::FindPrevious] = "Shift+F3 Ctrl+Shift+G";
    windows.keys[Key::Replace] = "Ctrl+H";
    windows.keys[Key::Delete] = "Del";
    for (Scheme *scheme : {&x11, &gnome, &kde, &windows}) {
        scheme->keys[Key::Back] = "Alt+Left";
        scheme->keys[Key::Forward] = "Alt+Right";
    }
    windows.keys[Key::Back] = "Alt+Left Backspace";
    windows.keys[Key::Forward] = "Alt+Right Shift+Backspace";
    return {windows, x11, gnome, kde};
}

QList<QKeySequence> parse(const QString &keys)
{
    QList<QKeySequence> parsed;
    for (const QString &key : keys.split(u' ', Qt::SkipEmptyParts))
        parsed << QKeySequence::fromString(key, QKeySequence::PortableText);
    return parsed;
}

QList<QKeySequence> keysIn(const Scheme &scheme, const ui::ActionSpec &spec)
{
    return ui::Actions::keys(spec, [&scheme](QKeySequence::StandardKey key) {
        return parse(QString::fromLatin1(scheme.keys.value(key, "")));
    });
}

const ui::ActionSpec &specOf(const char *id)
{
    const auto specs = ui::Actions::specs();
    return *std::ranges::find_if(
        specs, [id](const ui::ActionSpec &spec) { return qstrcmp(spec.id, id) == 0; });
}

/// Whether both can get the same key: the list and the editor are apart, all else is everywhere.
bool overlap(ui::ActionContext a, ui::ActionContext b)
{
    const auto isInEditor = [](ui::ActionContext context) {
        return context == ui::ActionContext::Editor || context == ui::ActionContext::Body;
    };
    return !(a == ui::ActionContext::List && isInEditor(b))
        && !(b == ui::ActionContext::List && isInEditor(a));
}

orm::Table posts()
{
    orm::Table table;
    table.name = u"posts"_s;
    table.singular = u"post"_s;
    table.plural = u"posts"_s;
    return table;
}

/// What the key map calls @p menu; what stands in a menu inside of one counts as of both.
QStringList menuNames(ui::ActionMenu menu)
{
    switch (menu) {
    case ui::ActionMenu::File:
        return {u"File"_s};
    case ui::ActionMenu::Edit:
        return {u"Edit"_s};
    case ui::ActionMenu::View:
    case ui::ActionMenu::Theme:
        return {u"View"_s};
    case ui::ActionMenu::Record:
    case ui::ActionMenu::Text:
        return {u"Post"_s};
    case ui::ActionMenu::Filter:
        return {u"Filter"_s};
    case ui::ActionMenu::Tools:
        return {u"Tools"_s};
    case ui::ActionMenu::Help:
        return {u"Help"_s};
    case ui::ActionMenu::None:
        break;
    }
    return {u"-"_s};
}

/// The letters behind "&" in the texts of @p actions, in lower case.
QStringList mnemonics(const QList<QAction *> &actions)
{
    QStringList letters;
    for (const QAction *action : actions) {
        const QString text = action->text();
        const qsizetype mark = text.indexOf(u'&');
        if (mark >= 0 && mark + 1 < text.size())
            letters << text.at(mark + 1).toLower();
    }
    return letters;
}

/// The actions of the bar, and of each menu and menu in a menu.
QList<QList<QAction *>> places(const QMenuBar &bar)
{
    QList<QList<QAction *>> found{bar.actions()};
    for (qsizetype i = 0; i < found.size(); ++i) {
        for (const QAction *action : found.at(i)) {
            if (action->menu())
                found << action->menu()->actions();
        }
    }
    return found;
}

} // namespace

class TestActions final : public QObject
{
    Q_OBJECT

private slots:
    void noTwoActionsHaveOneKey_data()
    {
        QTest::addColumn<int>("number");
        for (int i = 0; i < schemes().size(); ++i)
            QTest::newRow(schemes().at(i).name) << i;
    }

    void noTwoActionsHaveOneKey()
    {
        QFETCH(int, number);
        QMultiHash<QString, const ui::ActionSpec *> owners;
        for (const ui::ActionSpec &spec : ui::Actions::specs()) {
            for (const QKeySequence &key : keysIn(schemes().at(number), spec)) {
                const QString text = key.toString(QKeySequence::PortableText);
                QVERIFY2(!text.isEmpty(), spec.id);
                for (const ui::ActionSpec *owner : owners.values(text))
                    QVERIFY2(!overlap(owner->context, spec.context),
                             qPrintable(text + u" of "_s + QLatin1StringView(spec.id) + u" and "_s
                                        + QLatin1StringView(owner->id)));
                owners.insert(text, &spec);
            }
        }
    }

    void keysAreThoseOfTheKeyMap()
    {
        QHash<QString, QStringList> map;
        QFile file(QStringLiteral(POSTDESK_SOURCE_DIR) + u"/tests/data/keymap.tsv"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n').mid(1)) {
            const QStringList fields = line.split(u'\t');
            if (fields.size() > 4)
                map.insert(fields.at(0), fields);
        }
        const QHash<QString, ui::ActionContext> contexts{
            {u"W"_s, ui::ActionContext::Window},
            {u"W*"_s, ui::ActionContext::WindowByFocus},
            {u"L"_s, ui::ActionContext::List},
            {u"E"_s, ui::ActionContext::Editor},
            {u"B"_s, ui::ActionContext::Body}};
        // Beyond the map: no key of its own, so it needs no place there.
        for (const QString &id : {u"file.saveRest"_s, u"file.alwaysSaveRest"_s})
            map.insert(id, {id, u""_s, u"-"_s, u"W"_s, u"File"_s});
        map.insert(u"edit.setNull"_s, {u"edit.setNull"_s, u""_s, u"-"_s, u"W*"_s, u"Edit"_s});
        map.insert(u"filter.saveView"_s,
                   {u"filter.saveView"_s, u""_s, u"-"_s, u"W"_s, u"Filter"_s});
        map.insert(u"post.trash"_s, {u"post.trash"_s, u""_s, u"-"_s, u"W"_s, u"Post"_s});
        map.insert(u"tools.spellLanguage"_s,
                   {u"tools.spellLanguage"_s, u""_s, u"-"_s, u"W"_s, u"Tools"_s});
        map.insert(u"tools.searchIndex"_s,
                   {u"tools.searchIndex"_s, u""_s, u"-"_s, u"W"_s, u"Tools"_s});
        map.insert(u"tools.orderIndex"_s,
                   {u"tools.orderIndex"_s, u""_s, u"-"_s, u"W"_s, u"Tools"_s});

        for (const char *theme : {"system", "light", "dark", "high-contrast"}) {
            const QString id = u"view.theme."_s + QLatin1StringView(theme);
            map.insert(id, {id, u""_s, u"-"_s, u"W"_s, u"View"_s});
        }

        QSet<QString> missing(map.keyBegin(), map.keyEnd());
        const QMetaEnum standardKeys = QMetaEnum::fromType<QKeySequence::StandardKey>();
        for (const ui::ActionSpec &spec : ui::Actions::specs()) {
            const QStringList fields = map.value(QLatin1StringView(spec.id));
            QVERIFY2(!fields.isEmpty(), spec.id);
            missing.remove(QLatin1StringView(spec.id));
            QList<QKeySequence> own = parse(QString::fromLatin1(spec.keys));
            // That of the number pad goes along with the other one.
            own.removeIf([](const QKeySequence &key) { return key[0].key() == Qt::Key_Enter; });
            QVERIFY2(own == parse(fields.at(1)), spec.id);
            QVERIFY2(spec.context == contexts.value(fields.at(3)), spec.id);
            QVERIFY2(menuNames(spec.menu).contains(fields.at(4)), spec.id);
            if (fields.at(2) != u"-"_s) {
                const QByteArray name = fields.at(2).toLatin1();
                QVERIFY2(spec.standard != ui::ActionSpec::Standard::None, spec.id);
                QVERIFY2(spec.standardKey == standardKeys.keyToValue(name.constData()), spec.id);
            }
        }
        // What isn't there yet: to import, to export and to print.
        QCOMPARE(missing, (QSet<QString>{u"file.import"_s, u"file.export"_s, u"file.print"_s}));
    }

    void deleteLeavesDuplicateItsKey()
    {
        for (const Scheme &scheme : schemes()) {
            for (const ui::ActionSpec &spec : ui::Actions::specs()) {
                if (qstrcmp(spec.id, "post.delete") == 0)
                    QCOMPARE(keysIn(scheme, spec), parse(u"Del"_s));
                if (qstrcmp(spec.id, "post.duplicate") == 0)
                    QCOMPARE(keysIn(scheme, spec), parse(u"Ctrl+D"_s));
            }
        }
    }

    /// Backspace is for text, and Alt+Enter opens what is beside the list.
    void keysThatSurpriseAreLeftOut()
    {
        for (const Scheme &scheme : schemes()) {
            QCOMPARE(keysIn(scheme, specOf("view.back")), parse(u"Alt+Left"_s));
            QCOMPARE(keysIn(scheme, specOf("view.forward")), parse(u"Alt+Right"_s));
            const auto fullScreen = keysIn(scheme, specOf("view.fullScreen"));
            QCOMPARE(fullScreen,
                     parse(qstrcmp(scheme.name, "GNOME") == 0 ? u"F11 Ctrl+F11"_s : u"F11"_s));
        }
    }

    void aKeyOfAnotherActionIsNotTakenFromThePlatform()
    {
        const auto platform
            = [](QKeySequence::StandardKey) { return parse(u"Ctrl+S Ctrl+D Ctrl+Alt+Shift+S"_s); };
        QCOMPARE(ui::Actions::keys(specOf("file.save"), platform),
                 parse(u"Ctrl+S Ctrl+Alt+Shift+S"_s));
    }

    void everyActionHasAPlaceInAMenu()
    {
        ui::Actions actions(posts());
        QMenuBar bar;
        actions.fill(bar);
        QSet<QAction *> placed;
        for (const QList<QAction *> &place : places(bar))
            placed += QSet<QAction *>(place.begin(), place.end());
        for (const ui::ActionSpec &spec : ui::Actions::specs()) {
            const bool isPlaced = placed.contains(actions.action(QLatin1StringView(spec.id)));
            QVERIFY2(isPlaced == (qstrcmp(spec.id, "app.escape") != 0), spec.id);
        }
        for (QAction *sort : actions.sortActions())
            QVERIFY2(placed.contains(sort), qPrintable(sort->objectName()));
    }

    void mnemonicsAreUnique_data()
    {
        QTest::addColumn<QString>("singular");
        QTest::addColumn<QString>("language");
        for (const char *singular : {"post", "file", "tag", "event", "vehicle", "héron"})
            QTest::newRow(singular) << QString::fromUtf8(singular) << u"en"_s;
        for (const char *singular : {"Beitrag", "Datei", "Höhe"})
            QTest::newRow(singular) << QString::fromUtf8(singular) << u"de"_s;
    }

    void mnemonicsAreUnique()
    {
        QFETCH(QString, singular);
        QFETCH(QString, language);
        QTranslator translator;
        QVERIFY(translator.load(u":/translations/postdesk_"_s + language));
        QCoreApplication::installTranslator(&translator);
        orm::Table table = posts();
        table.singular = singular;
        ui::Actions actions(table);
        QMenuBar bar;
        actions.fill(bar);
        for (const QList<QAction *> &place : places(bar)) {
            if (place.isEmpty() || place.first()->objectName().startsWith(u"view.sort."_s))
                continue; // made of the names of columns
            QStringList letters = mnemonics(place);
            const qsizetype count = letters.size();
            QVERIFY2(letters.removeDuplicates() == 0, qPrintable(letters.join(u' ')));
            for (const QAction *action : place)
                QVERIFY2(action->isSeparator() || action->text().contains(u'&'),
                         qPrintable(action->text()));
            QVERIFY(count > 0);
        }
    }

    void textsHaveTheTablesNouns()
    {
        ui::Actions actions(posts());
        QCOMPARE(actions.action("post.new"_L1)->text(), u"&New post"_s);
        for (const ui::ActionSpec &spec : ui::Actions::specs())
            QVERIFY2(!actions.action(QLatin1StringView(spec.id))->text().contains(u'%'), spec.id);
    }

    void listKeysWorkOnlyInTheListItself()
    {
        ui::Actions actions(posts());
        const QList<QAction *> inList = actions.inContext(ui::ActionContext::List);
        QVERIFY(!inList.isEmpty());
        for (const QAction *action : inList)
            QCOMPARE(action->shortcutContext(), Qt::WidgetShortcut);
    }

    void anActionThatCannotActSaysWhy()
    {
        ui::Actions actions(posts());
        QAction *action = actions.action("file.save"_L1);
        actions.setAvailable(ui::ActionNeed::WritableDatabase, u"No database is open"_s);
        QVERIFY(!action->isEnabled());
        QCOMPARE(action->toolTip(), u"No database is open"_s);
        actions.setAvailable(ui::ActionNeed::WritableDatabase, {});
        QVERIFY(action->isEnabled());
        QCOMPARE(action->toolTip(), u"Write all changes to the database"_s);
    }

    void iconsAreThere()
    {
        ui::Actions actions(posts());
        for (const ui::ActionSpec &spec : ui::Actions::specs()) {
            if (spec.icon)
                QVERIFY2(!actions.action(QLatin1StringView(spec.id))->icon().isNull(), spec.id);
        }
    }
};

QTEST_MAIN(TestActions)
#include "tst_actions.moc"

// SPDX-License-Identifier: MIT
//
// Makes pictures of the program, driven by its keys, without a display:
//
//   pictures manual FOLDER       those of the manual, in FOLDER/en and FOLDER/de; see resources/manual/pictures
//   pictures readme FOLDER       those of the README, but for FOLDER/../screenshot.png in FOLDER
//   pictures places FOLDER [--language de|pseudo] [--theme dark|high-contrast] [--percent 200]
//                   [--size 1024x600] [--mirrored]
//                                one of each place of the window, to be looked at
#include "tests/journeys/places.h"
#include "tests/journeys/pseudotranslator.h"
#include "ui/common/theme.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/table/recordtableview.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QLibraryInfo>
#include <QPainter>
#include <QPainterPath>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; ///< milliseconds, on a machine that does much else

const auto blogSchema
    = u"CREATE TABLE posts (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(255) NOT NULL,"
      " content TEXT NOT NULL, created_at DATETIME DEFAULT CURRENT_TIMESTAMP);"_s;

QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"''"_s) + u'\'';
}

/// The posts of the sample blog, as statements.
QString blog()
{
    QString sql = blogSchema;
    const QDir folder(u":/sample"_s);
    int number = 0;
    for (const QString &name : folder.entryList({u"*.md"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("a post of the sample is missing");
        const QString text = QString::fromUtf8(file.readAll());
        const QString facts = text.section(u"---\n"_s, 1, 1);
        const auto fact = [&facts](const QString &key) {
            for (const QString &line : facts.split(u'\n')) {
                if (line.startsWith(key + u": "_s))
                    return line.sliced(key.size() + 2);
            }
            return QString();
        };
        sql += u"INSERT INTO posts VALUES (%1, %2, %3, %4);"_s.arg(
            QString::number(++number), quoted(fact(u"title"_s)),
            quoted(text.section(u"---\n"_s, 2).trimmed()), quoted(fact(u"date"_s)));
    }
    return sql;
}

const auto tags
    = u"CREATE TABLE tags (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, posts INTEGER,"
      " weight NUMERIC(5,2), pinned BOOLEAN, since DATE);"
      "INSERT INTO tags VALUES (1,'letters',41,0.9,1,'2021-03-01'),(2,'post office',17,0.55,0,"
      "'2021-05-12'),(3,'stamps',29,0.7,1,'2021-08-30'),(4,'handwriting',8,0.3,NULL,'2022-01-15'),"
      "(5,'trains',12,0.4,0,'2022-06-02'),(6,'winter',5,0.25,0,NULL);"_s;

/// While it lives the program speaks "de", or "pseudo"; English is its own.
class Language
{
public:
    explicit Language(const QString &code)
    {
        if (code == "pseudo"_L1)
            m_speaking.emplace(m_pseudo);
        if (code != "de"_L1)
            return;
        if (!m_german.load(u":/translations/postdesk_de.qm"_s))
            qFatal("there is no German");
        m_speaking.emplace(m_german);
        // The names of keys are Qt's own texts.
        if (m_keys.load(u"qtbase_de"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
            m_speakingKeys.emplace(m_keys);
    }

private:
    PseudoTranslator m_pseudo;
    QTranslator m_german;
    QTranslator m_keys;
    std::optional<Speaking> m_speaking;
    std::optional<Speaking> m_speakingKeys;
};

/// While it lives all text is as large.
class TextSize
{
public:
    explicit TextSize(int percent)
        : m_usual(QApplication::font())
    {
        QFont font = m_usual;
        font.setPointSizeF(m_usual.pointSizeF() * percent / 100.0);
        QApplication::setFont(font);
    }
    ~TextSize() { QApplication::setFont(m_usual); }
    Q_DISABLE_COPY_MOVE(TextSize)

private:
    QFont m_usual;
};

void choose(Journey &journey, ui::ThemeChoice theme)
{
    const QByteArray id = "view.theme." + ui::themeName(theme).toLatin1();
    journey.window().actions().action(QLatin1StringView(id))->trigger();
}

/// Of what has the focus: the window, or a dialog or popup of it.
QImage seen(Journey &journey)
{
    QWidget *top = QApplication::activeWindow();
    return (top ? top : &journey.window())->grab().toImage();
}

void writeFile(const QImage &image, const QString &file)
{
    if (!image.save(file))
        qFatal("%s can't be written", qPrintable(file));
}

/// The pictures of the manual, in one language and theme.
class ManualPictures
{
public:
    ManualPictures(const QString &folder, ui::ThemeChoice theme)
        : m_folder(folder)
        , m_theme(theme)
    {}

    void makeAll()
    {
        for (const auto make :
             {&ManualPictures::welcome, &ManualPictures::find, &ManualPictures::write,
              &ManualPictures::list, &ManualPictures::many, &ManualPictures::replace,
              &ManualPictures::review, &ManualPictures::conflict, &ManualPictures::history,
              &ManualPictures::tables}) {
            if (!QTest::currentTestFailed())
                (this->*make)();
        }
    }

    /// The window with something of everything, and after @p keys.
    void makeBusy(const QString &name, const QString &keys)
    {
        Journey journey(blog());
        start(journey, {1100, 640});
        journey.press(u"F9, Down, Down, F2, End"_s);
        journey.type(u", by hand"_s);
        journey.press(u"Return, Down, Down, Del, Ctrl+Home"_s);
        QTRY_VERIFY_WITH_TIMEOUT(journey.isShown(u"previewView"_s), patience);
        journey.press(keys);
        save(journey, name, {}, Ending::Same);
    }

    /// The window in a theme of its own, for the picture that has three.
    static QImage window(ui::ThemeChoice theme)
    {
        ManualPictures pictures({}, theme);
        Journey journey(blog());
        pictures.start(journey, {760, 400});
        QImage image = journey.window().grab().toImage();
        journey.stop();
        return image;
    }

private:
    void start(Journey &journey, const QSize &size, const QString &table = {})
    {
        if (table.isEmpty())
            journey.start();
        else
            journey.startWithTable(table);
        dress(journey, size);
        QTRY_VERIFY_WITH_TIMEOUT(journey.window().isSettled(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(journey.focus().endsWith(u"View"_s), patience);
    }

    void dress(Journey &journey, const QSize &size)
    {
        choose(journey, m_theme);
        journey.window().resize(size);
    }

    enum class Ending { ByTheme, Same };

    void save(Journey &journey, const QString &name, const QRect &part = {},
              Ending ending = Ending::ByTheme)
    {
        QTRY_VERIFY_WITH_TIMEOUT(journey.window().isSettled(), patience);
        QTest::qWait(400); // what comes a moment later, such as colours and marks
        if (auto *toast = journey.window().findChild<QWidget *>(u"toast"_s))
            toast->hide();
        QImage image = seen(journey);
        if (part.isValid())
            image = image.copy(QRect(part.topLeft() * image.devicePixelRatio(),
                                     part.size() * image.devicePixelRatio()));
        image.setDevicePixelRatio(1);
        const bool isNight = ending == Ending::ByTheme && m_theme == ui::ThemeChoice::Dark;
        writeFile(image, QDir(m_folder).filePath(name + (isNight ? u"-night.png"_s : u".png"_s)));
    }

    void welcome()
    {
        Journey journey(blog());
        journey.start(QString());
        dress(journey, {720, 540});
        QTRY_VERIFY_WITH_TIMEOUT(journey.isShown(u"welcomePage"_s), patience);
        save(journey, u"open"_s);
    }

    void find()
    {
        Journey journey(blog());
        start(journey, {900, 420});
        journey.press(u"Ctrl+F"_s);
        journey.type(u"card"_s);
        QTRY_VERIFY_WITH_TIMEOUT(journey.view().model()->rowCount() < 12, patience);
        save(journey, u"find"_s);
    }

    void write()
    {
        Journey journey(blog());
        start(journey, {1180, 560});
        journey.window().actions().action("view.layout"_L1)->trigger();
        journey.window().actions().action("view.layout"_L1)->trigger(); // the editor alone
        journey.press(u"Ctrl+1, Down, Return, F9"_s);
        QTRY_VERIFY_WITH_TIMEOUT(journey.isShown(u"previewView"_s), patience);
        save(journey, u"write"_s);
    }

    void list()
    {
        Journey journey(blog());
        start(journey, {900, 420});
        journey.press(u"Down, Down, Del, Down, F2"_s);
        journey.type(u"Timetables, and a map"_s);
        journey.press(u"Return, Up, Up, F2, End"_s);
        save(journey, u"list"_s);
    }

    void many()
    {
        Journey journey(blog());
        start(journey, {1180, 520});
        journey.press(u"Down, Shift+Down, Shift+Down, Ctrl+E"_s);
        QTRY_VERIFY_WITH_TIMEOUT(journey.isShown(u"batchPanel"_s), patience);
        QTest::qWait(300);
        journey.type(u"{title} (old)"_s);
        save(journey, u"many"_s);
    }

    void replace()
    {
        Journey journey(blog());
        start(journey, {1180, 480});
        journey.press(u"Ctrl+Shift+H"_s);
        QTRY_VERIFY_WITH_TIMEOUT(journey.isShown(u"replacePanel"_s), patience);
        journey.type(u"postcard"_s);
        journey.press(u"Tab"_s);
        journey.type(u"letter"_s);
        journey.press(u"Return"_s);
        const auto *hits = journey.window().findChild<QAbstractItemView *>(u"replaceList"_s);
        QTRY_VERIFY_WITH_TIMEOUT(hits && hits->model()->rowCount() > 1, patience);
        save(journey, u"replace"_s);
    }

    void review()
    {
        Journey journey(blog());
        start(journey, {1180, 480});
        journey.press(u"F2"_s);
        journey.type(u"Start here, and stay"_s);
        journey.press(u"Return, Down, Down, Del, Down, F2"_s);
        journey.type(u"Timetables, and a map"_s);
        journey.press(u"Return, Home, Ctrl+Home, Ctrl+Shift+R"_s);
        QTRY_VERIFY_WITH_TIMEOUT(journey.isShown(u"reviewPanel"_s), patience);
        save(journey, u"review"_s);
    }

    void conflict()
    {
        Journey journey(blog());
        start(journey, {1180, 480});
        journey.press(u"F2"_s);
        journey.type(u"Start here, friend"_s);
        journey.press(u"Return"_s);
        QTRY_VERIFY_WITH_TIMEOUT(journey.window().isSettled(), patience);
        const int code = OtherProgram(journey.database())
                             .run(u"UPDATE posts SET title = 'Begin here' WHERE id = 12"_s);
        if (code != 0)
            qFatal("the neighbour could not write");
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY_WITH_TIMEOUT(journey.isShown(u"conflictPanel"_s), patience);
        save(journey, u"conflict"_s);
    }

    void history()
    {
        Journey journey(blog());
        start(journey, {1180, 440});
        for (const auto &title : {u"Start here, and stay"_s, u"Start here, friend"_s}) {
            journey.press(u"F2"_s);
            journey.type(title);
            journey.press(u"Return, Ctrl+S"_s);
            QTRY_VERIFY_WITH_TIMEOUT(
                journey.window().isSettled() && journey.mark(0).trimmed().isEmpty(), patience);
        }
        journey.press(u"F12"_s);
        QTRY_VERIFY_WITH_TIMEOUT(journey.isShown(u"historyPanel"_s), patience);
        const auto *versions = journey.window().findChild<QAbstractItemView *>(u"historyList"_s);
        QTRY_VERIFY_WITH_TIMEOUT(versions->model()->rowCount() > 2, patience);
        journey.press(u"Down, Down"_s);
        save(journey, u"history"_s);
    }

    void tables()
    {
        Journey journey(blogSchema + tags);
        start(journey, {900, 400}, u"tags"_s);
        save(journey, u"tables"_s);
    }

    QString m_folder;
    ui::ThemeChoice m_theme;
};

/// The pictures of the README: the window at work, in its themes, large and in German.
void makeReadme(const QString &folder)
{
    struct Picture
    {
        QString name;
        ui::ThemeChoice theme;
        int percent;
        QString language;
        QString keys; ///< pressed after what all of them show
    };
    using enum ui::ThemeChoice;
    const Picture pictures[] = {
        {u"../screenshot"_s, Light, 100, u"en"_s, u"Ctrl+Home"_s},
        {u"dark"_s, Dark, 100, u"en"_s, u"Ctrl+Shift+P"_s},
        {u"high-contrast"_s, HighContrast, 100, u"en"_s, u"Ctrl+Shift+R"_s},
        {u"large-text"_s, Light, 200, u"en"_s, u"Ctrl+Home"_s},
        {u"german"_s, Dark, 100, u"de"_s, u"Ctrl+Home, F1"_s},
    };
    for (const Picture &picture : pictures) {
        const Language speaking(picture.language);
        const TextSize size(picture.percent);
        ManualPictures(folder, picture.theme).makeBusy(picture.name, picture.keys);
    }
}

/// Three windows in one picture, each a slice of it.
void makeThemes(const QString &file)
{
    const QList<QImage> windows{ManualPictures::window(ui::ThemeChoice::Light),
                                ManualPictures::window(ui::ThemeChoice::Dark),
                                ManualPictures::window(ui::ThemeChoice::HighContrast)};
    QImage image = windows.constFirst();
    image.setDevicePixelRatio(1);
    const int step = image.width() / 3;
    QPainter painter(&image);
    for (int i = 1; i < windows.size(); ++i) {
        QImage window = windows.at(i);
        window.setDevicePixelRatio(1);
        const int lean = image.height() / 6;
        QPainterPath slice;
        slice.moveTo(step * i + lean, 0);
        slice.lineTo(image.width(), 0);
        slice.lineTo(image.width(), image.height());
        slice.lineTo(step * i - lean, image.height());
        slice.closeSubpath();
        painter.setClipPath(slice);
        painter.drawImage(0, 0, window);
    }
    painter.end();
    writeFile(image, file);
}

void makeManual(const QString &folder)
{
    for (const QString &language : {u"en"_s, u"de"_s}) {
        const Language speaking(language);
        const QString place = QDir(folder).filePath(language);
        QDir().mkpath(place);
        for (const auto theme : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark})
            ManualPictures(place, theme).makeAll();
        makeThemes(place + u"/themes.png"_s);
    }
}

void makePlaces(const QString &folder, const QCommandLineParser &options)
{
    const Language speaking(options.value(u"language"_s));
    const TextSize textSize(options.value(u"percent"_s).toInt());
    if (options.isSet(u"mirrored"_s))
        QApplication::setLayoutDirection(Qt::RightToLeft);
    const auto theme = ui::themeChoice(options.value(u"theme"_s)).value_or(ui::ThemeChoice::Light);
    const QStringList size = options.value(u"size"_s).split(u'x');
    QDir().mkpath(folder);
    int number = 0;
    visitAllPlaces({size.value(0).toInt(), size.value(1).toInt()},
                   [&](Journey &journey, const QString &place) {
                       choose(journey, theme);
                       QTest::qWait(150);
                       const QString name = u"%1 %2.png"_s.arg(++number, 2, 10, QLatin1Char('0'))
                                                .arg(place)
                                                .replace(u' ', u'-');
                       writeFile(seen(journey), QDir(folder).filePath(name));
                   });
}

/// As a test, so that what is waited for and doesn't come is said, and where.
class Pictures final : public QObject
{
    Q_OBJECT

public:
    explicit Pictures(std::function<void()> task)
        : m_task(std::move(task))
    {}

private slots:
    void make() { m_task(); }

private:
    std::function<void()> m_task;
};

} // namespace

int main(int argc, char *argv[])
{
    // The manual's pictures have three points for two of the window's, so that they are sharp when large.
    const bool isManual = argc > 1 && qstrcmp(argv[1], "manual") == 0;
    if (isManual)
        qputenv("QT_SCALE_FACTOR", "1.5");
    QApplication application(argc, argv);
    QApplication::setCursorFlashTime(0);
    QCommandLineParser options;
    options.addOptions({{u"language"_s, {}, u"code"_s, u"en"_s},
                        {u"theme"_s, {}, u"name"_s, u"light"_s},
                        {u"percent"_s, {}, u"number"_s, u"100"_s},
                        {u"size"_s, {}, u"size"_s, u"1280x800"_s},
                        QCommandLineOption(u"mirrored"_s)});
    options.process(application);
    const QStringList arguments = options.positionalArguments();
    if (arguments.size() != 2) {
        std::fputs("usage: pictures manual|readme|places FOLDER [OPTION…]\n", stderr);
        return 2;
    }
    Pictures pictures([&] {
        if (isManual)
            makeManual(arguments.at(1));
        else if (arguments.at(0) == "readme"_L1)
            makeReadme(arguments.at(1));
        else
            makePlaces(arguments.at(1), options);
    });
    return QTest::qExec(&pictures, {arguments.at(0)});
}

#include "pictures.moc"

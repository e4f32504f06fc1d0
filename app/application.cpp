// SPDX-License-Identifier: MIT
#include "app/application.h"

#include "app/post.h"
#include "app/sampleblog.h"
#include "app/screenshot.h"
#include "app/windowreporter.h"
#include "core/engine/threadguard.h"
#include "ui/common/icon.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/databaselook.h"
#include "ui/mainwindow/databaseopener.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/windowstate.h"

#include <QApplication>
#include <QFileInfo>
#include <QScreen>
#include <QThread>
#include <QTimer>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace app {

namespace {

/// Said before the settings are read, as their place follows from the name.
const Options &introduced(const Options &options)
{
    QCoreApplication::setApplicationName(u"postdesk"_s);
    QCoreApplication::setApplicationVersion(QLatin1StringView(POSTDESK_VERSION));
    QGuiApplication::setDesktopFileName(u"postdesk"_s);
    return options;
}

/// Of the posts, so there is none to be shown in a window of another table.
ui::MainWindow::Sample sampleIn(const QString &folder, const orm::Table &table)
{
    if (table.name != orm::Mapper::of<Post>().table().name)
        return {};
    return {.request = {.url = orm::DatabaseUrl::sqlite(SampleBlog::fileIn(folder)),
                        .name = SampleBlog::title(),
                        .access = ui::Workspace::Access::ReadWrite,
                        .prepare = &SampleBlog::create},
            .description
            = QCoreApplication::translate("app::Application",
                                          "A small blog of %1 posts that shows you around  (Enter)")
                  .arg(SampleBlog::postCount),
            .greeting = QCoreApplication::translate(
                "app::Application",
                "This one is yours to play with. Ctrl+Shift+P finds every "
                "command, F1 explains where you are.")};
}

bool isForeground(const Options &options)
{
    return options.screenshotFile.isEmpty() && !options.isTestMode;
}

} // namespace

Application::Application(const Options &options, const orm::Table &table)
    : m_options(introduced(options))
    , m_settings(options.configFolder)
    , m_headStart(headStart(table))
    , m_theme(isForeground(options) ? ui::Theme::Portal::Ask : ui::Theme::Portal::Ignore)
{
    // A page, a save or a count that came to run in here would make the window wait.
    orm::forbidDatabaseCallsOn(QThread::currentThread());
    QGuiApplication::setWindowIcon(ui::icon(u"postdesk"_s));
    m_theme.apply(options.theme.value_or(m_settings.theme()));

    m_window = std::make_unique<ui::MainWindow>(
        table, sampleIn(m_settings.dataFolder(), table), m_settings.layout(),
        options.screenshotFile.isEmpty() ? m_settings.journalFolder() : QString());
    m_window->setHeadStart(std::move(m_headStart));
    connectThemes();
    if (!options.windowSize.isEmpty())
        m_window->resize(options.windowSize);
    connect(m_window.get(), &ui::MainWindow::databaseOpened, this,
            [this](const orm::DatabaseUrl &url) {
                // A picture is no visit, and the next start is for the posts.
                if (m_options.screenshotFile.isEmpty() && m_options.table.isEmpty())
                    m_settings.setLastDatabase(url.isSqlite() ? url.database : url.toString());
            });
    connect(&m_quitSignals, &QuitSignals::received, this, &Application::endSession);
    connect(qApp, &QGuiApplication::commitDataRequest, m_window.get(),
            [this] { m_window->keepPending(); });
    if (options.isTestMode)
        new WindowReporter(*m_window, this);
}

void Application::connectThemes()
{
    using enum ui::ThemeChoice;
    for (const auto choice : {System, Light, Dark, HighContrast}) {
        const QByteArray id = "view.theme." + ui::themeName(choice).toLatin1();
        QAction *action = m_window->actions().action(QLatin1StringView(id));
        action->setChecked(choice == m_theme.choice());
        connect(action, &QAction::triggered, this, [this, choice] {
            m_theme.apply(choice);
            m_settings.setTheme(choice);
        });
    }
}

Application::~Application()
{
    m_window.reset(); // its threads end before the ban is lifted
    orm::forbidDatabaseCallsOn(nullptr);
}

void Application::start()
{
    // Once: what the user opens later begins as usual.
    if (m_options.beginning == Options::Beginning::NewPost)
        connect(
            m_window.get(), &ui::MainWindow::databaseOpened, this,
            [this] {
                show();
                m_window->actions().action(QLatin1StringView("post.new"))->trigger();
            },
            Qt::SingleShotConnection);
    openFirst();
    if (!m_window->isAskingOthers()) {
        showSoon();
        return;
    }
    connect(
        m_window.get(), &ui::MainWindow::othersAsked, this,
        [this](bool isElsewhere) {
            if (isElsewhere)
                QCoreApplication::exit();
            else
                showSoon();
        },
        Qt::SingleShotConnection);
}

/// With the rows, if they are there in a moment: a welcome page would only flicker.
void Application::showSoon()
{
    constexpr std::chrono::milliseconds moment{150};
    if (!m_window->isOpening())
        return show();
    connect(m_window.get(), &ui::MainWindow::databaseOpened, this, &Application::show);
    connect(m_window.get(), &ui::MainWindow::openingRefused, this, &Application::show);
    QTimer::singleShot(moment, this, &Application::show);
}

void Application::show()
{
    if (std::exchange(m_isShown, true))
        return;
    // The default size and a frame don't fit on a small screen: then as large as it goes.
    const QSize screen = m_window->screen()->availableSize();
    const bool isWanted = !m_options.windowSize.isEmpty() || !m_options.screenshotFile.isEmpty();
    const bool fits = screen.width() > m_window->width() && screen.height() > m_window->height();
    if (isWanted || fits)
        m_window->show();
    else
        m_window->showMaximized();
    if (!m_options.screenshotFile.isEmpty())
        new Screenshot(*m_window, m_options.screenshotFile, this);
}

/// There is nobody to be asked, and little time.
void Application::endSession()
{
    m_window->keepPending();
    m_window->close();
    QCoreApplication::exit();
}

/// Empty: the welcome page.
QString Application::firstDatabase() const
{
    if (!m_options.database.isEmpty())
        return m_options.database;
    return m_options.beginning == Options::Beginning::WelcomePage ? QString()
                                                                  : m_settings.lastDatabase();
}

ui::Workspace::Access Application::access() const
{
    return m_options.access == Options::Access::ReadOnly ? ui::Workspace::Access::ReadOnly
                                                         : ui::Workspace::Access::ReadWrite;
}

/// The database is opened and its first rows are read while the window is built.
std::unique_ptr<ui::DatabaseLook> Application::headStart(const orm::Table &table)
{
    const QString database = firstDatabase();
    const auto url = database.isEmpty() ? std::optional<orm::DatabaseUrl>()
                                        : ui::DatabaseOpener::urlOf(database);
    if (!url || !url->isSqlite() || !QFileInfo(url->database).isFile())
        return nullptr;
    ui::OpenRequest request{.url = *url, .name = {}, .access = access()};
    request.sort = ui::WindowState(m_settings.layout()).sort(*url, table.name);
    return std::make_unique<ui::DatabaseLook>(table, request);
}

void Application::openFirst()
{
    const auto wish = m_options.beginning == Options::Beginning::NewPost
        ? ui::InstanceGuard::Wish::NewRecord
        : ui::InstanceGuard::Wish::Nothing;
    if (const QString database = firstDatabase(); !database.isEmpty())
        m_window->open(database, access(), wish);
}

} // namespace app

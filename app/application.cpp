// SPDX-License-Identifier: MIT
#include "app/application.h"

#include "app/post.h"
#include "app/sampleblog.h"
#include "app/screenshot.h"
#include "app/windowreporter.h"
#include "core/engine/threadguard.h"
#include "ui/common/icon.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QFileInfo>
#include <QScreen>
#include <QThread>

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
                "command, F1 lists the keys.")};
}

bool isForeground(const Options &options)
{
    return options.screenshotFile.isEmpty() && !options.isTestMode;
}

} // namespace

Application::Application(const Options &options, const orm::Table &table)
    : m_options(introduced(options))
    , m_settings(options.configFolder)
    , m_theme(isForeground(options) ? ui::Theme::Portal::Ask : ui::Theme::Portal::Ignore)
{
    // A page, a save or a count that came to run in here would make the window wait.
    orm::forbidDatabaseCallsOn(QThread::currentThread());
    QGuiApplication::setWindowIcon(ui::icon(u"postdesk"_s));
    m_theme.apply(options.theme.value_or(m_settings.theme()));

    m_window = std::make_unique<ui::MainWindow>(
        table, sampleIn(m_settings.dataFolder(), table), m_settings.layout(),
        options.screenshotFile.isEmpty() ? m_settings.journalFolder() : QString());
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
            [this] { m_window->actions().action(QLatin1StringView("post.new"))->trigger(); },
            Qt::SingleShotConnection);
    openFirst();
    if (!m_window->isAskingOthers()) {
        show();
        return;
    }
    connect(
        m_window.get(), &ui::MainWindow::othersAsked, this,
        [this](bool isElsewhere) {
            if (isElsewhere)
                QCoreApplication::exit();
            else
                show();
        },
        Qt::SingleShotConnection);
}

void Application::show()
{
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

void Application::openFirst()
{
    const auto access = m_options.access == Options::Access::ReadOnly
        ? ui::Workspace::Access::ReadOnly
        : ui::Workspace::Access::ReadWrite;
    const auto wish = m_options.beginning == Options::Beginning::NewPost
        ? ui::InstanceGuard::Wish::NewRecord
        : ui::InstanceGuard::Wish::Nothing;
    if (!m_options.database.isEmpty())
        m_window->open(m_options.database, access, wish);
    else if (m_options.beginning == Options::Beginning::WelcomePage)
        return; // it shows by itself
    else if (const QString last = m_settings.lastDatabase(); !last.isEmpty())
        m_window->open(last, access, wish);
}

} // namespace app

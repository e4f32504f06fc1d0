// SPDX-License-Identifier: MIT
#pragma once

#include "app/application.h"
#include "tests/support/testdatabase.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace orm {
struct Table;
}
namespace ui {
class RecordTableView;
}

/// The whole program in this process, on a database and settings of its own, driven by keys alone.
/// What it shows is read by the object names that are the contract with drivers from outside.
class Journey
{
public:
    /// With the 500 posts of tests/data/f500.sql, or what @p sql makes.
    explicit Journey(const QString &sql = TestDatabase::data(QStringLiteral("f500.sql")));
    ~Journey();

    /// Starts the program on the database, and waits until its rows are there.
    void start();
    /// Starts it with the arguments' text for the database: a path, a URL, or nothing.
    void start(const QString &database,
               app::Options::Access access = app::Options::Access::ReadWrite,
               const QString &tableName = {});
    /// As "--table NAME" does.
    void startWithTable(const QString &name)
    {
        start(m_database.file(), app::Options::Access::ReadWrite, name);
    }
    /// Starts a program whose records are @p table's instead of posts, on the journey's database.
    void startFor(const orm::Table &table);
    void stop();

    /// Keys as in "Ctrl+N" or "Shift+Down, Shift+Down", to whatever has the focus.
    void press(const QString &keys);
    void type(const QString &text);
    /// Types @p path into the file chooser that is open or opening, and presses Enter.
    void choose(const QString &path);
    /// As a window manager does after a dialog or menu; offscreen there is none.
    void activate();

    // What the window shows
    ui::MainWindow &window() { return m_window ? *m_window : m_application->window(); }
    ui::RecordTableView &view(); ///< of an open database
    QString title();
    QString counts();
    QString selection();
    QString task();
    QString pending();
    QString message(); ///< empty if the bar is closed
    QString toast();
    QString focus(); ///< object name of what has it
    QString cell(int row, const QString &column); ///< waits for a row that is being read
    QString mark(int row);
    QString id(int row);
    int currentRow();
    QString currentId();
    QString fieldText(const QString &name);
    QString problemText(); ///< those shown under fields, joined
    bool isShown(const QString &name);

    TestDatabase &database() { return m_database; }
    QString sql(const QString &query); ///< its first value, read by another program
    QByteArray fileBytes();
    QString folder() const { return m_folder; } ///< of settings and data
    /// From the next start() on settings and data are in @p folder, which another one has made.
    void setFolder(const QString &folder) { m_folder = folder; }

private:
    QWidget *target();
    QString labelText(const QString &name);

    TestDatabase m_database;
    QTemporaryDir m_config;
    QString m_folder;
    std::unique_ptr<app::Application> m_application;
    std::unique_ptr<QSettings> m_settings; ///< of a window without the application
    std::unique_ptr<ui::MainWindow> m_window; ///< the same
};

/// A journey waits for what it is about and not for so many seconds: how long that takes is a matter of
/// what else the machine does. This is only for a test that would wait for ever.
constexpr int journeyPatience = 60'000;
#undef QTRY_VERIFY
#define QTRY_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT((condition), journeyPatience)
#undef QTRY_VERIFY2
#define QTRY_VERIFY2(condition, message)                                                           \
    QTRY_VERIFY2_WITH_TIMEOUT((condition), (message), journeyPatience)
#undef QTRY_COMPARE
#define QTRY_COMPARE(actual, expected)                                                             \
    QTRY_COMPARE_WITH_TIMEOUT((actual), (expected), journeyPatience)

/// Waits until the journey's program is in its first state: rows there, the list focused.
#define QTRY_START_STATE(journey)                                                                  \
    do {                                                                                           \
        QTRY_COMPARE((journey).focus(), QStringLiteral("postsView"));                              \
        QTRY_COMPARE((journey).currentRow(), 0);                                                   \
        QTRY_VERIFY((journey).window().isSettled());                                               \
    } while (false)

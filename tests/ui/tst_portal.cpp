// SPDX-License-Identifier: MIT
#include "ui/common/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const auto appearance = u"org.freedesktop.appearance"_s;

/// What a desktop says of its looks.
class Portal final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    explicit Portal(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, u"portal"_s))
    {
        m_bus.registerObject(u"/org/freedesktop/portal/desktop"_s, this,
                             QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        m_bus.registerService(u"org.freedesktop.portal.Desktop"_s);
    }
    ~Portal() override { QDBusConnection::disconnectFromBus(u"portal"_s); }

    /// As a portal that was there before: nobody is told.
    void begin(const QString &key, uint value) { m_values[key] = value; }
    void change(const QString &key, uint value)
    {
        m_values[key] = value;
        emit SettingChanged(appearance, key, QDBusVariant(value));
    }
    int readCount() const { return m_reads; }

public slots:
    QDBusVariant Read(const QString &space, const QString &key)
    {
        ++m_reads;
        // Wrapped twice, as the real one does.
        const uint value = space == appearance ? m_values.value(key) : 0;
        return QDBusVariant(QVariant::fromValue(QDBusVariant(value)));
    }

signals:
    void SettingChanged(const QString &space, const QString &key, const QDBusVariant &value);

private:
    QDBusConnection m_bus;
    QHash<QString, uint> m_values;
    int m_reads = 0;
};

QColor ground()
{
    return QApplication::palette().color(QPalette::Base);
}

QColor groundOf(const QPalette &palette)
{
    return palette.color(QPalette::Base);
}

} // namespace

/// The theme beside a desktop that has wishes, on a bus of the test's own.
class TestPortal final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_daemon.start(u"dbus-daemon"_s,
                       {u"--session"_s, u"--nofork"_s, u"--nopidfile"_s, u"--print-address=1"_s});
        QVERIFY2(m_daemon.waitForReadyRead(30'000), qPrintable(m_daemon.errorString()));
        m_address = QString::fromLatin1(m_daemon.readLine()).trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_address.toLatin1());
        QVERIFY(QDBusConnection::sessionBus().isConnected());
        QApplication::setPalette(ui::lightPalette()); // the platform's
    }

    void cleanup() { QApplication::setPalette(ui::lightPalette()); }

    void cleanupTestCase()
    {
        m_daemon.terminate();
        m_daemon.waitForFinished();
    }

    void theDesktopsWishIsTaken()
    {
        Portal portal(m_address);
        portal.begin(u"color-scheme"_s, 1);
        ui::Theme theme(ui::Theme::Portal::Ask);
        theme.apply(ui::ThemeChoice::System);
        QTRY_COMPARE(ground(), groundOf(ui::darkPalette()));
    }

    void aChangeIsFollowedWhileRunning()
    {
        Portal portal(m_address);
        ui::Theme theme(ui::Theme::Portal::Ask);
        theme.apply(ui::ThemeChoice::System);
        QTRY_COMPARE(portal.readCount(), 2);
        QCOMPARE(ground(), groundOf(ui::lightPalette()));
        portal.change(u"color-scheme"_s, 1);
        QTRY_COMPARE(ground(), groundOf(ui::darkPalette()));
        portal.change(u"color-scheme"_s, 2);
        QTRY_COMPARE(ground(), groundOf(ui::lightPalette()));
        portal.change(u"color-scheme"_s, 1);
        QTRY_COMPARE(ground(), groundOf(ui::darkPalette()));
        portal.change(u"color-scheme"_s, 0); // no wish: as the platform came
        QTRY_COMPARE(ground(), groundOf(ui::lightPalette()));
    }

    void aWishForContrastIsFollowed()
    {
        Portal portal(m_address);
        portal.begin(u"contrast"_s, 1);
        ui::Theme theme(ui::Theme::Portal::Ask);
        theme.apply(ui::ThemeChoice::System);
        QTRY_COMPARE(QApplication::palette(), ui::lightContrastPalette());
        portal.change(u"color-scheme"_s, 1);
        QTRY_COMPARE(QApplication::palette(), ui::darkContrastPalette());
        portal.change(u"contrast"_s, 0);
        QTRY_COMPARE(QApplication::palette(), ui::darkPalette());
    }

    void aChoiceOfTheUserStands()
    {
        Portal portal(m_address);
        ui::Theme theme(ui::Theme::Portal::Ask);
        theme.apply(ui::ThemeChoice::System);
        QTRY_COMPARE(portal.readCount(), 2);
        theme.apply(ui::ThemeChoice::Light);
        portal.change(u"color-scheme"_s, 1);
        theme.apply(ui::ThemeChoice::System); // what was said meanwhile counts from now on
        QTRY_COMPARE(ground(), groundOf(ui::darkPalette()));
        theme.apply(ui::ThemeChoice::Light);
        portal.change(u"contrast"_s, 1);
        portal.change(u"color-scheme"_s, 1);
        theme.apply(ui::ThemeChoice::Light);
        QCOMPARE(ground(), groundOf(ui::lightPalette()));
    }

    void anotherSettingIsNothingToUs()
    {
        Portal portal(m_address);
        ui::Theme theme(ui::Theme::Portal::Ask);
        theme.apply(ui::ThemeChoice::System);
        QTRY_COMPARE(portal.readCount(), 2);
        emit portal.SettingChanged(u"org.gnome.desktop.interface"_s, u"color-scheme"_s,
                                   QDBusVariant(1U));
        portal.change(u"accent-color"_s, 1);
        portal.change(u"contrast"_s, 1); // behind them
        QTRY_COMPARE(QApplication::palette(), ui::lightContrastPalette());
    }

    void withoutAPortalThePlatformDecides()
    {
        QApplication::setPalette(ui::darkPalette());
        ui::Theme theme(ui::Theme::Portal::Ask);
        theme.apply(ui::ThemeChoice::System);
        QVERIFY(theme.isDark());
    }

private:
    QProcess m_daemon;
    QString m_address;
};

QTEST_MAIN(TestPortal)
#include "tst_portal.moc"

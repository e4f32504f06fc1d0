// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"

#include "app/anytable.h"
#include "app/post.h"
#include "app/translatedtable.h"
#include "core/engine/threadguard.h"
#include "ui/common/messagebar.h"
#include "ui/common/toast.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QThread>

using namespace Qt::StringLiterals;

Journey::Journey(const QString &sql)
    : m_database(sql)
    , m_folder(m_config.path())
{}

Journey::~Journey()
{
    stop();
}

void Journey::start()
{
    start(m_database.file());
}

void Journey::start(const QString &database, app::Options::Access access, const QString &tableName)
{
    stop();
    app::Options options;
    options.configFolder = m_folder;
    options.access = access;
    options.database = database;
    options.windowSize = ui::MainWindow::defaultSize;
    options.theme = ui::ThemeChoice::Light;
    app::AnyTable shown{app::translated(orm::Mapper::of<app::Post>().table()), {}};
    if (!tableName.isEmpty())
        shown = app::AnyTable::find(database, tableName);
    options.table = tableName;
    QVERIFY2(shown.table, qPrintable(shown.refusal));
    m_application = std::make_unique<app::Application>(options, *shown.table);
    m_application->start();
    QTRY_VERIFY(window().isVisible()); // with its rows, if they come soon
    QVERIFY(QTest::qWaitForWindowActive(&window()));
}

void Journey::startFor(const orm::Table &table)
{
    stop();
    orm::forbidDatabaseCallsOn(QThread::currentThread());
    m_settings
        = std::make_unique<QSettings>(m_config.filePath(u"postdesk.ini"_s), QSettings::IniFormat);
    m_window = std::make_unique<ui::MainWindow>(table, ui::MainWindow::Sample{}, *m_settings,
                                                m_config.filePath(u"journals"_s));
    m_window->resize(ui::MainWindow::defaultSize);
    m_window->show();
    m_window->open(m_database.file(), ui::Workspace::Access::ReadWrite);
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void Journey::stop()
{
    if (m_window) {
        m_window.reset(); // its threads end before the ban is lifted
        orm::forbidDatabaseCallsOn(nullptr);
    }
    m_application.reset();
}

void Journey::activate()
{
    window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window()));
}

void Journey::choose(const QString &path)
{
    QTRY_VERIFY(window().findChild<QFileDialog *>(u"fileDialog"_s));
    auto *dialog = window().findChild<QFileDialog *>(u"fileDialog"_s);
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
    press(u"Ctrl+A"_s);
    type(path);
    press(u"Return"_s);
    QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
    activate();
}

QWidget *Journey::target()
{
    if (QWidget *popup = QApplication::activePopupWidget())
        return popup;
    if (QWidget *focus = QApplication::focusWidget())
        return focus;
    return &window();
}

void Journey::press(const QString &keys)
{
    for (const QString &text : keys.split(u", "_s)) {
        const QKeySequence sequence = QKeySequence::fromString(text, QKeySequence::PortableText);
        QVERIFY2(sequence.count() == 1 && sequence[0].key() != Qt::Key_unknown, qPrintable(text));
        // Shift is what makes a Backtab of Tab, as on a keyboard.
        Qt::Key key = sequence[0].key();
        const Qt::KeyboardModifiers modifiers = sequence[0].keyboardModifiers();
        if (key == Qt::Key_Tab && modifiers.testFlag(Qt::ShiftModifier))
            key = Qt::Key_Backtab;
        QTest::keyClick(target(), key, modifiers);
    }
}

void Journey::type(const QString &text)
{
    for (const QChar letter : text) {
        const int key = letter.unicode() < 0x80 ? letter.toUpper().unicode() : 0;
        QTest::sendKeyEvent(QTest::Click, target(), Qt::Key(key), QString(letter),
                            letter.isUpper() ? Qt::ShiftModifier : Qt::NoModifier);
    }
}

ui::RecordTableView &Journey::view()
{
    return window().pane()->view();
}

QString Journey::title()
{
    return window().windowTitle();
}

QString Journey::labelText(const QString &name)
{
    const auto *label = window().findChild<QLabel *>(name);
    return label ? label->text() : u"no label named %1"_s.arg(name);
}

QString Journey::counts()
{
    return labelText(u"statusCounts"_s);
}

QString Journey::selection()
{
    return labelText(u"statusSelection"_s);
}

QString Journey::task()
{
    return labelText(u"statusTask"_s);
}

QString Journey::pending()
{
    const auto *button = window().findChild<QAbstractButton *>(u"pendingButton"_s);
    return button ? button->text() : u"no button"_s;
}

QString Journey::message()
{
    const auto *bar = window().findChild<ui::MessageBar *>(u"messageBar"_s);
    return bar && bar->isOpen() ? bar->text() : QString();
}

QString Journey::toast()
{
    const auto *toast = window().findChild<ui::Toast *>(u"toast"_s);
    return toast ? toast->text() : u"no toast"_s;
}

QString Journey::focus()
{
    const QWidget *widget = QApplication::focusWidget();
    if (!widget)
        return u"nothing"_s;
    return widget->objectName().isEmpty() ? QString::fromLatin1(widget->metaObject()->className())
                                          : widget->objectName();
}

QString Journey::cell(int row, const QString &column)
{
    if (!window().workspace())
        return u"no database"_s;
    const int index = window().workspace()->table().indexOf(column);
    const ui::RecordTableModel &model = window().workspace()->model();
    const auto text = [&] {
        return model.index(row, ui::RecordTableModel::modelColumn(index)).data().toString();
    };
    const auto isHere = [&] {
        const orm::Key key = model.keyAt(row);
        return key.isNull() || key.isTemporary() || !text().isEmpty() || model.committed(key);
    };
    (void)QTest::qWaitFor(isHere); // else it says itself that it is empty
    return text();
}

QString Journey::mark(int row)
{
    return window().workspace() ? window().workspace()->model().index(row, 0).data().toString()
                                : u"no database"_s;
}

QString Journey::id(int row)
{
    return cell(row, u"id"_s);
}

int Journey::currentRow()
{
    return window().pane() ? view().currentIndex().row() : -2;
}

QString Journey::currentId()
{
    return id(currentRow());
}

QString Journey::fieldText(const QString &name)
{
    const auto *widget = window().findChild<QWidget *>(name);
    if (const auto *text = qobject_cast<const QPlainTextEdit *>(widget))
        return text->toPlainText();
    if (const auto *line = qobject_cast<const QLineEdit *>(widget))
        return line->text();
    return u"no text named %1"_s.arg(name);
}

QString Journey::problemText()
{
    QStringList texts;
    for (const QLabel *label : window().findChildren<QLabel *>(u"fieldProblem"_s)) {
        if (label->isVisible())
            texts << label->text();
    }
    return texts.join(u'\n');
}

bool Journey::isShown(const QString &name)
{
    const auto *widget = window().findChild<QWidget *>(name);
    return widget && widget->isVisible();
}

QString Journey::sql(const QString &query)
{
    return m_database.outsideScalar(query).toString();
}

QByteArray Journey::fileBytes()
{
    QFile file(m_database.file());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

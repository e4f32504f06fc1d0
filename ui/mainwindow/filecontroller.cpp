// SPDX-License-Identifier: MIT
#include "ui/mainwindow/filecontroller.h"

#include "core/session/deliver.h"
#include "ui/common/errortext.h"
#include "ui/common/messagebar.h"
#include "ui/mainwindow/databaseopener.h"
#include "ui/mainwindow/editcontroller.h"
#include "ui/mainwindow/workspace.h"

#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace ui {

FileController::FileController(Workspace &workspace, EditController &edits, MessageBar &messageBar,
                               QWidget &window, const Open &open, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_edits(edits)
    , m_messageBar(messageBar)
    , m_window(window)
    , m_open(open)
{
    connect(&m_timer, &QTimer::timeout, this, &FileController::check);
    m_timer.start(interval);
    // Who comes back may have moved it in the meantime.
    connect(qApp, &QApplication::focusChanged, this,
            [this](const QWidget *old, const QWidget *now) {
                if (!old && now)
                    check();
            });
}

void FileController::check()
{
    if (m_isAsking)
        return; // it waits behind a save, and will be answered
    m_isAsking = true;
    const auto answer = m_workspace.worker().run(
        [](orm::Session &session) { return orm::databaseFile(session.connection()); });
    orm::deliver(
        answer, this,
        [this](orm::DatabaseFile state) {
            m_isAsking = false;
            onState(state);
        },
        [this](const orm::Error &) { m_isAsking = false; });
}

void FileController::onState(orm::DatabaseFile state)
{
    if (state == m_state)
        return;
    m_state = state;
    switch (state) {
    case orm::DatabaseFile::Same:
        if (m_messageBar.text() == m_text)
            m_messageBar.close(); // it is back
        break;
    case orm::DatabaseFile::Gone:
        show(tr("%1 is no longer there: it was moved or deleted. What you see, and your changes, "
                "are kept here."));
        break;
    case orm::DatabaseFile::Replaced:
        show(tr("Another file has taken the place of %1. What you see is of the old one; your "
                "changes are kept here."));
        break;
    }
}

void FileController::refuse(orm::DatabaseFile state)
{
    m_state = state;
    show(
        state == orm::DatabaseFile::Gone
            ? tr("Nothing was saved: %1 is no longer there, it was moved or deleted. Your changes "
                 "are kept here.")
            : tr("Nothing was saved: another file has taken the place of %1. Your changes are kept "
                 "here."));
}

void FileController::show(const QString &text)
{
    m_text = text.arg(m_workspace.name());
    QList<MessageBar::Choice> choices;
    if (m_state == orm::DatabaseFile::Replaced)
        choices << MessageBar::Choice{tr("Open the ne&w one"),
                                      [this] { m_open(m_workspace.url().database); }};
    choices << MessageBar::Choice{tr("Save a cop&y…"), [this] { chooseCopy(); }};
    m_messageBar.show(MessageBar::Tone::Problem, m_text, choices);
}

void FileController::chooseCopy()
{
    m_dialog = new QFileDialog(&m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->setObjectName(u"fileDialog"_s);
    m_dialog->setWindowTitle(tr("Save a copy with your changes"));
    m_dialog->setAcceptMode(QFileDialog::AcceptSave);
    m_dialog->setFileMode(QFileDialog::AnyFile);
    m_dialog->setOption(QFileDialog::DontConfirmOverwrite); // nothing is ever overwritten
    m_dialog->setDefaultSuffix(u"db"_s);
    connect(m_dialog, &QFileDialog::fileSelected, this, &FileController::saveCopy);
    m_dialog->open();
}

/// The database as this window has it, and the changes saved in it.
void FileController::saveCopy(const QString &path)
{
    const auto fail = [this](const QString &reason) {
        m_messageBar.show(MessageBar::Tone::Problem, reason,
                          {{tr("Choose another &name…"), [this] { chooseCopy(); }}});
    };
    const QString name = QFileInfo(path).fileName();
    if (QFileInfo::exists(path)) {
        fail(tr("There is a file %1 already, and it stays as it is.").arg(name));
        return;
    }
    m_edits.finishTyping();
    const auto copy = [path, changes = m_workspace.edits().changeSet()](orm::Session &session) {
        session.connection().execute(u"VACUUM INTO ?"_s, {orm::StoredValue::text(path)});
        if (changes.isEmpty())
            return orm::CommitResult();
        const auto engine
            = orm::Engine::create(orm::DatabaseUrl::sqlite(path),
                                  DatabaseOpener::connectionOptions(Workspace::Access::ReadWrite));
        orm::Session there(engine);
        return there.apply(changes);
    };
    orm::deliver(
        m_workspace.worker().run(copy), this,
        [this, path, name, fail](const orm::CommitResult &result) {
            if (result.isCommitted()) {
                m_open(path);
                return;
            }
            // The copy is as good as the file that is gone; the edits are where they were.
            fail(tr("%1 was written, but some changes could not be saved in it. They are still "
                    "here.")
                     .arg(name));
        },
        [name, fail](const orm::Error &error) { fail(errorText(error, name)); });
}

} // namespace ui

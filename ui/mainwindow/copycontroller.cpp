// SPDX-License-Identifier: MIT
#include "ui/mainwindow/copycontroller.h"

#include "core/engine/backup.h"
#include "core/session/deliver.h"
#include "ui/changes/editbuffer.h"
#include "ui/common/errortext.h"
#include "ui/common/messagebar.h"
#include "ui/common/toast.h"
#include "ui/mainwindow/databaseopener.h"
#include "ui/mainwindow/workspace.h"

#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace ui {

CopyController::CopyController(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{}

CopyController::~CopyController()
{
    m_copying.cancel(); // the thread's end waits until the piece is done
}

void CopyController::choose()
{
    if (isRunning())
        return;
    const QFileInfo source(m_parts.workspace.url().database);
    delete m_dialog;
    m_dialog = new QFileDialog(&m_parts.window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->setObjectName(u"fileDialog"_s);
    m_dialog->setWindowTitle(tr("Save a copy"));
    m_dialog->setAcceptMode(QFileDialog::AcceptSave);
    m_dialog->setFileMode(QFileDialog::AnyFile);
    m_dialog->setOption(QFileDialog::DontConfirmOverwrite); // nothing is ever overwritten
    m_dialog->setDirectory(source.absolutePath());
    const QString suffix = source.suffix().isEmpty() ? u"db"_s : source.suffix();
    m_dialog->setDefaultSuffix(suffix);
    m_dialog->selectFile(u"%1-%2.%3"_s.arg(source.completeBaseName(),
                                           QDate::currentDate().toString(Qt::ISODate), suffix));
    connect(m_dialog, &QFileDialog::fileSelected, this, &CopyController::copy);
    m_dialog->open();
}

void CopyController::copy(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    if (QFileInfo::exists(path)) {
        complain(tr("There is a file %1 already, and it stays as it is.").arg(name));
        return;
    }
    m_percent = 0;
    m_thread = std::make_unique<orm::DatabaseThread>(
        u"Copy"_s, m_parts.workspace.url(),
        DatabaseOpener::connectionOptions(Workspace::Access::ReadOnly));
    m_copying
        = m_thread->runStream<int>([path](orm::Connection &connection, QPromise<int> &promise) {
              int last = -1;
              orm::Backup::copy(connection, path, [&promise, &last](int percent) {
                  if (percent != last)
                      promise.addResult(percent);
                  last = percent;
                  return !promise.isCanceled();
              });
          });
    orm::deliverEach(
        m_copying, this,
        [this](int percent) {
            m_percent = percent;
            emit taskChanged();
        },
        [this, name] {
            end();
            m_parts.toast.show(
                m_parts.workspace.edits().changeCount() > 0
                    ? tr("The copy %1 is written. What is not saved yet is not in it.").arg(name)
                    : tr("The copy %1 is written.").arg(name));
        },
        [this, name](const orm::Error &error) {
            end();
            complain(errorText(error, name));
        });
    emit taskChanged();
}

void CopyController::complain(const QString &text)
{
    m_parts.messageBar.show(MessageBar::Tone::Problem, text,
                            {{tr("Choose another &name…"), [this] { choose(); }}});
}

void CopyController::end()
{
    m_thread.reset();
    emit taskChanged();
}

QString CopyController::taskText() const
{
    return isRunning() ? tr("Copying… %1 % (Shift+Esc cancels)").arg(m_percent) : QString();
}

bool CopyController::cancel()
{
    if (!isRunning())
        return false;
    m_copying.cancel();
    end();
    m_parts.toast.show(tr("Nothing was copied."));
    return true;
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/common/errortext.h"

#include "core/error.h"

#include <QCoreApplication>

namespace ui {

namespace {

/// tr() for functions that have no class.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ui::ErrorText)
};

QString operationalText(const orm::OperationalError &error, const QString &database)
{
    using Reason = orm::OperationalError::Reason;
    switch (error.reason()) {
    case Reason::Busy:
        return Text::tr("Another program is still writing to %1. Try again in a moment.")
            .arg(database);
    case Reason::Interrupted:
        return Text::tr("Cancelled. Nothing was written.");
    case Reason::DiskFull:
        return Text::tr("The disk is full, so nothing was written. Make room, then try again.");
    case Reason::ReadOnly:
        return Text::tr("%1 can only be read, so nothing was written.").arg(database);
    case Reason::CannotOpen:
        return Text::tr("%1 can't be opened. Check that it is there and that you may read it.")
            .arg(database);
    case Reason::NotADatabase:
        return Text::tr("%1 is not a database. Choose another file with Ctrl+O.").arg(database);
    case Reason::Corrupt:
        return Text::tr("%1 is damaged, so some of it can't be read. Restore it from a copy.")
            .arg(database);
    case Reason::InputOutput:
        return Text::tr("%1 can't be read or written just now. Check its disk, then try again.")
            .arg(database);
    case Reason::ConnectionLost:
        return Text::tr("The connection to %1 was lost. Check the network, then try again.")
            .arg(database);
    case Reason::Other:
        break;
    }
    return Text::tr("%1 could not do that: %2.").arg(database, error.message());
}

} // namespace

QString errorText(const orm::Error &error, const QString &database)
{
    switch (error.kind()) {
    case orm::Error::Kind::Operational:
        if (const auto *operational = dynamic_cast<const orm::OperationalError *>(&error))
            return operationalText(*operational, database);
        break;
    case orm::Error::Kind::Cancelled:
        return Text::tr("Cancelled. Nothing was written.");
    case orm::Error::Kind::Integrity:
        return Text::tr("%1 refused a value, so nothing was written: %2")
            .arg(database, error.message());
    case orm::Error::Kind::StaleData:
        return Text::tr("Another program has changed this in the meantime, so nothing was written. "
                        "Press F5 to see it as it is now.");
    case orm::Error::Kind::Programming:
        return Text::tr("%1 is not built as expected: %2").arg(database, error.message());
    default:
        break;
    }
    return Text::tr("Something went wrong with %1: %2").arg(database, error.message());
}

} // namespace ui

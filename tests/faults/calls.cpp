// SPDX-License-Identifier: MIT
#include "tests/faults/faults.h"
#include "tests/faults/user.h"
#include "tests/support/faultydisk.h"
#include "tests/support/testdatabase.h"

#include <system_error>

using namespace Qt::StringLiterals;

namespace {

constexpr int rows = 4;
constexpr int maxTries = 8;

/// What a call fails with, for the database and for the journal.
struct Fault
{
    FaultyDisk::Fault database;
    std::errc journal;
};

constexpr std::array allFaults{
    Fault{FaultyDisk::Fault::NoSpace, std::errc::no_space_on_device},
    Fault{FaultyDisk::Fault::InputOutput, std::errc::io_error},
    Fault{FaultyDisk::Fault::NoPermission, std::errc::permission_denied},
};

/// Saves, and again as long as it fails. @returns what went wrong, if it was not only late
QString saveAtLast(User &user)
{
    for (int i = 0; i < maxTries; ++i) {
        switch (user.save()) {
        case User::Saved::Committed:
            return {};
        case User::Saved::Refused:
            return u"the save was refused"_s;
        case User::Saved::Failed:
            if (user.error().isEmpty())
                return u"nothing was said"_s;
        }
    }
    return u"it went on failing: "_s + user.error();
}

/// Writes, saves, deletes and saves. @returns what went wrong
QString work(User &user)
{
    const orm::Key added = user.insert("new");
    user.edit(orm::Key::integer(1), User::bodyColumn, "changed");
    user.journal().flush();
    user.edit(added, User::bodyColumn, "with a body");
    if (const QString wrong = saveAtLast(user); !wrong.isEmpty())
        return wrong;
    user.remove(orm::Key::integer(2));
    user.edit(orm::Key::integer(3), User::titleColumn, "another");
    return saveAtLast(user);
}

/// Does the work on a disk where the call after @p databaseCalls, or @p journalCalls, fails (-1: none),
/// and sees to it that all is there, then and at the next start.
QString workWithFault(FaultyDisk &disk, int databaseCalls, int journalCalls, const Fault &fault,
                      QByteArray *result, std::pair<int, int> *calls)
{
    const TestDatabase database(User::sql(rows));
    test::JournalDisk journals;
    const int before = disk.calls();
    {
        User user(database.file(), u"/journals"_s, 1, journals.device());
        if (journalCalls >= 0)
            journals.failAt(journalCalls, fault.journal);
        if (!user.start())
            return u"it did not start"_s;
        if (databaseCalls >= 0)
            disk.failAfter(databaseCalls - (disk.calls() - before), fault.database);
        const QString wrong = work(user);
        disk.failNothing();
        journals.failNothing();
        if (!wrong.isEmpty())
            return wrong;
        if (user.changes() > 0)
            return u"edits were left"_s;
        user.look();
        *result = user.database();
    }
    *calls = {disk.calls() - before, journals.calls()};
    User again(database.file(), u"/journals"_s, 1, journals.device());
    if (!again.start())
        return u"it did not start again"_s;
    if (again.changes() > 0)
        return u"what was saved came back as pending: "_s + QString::fromUtf8(again.pending());
    if (again.database() != *result)
        return u"the database is another one at the next start"_s;
    return {};
}

} // namespace

Faults proveCalls(int step)
{
    Faults faults;
    FaultyDisk disk;
    QByteArray expected;
    std::pair<int, int> calls;
    const QString wrong = workWithFault(disk, -1, -1, allFaults.front(), &expected, &calls);
    if (!wrong.isEmpty())
        return {.losses = {u"calls: without a fault "_s + wrong}};

    const auto prove = [&](int databaseCalls, int journalCalls, const Fault &fault) {
        QByteArray result;
        std::pair<int, int> made;
        const QString failure
            = workWithFault(disk, databaseCalls, journalCalls, fault, &result, &made);
        ++faults.cases;
        ++faults.faults;
        const QString name = databaseCalls >= 0 ? u"calls: database call %1: "_s.arg(databaseCalls)
                                                : u"calls: journal call %1: "_s.arg(journalCalls);
        if (!failure.isEmpty())
            faults.losses << name + failure;
        else if (result != expected)
            faults.losses << name + u"the database became\n"_s + QString::fromUtf8(result);
    };
    for (const Fault &fault : allFaults) {
        for (int call = 0; call < calls.first; call += step)
            prove(call, -1, fault);
        for (int call = 0; call < calls.second; call += step)
            prove(-1, call, fault);
    }
    return faults;
}

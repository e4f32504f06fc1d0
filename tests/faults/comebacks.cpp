// SPDX-License-Identifier: MIT
#include "tests/faults/faults.h"
#include "tests/faults/user.h"
#include "tests/support/journaldisk.h"
#include "tests/support/testdatabase.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int rows = 8;
constexpr int actionsPerSave = 9;
constexpr int actionsPerLife = 60;
const QString folder = u"/journals"_s;

/// What the computer's disk would hold after a power cut now.
std::unique_ptr<test::JournalDisk> copyOf(const test::JournalDisk &disk)
{
    auto copy = std::make_unique<test::JournalDisk>();
    const QStringList files = disk.files();
    for (const QString &file : files)
        copy->setFile(file, disk.file(file));
    return copy;
}

} // namespace

Faults proveComebacks(int comebacks, quint32 seed)
{
    Faults faults;
    const TestDatabase database(User::sql(rows));
    auto disk = std::make_unique<test::JournalDisk>();
    for (int life = 0; faults.cases < comebacks; ++life) {
        auto user
            = std::make_unique<User>(database.file(), folder, seed + quint32(life), disk->device());
        if (!user->start())
            return {.losses = {u"comebacks: it did not start"_s}};
        std::unique_ptr<test::JournalDisk> copy;
        for (int i = 0; i < actionsPerLife && faults.cases < comebacks; ++i) {
            const QByteArray before = user->pending();
            if (user->below(actionsPerSave) > 0)
                user->act();
            else if (user->changes() > 0 && user->save() == User::Saved::Refused)
                user->giveUpProblems();
            if (!user->journal().writeNow())
                return {.losses = {u"comebacks: the journal could not be written"_s}};
            copy = copyOf(*disk);
            User again(database.file(), folder, seed, copy->device());
            if (!again.start())
                return {.losses = {u"comebacks: it did not start again"_s}};
            ++faults.cases;
            if (again.pending() != user->pending()) {
                faults.losses << u"comebacks: life %1 (seed %2), action %3: came back as\n"_s
                                     .arg(life)
                                     .arg(seed)
                                     .arg(i)
                        + QString::fromUtf8(again.pending()) + u"\nand not\n"_s
                        + QString::fromUtf8(user->pending()) + u"\nbefore that\n"_s
                        + QString::fromUtf8(before);
                break;
            }
        }
        user.reset();
        disk = std::move(copy);
    }
    return faults;
}

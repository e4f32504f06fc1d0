// SPDX-License-Identifier: MIT
#include "core/engine/databaseurl.h"
#include "tests/faults/faults.h"
#include "tests/support/fakerecordsource.h"
#include "tests/support/journaldisk.h"
#include "ui/changes/edithistory.h"
#include "ui/changes/journal.h"

#include <QHash>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int rows = 12;
constexpr int patience = 30'000; ///< milliseconds

ui::JournalPlace place()
{
    return ui::Journal::place(u"/journals"_s, orm::DatabaseUrl::sqlite(u"/nowhere/blog.db"_s),
                              test::postsTable());
}

/// The edits of one program, with a journal on a disk in memory.
struct Program
{
    explicit Program(test::JournalDisk &disk)
        : edits(test::postsTable())
        , history(edits)
        , journal(edits, place(), disk.device())
    {}
    /// Reads the journal. @returns whether it came to an end
    bool start()
    {
        bool isOpened = false;
        QObject::connect(&journal, &ui::Journal::opened, &journal, [&] { isOpened = true; });
        journal.open();
        if (!QTest::qWaitFor([&] { return isOpened; }, patience))
            return false;
        journal.restore();
        return true;
    }
    QHash<orm::Key, QByteArray> titles() const
    {
        QHash<orm::Key, QByteArray> found;
        const QList<orm::Key> keys = edits.keys();
        for (const orm::Key &key : keys)
            found.insert(key, edits.value(key, 1).value_or(orm::StoredValue()).bytes());
        return found;
    }

    ui::EditBuffer edits;
    ui::EditHistory history;
    ui::Journal journal;
};

/// A journal of one row after the other, each in a frame of its own.
struct Written
{
    QByteArray bytes;
    QList<qsizetype> sizes; ///< of the file, with so many rows
    QHash<orm::Key, QByteArray> titles;
};

Written write()
{
    test::JournalDisk disk;
    Program program(disk);
    Written written;
    if (!program.start() || !program.journal.writeNow())
        return written;
    const QString file = place().file();
    written.sizes.append(disk.file(file).size());
    for (int id = 1; id <= rows; ++id) {
        const QByteArray title = "title of " + QByteArray::number(id);
        program.history.setValue(orm::Key::integer(id), 1, orm::StoredValue::utf8(title),
                                 {test::postValues(id), {}});
        program.journal.writeNow();
        written.sizes.append(disk.file(file).size());
    }
    written.titles = program.titles();
    written.bytes = disk.file(file);
    return written;
}

/// Starts on a file of @p bytes. @returns what went wrong; at least @p least rows are to come back
QString startOn(const QByteArray &bytes, const Written &written, qsizetype least)
{
    test::JournalDisk disk;
    disk.setFile(place().file(), bytes);
    Program program(disk);
    if (!program.start())
        return u"it did not start"_s;
    const QHash<orm::Key, QByteArray> found = program.titles();
    for (auto title = found.cbegin(); title != found.cend(); ++title) {
        if (written.titles.value(title.key()) != title.value())
            return u"a row came back as nobody wrote it"_s;
    }
    if (found.size() < least)
        return u"%1 of %2 rows came back"_s.arg(found.size()).arg(least);
    return {};
}

} // namespace

Faults proveDamage(int step, quint32 seed)
{
    Faults faults;
    const Written written = write();
    if (written.titles.size() != rows)
        return {.losses = {u"damage: the journal could not be written"_s}};
    QRandomGenerator random(seed);
    const auto prove = [&](const QString &name, const QByteArray &bytes, qsizetype least) {
        ++faults.cases;
        const QString wrong = startOn(bytes, written, least);
        if (!wrong.isEmpty())
            faults.losses << name + wrong;
    };
    const int first = step > 1 ? random.bounded(step) : 0;
    for (qsizetype size = first; size < written.bytes.size(); size += step) {
        qsizetype whole = 0; // rows in frames before the cut
        while (whole + 1 < written.sizes.size() && written.sizes.at(whole + 1) <= size)
            ++whole;
        prove(u"damage: cut at %1: "_s.arg(size), written.bytes.left(size), whole);
    }
    for (qsizetype place = first; place < written.bytes.size(); place += step) {
        QByteArray bytes = written.bytes;
        bytes[place] = static_cast<char>(bytes.at(place) ^ (1 << random.bounded(8)));
        prove(u"damage: flipped at %1: "_s.arg(place), bytes, rows - 1);
    }
    return faults;
}

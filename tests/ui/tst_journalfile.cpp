// SPDX-License-Identifier: MIT
#include "tests/support/fakerecordsource.h"
#include "ui/changes/journalcodec.h"
#include "ui/changes/journalfile.h"
#include "ui/changes/journalmirror.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;
using orm::Key;
using orm::StoredValue;
using ui::JournalContents;
using ui::JournalMirror;
using ui::JournalReader;
using ui::PendingRow;

namespace {

constexpr quint32 salt = 0x12345678;
constexpr int bodyColumn = 2;

ui::JournalSubject subject(const QStringList &columns
                           = {u"id"_s, u"title"_s, u"content"_s, u"created_at"_s})
{
    return {u"blog.db"_s, u"posts"_s, columns};
}

QByteArray begin()
{
    return ui::journalFileBegin() + ui::journalFrame(ui::tableEntry(subject()), salt)
        + ui::journalFrame(ui::tableEntry(subject()), salt);
}

JournalContents read(const QByteArray &bytes, const ui::JournalSubject &wanted = subject())
{
    JournalReader reader(wanted, JournalReader::Versions::Read);
    reader.read(bytes);
    return reader.take();
}

PendingRow changed(qint64 id, int column, const StoredValue &value)
{
    PendingRow row;
    row.order = quint64(id);
    row.snapshot = {test::postValues(id), {}};
    row.fields = {{column, row.snapshot.values.at(column), value}};
    return row;
}

QByteArray bytesOf(const PendingRow &row)
{
    ui::ByteWriter out;
    ui::putPendingRow(out, row);
    return out.take();
}

/// The rows by key, each as its bytes, to be compared as a whole.
QMap<QString, QByteArray> rowsIn(const JournalContents &contents)
{
    QMap<QString, QByteArray> rows;
    for (const auto &[key, row] : contents.rows)
        rows.insert(key.toString(), bytesOf(row));
    return rows;
}

/// A journal as it grows: its frames and what the rows are after each.
struct Growing
{
    struct Frame
    {
        QByteArray bytes;
        QString key; ///< of the row that it tells of
    };

    JournalMirror mirror;
    QByteArray bytes = begin();
    QList<Frame> frames;
    QMap<QString, QList<QByteArray>> states; ///< of each row, in time; empty: not pending
    QMap<QString, QByteArray> now;

    void set(const Key &key, const std::optional<PendingRow> &row)
    {
        const QString name = key.toString();
        for (const QByteArray &entry : mirror.entries(key, row)) {
            frames.append({ui::journalFrame(entry, salt), name});
            bytes += frames.constLast().bytes;
        }
        states[name].append(row ? bytesOf(*row) : QByteArray());
        if (row)
            now.insert(name, bytesOf(*row));
        else
            now.remove(name);
    }
};

/// Some minutes of work, small enough to be damaged at each of its bytes.
Growing smallJournal()
{
    Growing journal;
    PendingRow fresh;
    fresh.order = 1;
    fresh.isNew = true;
    const Key added = Key::temporary(1);
    journal.set(added, fresh);
    QByteArray text;
    for (const char letter : QByteArray("Draft of a")) {
        text += letter;
        fresh.fields = {{1, {}, StoredValue::utf8(text)}};
        journal.set(added, fresh);
    }
    journal.set(Key::integer(7), changed(7, 1, StoredValue::utf8("seven")));
    journal.set(Key::integer(7), changed(7, 1, StoredValue::utf8("seven and a half")));
    journal.set(Key::integer(8), changed(8, bodyColumn, StoredValue()));
    PendingRow deleted;
    deleted.order = 9;
    deleted.isDeleted = true;
    deleted.whole = {test::postValues(9), {}};
    journal.set(Key::integer(9), deleted);
    journal.set(Key::integer(8), std::nullopt);
    fresh.fields.append({bodyColumn, {}, StoredValue::utf8("Hello")});
    journal.set(added, fresh);
    return journal;
}

} // namespace

class JournalFileTest final : public QObject
{
    Q_OBJECT

private slots:
    void checksumIsCrc32c()
    {
        QCOMPARE(ui::crc32c("123456789"), 0xe3069283U);
        QCOMPARE(ui::crc32c("6789", ui::crc32c("12345")), 0xe3069283U);
    }

    void valuesComeBackExactly()
    {
        const QList<StoredValue> values = {
            {},
            StoredValue::integer(0),
            StoredValue::integer(std::numeric_limits<qint64>::min()),
            StoredValue::integer(std::numeric_limits<qint64>::max()),
            StoredValue::real(0.1),
            StoredValue::real(std::numeric_limits<double>::infinity()),
            StoredValue::real(std::nan("")),
            StoredValue::utf8(""),
            StoredValue::utf8("2024-01-21 19:00:00.678901"),
            StoredValue::utf8("no \xff UTF-8 and a \0 byte"_ba),
            StoredValue::utf8("two ends that are long enough to be found again: one"),
            StoredValue::utf8("two ends that are long enough to be found again: two one"),
            StoredValue::blob(""),
            StoredValue::blob("two ends that are long enough to be found again: one"),
        };
        for (const StoredValue &value : values) {
            for (const StoredValue &reference : values) {
                ui::ByteWriter out;
                out.value(value, reference);
                const QByteArray bytes = out.take();
                ui::ByteReader in(bytes);
                QCOMPARE(in.value(reference), value);
                QVERIFY(in.atEnd() && !in.isBad());
            }
        }
        ui::ByteWriter out;
        out.value(StoredValue::real(-0.0), StoredValue::real(0.0));
        const QByteArray bytes = out.take();
        QVERIFY(std::signbit(ui::ByteReader(bytes).value(StoredValue::real(0.0)).toReal()));
    }

    void keysComeBackExactly()
    {
        const QList<Key> keys = {{},
                                 Key::integer(-1),
                                 Key::integer(499),
                                 Key::temporary(3),
                                 Key::values({StoredValue::utf8("a"), StoredValue::integer(2)})};
        for (const Key &key : keys) {
            ui::ByteWriter out;
            out.key(key);
            const QByteArray bytes = out.take();
            QCOMPARE(ui::ByteReader(bytes).key(), key);
        }
    }

    void savesAndVersionsComeBackExactly()
    {
        ui::PreparedCommit commit;
        commit.id = 5;
        commit.time = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
        orm::RowChange insert;
        insert.kind = orm::RowChange::Kind::Insert;
        insert.key = Key::temporary(1);
        insert.fields = {{1, {}, StoredValue::utf8("new")}};
        insert.dependents = {{u"tags"_s,
                              orm::DependentRow::Effect::Changed,
                              {u"a"_s},
                              {StoredValue::integer(4)},
                              {u"id"_s}}};
        orm::RowChange remove;
        remove.kind = orm::RowChange::Kind::Delete;
        remove.key = Key::integer(9);
        remove.base = {test::postValues(9), {}};
        commit.sent.rows = {insert, remove};
        commit.result.rows
            = {{insert.kind, insert.key, Key::integer(501), {test::postValues(501), {}}, true, {}},
               {remove.kind, remove.key, remove.key, remove.base, false, insert.dependents}};
        ui::ByteWriter out;
        ui::putPrepared(out, commit);
        const QByteArray bytes = out.take();
        ui::ByteReader in(bytes);
        const ui::PreparedCommit found = ui::getPrepared(in);
        QVERIFY(in.atEnd() && !in.isBad());
        QCOMPARE(found.id, commit.id);
        QCOMPARE(found.time, commit.time);
        QCOMPARE(found.sent.rows.at(0).fields, insert.fields);
        QCOMPARE(found.sent.rows.at(0).dependents.size(), 1);
        QCOMPARE(found.sent.rows.at(1).base, remove.base);
        QCOMPARE(found.result.rows.at(0).key, Key::integer(501));
        QVERIFY(found.result.rows.at(0).isMerged);
        QCOMPARE(found.result.rows.at(1).dependents.at(0).keyColumns, QStringList{u"id"_s});

        const orm::Record first{test::postValues(1), {}};
        orm::Record second = first;
        second.values[bodyColumn] = StoredValue::utf8("changed");
        const QList<ui::RowVersion> versions = {
            {commit.time, orm::RowChange::Kind::Insert, Key::integer(1), {}, first, {}},
            {commit.time, orm::RowChange::Kind::Update, Key::integer(1), first, second, {}},
            {commit.time, orm::RowChange::Kind::Delete, Key::integer(1), second, {}, {}},
        };
        ui::putVersions(out, versions);
        const QByteArray history = out.take();
        ui::ByteReader again(history);
        const QList<ui::RowVersion> back = ui::getVersions(again);
        QCOMPARE(back.size(), 3);
        QCOMPARE(back.at(0).after, first);
        QCOMPARE(back.at(1).before, first);
        QCOMPARE(back.at(2).before, second);
        QVERIFY(back.at(2).after.values.isEmpty());
    }

    void readerBringsRowsBack()
    {
        const Growing journal = smallJournal();
        const JournalContents contents = read(journal.bytes);
        QCOMPARE(rowsIn(contents), journal.now);
        QCOMPARE(contents.damages, 0);
        QCOMPARE(contents.lost, 0);
        QVERIFY(!contents.hasTornEnd);
        QCOMPARE(contents.goodSize, journal.bytes.size());
        QCOMPARE(contents.subject, subject());
    }

    void cutAtAnyByteItHasWhatStoodBefore()
    {
        const Growing journal = smallJournal();
        for (qsizetype size = 0; size < journal.bytes.size(); ++size) {
            const JournalContents contents = read(journal.bytes.first(size));
            QByteArray whole = begin();
            for (const Growing::Frame &frame : journal.frames) {
                if (whole.size() + frame.bytes.size() > size)
                    break;
                whole += frame.bytes;
            }
            QCOMPARE(contents.damages, 0);
            if (size >= begin().size()) {
                QCOMPARE(contents.goodSize, whole.size());
                QCOMPARE(contents.hasTornEnd, size > whole.size());
            }
            QCOMPARE(rowsIn(contents), rowsIn(read(whole)));
        }
    }

    /// Each bit of each byte: the row told of by the damaged frame is as it was at some time before,
    /// or as it is if something later tells of it; all others are untouched.
    void oneDamagedFrameCostsNoMoreThanItSays()
    {
        const Growing journal = smallJournal();
        QMap<QString, qsizetype> lastFrame;
        for (qsizetype i = 0; i < journal.frames.size(); ++i)
            lastFrame.insert(journal.frames.at(i).key, i);
        qsizetype at = 0;
        const auto checkAt = [&](qsizetype frame) {
            for (int bit = 0; bit < 8; ++bit) {
                QByteArray damaged = journal.bytes;
                damaged[at] = static_cast<char>(damaged.at(at) ^ (1 << bit));
                const QMap<QString, QByteArray> rows = rowsIn(read(damaged));
                for (auto row = journal.states.cbegin(); row != journal.states.cend(); ++row) {
                    const QByteArray found = rows.value(row.key());
                    if (frame < 0 || lastFrame.value(row.key()) != frame)
                        QCOMPARE(found, journal.now.value(row.key()));
                    else
                        QVERIFY(found.isEmpty() || row->contains(found));
                }
            }
        };
        for (; at < begin().size(); ++at)
            checkAt(-1);
        for (qsizetype frame = 0; frame < journal.frames.size(); ++frame) {
            for (const qsizetype end = at + journal.frames.at(frame).bytes.size(); at < end; ++at)
                checkAt(frame);
        }
        QCOMPARE(at, journal.bytes.size());
    }

    void anyBytesCanBeRead()
    {
        QRandomGenerator random(1);
        const QByteArray journal = smallJournal().bytes;
        for (int i = 0; i < 2000; ++i) {
            QByteArray bytes = journal;
            for (int change = random.bounded(1, 30); change > 0; --change)
                bytes[random.bounded(int(bytes.size()))] = static_cast<char>(random.bounded(256));
            read(bytes);
        }
        // Whole frames whose entries make no sense
        for (int i = 0; i < 5000; ++i) {
            PendingRow row = changed(1, bodyColumn, StoredValue::utf8(QByteArray(40, 'x')));
            ui::ByteWriter out;
            out.key(Key::integer(1));
            out.number(1);
            ui::putPendingRow(out, row);
            QByteArray content = out.take();
            for (int change = random.bounded(1, 4); change > 0; --change)
                content[random.bounded(int(content.size()))]
                    = static_cast<char>(random.bounded(256));
            const auto kind = static_cast<ui::JournalEntry>(random.bounded(1, 11));
            read(begin() + ui::journalFrame(ui::journalEntry(kind, content), salt));
        }
    }

    void typingInALargeTextCostsBytes()
    {
        Growing journal;
        QByteArray body(10 << 20, 'x');
        const Key key = Key::integer(1);
        PendingRow row = changed(1, bodyColumn, StoredValue::utf8(body));
        row.snapshot.values[bodyColumn] = StoredValue::utf8(body);
        row.fields.first().base = row.snapshot.values.at(bodyColumn);
        const auto type = [&](qsizetype place) {
            body.insert(place, 'y');
            row.fields.first().value = StoredValue::utf8(body);
            const qsizetype before = journal.bytes.size();
            for (const QByteArray &entry : journal.mirror.entries(key, row))
                journal.bytes += ui::journalFrame(entry, salt);
            return journal.bytes.size() - before;
        };
        QVERIFY(type(5'000'000) < (10 << 20) + 1000); // once: what it was
        qsizetype most = 0;
        for (int i = 0; i < 10; ++i)
            most = std::max(most, type(5'000'001 + i));
        QVERIFY2(most < 100, qPrintable(QString::number(most)));
        for (int i = 0; i < 5; ++i) { // here and there
            most = std::max(most, type(100));
            most = std::max(most, type(body.size() - 100));
        }
        QVERIFY2(most < 2000, qPrintable(QString::number(most)));
        const JournalContents contents = read(journal.bytes);
        QCOMPARE(contents.rows.size(), 1);
        QCOMPARE(contents.rows.first().second.fields.first().value, StoredValue::utf8(body));
    }

    void longWritingStaysShort()
    {
        Growing journal;
        PendingRow row = changed(1, bodyColumn, {});
        QByteArray text;
        for (int i = 0; i < 3000; ++i) {
            text += "abc ";
            row.fields.first().value = StoredValue::utf8(text);
            journal.set(Key::integer(1), row);
        }
        QCOMPARE(rowsIn(read(journal.bytes)), journal.now);
        QVERIFY2(journal.bytes.size() < 3000 * 1000,
                 qPrintable(QString::number(journal.bytes.size())));
        // Any one of its frames may go: the text is whole.
        for (qsizetype frame = 0; frame + 1 < journal.frames.size(); frame += 97) {
            QByteArray bytes = begin();
            for (qsizetype i = 0; i < journal.frames.size(); ++i)
                bytes += i == frame ? QByteArray() : journal.frames.at(i).bytes;
            QCOMPARE(rowsIn(read(bytes)), journal.now);
        }
    }

    void columnsAreKnownByName()
    {
        Growing journal;
        PendingRow row = changed(1, 1, StoredValue::utf8("title"));
        row.fields.append({bodyColumn, row.snapshot.values.at(bodyColumn), {}});
        journal.set(Key::integer(1), row);
        const JournalContents contents = read(
            journal.bytes, subject({u"id"_s, u"slug"_s, u"created_at"_s, u"TITLE"_s, u"status"_s}));
        const PendingRow found = contents.rows.first().second;
        QCOMPARE(found.fields.size(), 1);
        QCOMPARE(found.fields.first().column, 3);
        QCOMPARE(found.fields.first().value, StoredValue::utf8("title"));
        QCOMPARE(found.snapshot.values.size(), 5);
        QCOMPARE(found.snapshot.values.at(2), row.snapshot.values.at(3));
        QCOMPARE(contents.lostColumns, QStringList{u"content"_s});
    }

    void journalPastedIntoATextIsNoJournal()
    {
        Growing journal;
        const QByteArrayList stranger
            = JournalMirror().entries(Key::integer(2), changed(2, 1, StoredValue::utf8("other")));
        const QByteArray pasted = ui::journalFrame(stranger.first(), salt + 1);
        journal.set(Key::integer(1), changed(1, bodyColumn, StoredValue::blob(pasted)));
        journal.set(Key::integer(3), changed(3, 1, StoredValue::utf8("mine")));
        QCOMPARE(rowsIn(read(journal.bytes)), journal.now);
        QByteArray damaged = journal.bytes;
        damaged[begin().size() + 12] = 'x'; // the frame around it
        const JournalContents contents = read(damaged);
        QCOMPARE(contents.rows.size(), 1);
        QCOMPARE(contents.rows.first().first, Key::integer(3));
    }

    void laterEntriesAreSkipped()
    {
        QByteArray bytes = begin();
        bytes
            += ui::journalFrame(ui::journalEntry(static_cast<ui::JournalEntry>(99), "later"), salt);
        Growing journal;
        journal.set(Key::integer(1), changed(1, 1, StoredValue::utf8("a")));
        for (const Growing::Frame &frame : std::as_const(journal.frames))
            bytes += frame.bytes;
        const JournalContents contents = read(bytes);
        QCOMPARE(rowsIn(contents), journal.now);
        QCOMPARE(contents.lost, 0);
    }
};

QTEST_APPLESS_MAIN(JournalFileTest)
#include "tst_journalfile.moc"

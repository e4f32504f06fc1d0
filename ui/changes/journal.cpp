// SPDX-License-Identifier: MIT
#include "ui/changes/journal.h"

#include "core/engine/databaseurl.h"
#include "core/session/applychanges.h"
#include "core/session/deliver.h"
#include "core/session/sessionworker.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

namespace {

constexpr auto whileSettling = 20ms; ///< until it is asked again whether a save is settled

orm::OperationalError::Reason reasonOf(const std::error_code &error)
{
    using Reason = orm::OperationalError::Reason;
    if (error == std::errc::no_space_on_device)
        return Reason::DiskFull;
    if (error == std::errc::permission_denied || error == std::errc::read_only_file_system)
        return Reason::ReadOnly;
    return Reason::InputOutput;
}

orm::StoredValue valueIn(const orm::Record &record, int column)
{
    return column < record.values.size() ? record.values.at(column) : orm::StoredValue();
}

/// Hexadecimal digits that are another text's only by a rare chance.
QString hashOf(const QString &text)
{
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex());
}

} // namespace

JournalPlace Journal::place(const QString &folder, const orm::DatabaseUrl &url,
                            const orm::Table &table)
{
    JournalPlace place;
    place.folder = folder;
    place.subject.database = url.toString();
    if (url.isSqlite()) {
        const QFileInfo file(url.database);
        const QString canonical = file.canonicalFilePath(); // empty of a file that isn't there
        place.subject.database = canonical.isEmpty() ? file.absoluteFilePath() : canonical;
        struct stat about = {};
        if (::stat(QFile::encodeName(place.subject.database).constData(), &about) == 0)
            place.fileId = u"file-%1-%2-"_s.arg(quint64(about.st_dev), 0, 16)
                               .arg(quint64(about.st_ino), 0, 16)
                + hashOf(table.name.toLower()).first(8);
    }
    place.subject.table = table.name;
    for (const orm::Column &column : table.columns)
        place.subject.columns.append(column.name);

    // Two tables of one database are two windows, with pending edits of their own.
    const QString subject = place.subject.database + u'\n' + table.name.toLower();
    static const QRegularExpression unusual(u"[^A-Za-z0-9._-]"_s);
    QString name = QFileInfo(place.subject.database).completeBaseName();
    name.replace(unusual, u"_"_s).truncate(40);
    place.name = name + u'-' + hashOf(subject).first(16);
    return place;
}

Journal::Journal(EditBuffer &edits, const JournalPlace &place, QObject *parent)
    : Journal(edits, place, std::make_unique<PosixJournalDevice>(), parent)
{}

Journal::Journal(EditBuffer &edits, const JournalPlace &place,
                 std::unique_ptr<JournalDevice> device, QObject *parent)
    : QObject(parent)
    , m_edits(edits)
    , m_writer(makeWriter(std::move(device), place))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { collect(Much::AsTimeAllows); });
    connect(&m_edits, &EditBuffer::insertedRowsRemoved, this, &Journal::onRowsChanged);
    connect(&m_edits, &EditBuffer::rowsInserted, this, &Journal::onRowsChanged);
    connect(&m_edits, &EditBuffer::rowsChanged, this, &Journal::onRowsChanged);
    connect(&m_edits, &EditBuffer::committed, this, &Journal::onCommitted);
}

Journal::~Journal()
{
    m_isCollecting = true; // who holds text back may be gone
    collect(Much::All);
    m_writer->stop(); // a save that still runs may hold it, too
}

std::shared_ptr<JournalWriter> Journal::makeWriter(std::unique_ptr<JournalDevice> device,
                                                   const JournalPlace &place)
{
    // Called in the writer's thread, which ends before this dies.
    const auto later = [this](auto task) {
        QMetaObject::invokeMethod(this, std::move(task), Qt::QueuedConnection);
    };
    JournalWriter::Listener listener;
    listener.opened = [this, later](const JournalOpening &opening) {
        later([this, opening] { onOpened(opening); });
    };
    listener.written
        = [this, later](quint64 number) { later([this, number] { onWritten(number); }); };
    listener.failed = [this, later](const JournalProblem &problem) {
        later([this, problem] { emit failed(problem); });
    };
    return std::make_shared<JournalWriter>(std::move(device), place, listener);
}

// --------------------------------------------------------------------------------------- opening

void Journal::open()
{
    if (m_state != State::Closed)
        return;
    m_state = State::Opening;
    m_writer->open();
}

void Journal::onOpened(const JournalOpening &opening)
{
    if (opening.outcome == JournalOpening::Outcome::Locked) {
        m_state = State::Locked;
        emit locked(opening.holder);
        return;
    }
    m_contents = opening.contents;
    m_recovery.damages = m_contents.damages + m_contents.lost;
    m_recovery.keptAside = opening.keptAside;
    m_recovery.lostColumns = m_contents.lostColumns;
    m_lastOrder = std::max(m_lastOrder, m_contents.lastOrder);
    m_lastCommit = m_contents.lastCommit;
    m_state = State::Read;
    emit opened();
    if (m_recoverBy)
        startLookup();
}

void Journal::recover(orm::SessionWorker &worker)
{
    m_recoverBy = &worker;
    if (m_state == State::Read)
        startLookup();
}

void Journal::restore()
{
    if (m_state == State::Read)
        bringBack({});
}

void Journal::startLookup()
{
    m_state = State::Recovering;
    if (m_contents.rows.isEmpty() && !m_contents.prepared) {
        bringBack({});
        return;
    }
    const auto answer
        = m_recoverBy->run([table = m_edits.table(), contents = m_contents](orm::Session &session) {
              return lookUpRows(session, table, contents);
          });
    orm::deliver(
        answer, this, [this](const JournalLookup &lookup) { bringBack(lookup); },
        [this](const orm::Error &) { bringBack({}); });
}

/// Temporary keys that the EditBuffer has given away before are another row's by now.
void Journal::renameTemporaries()
{
    QList<qint64> numbers;
    for (const auto &row : std::as_const(m_contents.rows)) {
        if (row.first.isTemporary())
            numbers.append(row.first.number());
    }
    if (m_contents.prepared) {
        for (const orm::RowChange &sent : std::as_const(m_contents.prepared->sent.rows)) {
            if (sent.key.isTemporary())
                numbers.append(sent.key.number());
        }
    }
    if (numbers.isEmpty())
        return;
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    orm::Key next = m_edits.nextTemporaryKey();
    if (next.number() == 1) {
        while (next.number() < numbers.last())
            next = m_edits.nextTemporaryKey();
        return;
    }
    QHash<orm::Key, orm::Key> renamed;
    for (const qint64 number : std::as_const(numbers)) {
        renamed.insert(orm::Key::temporary(number), next);
        next = m_edits.nextTemporaryKey();
    }
    const auto rename = [&renamed](orm::Key &key) { key = renamed.value(key, key); };
    for (auto &row : m_contents.rows) {
        markChanged(row.first); // the file has it by this key
        rename(row.first);
    }
    if (m_contents.prepared) {
        for (orm::RowChange &sent : m_contents.prepared->sent.rows)
            rename(sent.key);
        for (orm::CommittedRow &row : m_contents.prepared->result.rows)
            rename(row.requested);
    }
    rename(m_contents.openField.key);
}

void Journal::bringBack(const JournalLookup &lookup)
{
    using Found = JournalLookup::Found;
    m_state = State::Following;
    renameTemporaries();
    const JournalContents contents = std::exchange(m_contents, {});
    QList<orm::Key> restored;
    {
        const EditBuffer::Batch batch(m_edits);
        QList<orm::RowProblem> problems;
        for (const auto &[key, row] : contents.rows) {
            const Found found = lookup.rows.value(key, Found::Same);
            const orm::Key now = restoreRow(key, row, found);
            if (now != key)
                markChanged(key);
            if (now.isNull())
                continue;
            restored.append(now);
            if (!m_known.contains(now))
                m_known.insert(now, {row.order, row.snapshot});
            if (key == contents.openField.key) {
                m_recovery.openField = contents.openField;
                m_recovery.openField.key = now;
            }
            if (found == Found::Gone && now == key) {
                orm::RowProblem problem;
                problem.key = key;
                problem.kind = orm::RowProblem::Kind::DeletedOutside;
                problems.append(problem);
                m_recovery.deletedOutside.append(key);
            } else if (found == Found::Other) {
                m_recovery.insertedAsNew.append(now);
            }
        }
        m_edits.markProblems(problems);
    }
    if (contents.prepared) {
        if (lookup.prepared == JournalLookup::Prepared::RolledBack) {
            m_abandoned = contents.prepared->id;
        } else {
            m_sent = contents.prepared->id;
            if (lookup.prepared == JournalLookup::Prepared::Committed) {
                orm::ChangeSet sent = contents.prepared->sent;
                sent.table = m_edits.table();
                m_edits.markCommitted(sent, contents.prepared->result);
                m_recovery.wasSaved = true;
            }
        }
    }
    QSet<orm::Key> listed;
    for (const orm::Key &key : std::as_const(restored)) {
        const orm::Key now = m_edits.resolve(key);
        if (!m_edits.contains(now) || listed.contains(now))
            continue;
        listed.insert(now);
        m_recovery.keys.append(now);
    }
    m_recovery.openField.key = m_edits.resolve(m_recovery.openField.key);
    if (m_openField.key.isNull())
        m_openField = m_recovery.openField;
    schedule(0ms);
    emit recovered(m_recovery);
}

/// @returns its key now, a null one if there is nothing to be brought back
orm::Key Journal::restoreRow(const orm::Key &key, const PendingRow &row, JournalLookup::Found found)
{
    using Found = JournalLookup::Found;
    if (row.isNew) {
        restoreNew(key, row);
        if (row.isDeleted)
            m_edits.markDeleted(key, row.whole);
        return key;
    }
    if (row.isDeleted && found != Found::Same)
        return {}; // the row is gone already
    if (found == Found::Other) {
        QHash<int, orm::StoredValue> values;
        for (int column = 0; column < row.snapshot.values.size(); ++column) {
            const orm::Column &about = m_edits.table().columns.at(column);
            const bool isNumber = about.isPrimaryKey && m_edits.table().hasIntegerKey();
            if (!isNumber && !about.isReadOnly && !row.snapshot.isTruncated(column))
                values.insert(column, row.snapshot.values.at(column));
        }
        for (const orm::FieldChange &field : row.fields)
            values.insert(field.column, field.value);
        orm::Key fresh = m_edits.nextTemporaryKey();
        m_edits.insert(fresh, values);
        return fresh;
    }
    // Where it was edited again before it was brought back, that counts.
    const bool isFresh = !m_edits.contains(key);
    for (const orm::FieldChange &field : row.fields) {
        if (isFresh || (!m_edits.value(key, field.column) && !m_edits.isDeleted(key)))
            m_edits.setValue(key, field.column, field.base, field.value, row.snapshot);
    }
    if (row.isDeleted && isFresh)
        m_edits.markDeleted(key, row.whole);
    return key;
}

void Journal::restoreNew(const orm::Key &key, const PendingRow &row)
{
    if (m_edits.contains(key))
        return;
    QHash<int, orm::StoredValue> values;
    for (const orm::FieldChange &field : row.fields)
        values.insert(field.column,
                      key.isTemporary() ? field.value : valueIn(row.snapshot, field.column));
    if (key.isTemporary()) {
        m_edits.insert(key, values);
        return;
    }
    // A row brought back: it begins as it was, which is what its snapshot says.
    for (int column = 0; column < row.snapshot.values.size(); ++column) {
        if (!row.snapshot.values.at(column).isNull())
            values.insert(column, row.snapshot.values.at(column));
    }
    m_edits.insert(key, values, row.dependents);
    for (const orm::FieldChange &field : row.fields) {
        if (values.take(field.column) != field.value)
            m_edits.setValue(key, field.column, {}, field.value, {});
    }
    for (auto unset = values.cbegin(); unset != values.cend(); ++unset)
        m_edits.unsetValue(key, unset.key(), {});
}

// ------------------------------------------------------------------------------------- following

void Journal::markChanged(const orm::Key &key)
{
    if (m_isChanged.contains(key))
        return;
    m_isChanged.insert(key);
    m_changed.append(key);
}

void Journal::onRowsChanged(const QList<orm::Key> &keys)
{
    for (const orm::Key &key : keys) {
        markChanged(key);
        if (m_edits.resolve(key) != key || !m_edits.contains(key)) {
            m_known.remove(key);
            continue;
        }
        const auto known = m_known.find(key);
        if (known == m_known.end())
            m_known.insert(key, {++m_lastOrder, m_edits.snapshot(key)});
        else if (!m_edits.isDeleted(key))
            known->snapshot = m_edits.snapshot(key);
    }
    schedule(delay);
}

void Journal::onCommitted(const orm::CommitResult &result)
{
    QList<quint64> orders;
    for (const orm::CommittedRow &row : result.rows) {
        m_committedKeys.append(row.requested);
        orders.append(m_known.take(row.requested).order);
    }
    for (qsizetype i = 0; i < result.rows.size(); ++i) {
        const orm::CommittedRow &row = result.rows.at(i);
        if (row.kind != orm::RowChange::Kind::Delete)
            m_known.insert(row.key, {orders.at(i), row.row}); // dropped again if nothing is left
    }
    if (m_edits.isSettling())
        return; // the others come in a moment
    m_committed = std::exchange(m_sent, 0);
    if (m_committed == 0)
        m_committedKeys.clear();
    schedule(0ms);
}

std::optional<PendingRow> Journal::pendingRow(const orm::Key &key) const
{
    if (m_edits.resolve(key) != key || !m_edits.contains(key))
        return {};
    const Known known = m_known.value(key);
    PendingRow row;
    row.order = known.order;
    row.isNew = m_edits.isNew(key);
    row.isDeleted = m_edits.isDeleted(key);
    row.fields = m_edits.fields(key);
    if (row.isDeleted)
        row.whole = m_edits.snapshot(key);
    if (!row.isDeleted)
        row.snapshot = m_edits.snapshot(key);
    else if (!row.fields.isEmpty())
        row.snapshot = known.snapshot;
    if (row.isNew && !key.isTemporary()) {
        const orm::ChangeSet changes = m_edits.changeSet({key});
        row.dependents = changes.rows.constFirst().dependents;
    }
    return row;
}

void Journal::setOpenField(const OpenField &field)
{
    if (field == m_openField)
        return;
    m_openField = field;
    m_isOpenFieldNew = true;
    schedule(delay);
}

void Journal::touch()
{
    schedule(delay);
}

void Journal::flush()
{
    collect(Much::AsTimeAllows);
}

void Journal::schedule(std::chrono::milliseconds time)
{
    // From the first change on, or who types without a pause would never be written.
    if (!m_timer.isActive() || m_timer.remainingTimeAsDuration() > time)
        m_timer.start(time);
}

void Journal::collect(Much much)
{
    if (m_state != State::Following) {
        m_timer.stop();
        return;
    }
    if (!m_isCollecting) {
        m_isCollecting = true;
        emit aboutToWrite();
        m_isCollecting = false;
    }
    m_timer.stop();
    if (much == Much::All)
        m_edits.finishSettling();
    if (m_edits.isSettling()) {
        // Rows that are settled are gone for the file only when it knows that the save got through:
        // killed before, the save is found out about, and all its rows are settled then.
        schedule(whileSettling);
        return;
    }
    JournalUpdate update;
    if (m_committed > 0)
        collectLeft(update);
    constexpr qsizetype rowsAtOnce = 32; // between two looks at the clock
    QElapsedTimer timer;
    timer.start();
    while (!m_changed.isEmpty()) {
        if (much == Much::AsTimeAllows && update.rows.size() % rowsAtOnce == 0
            && timer.elapsed() >= slice.count()) {
            schedule(0ms);
            break;
        }
        const orm::Key key = m_changed.takeFirst();
        if (m_isChanged.remove(key))
            update.rows.append({key, pendingRow(key)});
    }
    if (std::exchange(m_isOpenFieldNew, false)) {
        update.openField = m_openField;
        update.openField->key = m_edits.resolve(m_openField.key);
    }
    update.committed = std::exchange(m_committed, 0);
    if (update.committed > 0)
        update.committedKeys = std::exchange(m_committedKeys, {});
    update.abandoned = std::exchange(m_abandoned, 0);
    if (update.rows.isEmpty() && !update.openField && update.committed == 0
        && update.abandoned == 0)
        return;
    update.number = ++m_number;
    m_writer->write(update);
}

/// With the news that a save got through the file forgets its rows: what was typed into them meanwhile
/// is told by the same go.
void Journal::collectLeft(JournalUpdate &update)
{
    const auto take = [&](const orm::Key &key) {
        if (m_edits.contains(key) && m_isChanged.remove(key))
            update.rows.append({key, pendingRow(key)});
    };
    if (m_edits.changeCount() <= m_committedKeys.size()) {
        for (const orm::Key &key : m_edits.keys())
            take(key);
    } else {
        for (const orm::Key &key : std::as_const(m_committedKeys))
            take(m_edits.resolve(key));
    }
}

void Journal::onWritten(quint64 number)
{
    m_written = std::max(m_written, number);
    if (m_written == m_number)
        emit written();
}

bool Journal::isWritten() const
{
    return m_state == State::Following && m_written == m_number && m_changed.isEmpty()
        && !m_isOpenFieldNew && !m_timer.isActive() && !m_edits.isSettling();
}

bool Journal::writeNow()
{
    collect(Much::All);
    if (m_state != State::Following || m_writer->waitUntilWritten())
        return false;
    m_written = m_number;
    return true;
}

// ---------------------------------------------------------------------------------------- saving

orm::BeforeCommit Journal::beforeCommit(const orm::ChangeSet &sent, WhenUnwritable unwritable)
{
    return beforeCommit(std::make_shared<const orm::ChangeSet>(sent), unwritable);
}

orm::BeforeCommit Journal::beforeCommit(const std::shared_ptr<const orm::ChangeSet> &sent,
                                        WhenUnwritable unwritable)
{
    const bool isFollowing = m_state == State::Following;
    PreparedCommit commit;
    if (isFollowing) {
        collect(Much::All); // what is sent stands before it in the file
        commit.id = m_sent = ++m_lastCommit;
    }
    return [writer = m_writer, commit, sent, isFollowing,
            unwritable](const orm::CommitResult &result) {
        std::error_code error = std::make_error_code(std::errc::not_connected);
        if (isFollowing) {
            PreparedCommit prepared = commit;
            prepared.sent.rows = sent->rows;
            prepared.time = QDateTime::currentDateTimeUtc();
            prepared.result = result;
            error = writer->prepare(prepared);
        }
        if (error && unwritable == WhenUnwritable::Refuse)
            throw orm::OperationalError(reasonOf(error),
                                        u"The journal can't be written: "_s
                                            + QString::fromLocal8Bit(error.message().c_str()));
    };
}

void Journal::abandonCommit()
{
    if (m_sent == 0)
        return;
    m_abandoned = std::exchange(m_sent, 0);
    collect(Much::AsTimeAllows);
}

bool Journal::hasUnsettledCommit() const
{
    const auto prepared = m_writer->prepared();
    return m_sent > 0 && prepared && prepared->id == m_sent;
}

void Journal::settle(orm::SessionWorker &worker)
{
    const auto prepared = m_writer->prepared();
    if (!hasUnsettledCommit() || !prepared) {
        abandonCommit();
        emit settled(false);
        return;
    }
    const auto answer = worker.run([table = m_edits.table(), prepared](orm::Session &session) {
        return orm::settle(session.connection(), table, prepared->result).has_value();
    });
    orm::deliver(
        answer, this,
        [this, prepared](bool isCommitted) {
            if (isCommitted) {
                orm::ChangeSet sent = prepared->sent;
                sent.table = m_edits.table();
                m_edits.markCommitted(sent, prepared->result);
            } else {
                abandonCommit();
            }
            emit settled(isCommitted);
        },
        [this](const orm::Error &) { emit settled(false); });
}

// --------------------------------------------------------------------------------------- history

QFuture<QList<RowVersion>> Journal::versions(const orm::Key &key, const orm::Record &now)
{
    collect(Much::AsTimeAllows);
    return m_writer->versions(m_edits.resolve(key), now, m_edits.table());
}

QFuture<QList<RowVersion>> Journal::deletedRows()
{
    collect(Much::AsTimeAllows);
    return m_writer->deletedRows(m_edits.table());
}

QString Journal::text(const JournalProblem &problem)
{
    using Kind = JournalProblem::Kind;
    if (problem.step == JournalProblem::Step::Read)
        return tr("The edits of last time can't be read from %1 (%2).")
            .arg(problem.file, problem.message);
    switch (problem.kind) {
    case Kind::DiskFull:
        return tr("The disk is full, so what you type can't be kept safe in %1 until it is saved. "
                  "Make room, or save now.")
            .arg(problem.file);
    case Kind::NoPermission:
        return tr("What you type can't be kept safe until it is saved: %1 may not be written.")
            .arg(problem.file);
    case Kind::InputOutput:
        break;
    }
    return tr("What you type can't be kept safe until it is saved: writing to %1 failed (%2).")
        .arg(problem.file, problem.message);
}

} // namespace ui

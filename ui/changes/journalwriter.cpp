// SPDX-License-Identifier: MIT
#include "ui/changes/journalwriter.h"

#include "ui/changes/journalcodec.h"
#include "ui/changes/rowidentity.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

JournalProblem::Kind kindOf(const std::error_code &error)
{
    if (error == std::errc::no_space_on_device
        || error == std::error_code(EDQUOT, error.category()))
        return JournalProblem::Kind::DiskFull;
    if (error == std::errc::permission_denied || error == std::errc::operation_not_permitted
        || error == std::errc::read_only_file_system)
        return JournalProblem::Kind::NoPermission;
    return JournalProblem::Kind::InputOutput;
}

QByteArray entryOf(JournalEntry kind, quint64 id)
{
    ByteWriter out;
    out.number(id);
    return journalEntry(kind, out.take());
}

QByteArray preparedEntry(const PreparedCommit &commit)
{
    ByteWriter out;
    putPrepared(out, commit);
    return journalEntry(JournalEntry::Prepared, out.take());
}

QByteArray openFieldEntry(const OpenField &field)
{
    ByteWriter out;
    putOpenField(out, field);
    return journalEntry(JournalEntry::OpenField, out.take());
}

orm::Key keyOf(const orm::Table &table, const orm::Record &row)
{
    QList<orm::StoredValue> values;
    for (const int column : table.primaryKey())
        values.append(row.values.value(column));
    return orm::Key::values(std::move(values));
}

/// Backwards, as long as each became what the next one was made of: the key may have had other rows,
/// and the row other keys.
QList<RowVersion> versionsOf(const QHash<orm::Key, QList<RowVersion>> &all, const orm::Key &key,
                             const orm::Record &now, const orm::Table &table)
{
    QList<RowVersion> versions;
    orm::Record next = now;
    QDateTime until; // older ones only
    for (orm::Key at = key; !at.isNull();) {
        const QList<RowVersion> ofKey = all.value(at);
        orm::Key before;
        for (auto version = ofKey.crbegin(); version != ofKey.crend() && before.isNull();
             ++version) {
            if (until.isValid() && version->time >= until)
                continue;
            const bool isDelete = version->kind == orm::RowChange::Kind::Delete;
            if (!isSameRow(table, isDelete ? version->before : version->after, next))
                break;
            versions.prepend(*version);
            versions.first().key = key; // the one it has now
            if (version->before.values.isEmpty())
                continue;
            next = version->before;
            if (const orm::Key old = keyOf(table, next); old != at) {
                before = old;
                until = version->time;
            }
        }
        at = before;
    }
    return versions;
}

QByteArray versionsEntry(const orm::Key &key, const QList<RowVersion> &versions)
{
    ByteWriter out;
    out.key(key);
    putVersions(out, versions);
    return journalEntry(JournalEntry::Versions, out.take());
}

/// A deleted row goes after trashTime, with all its versions.
void forgetExpired(QList<RowVersion> &versions, const QDateTime &now)
{
    const QDateTime oldest = now.addDuration(-std::chrono::milliseconds(JournalWriter::trashTime));
    for (qsizetype i = versions.size() - 1; i >= 0; --i) {
        if (versions.at(i).kind == orm::RowChange::Kind::Delete && versions.at(i).time < oldest) {
            versions.remove(0, i + 1);
            return;
        }
    }
}

bool hasExpired(const JournalContents &contents, const QDateTime &now)
{
    return std::any_of(contents.versions.cbegin(), contents.versions.cend(),
                       [&now](QList<RowVersion> versions) {
                           const qsizetype before = versions.size();
                           forgetExpired(versions, now);
                           return versions.size() < before;
                       });
}

} // namespace

JournalWriter::JournalWriter(std::unique_ptr<JournalDevice> device, const JournalPlace &place,
                             Listener listener)
    : m_device(std::move(device))
    , m_place(place)
    , m_listener(std::move(listener))
    , m_thread([this] { loop(); })
{}

JournalWriter::~JournalWriter()
{
    stop();
}

// -------------------------------------------------------------------------------- from any thread

void JournalWriter::enqueue(Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isStopping)
            return; // what waits for it is told so by the dying job
        m_queue.push_back(std::move(job));
    }
    m_wake.notify_all();
}

void JournalWriter::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void JournalWriter::open()
{
    enqueue([this] {
        if (m_state == State::Closed)
            m_state = State::Opening;
    });
}

void JournalWriter::write(const JournalUpdate &update)
{
    enqueue([this, update] { take(update); });
}

std::error_code JournalWriter::prepare(const PreparedCommit &commit)
{
    auto answer = std::make_shared<std::promise<std::error_code>>();
    std::future<std::error_code> future = answer->get_future();
    {
        const std::lock_guard lock(m_mutex);
        m_prepared = commit;
    }
    enqueue([this, commit, answer = std::move(answer)] {
        append({preparedEntry(commit)});
        m_waiting.push_back(std::move(*answer));
    });
    try {
        return future.get();
    } catch (const std::future_error &) { // stopped
        return std::make_error_code(std::errc::not_connected);
    }
}

std::optional<PreparedCommit> JournalWriter::prepared() const
{
    const std::lock_guard lock(m_mutex);
    return m_prepared;
}

std::error_code JournalWriter::waitUntilWritten()
{
    auto answer = std::make_shared<std::promise<std::error_code>>();
    std::future<std::error_code> future = answer->get_future();
    enqueue([this, answer = std::move(answer)] { m_waiting.push_back(std::move(*answer)); });
    try {
        return future.get();
    } catch (const std::future_error &) {
        return std::make_error_code(std::errc::not_connected);
    }
}

QFuture<QList<RowVersion>> JournalWriter::versions(const orm::Key &key, const orm::Record &now,
                                                   const orm::Table &table)
{
    auto promise = std::make_shared<QPromise<QList<RowVersion>>>();
    promise->start();
    enqueue([this, key, now, table, promise] {
        promise->addResult(
            versionsOf(readAll(JournalReader::Versions::Read).versions, key, now, table));
        promise->finish();
    });
    return promise->future();
}

QFuture<QList<RowVersion>> JournalWriter::deletedRows(const orm::Table &table)
{
    auto promise = std::make_shared<QPromise<QList<RowVersion>>>();
    promise->start();
    enqueue([this, table, promise] {
        JournalContents contents = readAll(JournalReader::Versions::Read);
        QList<RowVersion> deleted;
        for (QList<RowVersion> &versions : contents.versions) {
            forgetExpired(versions, QDateTime::currentDateTimeUtc());
            for (qsizetype i = 0; i < versions.size(); ++i) {
                const RowVersion &version = versions.at(i);
                const bool isBack = std::any_of(
                    versions.cbegin() + i + 1, versions.cend(), [&](const RowVersion &later) {
                        return later.kind == orm::RowChange::Kind::Insert
                            && isSameRow(table, version.before, later.after);
                    });
                if (version.kind == orm::RowChange::Kind::Delete && !isBack)
                    deleted.append(version);
            }
        }
        std::stable_sort(deleted.begin(), deleted.end(),
                         [](const auto &a, const auto &b) { return a.time > b.time; });
        promise->addResult(deleted);
        promise->finish();
    });
    return promise->future();
}

// ---------------------------------------------------------------------------------- in the thread

void JournalWriter::loop()
{
    bool isStopping = false;
    while (!isStopping) {
        std::deque<Job> jobs;
        {
            std::unique_lock lock(m_mutex);
            const auto hasWork = [this] { return m_isStopping || !m_queue.empty(); };
            if (m_problem && m_state != State::GivenUp)
                m_wake.wait_for(lock, retryInterval, hasWork);
            else
                m_wake.wait(lock, hasWork);
            jobs.swap(m_queue);
            isStopping = m_isStopping;
        }
        for (Job &job : jobs)
            job();
        jobs.clear();
        const std::error_code error = writeOut();
        for (std::promise<std::error_code> &waiting : m_waiting)
            waiting.set_value(error);
        m_waiting.clear();
        if (error && isStopping)
            emptyInNeed();
        if (!error && needsCompacting() && rewrite())
            m_compactAt = m_size + m_size / 2; // the old file does as well; not at once again
    }
    m_file.reset();
    m_device.reset(); // lets the locks go
}

/// The database's file first: who has that under another name has another journal.
std::error_code JournalWriter::lock(qint64 *holder)
{
    for (const QString &file : {m_place.databaseLockFile(), m_place.lockFile()}) {
        if (file.isEmpty() || m_locks.contains(file))
            continue;
        if (const std::error_code error = m_device->lock(file, holder))
            return error;
        m_locks.append(file);
    }
    return {};
}

/// @returns false if it is to be tried again
bool JournalWriter::tryOpen()
{
    std::error_code error = m_device->makeFolder(m_place.folder);
    JournalOpening opening;
    if (!error)
        error = lock(&opening.holder);
    if (error == std::errc::device_or_resource_busy) {
        m_state = State::Locked;
        opening.outcome = JournalOpening::Outcome::Locked;
        m_listener.opened(opening);
        return true;
    }
    if (error) {
        fail(JournalProblem::Step::Open, error);
        return false;
    }

    QByteArray bytes;
    error = m_device->read(m_place.file(), &bytes);
    // A new file that is there without an old one is whole: see rewrite().
    if (error == std::errc::no_such_file_or_directory
        && !m_device->rename(m_place.newFile(), m_place.file()))
        error = m_device->read(m_place.file(), &bytes);
    const bool isThere = error != std::errc::no_such_file_or_directory;
    if (isThere && error && ++m_failedReads < maxReads) {
        fail(JournalProblem::Step::Read, error);
        return false;
    }
    m_state = State::Open;
    m_mustRewrite = true;
    if (isThere && error) {
        // Never written over: perhaps it can be read another day.
        fail(JournalProblem::Step::Read, error);
        moveAside(u".unreadable"_s, &opening);
    } else if (isThere) {
        JournalReader reader(m_place.subject, JournalReader::Versions::Read);
        reader.read(bytes);
        opening.contents = reader.take();
        const JournalContents &contents = opening.contents;
        const bool isForeign = contents.format > journalFormat
            || contents.subject.table.compare(m_place.subject.table, Qt::CaseInsensitive) != 0;
        if (isForeign) {
            opening.contents = {};
            moveAside(u".other"_s, &opening);
        } else if (contents.damages > 0 || contents.lost > 0 || !contents.lostColumns.isEmpty()
                   || (contents.salt == 0 && !bytes.isEmpty())) {
            opening.keptAside = keepAside(u".damaged"_s, bytes);
        } else {
            // A new file would say nothing new
            m_mustRewrite = contents.format == 0 || contents.salt == 0
                || contents.subject != m_place.subject
                || hasExpired(contents, QDateTime::currentDateTimeUtc());
        }
        m_salt = contents.salt;
        m_size = contents.goodSize;
        m_compactAt = 2 * m_size + compactAfter;
        if (!m_mustRewrite
            && (m_device->open(m_place.file(), JournalDevice::Mode::Append, &m_file)
                || (contents.hasTornEnd && m_file->truncate(m_size))))
            m_mustRewrite = true;
    }
    m_mirror.set(opening.contents);
    m_openField = opening.contents.openField;
    {
        const std::lock_guard lock(m_mutex);
        m_prepared = opening.contents.prepared;
    }
    opening.contents.versions.clear(); // nobody asked yet
    m_listener.opened(opening);
    return true;
}

void JournalWriter::moveAside(const QString &ending, JournalOpening *opening)
{
    opening->keptAside = m_place.file() + ending;
    if (const auto error = m_device->rename(m_place.file(), opening->keptAside)) {
        m_state = State::GivenUp;
        fail(JournalProblem::Step::Open, error);
    }
}

/// Best effort: what is in the way of it is in the way of the journal, too, and will be said there.
QString JournalWriter::keepAside(const QString &ending, const QByteArray &bytes)
{
    QString path = m_place.file() + ending;
    std::unique_ptr<JournalDevice::File> file;
    if (m_device->open(path, JournalDevice::Mode::Replace, &file) || file->append(bytes)
        || file->sync())
        return {};
    return path;
}

void JournalWriter::append(const QByteArrayList &entries)
{
    while (m_salt == 0)
        m_salt = QRandomGenerator::global()->generate();
    m_unwritten += journalFrame(entries.join(), m_salt);
}

void JournalWriter::appendEach(const QByteArrayList &entries)
{
    for (const QByteArray &entry : entries)
        append({entry});
}

void JournalWriter::take(const JournalUpdate &update)
{
    m_takenNumber = update.number;
    if (m_state != State::Open)
        return;
    if (update.abandoned > 0) {
        const std::lock_guard lock(m_mutex);
        if (m_prepared && m_prepared->id == update.abandoned) {
            append({entryOf(JournalEntry::Abandoned, update.abandoned)});
            m_prepared.reset();
        }
    }
    QByteArrayList together;
    if (update.committed > 0) {
        m_mirror.forget(update.committedKeys);
        ByteWriter out;
        out.number(update.committed);
        out.number(static_cast<quint64>(update.committedKeys.size()));
        for (const orm::Key &key : update.committedKeys)
            out.key(key);
        together.append(journalEntry(JournalEntry::Committed, out.take()));
        m_hasUnwrittenCommit = true;
        const std::lock_guard lock(m_mutex);
        if (m_prepared
            && m_prepared->id == update.committed) // else the next one is prepared already
            m_prepared.reset();
    }
    for (const auto &[key, row] : update.rows) {
        const QByteArrayList entries = m_mirror.entries(key, row);
        if (together.isEmpty())
            appendEach(entries);
        else
            together += entries;
    }
    if (!together.isEmpty())
        append(together);
    if (update.openField && *update.openField != m_openField) {
        m_openField = *update.openField;
        append({openFieldEntry(m_openField)});
    }
}

std::error_code JournalWriter::writeOut()
{
    using Step = JournalProblem::Step;
    if (m_state == State::Opening && !tryOpen())
        return std::make_error_code(std::errc::not_connected);
    if (m_state != State::Open)
        return std::make_error_code(std::errc::not_connected);
    if (m_unwritten.isEmpty() && !m_mustRewrite) {
        succeed();
        return {};
    }
    if (m_mustRewrite) {
        if (const std::error_code error = rewrite())
            return fail(Step::Write, error);
        succeed();
        return {};
    }
    if (const std::error_code error = m_file->append(m_unwritten)) {
        // A torn rest would do no harm but hide where the good part ends.
        if (m_file->truncate(m_size))
            m_mustRewrite = true;
        return fail(Step::Write, error);
    }
    if (const std::error_code error = m_file->sync()) {
        m_mustRewrite = true;
        return fail(Step::Write, error);
    }
    m_size += m_unwritten.size();
    m_unwritten.clear();
    m_hasUnwrittenCommit = false;
    succeed();
    return {};
}

std::error_code JournalWriter::fail(JournalProblem::Step step, const std::error_code &error)
{
    JournalProblem problem;
    problem.step = step;
    problem.kind = kindOf(error);
    problem.file = m_place.file();
    problem.message = QString::fromLocal8Bit(error.message().c_str());
    const bool isNew = !m_problem || m_problem->step != step || m_problem->kind != problem.kind;
    m_problem = problem;
    if (isNew)
        m_listener.failed(problem);
    return error;
}

void JournalWriter::succeed()
{
    const bool isNews = m_problem || m_writtenNumber != m_takenNumber;
    m_problem.reset();
    m_writtenNumber = m_takenNumber;
    if (isNews)
        m_listener.written(m_writtenNumber);
}

bool JournalWriter::needsCompacting() const
{
    return m_size > m_compactAt;
}

JournalContents JournalWriter::readAll(JournalReader::Versions versions)
{
    QByteArray bytes;
    if (m_state == State::Open && m_file)
        m_device->read(m_place.file(), &bytes); // what can't be read is shorter
    bytes += m_unwritten;
    JournalReader reader(m_place.subject, versions);
    reader.read(bytes);
    return reader.take();
}

QByteArray JournalWriter::newFile(JournalContents &contents, JournalMirror &mirror) const
{
    QByteArray bytes = journalFileBegin();
    const auto add = [&](const QByteArray &entry) { bytes += journalFrame(entry, m_salt); };
    add(tableEntry(m_place.subject));
    add(tableEntry(m_place.subject)); // the columns' names are what all others build upon

    const QDateTime now = QDateTime::currentDateTimeUtc();
    struct History
    {
        QDateTime last;
        QByteArray entry;
    };
    QList<History> histories;
    for (auto row = contents.versions.begin(); row != contents.versions.end(); ++row) {
        forgetExpired(*row, now);
        // One row may take a quarter of the room.
        QByteArray entry = versionsEntry(row.key(), *row);
        while (row->size() > 1 && entry.size() > maxVersionBytes / 4) {
            row->remove(0, (row->size() + 1) / 2);
            entry = versionsEntry(row.key(), *row);
        }
        if (!row->isEmpty())
            histories.append({row->constLast().time, entry});
    }
    std::stable_sort(histories.begin(), histories.end(),
                     [](const History &a, const History &b) { return a.last > b.last; });
    qint64 room = maxVersionBytes;
    for (const History &history : std::as_const(histories)) {
        room -= history.entry.size();
        if (room < 0)
            break;
        add(history.entry);
    }

    const QByteArrayList rows = mirror.allEntries();
    for (const QByteArray &entry : rows)
        add(entry);
    if (const auto commit = prepared())
        add(preparedEntry(*commit));
    if (!m_openField.key.isNull())
        add(openFieldEntry(m_openField));
    return bytes;
}

/// Writes all that counts to a new file and puts it in the place of the old one.
std::error_code JournalWriter::rewrite()
{
    QByteArray bytes;
    const std::error_code unreadable = m_device->read(m_place.file(), &bytes);
    const bool isUnreadable = unreadable && unreadable != std::errc::no_such_file_or_directory;
    if (isUnreadable && !m_mustRewrite)
        return unreadable;
    while (m_salt == 0)
        m_salt = QRandomGenerator::global()->generate();
    bytes += m_unwritten;
    JournalReader reader(m_place.subject, JournalReader::Versions::Read);
    reader.read(bytes);
    bytes.clear();
    JournalContents contents = reader.take();
    JournalMirror mirror = m_mirror;
    const QByteArray content = newFile(contents, mirror);
    if (!m_mustRewrite && 2 * content.size() + compactAfter > m_size) {
        m_compactAt = 2 * content.size() + compactAfter; // it is large because much is pending
        return {};
    }

    const QString path = m_place.newFile();
    std::unique_ptr<JournalDevice::File> file;
    std::error_code error = m_device->open(path, JournalDevice::Mode::Replace, &file);
    if (error)
        return error;
    error = file->append(content);
    if (!error)
        error = file->sync();
    if (error) {
        file->truncate(0); // the room may be what is missing
        return error;
    }
    if (isUnreadable) // the earlier versions in it may be read another day
        error = m_device->rename(m_place.file(), m_place.file() + u".unreadable"_s);
    if (!error)
        error = m_device->rename(path, m_place.file());
    if (error) {
        // Nobody knows which of the two is there now.
        m_mustRewrite = true;
        m_file.reset();
        return error;
    }
    m_file = std::move(file);
    m_mirror = std::move(mirror);
    m_mustRewrite = false;
    m_unwritten.clear();
    m_hasUnwrittenCommit = false;
    m_size = content.size();
    m_compactAt = 2 * m_size + compactAfter;
    return {};
}

/// The disk is full, the program ends, and the file says that rows are pending which are saved by
/// now: they would be saved twice. Making it empty needs no room.
void JournalWriter::emptyInNeed()
{
    if (m_hasUnwrittenCommit && m_mirror.isEmpty() && m_file)
        m_file->truncate(0);
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "tests/faults/user.h"

#include "core/session/rowreader.h"
#include "tests/support/fakerecordsource.h"
#include "ui/common/errortext.h"

#include <QTest>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;
using orm::Key;
using orm::StoredValue;

namespace {

constexpr int patience = 30'000; ///< milliseconds

QByteArray text(const StoredValue &value)
{
    return value.isNull() ? "-"_ba : value.bytes();
}

QByteArray sortedText(QByteArrayList lines)
{
    std::sort(lines.begin(), lines.end());
    return lines.join('\n');
}

QByteArray line(const StoredValue &title, const StoredValue &body)
{
    return text(title) + " / " + text(body);
}

} // namespace

orm::Table User::table()
{
    orm::Table table = test::postsTable();
    table.columns.resize(bodyColumn + 1);
    return table;
}

QString User::sql(int rows)
{
    return u"CREATE TABLE posts (id INTEGER NOT NULL, title VARCHAR(255), content TEXT, "
           "PRIMARY KEY (id));"
           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) "
           "INSERT INTO posts SELECT i, 'title ' || i, 'body ' || i FROM n;"_s.arg(rows);
}

User::User(const QString &database, const QString &journals, quint32 seed,
           std::unique_ptr<ui::JournalDevice> device)
    : m_file(database)
    , m_random(seed)
    , m_worker(orm::DatabaseUrl::sqlite(database))
    , m_edits(table())
    , m_history(m_edits)
{
    if (!device)
        device = std::make_unique<ui::PosixJournalDevice>();
    m_journal = std::make_unique<ui::Journal>(
        m_edits, ui::Journal::place(journals, orm::DatabaseUrl::sqlite(database), m_edits.table()),
        std::move(device));
}

bool User::start()
{
    m_journal->open();
    m_journal->recover(m_worker);
    if (!QTest::qWaitFor([this] { return m_journal->isFollowing(); }, patience))
        return false;
    look();
    return true;
}

void User::look()
{
    const auto read = [table = m_edits.table()](orm::Session &session) {
        QList<Key> keys;
        const QByteArray ids
            = session.connection().scalar(u"SELECT group_concat(id) FROM posts"_s).bytes();
        for (const QByteArray &id : ids.split(','))
            keys.append(Key::integer(id.toLongLong()));
        QHash<Key, orm::Record> rows;
        orm::RowReader(session.connection(), table)
            .readKeys(keys, orm::RowReader::Cut::None,
                      [&](const Key &key, const orm::Record &row) { rows.insert(key, row); });
        return rows;
    };
    while (true) {
        try {
            m_seen = m_worker.run(read).result();
            return;
        } catch (const orm::OperationalError &) {
            // Of a call that was made to fail: as the user would, once more.
        }
    }
}

QByteArray User::seen(const Key &key, int column) const
{
    return m_seen.value(key).values.value(column).bytes();
}

// ------------------------------------------------------------------------------------------ editing

void User::act()
{
    switch (below(12)) {
    case 0:
    case 1:
        insert(someText());
        break;
    case 2:
        remove(someKey());
        break;
    case 3:
    case 4:
        m_history.undoStack().undo();
        break;
    case 5:
        m_history.undoStack().redo();
        break;
    case 6:
        m_history.endFieldEdit();
        break;
    default:
        edit(someKey(), below(2) ? titleColumn : bodyColumn, someText());
    }
}

void User::edit(const Key &key, int column, const QByteArray &value)
{
    m_history.setValue(key, column, StoredValue::utf8(value), m_seen.value(key));
}

Key User::insert(const QByteArray &title)
{
    return m_history.insertRow({{titleColumn, StoredValue::utf8(title)}});
}

void User::remove(const Key &key)
{
    m_history.removeRows({key}, {m_seen.value(key)});
}

Key User::someKey()
{
    const QList<Key> pending = m_edits.keys();
    if (!pending.isEmpty() && below(2))
        return pending.at(below(int(pending.size())));
    QList<Key> stored = m_seen.keys();
    std::sort(stored.begin(), stored.end(),
              [](const Key &a, const Key &b) { return a.number() < b.number(); });
    return stored.isEmpty() ? Key() : stored.at(below(int(stored.size())));
}

QByteArray User::someText()
{
    return "text " + QByteArray::number(++m_texts) + " of " + QByteArray::number(below(1'000'000));
}

// ------------------------------------------------------------------------------------------- saving

User::Saved User::save()
{
    beginSave();
    return endSave();
}

void User::beginSave()
{
    m_result = {};
    m_error.clear();
    m_running = {};
    m_history.endFieldEdit();
    if (m_journal->hasUnsettledCommit() && !ask()) {
        m_error = u"The last save is unsettled"_s;
        return;
    }
    m_sent = m_edits.changeSet();
    m_running = m_worker.run([sent = m_sent, before = m_journal->beforeCommit(m_sent)](
                                 orm::Session &session) { return session.apply(sent, before); });
}

User::Saved User::endSave()
{
    if (!m_error.isEmpty())
        return Saved::Failed;
    try {
        m_result = m_running.result();
    } catch (const orm::Error &error) {
        m_error = ui::errorText(error, u"blog.db"_s);
        if (!m_journal->hasUnsettledCommit()) {
            m_journal->abandonCommit();
            return Saved::Failed;
        }
        if (!ask() || m_edits.changeCount() > 0)
            return Saved::Failed;
        look();
        return Saved::Committed; // it had got through
    }
    if (!m_result.isCommitted()) {
        m_journal->abandonCommit();
        m_edits.markProblems(m_result.problems);
        return Saved::Refused;
    }
    // Some at a time, as the window does it with many: it may be killed between.
    m_edits.beginSettling(std::make_shared<const orm::ChangeSet>(m_sent), m_result);
    while (m_edits.isSettling()) {
        int rows = 1 + below(3);
        m_edits.settleSome([&rows] { return rows-- == 0; });
        m_journal->flush();
        QThread::usleep(300);
    }
    for (const orm::CommittedRow &row : std::as_const(m_result.rows)) {
        if (row.kind == orm::RowChange::Kind::Delete)
            m_seen.remove(row.key);
        else
            m_seen.insert(row.key, row.row);
    }
    return Saved::Committed;
}

/// @returns whether the database said anything
bool User::ask()
{
    bool isSettled = false;
    const auto connection = QObject::connect(m_journal.get(), &ui::Journal::settled,
                                             m_journal.get(), [&] { isSettled = true; });
    m_journal->settle(m_worker);
    const bool isAnswered = QTest::qWaitFor([&] { return isSettled; }, patience);
    QObject::disconnect(connection);
    return isAnswered && !m_journal->hasUnsettledCommit();
}

void User::giveUpProblems()
{
    QList<Key> keys;
    for (const orm::RowProblem &problem : std::as_const(m_result.problems))
        keys.append(problem.key);
    m_history.revertRows(keys);
}

// -------------------------------------------------------------------------------------- what there is

QByteArray User::database() const
{
    QByteArrayList lines;
    for (const orm::Record &row : m_seen)
        lines.append(line(row.values.at(titleColumn), row.values.at(bodyColumn)));
    return sortedText(lines);
}

QByteArray User::databaseAfterSave() const
{
    QHash<Key, orm::Record> rows = m_seen;
    const orm::ChangeSet changes = m_edits.changeSet();
    for (const orm::RowChange &change : changes.rows) {
        if (change.kind == orm::RowChange::Kind::Delete) {
            rows.remove(change.key);
            continue;
        }
        orm::Record &row = rows[change.key];
        row.values.resize(bodyColumn + 1);
        for (const orm::FieldChange &field : change.fields)
            row.values[field.column] = field.value;
    }
    QByteArrayList lines;
    for (const orm::Record &row : std::as_const(rows))
        lines.append(line(row.values.at(titleColumn), row.values.at(bodyColumn)));
    return sortedText(lines);
}

QByteArray User::pending() const
{
    QByteArrayList lines;
    const QList<Key> keys = m_edits.keys();
    for (const Key &key : keys) {
        QByteArray row = m_edits.isNew(key) ? "new"_ba : key.toString().toUtf8();
        if (m_edits.isDeleted(key))
            row += " deleted";
        const QList<orm::FieldChange> fields = m_edits.fields(key);
        for (const orm::FieldChange &field : fields)
            row += " | " + QByteArray::number(field.column) + ": "
                + (m_edits.isNew(key) ? QByteArray() : text(field.base) + " > ")
                + text(field.value);
        lines.append(row);
    }
    return sortedText(lines);
}

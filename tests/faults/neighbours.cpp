// SPDX-License-Identifier: MIT
#include "tests/faults/faults.h"
#include "tests/faults/user.h"
#include "tests/support/testdatabase.h"

#include <QTemporaryDir>

#include <atomic>
#include <random>
#include <sqlite3.h>
#include <thread>

using namespace Qt::StringLiterals;

namespace {

constexpr int rows = 6;

using Field = std::pair<qint64, int>; ///< row and column

/// A committed change: each value is written once, so that they form a chain from the first value of
/// a field to the last. One that was overwritten unseen is in no chain.
struct Change
{
    Field field;
    QByteArray from;
    QByteArray to;
};

/// Writes at any time, without waiting for anybody.
class WebApp
{
public:
    WebApp(const TestDatabase &database, quint32 seed)
        : m_thread([this, file = database.file().toUtf8(), seed] { run(file, seed); })
    {}
    ~WebApp() { stop(); }
    Q_DISABLE_COPY_MOVE(WebApp)

    QList<Change> stop()
    {
        m_isStopping = true;
        if (m_thread.joinable())
            m_thread.join();
        return m_changes;
    }

private:
    void run(const QByteArray &file, quint32 seed)
    {
        sqlite3 *database = nullptr;
        sqlite3_open(file.constData(), &database);
        sqlite3_busy_timeout(database, 0);
        std::mt19937 random(seed);
        for (int i = 0; !m_isStopping; ++i) {
            const Field field{1 + random() % rows,
                              random() % 2 ? User::titleColumn : User::bodyColumn};
            write(database, field, "web " + QByteArray::number(i));
            std::this_thread::sleep_for(std::chrono::milliseconds(random() % 8));
        }
        sqlite3_close(database);
    }

    void write(sqlite3 *database, const Field &field, const QByteArray &value)
    {
        const auto execute = [database](const QByteArray &sql) {
            return sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr) == SQLITE_OK;
        };
        if (!execute("BEGIN IMMEDIATE"))
            return;
        const QByteArray column = field.second == User::titleColumn ? "title" : "content";
        const QByteArray row = QByteArray::number(field.first);
        QByteArray before;
        sqlite3_stmt *select = nullptr;
        sqlite3_prepare_v2(
            database, QByteArray("SELECT " + column + " FROM posts WHERE id = " + row).constData(),
            -1, &select, nullptr);
        if (sqlite3_step(select) == SQLITE_ROW)
            before = reinterpret_cast<const char *>(sqlite3_column_text(select, 0));
        sqlite3_finalize(select);
        const bool isDone
            = execute("UPDATE posts SET " + column + " = '" + value + "' WHERE id = " + row)
            && execute("COMMIT");
        if (isDone)
            m_changes.append({field, before, value});
        else
            execute("ROLLBACK");
    }

    std::atomic_bool m_isStopping = false;
    QList<Change> m_changes;
    std::thread m_thread;
};

void editSome(User &user, const QByteArray &name, int &texts)
{
    const QList<orm::Key> keys = user.storedKeys();
    for (int i = user.below(3); i >= 0; --i) {
        const int column = user.below(2) ? User::titleColumn : User::bodyColumn;
        user.edit(keys.at(user.below(int(keys.size()))), column,
                  name + QByteArray::number(++texts));
    }
}

QList<Change> changesOf(const orm::ChangeSet &sent)
{
    QList<Change> changes;
    for (const orm::RowChange &row : sent.rows) {
        for (const orm::FieldChange &field : row.fields)
            changes.append(
                {{row.key.number(), field.column}, field.base.bytes(), field.value.bytes()});
    }
    return changes;
}

} // namespace

Faults proveNeighbours(int rounds, quint32 seed)
{
    Faults faults;
    const TestDatabase database(User::sql(rows));
    const QTemporaryDir first;
    const QTemporaryDir second;
    User ann(database.file(), first.path(), seed);
    User ben(database.file(), second.path(), seed + 1);
    if (!ann.start() || !ben.start())
        return {.losses = {u"neighbours: they did not start"_s}};
    QHash<Field, QByteArray> firstValues;
    for (const orm::Key &key : ann.storedKeys()) {
        for (const int column : {User::titleColumn, User::bodyColumn})
            firstValues.insert({key.number(), column}, ann.seen(key, column));
    }

    QList<Change> committed;
    int texts = 0;
    WebApp web(database, seed + 2);
    for (int round = 0; round < rounds; ++round) {
        for (User *user : {&ann, &ben}) {
            if (user->below(2))
                user->look(); // else what is seen is old
        }
        editSome(ann, "ann ", texts);
        editSome(ben, "ben ", texts);
        const orm::ChangeSet anns = ann.edits().changeSet();
        const orm::ChangeSet bens = ben.edits().changeSet();
        ann.beginSave();
        ben.beginSave();
        for (const auto &[user, sent] : {std::pair(&ann, anns), std::pair(&ben, bens)}) {
            ++faults.cases;
            switch (user->endSave()) {
            case User::Saved::Committed:
                committed << changesOf(sent);
                break;
            case User::Saved::Refused:
                faults.faults += int(user->result().problems.size());
                user->look();
                user->giveUpProblems();
                break;
            case User::Saved::Failed:
                faults.losses << u"neighbours: "_s + user->error();
                break;
            }
        }
    }
    committed << web.stop();

    ann.look();
    QHash<Field, QHash<QByteArray, QByteArray>> before; // by value, which is written once
    for (const Change &change : std::as_const(committed))
        before[change.field].insert(change.to, change.from);
    for (auto field = firstValues.cbegin(); field != firstValues.cend(); ++field) {
        const QHash<QByteArray, QByteArray> chain = before.value(field.key());
        QByteArray value = ann.seen(orm::Key::integer(field.key().first), field.key().second);
        qsizetype found = 0;
        for (; chain.contains(value) && found <= chain.size(); ++found)
            value = chain.value(value);
        if (found != chain.size() || value != field.value())
            faults.losses << u"neighbours (seed %1): of %2 committed changes of a field %3 count"_s
                                 .arg(seed)
                                 .arg(chain.size())
                                 .arg(found);
    }
    faults.cases += int(committed.size());
    return faults;
}

// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/session.h"
#include "tests/benchmarks/arm.h"

namespace bench {

/// The workloads by one orm::Session, as a program would write them.
class OrmArm final : public Arm
{
public:
    QString name() const override;

    void open(const QString &file) override;
    void close() override;
    void fill(qint64 count) override;

    qint64 insert(qint64 count, Stopwatch &watch) override;
    qint64 readKept(Stopwatch &watch, size_t &bytes) override;
    qint64 readStreamed(Stopwatch &watch) override;
    qint64 get(const std::vector<qint64> &ids, Stopwatch &watch) override;
    qint64 update(qint64 count, int round, Stopwatch &watch) override;
    qint64 remove(qint64 count, Stopwatch &watch) override;
    qint64 commitEach(qint64 count, Stopwatch &watch) override;

    void fillPeople(qint64 count, qint64 each) override;
    qint64 readPeople(Along along, Stopwatch &watch) override;
    qint64 insertPeople(qint64 count, qint64 each, Stopwatch &watch) override;

    /// Loads the first @p count posts, which is one time, and flushes with none of them touched, which
    /// is the other.
    void flushUntouched(qint64 count, Stopwatch &load, Stopwatch &flush);

private:
    std::optional<orm::Session> m_session;
};

} // namespace bench

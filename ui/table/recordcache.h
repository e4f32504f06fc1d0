// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "core/session/rowquery.h"

#include <QCache>
#include <QHash>
#include <QList>
#include <QSet>

namespace ui {

/// Committed rows by key: which are here, which are on their way, which have to be read again.
///
/// Bounded: the rows used least recently go. By key and not by row, so that rows may come and go
/// above without anything being read again. Knows no source: whoever reads says begin() and one of
/// finish(), fail() and cancel().
class RecordCache
{
public:
    using Request = quint64;

    /// Rows of ordinary size that are kept; large ones count as many.
    static constexpr int defaultCapacity = 8192;

    /// What a finished request brought to light, beyond rows that weren't here.
    struct Found
    {
        QList<orm::Key> changed; ///< stored otherwise than the row that was here
        QList<orm::Key> gone; ///< asked for, and not there any more
    };

    explicit RecordCache(int capacity = defaultCapacity)
        : m_rows(capacity)
    {}

    /// The row as it was read last, be it stale, which counts as a use; nullptr if it isn't here.
    const orm::Record *find(const orm::Key &key) const;
    /// Whether the row is here and nothing said since that it may have changed.
    bool isFresh(const orm::Key &key) const;
    bool isLoading(const orm::Key &key) const { return m_loading.contains(key); }
    /// Whether the row should be asked for: not fresh, not on its way, and not failed or gone.
    bool isWanted(const orm::Key &key) const;

    /// The row as it is stored now; what is on its way is older.
    void insert(const orm::Key &key, const orm::Record &row);
    void remove(const orm::Key &key);
    /// The first values of a row whose others take longer to read. The row counts as not here.
    void insertBeginning(const orm::Key &key, const orm::Record &beginning);
    /// nullptr if there is none, or the row itself is here.
    const orm::Record *beginning(const orm::Key &key) const;
    /// Every row stays and is to be read again, also those that failed.
    void markStale();
    void clear();

    Request begin(const QList<orm::Key> &keys);
    /// Nothing happens for a request that was cancelled.
    Found finish(Request request, const orm::RecordPage &page);
    void fail(Request request);
    void cancel(Request request);
    bool isOpen(Request request) const { return m_requests.contains(request); }
    QList<orm::Key> keys() const { return m_rows.keys(); } ///< of all rows here, in no order

private:
    struct Row
    {
        orm::Record record;
        quint64 time = 0; ///< when it was asked for or stored
    };
    struct OpenRequest
    {
        QList<orm::Key> keys;
        quint64 time = 0;
    };

    OpenRequest close(Request request);
    static int cost(const orm::Record &record);

    mutable QCache<orm::Key, Row> m_rows; ///< looking changes the order of use
    QHash<orm::Key, orm::Record> m_beginnings; ///< of first rows, which are few
    QHash<Request, OpenRequest> m_requests;
    QHash<orm::Key, Request> m_loading;
    QSet<orm::Key> m_unavailable; ///< failed or gone, until markStale()
    quint64 m_time = 0; ///< counts requests and stores
    quint64 m_staleTime = 0; ///< rows asked for before are stale
};

} // namespace ui

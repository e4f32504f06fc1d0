// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"
#include "ui/table/recordcache.h"

#include <QFuture>
#include <QObject>

#include <functional>

namespace ui {

class RecordSource;

/// Fills a RecordCache by pages: one request a page, the page wanted last first, a few at a time,
/// and none for rows that were scrolled past.
class PageFetcher final : public QObject
{
    Q_OBJECT

public:
    static constexpr int maxRequests = 3; ///< on their way at once
    static constexpr int maxWanted = 8; ///< waiting; beyond it the oldest is forgotten
    static constexpr int rereadRows = 256; ///< in one request of reread()

    /// The keys of the rows of a page, which change as rows come and go.
    using KeysOf = std::function<QList<orm::Key>(qint64 page)>;

    /// Borrows @p source and @p cache, which outlive this.
    PageFetcher(RecordSource &source, RecordCache &cache, KeysOf keysOf, QObject *parent = nullptr);
    ~PageFetcher() override;

    /// Pages are of @p table from now on; nothing is wanted any more.
    void setTable(const orm::Table &table);
    /// Asks for what the cache hasn't of that page, from the event loop.
    void want(qint64 page);
    /// Forgets and cancels what is wanted of other pages than these.
    void keepOnly(qint64 first, qint64 last);
    void cancelAll();
    /// Asks for those of @p keys that the cache wants, a request at a time and only while no page is
    /// wanted; forgets what an earlier call has not asked for yet.
    void reread(const QList<orm::Key> &keys);
    /// Whether reread() is done.
    bool isRereading() const;

signals:
    void fetched(const QList<orm::Key> &keys);
    /// These rows, which were here, are stored otherwise by now. After fetched().
    void changed(const QList<orm::Key> &keys);
    /// Rows that were asked for are not in the database any more.
    void gone(const QList<orm::Key> &keys);
    void failed(const orm::Error &error);
    void rereadEnded();

private:
    static constexpr qint64 noPage = -1; ///< of a request of reread()

    struct OpenPage
    {
        RecordCache::Request request = 0;
        qint64 page = 0;
        QFuture<orm::RecordPage> future;
    };

    void schedule();
    void ask();
    void askAgain();
    void ask(qint64 page, const QList<orm::Key> &keys);
    void close(RecordCache::Request request);
    void onFetched(RecordCache::Request request, const orm::RecordPage &page);
    void onFailed(RecordCache::Request request, const orm::Error &error);

    RecordSource &m_source;
    RecordCache &m_cache;
    KeysOf m_keysOf;
    orm::Table m_table;
    QList<qint64> m_wanted; ///< the last is wanted most
    QList<OpenPage> m_open; ///< oldest first
    QList<orm::Key> m_reread;
    bool m_isRereading = false;
    bool m_isScheduled = false;
};

} // namespace ui

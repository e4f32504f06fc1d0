// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace orm {

/// Hands a future's result, or the Error it failed with, to @p receiver in its thread, unless
/// @p receiver has died or the future was cancelled. The only seam where errors meet the GUI.
///
/// Not QFuture::then(receiver, …): Qt 6.4 asserts if the receiver died first.
template<typename Result, typename OnResult, typename OnError>
void deliver(const QFuture<Result> &future, QObject *receiver, OnResult onResult, OnError onError)
{
    auto *watcher = new QFutureWatcher<Result>(receiver);
    QObject::connect(watcher, &QFutureWatcherBase::finished, receiver,
                     [watcher, onResult = std::move(onResult), onError = std::move(onError)] {
                         watcher->deleteLater();
                         auto finished = watcher->future();
                         try {
                             finished.waitForFinished(); // finished: only rethrows
                             if constexpr (std::is_void_v<Result>) {
                                 if (!finished.isCanceled())
                                     onResult();
                             } else {
                                 if (finished.resultCount() > 0)
                                     onResult(finished.result());
                             }
                         } catch (const Error &error) {
                             onError(error);
                         }
                     });
    watcher->setFuture(future);
}

/// Like deliver(), for a stream: @p onResult for each result as it comes, @p onEnd after the last.
///
/// A result that was handed over is taken out of the future, which would keep all of them as long as
/// it lives: ten million keys would be there twice. So nobody else can have them.
template<typename Result, typename OnResult, typename OnEnd, typename OnError>
void deliverEach(const QFuture<Result> &future, QObject *receiver, OnResult onResult, OnEnd onEnd,
                 OnError onError)
{
    auto *watcher = new QFutureWatcher<Result>(receiver);
    QObject::connect(watcher, &QFutureWatcherBase::resultReadyAt, receiver,
                     [watcher, onResult = std::move(onResult)](int index) {
                         const QFuture<Result> stream = watcher->future();
                         auto &stored = const_cast<Result &>(*(stream.constBegin() + index));
                         onResult(std::exchange(stored, {}));
                     });
    QObject::connect(watcher, &QFutureWatcherBase::finished, receiver,
                     [watcher, onEnd = std::move(onEnd), onError = std::move(onError)] {
                         watcher->deleteLater();
                         try {
                             watcher->future().waitForFinished();
                             if (!watcher->future().isCanceled())
                                 onEnd();
                         } catch (const Error &error) {
                             onError(error);
                         }
                     });
    watcher->setFuture(future);
}

} // namespace orm

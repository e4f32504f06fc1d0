// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace app {

/// The signals by which a session that ends, or a shell, tells a program to go (SIGTERM, SIGHUP and
/// SIGINT), where one can do something about them: in the thread of this object. One at a time.
class QuitSignals final : public QObject
{
    Q_OBJECT

public:
    explicit QuitSignals(QObject *parent = nullptr);
    ~QuitSignals() override;

signals:
    void received();
};

} // namespace app

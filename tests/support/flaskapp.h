// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>

/// The tutorial's Flask app (tests/data/flaskapp/app.py) on a database, run by Debian's Python: each
/// call is a process of its own, as another program is.
class FlaskApp
{
public:
    explicit FlaskApp(QString database);

    /// Whether python3-flask-sqlalchemy is there.
    static bool isInstalled();

    /// @returns what the app prints; undefined if it failed
    QJsonValue run(const QString &command, const QJsonObject &values = {}) const;
    /// Its post @p id; empty if there is none.
    QJsonObject post(qint64 id) const;

private:
    QString m_database;
};

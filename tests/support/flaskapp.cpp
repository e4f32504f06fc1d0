// SPDX-License-Identifier: MIT
#include "tests/support/flaskapp.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace {

const auto interpreter = u"/usr/bin/python3"_s;

} // namespace

FlaskApp::FlaskApp(QString database)
    : m_database(std::move(database))
{}

bool FlaskApp::isInstalled()
{
    QProcess python;
    python.start(interpreter, {u"-c"_s, u"import flask_sqlalchemy"_s});
    return python.waitForFinished() && python.exitCode() == 0;
}

QJsonValue FlaskApp::run(const QString &command, const QJsonObject &values) const
{
    const QString json = QString::fromUtf8(QJsonDocument(values).toJson(QJsonDocument::Compact));
    QProcess python;
    python.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SQLALCHEMY_SILENCE_UBER_WARNING"_s, u"1"_s); // of Query.get()
    python.setProcessEnvironment(environment);
    python.start(interpreter,
                 {u"-B"_s, QStringLiteral(POSTDESK_SOURCE_DIR "/tests/data/flaskapp/app.py"),
                  m_database, command, json});
    constexpr int patience = 100'000;
    if (!python.waitForFinished(patience) || python.exitCode() != 0)
        return QJsonValue(QJsonValue::Undefined);
    // in brackets, as a document is an object or array
    return QJsonDocument::fromJson('[' + python.readAllStandardOutput() + ']').array().at(0);
}

QJsonObject FlaskApp::post(qint64 id) const
{
    const QJsonArray posts = run(u"list"_s).toArray();
    for (const QJsonValue &post : posts) {
        if (post[u"id"_s].toInteger() == id)
            return post.toObject();
    }
    return {};
}

// SPDX-License-Identifier: MIT
#include "core/engine/databaseurl.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace orm {

std::optional<DatabaseUrl> DatabaseUrl::parse(const QString &text)
{
    const qsizetype colon = text.indexOf(u"://"_s);
    if (colon <= 0)
        return {};
    DatabaseUrl url;
    url.scheme = text.left(colon).toLower();
    if (url.isSqlite()) {
        // sqlite:///relative, sqlite:////absolute: no host, and the path as it is written
        const QString rest = text.mid(colon + 3);
        if (!rest.isEmpty() && !rest.startsWith(u'/'))
            return {};
        url.database = QUrl::fromPercentEncoding(rest.mid(1).toUtf8());
        return url;
    }
    const QUrl parsed(text, QUrl::StrictMode);
    if (!parsed.isValid())
        return {};
    url.user = parsed.userName();
    url.password = parsed.password();
    url.host = parsed.host();
    url.port = parsed.port(0);
    url.database = parsed.path().mid(1);
    return url;
}

DatabaseUrl DatabaseUrl::sqlite(const QString &file)
{
    DatabaseUrl url;
    url.scheme = u"sqlite"_s;
    url.database = file;
    return url;
}

bool DatabaseUrl::isMemory() const
{
    return isSqlite() && (database.isEmpty() || database == u":memory:"_s);
}

QString DatabaseUrl::toString() const
{
    if (isSqlite())
        return u"sqlite:///"_s + QString(database).replace(u'%', u"%25"_s);
    QUrl url;
    url.setScheme(scheme);
    url.setUserName(user);
    url.setHost(host);
    url.setPort(port ? port : -1);
    url.setPath(u'/' + database);
    return url.toString();
}

} // namespace orm

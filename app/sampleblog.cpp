// SPDX-License-Identifier: MIT
#include "app/sampleblog.h"

#include "app/post.h"
#include "core/mapping/metadata.h"
#include "core/session/session.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace app {

namespace {

const auto folder = u":/sample"_s;

/// A post of the form "---\ntitle: …\ndate: …\n---\ntext\n".
Post parse(const QString &file)
{
    Post post;
    const qsizetype headEnd = file.indexOf(u"\n---\n"_s);
    const QStringList head = file.left(headEnd).split(u'\n');
    for (const QString &line : head) {
        const QString value = line.section(u": "_s, 1);
        if (line.startsWith(u"title: "_s))
            post.title = value;
        else if (line.startsWith(u"date: "_s))
            post.createdAt = QDateTime(QDate::fromString(value.left(10), Qt::ISODate),
                                       QTime::fromString(value.mid(11), Qt::ISODate), Qt::UTC);
    }
    post.content = file.mid(headEnd + 5).trimmed();
    return post;
}

} // namespace

QString SampleBlog::fileIn(const QString &dataFolder)
{
    return QDir(dataFolder).filePath(u"Sample blog.db"_s);
}

QString SampleBlog::title()
{
    return QCoreApplication::translate("app::SampleBlog", "Sample blog");
}

void SampleBlog::create(orm::Session &session)
{
    orm::MetaData meta;
    meta.add<Post>();
    meta.createAll(session.connection());
    if (session.query<Post>().count() > 0)
        return;
    const QStringList names = QDir(folder).entryList(QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(QDir(folder).filePath(name));
        if (file.open(QIODevice::ReadOnly))
            session.add(parse(QString::fromUtf8(file.readAll())));
    }
    session.commit();
}

} // namespace app

// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/metadata.h"
#include "core/session/session.h"
#include "core/session/staledataerror.h"
#include "tests/support/sqltrace.h"

#include <QTemporaryDir>

/// The common schema of the core's scenarios.
namespace blog {

struct User
{
    qint64 id = 0;
    QString name = {};
    std::optional<QString> email = {};
};

struct Post
{
    qint64 id = 0;
    QString title = {};
    std::optional<QString> content = {};
    std::optional<QDateTime> createdAt = {};
    std::optional<qint64> authorId = {};
};

struct Comment
{
    qint64 id = 0;
    qint64 postId = 0;
    QString body = {};
};

struct Tag
{
    qint64 id = 0;
    QString name = {};
};

struct PostTag
{
    qint64 postId = 0;
    qint64 tagId = 0;
};

struct Setting
{
    QString key = {};
    std::optional<QString> value = {};
};

struct Vote
{
    qint64 userId = 0;
    qint64 postId = 0;
    int value = 0;
};

struct Doc
{
    qint64 id = 0;
    QString body = {};
    int versionId = 0;
};

struct Node
{
    qint64 id = 0;
    std::optional<qint64> parentId = {};
    QString name = {};
};

struct Stamp
{
    qint64 id = 0;
    std::optional<QString> name = {};
    std::optional<QString> kind = {};
    std::optional<int> rank = {};
};

/// A table with only an id.
struct Blank
{
    qint64 id = 0;
};

} // namespace blog

template<>
struct orm::Mapping<blog::User>
{
    static constexpr auto table = orm::table<blog::User>(
        "users",
        {column<&blog::User::id>("id", primaryKey), column<&blog::User::name>("name", String{80}),
         column<&blog::User::email>("email", String{120})});
};

template<>
struct orm::Mapping<blog::Post>
{
    static constexpr auto table = orm::table<blog::Post>(
        "posts",
        {column<&blog::Post::id>("id", primaryKey),
         column<&blog::Post::title>("title", String{255}),
         column<&blog::Post::content>("content", Text),
         column<&blog::Post::createdAt>("created_at", serverDefault(currentTimestamp())),
         column<&blog::Post::authorId>("author_id", references("users(id)"))});
};

template<>
struct orm::Mapping<blog::Comment>
{
    static constexpr auto table = orm::table<blog::Comment>(
        "comments",
        {column<&blog::Comment::id>("id", primaryKey),
         column<&blog::Comment::postId>("post_id", references("posts(id)")),
         column<&blog::Comment::body>("body", Text)});
};

template<>
struct orm::Mapping<blog::Tag>
{
    static constexpr auto table
        = orm::table<blog::Tag>("tags",
                                {column<&blog::Tag::id>("id", primaryKey),
                                 column<&blog::Tag::name>("name", String{40}, unique)});
};

template<>
struct orm::Mapping<blog::PostTag>
{
    static constexpr auto table = orm::table<blog::PostTag>(
        "post_tags",
        {column<&blog::PostTag::postId>("post_id", primaryKey, references("posts(id)")),
         column<&blog::PostTag::tagId>("tag_id", primaryKey, references("tags(id)"))});
};

template<>
struct orm::Mapping<blog::Setting>
{
    static constexpr auto table
        = orm::table<blog::Setting>("settings",
                                    {column<&blog::Setting::key>("key", String{40}, primaryKey),
                                     column<&blog::Setting::value>("value")});
};

template<>
struct orm::Mapping<blog::Vote>
{
    static constexpr auto table = orm::table<blog::Vote>(
        "votes",
        {column<&blog::Vote::userId>("user_id", primaryKey),
         column<&blog::Vote::postId>("post_id", primaryKey), column<&blog::Vote::value>("value")});
};

template<>
struct orm::Mapping<blog::Doc>
{
    static constexpr auto table = orm::table<blog::Doc>(
        "docs",
        {column<&blog::Doc::id>("id", primaryKey), column<&blog::Doc::body>("body"),
         column<&blog::Doc::versionId>("version_id", version)});
};

template<>
struct orm::Mapping<blog::Node>
{
    static constexpr auto table = orm::table<blog::Node>(
        "nodes",
        {column<&blog::Node::id>("id", primaryKey),
         column<&blog::Node::parentId>("parent_id", references("nodes(id)")),
         column<&blog::Node::name>("name")});
};

template<>
struct orm::Mapping<blog::Stamp>
{
    static constexpr auto table = orm::table<blog::Stamp>(
        "stamps",
        {column<&blog::Stamp::id>("id", primaryKey), column<&blog::Stamp::name>("name"),
         column<&blog::Stamp::kind>("kind", defaultTo("draft"), onUpdate("edited")),
         column<&blog::Stamp::rank>("rank", serverDefault(3))});
};

template<>
struct orm::Mapping<blog::Blank>
{
    static constexpr auto table
        = orm::table<blog::Blank>("blanks", {column<&blog::Blank::id>("id", primaryKey)});
};

namespace blog {

inline orm::MetaData metaData()
{
    orm::MetaData meta;
    meta.add<User>();
    meta.add<Post>();
    meta.add<Comment>();
    meta.add<Tag>();
    meta.add<PostTag>();
    meta.add<Setting>();
    meta.add<Vote>();
    meta.add<Doc>();
    meta.add<Node>();
    meta.add<Stamp>();
    meta.add<Blank>();
    return meta;
}

/// A database file with the common schema, and SQL beside any session.
class Database
{
public:
    explicit Database(const orm::ConnectionOptions &options = {})
        : m_engine(orm::Engine::create(
            orm::DatabaseUrl::sqlite(m_folder.filePath(QStringLiteral("blog.db"))), options))
    {
        metaData().createAll(m_engine);
    }

    const orm::Engine &engine() const { return m_engine; }
    QString file() const { return m_engine.url().database; }
    qint64 execute(const QString &sql, const QList<orm::StoredValue> &values = {}) const
    {
        return m_engine.connect()->execute(sql, values);
    }
    orm::StoredValue scalar(const QString &sql) const { return m_engine.connect()->scalar(sql); }
    qint64 count(const QString &table) const
    {
        return scalar(QStringLiteral("SELECT count(*) FROM ") + table).toInteger();
    }
    /// A column's values as text, in the order of the rows: "ed, jack".
    QString values(const QString &column, const QString &table) const
    {
        return scalar(QStringLiteral("SELECT group_concat(%1, ', ') FROM (SELECT * FROM %2 ORDER "
                                     "BY 1)")
                          .arg(column, table))
            .toString();
    }

private:
    QTemporaryDir m_folder;
    orm::Engine m_engine;
};

/// Users with these names and ids from 1 on.
inline void addUsers(const Database &database, const QStringList &names)
{
    orm::Session session(database.engine());
    for (const QString &name : names)
        session.add(User{.name = name});
    session.commit();
}

} // namespace blog

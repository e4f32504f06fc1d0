// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/metadata.h"
#include "core/session/session.h"
#include "tests/support/sqltrace.h"

#include <QTemporaryDir>

/// The scenarios' common schema once more, with its relationships.
namespace graph {

struct Comment;
struct Node;
struct Post;
struct Tag;

struct User
{
    qint64 id = 0;
    QString name = {};
    orm::ToMany<Post> posts = {};
};

struct Post
{
    qint64 id = 0;
    QString title = {};
    std::optional<qint64> authorId = {};
    orm::ToOne<User> author = {};
    orm::ToMany<Comment> comments = {};
    orm::ToMany<Tag> tags = {};
};

struct Comment
{
    qint64 id = 0;
    qint64 postId = 0;
    QString body = {};
    orm::ToOne<Post> post = {};
};

struct Tag
{
    qint64 id = 0;
    QString name = {};
    orm::ToMany<Post> posts = {};
};

struct PostTag
{
    qint64 postId = 0;
    qint64 tagId = 0;
};

struct Node
{
    qint64 id = 0;
    std::optional<qint64> parentId = {};
    QString name = {};
    orm::ToOne<Node> parent = {};
    orm::ToMany<Node> children = {};
};

struct Ball;

/// Two tables that refer to each other: a person's favorite ball, a ball's owner.
struct Person
{
    qint64 id = 0;
    QString name = {};
    std::optional<qint64> favoriteId = {};
    orm::ToOne<Ball> favorite = {};
};

struct Ball
{
    qint64 id = 0;
    qint64 ownerId = 0;
    orm::ToOne<Person> owner = {};
};

} // namespace graph

template<>
struct orm::Mapping<graph::User>
{
    static constexpr auto table
        = orm::table<graph::User>("users",
                                  {column<&graph::User::id>("id", primaryKey),
                                   column<&graph::User::name>("name", String{80})});
    static constexpr auto relationships
        = orm::relationships<graph::User>({oneToMany<&graph::User::posts, &graph::Post::authorId>(
            backPopulates<&graph::Post::author>)});
};

template<>
struct orm::Mapping<graph::Post>
{
    static constexpr auto table = orm::table<graph::Post>(
        "posts",
        {column<&graph::Post::id>("id", primaryKey), column<&graph::Post::title>("title"),
         column<&graph::Post::authorId>("author_id", references("users(id)"))});
    static constexpr auto relationships = orm::relationships<graph::Post>(
        {manyToOne<&graph::Post::author, &graph::Post::authorId>(
             backPopulates<&graph::User::posts>),
         oneToMany<&graph::Post::comments, &graph::Comment::postId>(
             backPopulates<&graph::Comment::post>, cascade{Cascade::All, Cascade::DeleteOrphan}),
         manyToMany<&graph::Post::tags, graph::PostTag, &graph::PostTag::postId,
                    &graph::PostTag::tagId>(backPopulates<&graph::Tag::posts>)});
};

template<>
struct orm::Mapping<graph::Comment>
{
    static constexpr auto table = orm::table<graph::Comment>(
        "comments",
        {column<&graph::Comment::id>("id", primaryKey),
         column<&graph::Comment::postId>("post_id", references("posts(id)")),
         column<&graph::Comment::body>("body", Text)});
    static constexpr auto relationships = orm::relationships<graph::Comment>(
        {manyToOne<&graph::Comment::post, &graph::Comment::postId>(
            backPopulates<&graph::Post::comments>)});
};

template<>
struct orm::Mapping<graph::Tag>
{
    static constexpr auto table
        = orm::table<graph::Tag>("tags",
                                 {column<&graph::Tag::id>("id", primaryKey),
                                  column<&graph::Tag::name>("name", String{40}, unique)});
    static constexpr auto relationships = orm::relationships<graph::Tag>(
        {manyToMany<&graph::Tag::posts, graph::PostTag, &graph::PostTag::tagId,
                    &graph::PostTag::postId>(backPopulates<&graph::Post::tags>)});
};

template<>
struct orm::Mapping<graph::PostTag>
{
    static constexpr auto table = orm::table<graph::PostTag>(
        "post_tags",
        {column<&graph::PostTag::postId>("post_id", primaryKey, references("posts(id)")),
         column<&graph::PostTag::tagId>("tag_id", primaryKey, references("tags(id)"))});
};

template<>
struct orm::Mapping<graph::Node>
{
    static constexpr auto table = orm::table<graph::Node>(
        "nodes",
        {column<&graph::Node::id>("id", primaryKey),
         column<&graph::Node::parentId>("parent_id", references("nodes(id)")),
         column<&graph::Node::name>("name")});
    static constexpr auto relationships = orm::relationships<graph::Node>(
        {manyToOne<&graph::Node::parent, &graph::Node::parentId>(
             backPopulates<&graph::Node::children>),
         oneToMany<&graph::Node::children, &graph::Node::parentId>(
             backPopulates<&graph::Node::parent>)});
};

template<>
struct orm::Mapping<graph::Person>
{
    static constexpr auto table = orm::table<graph::Person>(
        "persons",
        {column<&graph::Person::id>("id", primaryKey), column<&graph::Person::name>("name"),
         column<&graph::Person::favoriteId>("favorite_id", references("balls(id)"))});
    static constexpr auto relationships = orm::relationships<graph::Person>(
        {manyToOne<&graph::Person::favorite, &graph::Person::favoriteId>()});
};

template<>
struct orm::Mapping<graph::Ball>
{
    static constexpr auto table = orm::table<graph::Ball>(
        "balls",
        {column<&graph::Ball::id>("id", primaryKey),
         column<&graph::Ball::ownerId>("owner_id", references("persons(id)"))});
    static constexpr auto relationships = orm::relationships<graph::Ball>(
        {manyToOne<&graph::Ball::owner, &graph::Ball::ownerId>()});
};

namespace graph {

/// A database file with the schema.
class Database
{
public:
    Database()
        : m_engine(orm::Engine::create(
            orm::DatabaseUrl::sqlite(m_folder.filePath(QStringLiteral("graph.db")))))
    {
        orm::MetaData meta;
        meta.add<User>();
        meta.add<Post>();
        meta.add<Comment>();
        meta.add<Tag>();
        meta.add<PostTag>();
        meta.add<Node>();
        meta.add<Person>();
        meta.add<Ball>();
        meta.createAll(m_engine);
    }

    const orm::Engine &engine() const { return m_engine; }
    qint64 execute(const QString &sql) const { return m_engine.connect()->execute(sql); }
    /// The rows of a query, as SQL puts them together: "1|2, 3|4".
    QString rows(const QString &columns, const QString &table) const
    {
        return m_engine.connect()
            ->scalar(QStringLiteral("SELECT group_concat(x, ', ') FROM (SELECT %1 AS x FROM %2 "
                                    "ORDER BY 1)")
                         .arg(QString(columns).replace(QLatin1Char(','), QStringLiteral("||'|'||")),
                              table))
            .toString();
    }

private:
    QTemporaryDir m_folder;
    orm::Engine m_engine;
};

/// Six users, five of them with two posts each.
inline void addSix(const Database &database)
{
    orm::Session session(database.engine());
    for (int i = 1; i <= 6; ++i) {
        const auto user = session.add(User{.name = QStringLiteral("user %1").arg(i)});
        for (int j = 1; i < 6 && j <= 2; ++j)
            user->posts.append(orm::make(Post{.title = QStringLiteral("%1.%2").arg(i).arg(j)}));
    }
    session.commit();
}

} // namespace graph

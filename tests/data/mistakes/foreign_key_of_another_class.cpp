// SPDX-License-Identifier: MIT
// expected: mapping_error::foreign_key_of_another_class()
#include "core/session/session.h"

struct Note;

struct Person
{
    qint64 id = 0;
    orm::ToMany<Note> notes = {};
    orm::ToOne<Person> boss = {};
};

struct Note
{
    qint64 id = 0;
    std::optional<qint64> ownerId = {};
    orm::ToOne<Person> owner = {};
};

template<>
struct orm::Mapping<Person>
{
    static constexpr auto table
        = orm::table<Person>("people", {column<&Person::id>("id", primaryKey)});
};

template<>
struct orm::Mapping<Note>
{
    static constexpr auto table = orm::table<Note>(
        "notes", {column<&Note::id>("id", primaryKey), column<&Note::ownerId>("owner_id")});
    static constexpr auto relationships
        = orm::relationships<Note>({manyToOne<&Note::owner, &Person::id>()});
};

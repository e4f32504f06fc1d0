// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/mapper.h"

namespace orm {

class Connection;
class Engine;

/// The tables that belong together. Nothing is dropped or altered unless it is asked for by name.
/// @see SQLAlchemy, MetaData
class MetaData
{
public:
    template<typename T>
    void add()
    {
        add(Mapper::of<T>().table());
    }
    /// Adding a table again changes nothing.
    /// @throws InvalidRequestError there is another table of this name
    void add(const Table &table);

    /// Adds the tables of a live database, as they are there, but for those that are known here
    /// already, views, and tables without a key. Mapper::of() makes objects of their rows.
    /// @see SQLAlchemy, MetaData.reflect
    void reflect(Connection &connection);
    /// @throws InvalidRequestError there is none of this name
    const Table &table(const QString &name) const;

    /// Parents before the tables that refer to them, else in the order of add().
    QList<Table> sortedTables() const;

    /// Creates the tables that are missing, in one transaction (the caller's, if one is begun);
    /// touches no other.
    void createAll(const Engine &engine) const;
    void createAll(Connection &connection) const;
    /// Drops those of these tables that exist, children first, in one transaction (as above).
    void dropAll(const Engine &engine) const;
    void dropAll(Connection &connection) const;

private:
    QList<Table> m_tables;
};

} // namespace orm

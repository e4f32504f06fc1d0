// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/storedvalue.h"

namespace orm {

/// One prepared SQL statement of one Connection: bind, step, read columns.
///
/// Implemented by SqliteStatement on the native handle, where the speed is, and by QueryStatement
/// on QSqlQuery, which works for every driver and every build of Qt. Used in its connection's
/// thread only. Parameter and column indexes count from 0. Everything throws orm::Error.
class PreparedStatement
{
public:
    PreparedStatement() = default;
    virtual ~PreparedStatement() = default;
    Q_DISABLE_COPY_MOVE(PreparedStatement)

    virtual void bindNull(int index) = 0;
    virtual void bindInteger(int index, qint64 value) = 0;
    virtual void bindReal(int index, double value) = 0;
    /// @throws DataError the text has an unpaired surrogate
    virtual void bindText(int index, QStringView value) = 0;
    /// Text as UTF-8 bytes, kept as they are; QSqlQuery can bind only what is valid UTF-8.
    virtual void bindUtf8(int index, QByteArrayView bytes) = 0;
    virtual void bindBlob(int index, QByteArrayView bytes) = 0;
    void bind(int index, const StoredValue &value);

    /// Runs to the next row. @returns false when there is none; the statement is then reset
    virtual bool step() = 0;
    /// Ends the run, so that no read cursor stays open. Before the next one all parameters are to be
    /// bound again.
    virtual void reset() = 0;

    // Of the row that the last step() has come to

    virtual int columnCount() const = 0;
    virtual QString columnName(int column) const = 0;
    virtual StorageClass columnClass(int column) const = 0;
    virtual qint64 columnInteger(int column) const = 0;
    /// The same if it is stored as an integer. @returns false if it isn't; @p value is then as it was
    virtual bool readInteger(int column, qint64 &value) const;
    virtual double columnReal(int column) const = 0;
    virtual QString columnText(int column) const = 0; ///< '' for NULL
    /// The same into @p text, whose memory is used again if nobody shares it.
    /// @returns false for NULL; @p text then has any value
    virtual bool readText(int column, QString &text) const = 0;
    /// Bytes of text (UTF-8) or a blob; valid until the next step() or reset(). Null for NULL.
    virtual QByteArrayView columnBytes(int column) const = 0;
    StoredValue columnValue(int column) const;

    /// Rows written by the last INSERT, UPDATE or DELETE that was stepped to its end.
    virtual qint64 rowsAffected() const = 0;
    /// The rowid of the last row inserted, right after the INSERT was stepped to its end.
    virtual qint64 lastInsertId() const = 0;
};

} // namespace orm

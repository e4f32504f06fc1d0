// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QDateTime>

#include <array>

/// Text ↔ UTC dates as SQLAlchemy stores them on SQLite: `YYYY-MM-DD HH:MM:SS[.ffffff]`.
///
/// An own codec because QDateTime::fromString takes 2 000 ns and more where this takes 20, and reads
/// bare text as local time.
namespace orm::datetimecodec {

/// `YYYY-MM-DD`; an invalid QDate for any other text.
QDate parseDate(QByteArrayView text);
/// `HH:MM[:SS[.f…]]`; digits after the third are dropped; an invalid QTime for any other text.
QTime parseTime(QByteArrayView text);
/// A date, optionally followed by a blank or 'T' and a time, and by 'Z' or ±HH:MM. Bare text is UTC.
/// @returns UTC, to the millisecond; an invalid QDateTime for any other text
QDateTime parseDateTime(QByteArrayView text);

/// Years 1 to 9999 are what the text, and Python's datetime, has room for.
bool isStorable(QDate date);
bool isStorable(const QDateTime &instant);

/// `YYYY-MM-DD`; empty for a date that isn't storable, as below.
QByteArray formatDate(QDate date);
/// `HH:MM:SS.ffffff`, always six digits: SQLAlchemy reads `.123` as 123 microseconds.
QByteArray formatTime(QTime time);
/// `YYYY-MM-DD HH:MM:SS.ffffff` in UTC, always six digits.
QByteArray formatDateTime(const QDateTime &instant);

/// What formatDateTime() gives, without an allocation.
struct DateTimeText
{
    std::array<char, 26> bytes;

    operator QByteArrayView() const { return {bytes.data(), qsizetype(bytes.size())}; }
};
/// Only of an @p instant that is storable.
DateTimeText encode(const QDateTime &instant);

} // namespace orm::datetimecodec

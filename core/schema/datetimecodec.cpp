// SPDX-License-Identifier: MIT
#include "core/schema/datetimecodec.h"

#include <algorithm>
#include <array>
#include <optional>

namespace orm::datetimecodec {

namespace {

constexpr qint64 msecsPerDay = 86'400'000;

/// Reads a fixed count of digits at a time from a text; any mismatch makes it fail for good.
class Reader
{
public:
    explicit Reader(QByteArrayView text)
        : m_text(text)
    {}

    int digits(int count)
    {
        int value = 0;
        for (int i = 0; i < count; ++i) {
            const char c = peek();
            if (c < '0' || c > '9') {
                m_failed = true;
                return 0;
            }
            value = value * 10 + (c - '0');
            ++m_position;
        }
        return value;
    }
    bool accept(char c)
    {
        if (m_failed || peek() != c)
            return false;
        ++m_position;
        return true;
    }
    void expect(char c)
    {
        if (!accept(c))
            m_failed = true;
    }
    char peek() const { return m_position < m_text.size() ? m_text[m_position] : '\0'; }
    bool atEnd() const { return m_position == m_text.size(); }
    bool failed() const { return m_failed; }

private:
    QByteArrayView m_text;
    qsizetype m_position = 0;
    bool m_failed = false;
};

/// Days since 1970-01-01 of a valid Gregorian date, else nothing.
/// @see Howard Hinnant, chrono-Compatible Low-Level Date Algorithms: days_from_civil
std::optional<qint64> daysFromCivil(int year, int month, int day)
{
    constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return {};
    const bool isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (day > lengths.at(static_cast<size_t>(month - 1)) + (month == 2 && isLeap ? 1 : 0))
        return {};
    const int y = month <= 2 ? year - 1 : year;
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int yearOfEra = y - era * 400;
    const int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return qint64(era) * 146'097 + dayOfEra - 719'468;
}

std::optional<qint64> readDate(Reader &reader)
{
    const int year = reader.digits(4);
    reader.expect('-');
    const int month = reader.digits(2);
    reader.expect('-');
    const int day = reader.digits(2);
    if (reader.failed())
        return {};
    return daysFromCivil(year, month, day);
}

/// Milliseconds since midnight.
std::optional<int> readTime(Reader &reader)
{
    const int hours = reader.digits(2);
    reader.expect(':');
    const int minutes = reader.digits(2);
    int seconds = 0;
    int msecs = 0;
    if (reader.accept(':')) {
        seconds = reader.digits(2);
        if (reader.accept('.')) {
            int scale = 100;
            if (reader.peek() < '0' || reader.peek() > '9')
                return {};
            while (reader.peek() >= '0' && reader.peek() <= '9') {
                msecs += reader.digits(1) * scale;
                scale /= 10;
            }
        }
    }
    if (reader.failed() || hours > 23 || minutes > 59 || seconds > 59)
        return {};
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + msecs;
}

/// Milliseconds east of UTC; 0 where the text names no zone.
std::optional<qint64> readZone(Reader &reader)
{
    if (reader.atEnd() || reader.accept('Z'))
        return 0;
    const int sign = reader.accept('-') ? -1 : 1;
    if (sign > 0)
        reader.expect('+');
    const int hours = reader.digits(2);
    reader.accept(':');
    const int minutes = reader.digits(2);
    if (reader.failed() || hours > 23 || minutes > 59)
        return {};
    return qint64(sign) * (hours * 60 + minutes) * 60'000;
}

/// The two forms that nearly all texts have, `YYYY-MM-DD HH:MM:SS` with six digits or none behind it, in
/// a third of the time. @returns milliseconds since 1970, UTC; nothing for any other text
std::optional<qint64> parseUsual(QByteArrayView text)
{
    constexpr qsizetype withoutFraction = 19;
    constexpr qsizetype withFraction = 26;
    if (text.size() != withoutFraction && text.size() != withFraction)
        return {};
    unsigned largest = 0; // of what should be digits
    const auto digits = [&](qsizetype from, qsizetype to) {
        unsigned value = 0;
        for (qsizetype i = from; i < to; ++i) {
            const unsigned digit = static_cast<uchar>(text[i]) - unsigned('0');
            largest = std::max(largest, digit);
            value = value * 10 + digit;
        }
        return static_cast<int>(value);
    };
    const auto days = daysFromCivil(digits(0, 4), digits(5, 7), digits(8, 10));
    const int hours = digits(11, 13);
    const int minutes = digits(14, 16);
    const int seconds = digits(17, 19);
    const bool hasFraction = text.size() == withFraction;
    const int msecs = hasFraction ? digits(20, 23) : 0;
    if (hasFraction)
        digits(23, 26);
    if (largest > 9 || !days || hours > 23 || minutes > 59 || seconds > 59 || text[4] != '-'
        || text[7] != '-' || text[10] != ' ' || text[13] != ':' || text[16] != ':'
        || (hasFraction && text[19] != '.'))
        return {};
    return *days * msecsPerDay + ((hours * 60 + minutes) * 60 + seconds) * 1000 + msecs;
}

void writeNumber(char *&out, int value, int width)
{
    for (int i = width - 1; i >= 0; --i) {
        out[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
    out += width;
}

/// @see Howard Hinnant, chrono-Compatible Low-Level Date Algorithms: civil_from_days
void writeDate(char *&out, qint64 days)
{
    const qint64 shifted = days + 719'468;
    const qint64 era = shifted / 146'097; // never negative: the year is 1 at least
    const auto dayOfEra = static_cast<int>(shifted - era * 146'097);
    const int yearOfEra
        = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
    const int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const int shiftedMonth = (5 * dayOfYear + 2) / 153;
    const int day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
    const int month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
    const int year = static_cast<int>(era * 400) + yearOfEra + (month <= 2 ? 1 : 0);
    writeNumber(out, year, 4);
    *out++ = '-';
    writeNumber(out, month, 2);
    *out++ = '-';
    writeNumber(out, day, 2);
}

void writeTime(char *&out, int msecs)
{
    writeNumber(out, msecs / 3'600'000, 2);
    *out++ = ':';
    writeNumber(out, msecs / 60'000 % 60, 2);
    *out++ = ':';
    writeNumber(out, msecs / 1000 % 60, 2);
    *out++ = '.';
    writeNumber(out, msecs % 1000, 3);
    writeNumber(out, 0, 3);
}

qint64 daysOf(QDate date)
{
    return date.toJulianDay() - 2'440'588; // the Julian day of 1970-01-01
}

} // namespace

QDate parseDate(QByteArrayView text)
{
    Reader reader(text);
    const auto days = readDate(reader);
    if (!days || !reader.atEnd())
        return {};
    return QDate(1970, 1, 1).addDays(*days);
}

QTime parseTime(QByteArrayView text)
{
    Reader reader(text);
    const auto msecs = readTime(reader);
    return msecs && reader.atEnd() ? QTime::fromMSecsSinceStartOfDay(*msecs) : QTime();
}

QDateTime parseDateTime(QByteArrayView text)
{
    if (const auto instant = parseUsual(text))
        return QDateTime::fromMSecsSinceEpoch(*instant, Qt::UTC);
    Reader reader(text);
    const auto days = readDate(reader);
    if (!days)
        return {};
    int msecs = 0;
    qint64 offset = 0;
    if (!reader.atEnd()) {
        if (!reader.accept(' '))
            reader.expect('T');
        const auto time = readTime(reader);
        if (!time)
            return {};
        msecs = *time;
        const auto zone = readZone(reader);
        if (!zone || !reader.atEnd())
            return {};
        offset = *zone;
    }
    return QDateTime::fromMSecsSinceEpoch(*days * msecsPerDay + msecs - offset, Qt::UTC);
}

bool isStorable(QDate date)
{
    return date.isValid() && date.year() >= 1 && date.year() <= 9999;
}

bool isStorable(const QDateTime &instant)
{
    constexpr qint64 first = -62'135'596'800'000; // 0001-01-01 00:00
    constexpr qint64 last = 253'402'300'799'999; // 9999-12-31 23:59:59.999
    if (!instant.isValid())
        return false;
    const qint64 msecs = instant.toMSecsSinceEpoch();
    return msecs >= first && msecs <= last;
}

QByteArray formatDate(QDate date)
{
    if (!isStorable(date))
        return {};
    QByteArray text(10, Qt::Uninitialized);
    char *out = text.data();
    writeDate(out, daysOf(date));
    return text;
}

QByteArray formatTime(QTime time)
{
    if (!time.isValid())
        return {};
    QByteArray text(15, Qt::Uninitialized);
    char *out = text.data();
    writeTime(out, time.msecsSinceStartOfDay());
    return text;
}

QByteArray formatDateTime(const QDateTime &instant)
{
    return isStorable(instant) ? QByteArrayView(encode(instant)).toByteArray() : QByteArray();
}

DateTimeText encode(const QDateTime &instant)
{
    Q_ASSERT(isStorable(instant));
    const qint64 msecs = instant.toMSecsSinceEpoch();
    const qint64 days = msecs >= 0 ? msecs / msecsPerDay : (msecs + 1) / msecsPerDay - 1;
    DateTimeText text;
    char *out = text.bytes.data();
    writeDate(out, days);
    *out++ = ' ';
    writeTime(out, static_cast<int>(msecs - days * msecsPerDay));
    return text;
}

} // namespace orm::datetimecodec

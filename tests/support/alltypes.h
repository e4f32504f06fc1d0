// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/mapper.h"

#include <QJsonObject>

/// A member of each type that can be stored, and an optional one of each.
struct AllTypes
{
    enum class Mood { Good, Fair, Bad };

    qint64 id = 0;
    bool isOn = false;
    double ratio = 0;
    orm::Decimal price = {};
    QDate day = {};
    QTime hour = {};
    QDateTime at = {};
    Mood mood = Mood::Good;
    QByteArray data = {};
    QJsonDocument note = {};
    QUuid token = {};
    orm::Decimal exact = {};
};

struct AllOptional
{
    qint64 id = 0;
    std::optional<bool> isOn = {};
    std::optional<qint8> tiny = {};
    std::optional<quint32> large = {};
    std::optional<qint64> huge = {};
    std::optional<float> single = {};
    std::optional<double> ratio = {};
    std::optional<orm::Decimal> price = {};
    std::optional<QString> text = {};
    std::optional<QDate> day = {};
    std::optional<QTime> hour = {};
    std::optional<QDateTime> at = {};
    std::optional<AllTypes::Mood> mood = {};
    std::optional<QByteArray> data = {};
    std::optional<QJsonDocument> note = {};
    std::optional<QUuid> token = {};
};

template<>
struct orm::Mapping<AllTypes>
{
    static constexpr auto table = orm::table<AllTypes>(
        "all_types",
        {column<&AllTypes::id>("id", BigInteger, primaryKey), column<&AllTypes::isOn>("is_on"),
         column<&AllTypes::ratio>("ratio"), column<&AllTypes::price>("price", Numeric{10, 2}),
         column<&AllTypes::day>("day"), column<&AllTypes::hour>("hour"),
         column<&AllTypes::at>("at"), column<&AllTypes::mood>("mood"),
         column<&AllTypes::data>("data"), column<&AllTypes::note>("note"),
         column<&AllTypes::token>("token"), column<&AllTypes::exact>("exact")});
};

template<>
struct orm::Mapping<AllOptional>
{
    static constexpr auto table = orm::table<AllOptional>(
        "all_optional",
        {column<&AllOptional::id>("id", primaryKey), column<&AllOptional::isOn>("is_on"),
         column<&AllOptional::tiny>("tiny"), column<&AllOptional::large>("large"),
         column<&AllOptional::huge>("huge"), column<&AllOptional::single>("single"),
         column<&AllOptional::ratio>("ratio"), column<&AllOptional::price>("price"),
         column<&AllOptional::text>("text"), column<&AllOptional::day>("day"),
         column<&AllOptional::hour>("hour"), column<&AllOptional::at>("at"),
         column<&AllOptional::mood>("mood"), column<&AllOptional::data>("data"),
         column<&AllOptional::note>("note"), column<&AllOptional::token>("token")});
};

// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/mapper.h"

// A second struct, to see that one mapping is all that a table, a form and a commit need: 15 lines.

// clang-format off
enum class Mood { Good, Fair, Bad };
struct Habit {
    QString name = {};
    bool isDaily = false;
    double hours = 0;
    Mood mood = Mood::Good;
    std::optional<QDate> since = {};
};
template<> struct orm::Mapping<Habit> {
    static constexpr auto table = orm::table<Habit>("habits", {
        column<&Habit::name>("name", String{40}, primaryKey, label("&Name"), Role::Title),
        column<&Habit::isDaily>("is_daily", label("&Daily")), column<&Habit::hours>("hours"),
        column<&Habit::mood>("mood", label("&Mood")),
        column<&Habit::since>("since", label("&Since"))}, names("habit", "habits"));
};
// clang-format on

// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/rowfilter.h"

#include <QStringList>

#include <optional>

/// What a SearchIndex is asked, in FTS5's language: trigrams that a row has to have.
///
/// FTS5 folds case as well, but by a table of its own that knows fewer characters and may be another in
/// the program that wrote. So only what all of them agree on is left to it; for each other way in
/// which a character can be written the trigram is asked for as well.
/// @see https://www.sqlite.org/fts5.html#the_trigram_tokenizer
namespace orm::searchexpression {

constexpr int alwaysFound = 0xFDD0; ///< three times, for texts that can't be indexed; no character
constexpr int endMark = 0xFDD1; ///< twice behind each text; no character

/// Which rows may hold @p needed, or nothing if no index of @p columns can tell: words of one or two
/// letters (see beginnings()), and words in other columns.
std::optional<QString> of(const QList<QList<NeededText>> &needed, const QList<int> &columns);

/// What some trigram of a row begins with that holds @p needed, where a word of it has but one or two
/// letters; empty if no index of @p columns can tell. A row that holds none of them may still have the
/// trigram of alwaysFound, which is one of them.
QStringList beginnings(const QList<QList<NeededText>> &needed, const QList<int> &columns);

/// The trigrams of @p text, as it is; nothing if it has none.
std::optional<QString> ofText(const std::u32string &text);

} // namespace orm::searchexpression

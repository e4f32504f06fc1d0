// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// Makes a new database @p file with @p rows realistic posts, always the same for one @p seed: words
/// of several scripts by Zipf's law, titles of some words, bodies of some 500 bytes with a few long
/// ones, ids with gaps, an index on nothing. As the tutorial's table has it.
/// @returns false if the file can't be written
bool makePosts(const QString &file, qint64 rows, unsigned seed = 1);

// SPDX-License-Identifier: MIT
#pragma once

#include "tests/benchmarks/arm.h"

#include <memory>

namespace bench {

/// C on the sqlite3 API: statements prepared once, texts bound without a copy, rows read into
/// std::string, dates left as the text that they are.
std::unique_ptr<Arm> plainBaseline();

/// The same with QString and QDateTime in memory, as the ORM must have them: texts encoded into a
/// buffer that is used again, dates by a parser and a writer for the one format in the table.
std::unique_ptr<Arm> qtBaseline();

} // namespace bench

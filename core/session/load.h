// SPDX-License-Identifier: MIT
#pragma once

namespace orm {

/// What becomes of the loaded values of an object that is read again.
enum class Load {
    KeepLoaded, ///< they stay, unless they had expired
    PopulateExisting, ///< they, and unflushed changes, give way to the database's
};

} // namespace orm

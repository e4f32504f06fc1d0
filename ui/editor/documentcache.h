// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "ui/editor/storedtextdocument.h"

#include <memory>
#include <optional>
#include <vector>

namespace ui {

/// The documents of the rows visited last, so that text undo and caret survive walking through rows
/// and saving them. Keeps few, and no more text than is worth it.
class DocumentCache
{
public:
    static constexpr size_t maxDocuments = 50;
    /// Characters in all documents; one that is larger is not kept.
    static constexpr qint64 maxCharacters = 16'000'000;

    struct Entry
    {
        std::unique_ptr<StoredTextDocument> document;
        int anchor = 0; ///< of the selection
        int position = 0; ///< of the caret
        int scroll = 0; ///< the first line in sight
    };

    /// Keeps @p entry as the one visited last; lets go of those visited longest ago.
    void put(const orm::Key &key, Entry entry);
    bool contains(const orm::Key &key) const;
    std::optional<Entry> take(const orm::Key &key);
    void rename(const orm::Key &from, const orm::Key &to);
    void remove(const orm::Key &key);

private:
    struct Visited
    {
        orm::Key key;
        Entry entry;
    };
    std::vector<Visited>::iterator find(const orm::Key &key);

    std::vector<Visited> m_visited; ///< the last one last
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/markdown/blocksplitter.h"
#include "ui/editor/markdown/richblock.h"

#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>

#include <memory>
#include <optional>

namespace ui {

/// A Markdown text, block by block.
struct ParsedBody
{
    struct Block
    {
        qsizetype begin = 0; ///< in text
        qsizetype end = 0;
        /// The same object as long as the block says the same.
        std::shared_ptr<const RichBlock> content;
    };

    QString text; ///< its lines end with U+2029 or LF
    QString linkDefinitions;
    QList<Block> blocks;
    qsizetype longestBlock = 0; ///< characters
    int readCount
        = 0; ///< blocks that had to be read for it; the others are those of the text before

    /// The block at @p position, or the one before it; -1 if there is none.
    qsizetype blockAt(qsizetype position) const;
};

/// Reads @p text, and of it only the blocks that are not in @p before.
ParsedBody parseBody(const QString &text, const ParsedBody &before);

/// Reads the newest text in a thread of its own.
class BodyParser final : public QObject
{
    Q_OBJECT

public:
    explicit BodyParser(QObject *parent = nullptr);
    ~BodyParser() override;

    /// parsed() follows, unless another text comes before.
    void parse(const QString &text);
    bool isParsing() const { return m_watcher.isRunning() || m_next; }

signals:
    void parsed(const ui::ParsedBody &body);

private:
    void start(const QString &text);

    QThreadPool m_pool;
    QFutureWatcher<ParsedBody> m_watcher;
    ParsedBody m_last;
    std::optional<QString> m_next; ///< came while another one was being read
};

} // namespace ui

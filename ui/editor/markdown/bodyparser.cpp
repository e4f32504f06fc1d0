// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/bodyparser.h"

#include <QPromise>

#include <algorithm>

namespace ui {

namespace {

QStringView textOf(const QString &text, qsizetype begin, qsizetype end)
{
    return QStringView(text).sliced(begin, end - begin);
}

std::shared_ptr<const RichBlock> read(const QString &text, const BlockRange &range,
                                      const QString &definitions)
{
    const QStringView source = textOf(text, range.begin, range.end);
    return std::make_shared<const RichBlock>(range.kind == BlockRange::Kind::FrontMatter
                                                 ? verbatimBlock(source)
                                                 : readBlock(source, definitions));
}

} // namespace

qsizetype ParsedBody::blockAt(qsizetype position) const
{
    const auto after
        = std::upper_bound(blocks.begin(), blocks.end(), position,
                           [](qsizetype at, const Block &block) { return at < block.begin; });
    return blocks.isEmpty() ? -1 : std::max<qsizetype>(0, after - blocks.begin() - 1);
}

ParsedBody parseBody(const QString &text, const ParsedBody &before)
{
    ParsedBody now;
    now.text = text;
    const SplitText split = splitBlocks(text);
    now.linkDefinitions = split.linkDefinitions;
    now.blocks.reserve(split.blocks.size());
    for (const BlockRange &range : split.blocks) {
        now.blocks.append({range.begin, range.end, nullptr});
        now.longestBlock = std::max(now.longestBlock, range.end - range.begin);
    }
    // What is the same from the beginning, and from the end.
    const auto isSame = [&](const ParsedBody::Block &block, const ParsedBody::Block &old) {
        return textOf(now.text, block.begin, block.end) == textOf(before.text, old.begin, old.end);
    };
    const qsizetype most = std::min(now.blocks.size(), before.blocks.size());
    qsizetype head = 0;
    while (head < most && isSame(now.blocks.at(head), before.blocks.at(head))) {
        now.blocks[head].content = before.blocks.at(head).content;
        ++head;
    }
    for (qsizetype tail = 0; tail < most - head; ++tail) {
        ParsedBody::Block &block = now.blocks[now.blocks.size() - 1 - tail];
        const ParsedBody::Block &old = before.blocks.at(before.blocks.size() - 1 - tail);
        if (!isSame(block, old))
            break;
        block.content = old.content;
    }
    // A block that names a link can mean another one as soon as the definitions do.
    const bool sameLinks = now.linkDefinitions == before.linkDefinitions;
    for (qsizetype i = 0; i < now.blocks.size(); ++i) {
        ParsedBody::Block &block = now.blocks[i];
        const bool hasLinks = !sameLinks && textOf(now.text, block.begin, block.end).contains(u'[');
        if (block.content && !hasLinks)
            continue;
        block.content = read(text, split.blocks.at(i), now.linkDefinitions);
        ++now.readCount;
    }
    return now;
}

BodyParser::BodyParser(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
    connect(&m_watcher, &QFutureWatcher<ParsedBody>::finished, this, [this] {
        m_last = m_watcher.result();
        if (m_next)
            start(*std::exchange(m_next, std::nullopt));
        else
            emit parsed(m_last);
    });
}

BodyParser::~BodyParser()
{
    m_pool.waitForDone(); // a few milliseconds; what it reads is its own
}

void BodyParser::parse(const QString &text)
{
    if (m_watcher.isRunning())
        m_next = text;
    else
        start(text);
}

void BodyParser::start(const QString &text)
{
    auto promise = std::make_shared<QPromise<ParsedBody>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    m_pool.start([promise, text, before = m_last] {
        promise->addResult(parseBody(text, before));
        promise->finish();
    });
}

} // namespace ui

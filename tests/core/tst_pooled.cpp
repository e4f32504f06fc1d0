// SPDX-License-Identifier: MIT
#include "core/mapping/pooled.h"

#include <QTest>

#include <algorithm>
#include <cstring>
#include <set>
#include <thread>
#include <vector>

namespace {

constexpr size_t blockSize = 176; // about what an object of four columns takes
constexpr size_t manyBlocks = 2000; // some six pieces of memory

std::vector<void *> allocate(size_t count, size_t bytes = blockSize)
{
    std::vector<void *> blocks;
    for (size_t i = 0; i < count; ++i) {
        blocks.push_back(orm::pool::allocate(bytes));
        std::memset(blocks.back(), static_cast<int>(i % 256), bytes);
    }
    return blocks;
}

void freeAll(const std::vector<void *> &blocks, size_t bytes = blockSize)
{
    for (void *block : blocks)
        orm::pool::free(block, bytes);
}

/// Whether no block was written to by the filling of another.
bool areWhole(const std::vector<void *> &blocks, size_t bytes = blockSize)
{
    for (size_t i = 0; i < blocks.size(); ++i) {
        const auto *const block = static_cast<const unsigned char *>(blocks[i]);
        if (std::any_of(block, block + bytes, [i](unsigned char byte) { return byte != i % 256; }))
            return false;
    }
    return true;
}

} // namespace

class PooledTest final : public QObject
{
    Q_OBJECT

private slots:
    void blocksOfOneSizeLieInTurn();
    void blocksOfAllSizesKeepTheirBytes();
    void aFreedBlockIsTheNextOne();
    void freePiecesServeAnySize();
    void freePiecesBeyondTheMostGoBack();
    void anotherThreadMayFree();
    void blocksOutliveTheirThread();
    void aLargeBlockIsNoPartOfAPiece();
    void aCopyIsMadeAndDestroyed();
};

void PooledTest::blocksOfOneSizeLieInTurn()
{
    std::thread([] { // a thread that has freed nothing yet
        const std::vector<void *> blocks = allocate(100, 208);
        for (size_t i = 1; i < blocks.size(); ++i)
            QCOMPARE(static_cast<char *>(blocks[i]) - static_cast<char *>(blocks[i - 1]), 208);
        freeAll(blocks, 208);
    })
        .join();
}

void PooledTest::blocksOfAllSizesKeepTheirBytes()
{
    for (size_t bytes = 1; bytes <= orm::pool::mostBytes + 1; ++bytes) {
        const std::vector<void *> blocks = allocate(300, bytes);
        QVERIFY(areWhole(blocks, bytes));
        for (const void *block : blocks)
            QCOMPARE(reinterpret_cast<quintptr>(block) % alignof(std::max_align_t), 0U);
        freeAll(blocks, bytes);
    }
}

void PooledTest::aFreedBlockIsTheNextOne()
{
    const std::vector<void *> blocks = allocate(manyBlocks);
    for (const size_t i : {0, 700, 1999}) {
        orm::pool::free(blocks[i], blockSize);
        QCOMPARE(orm::pool::allocate(blockSize), blocks[i]);
    }
    // All of them together: no new piece is needed
    const size_t pieces = orm::pool::pieceCount(blockSize);
    for (size_t i = 0; i < blocks.size(); i += 2)
        orm::pool::free(blocks[i], blockSize);
    const std::vector<void *> again = allocate(manyBlocks / 2);
    QCOMPARE(orm::pool::pieceCount(blockSize), pieces);
    std::set<void *> all(again.begin(), again.end());
    for (size_t i = 1; i < blocks.size(); i += 2)
        all.insert(blocks[i]);
    QCOMPARE(all.size(), manyBlocks);
    QVERIFY(areWhole(again));
    freeAll({all.begin(), all.end()});
}

void PooledTest::freePiecesServeAnySize()
{
    const std::vector<void *> blocks = allocate(manyBlocks);
    const size_t pieces = orm::pool::pieceCount(blockSize);
    QVERIFY(pieces > 3);
    const size_t kept = orm::pool::keptBytes();
    freeAll(blocks);
    QCOMPARE(orm::pool::pieceCount(blockSize), 1U);
    QCOMPARE(orm::pool::keptBytes(), kept + (pieces - 1) * orm::pool::pieceSize);

    const size_t before = orm::pool::pieceCount(2 * blockSize);
    const std::vector<void *> larger = allocate(manyBlocks / 4, 2 * blockSize);
    const size_t taken = orm::pool::pieceCount(2 * blockSize) - before;
    QVERIFY(taken > 1);
    QCOMPARE(orm::pool::keptBytes(), kept + (pieces - 1 - taken) * orm::pool::pieceSize);
    QVERIFY(areWhole(larger, 2 * blockSize));
    freeAll(larger, 2 * blockSize);
}

void PooledTest::freePiecesBeyondTheMostGoBack()
{
    constexpr size_t pieces = orm::pool::mostKeptBytes / orm::pool::pieceSize;
    constexpr size_t inOnePiece = orm::pool::pieceSize / orm::pool::mostBytes; // less its head
    const std::vector<void *> blocks = allocate((pieces + 10) * inOnePiece, orm::pool::mostBytes);
    QVERIFY(orm::pool::pieceCount(orm::pool::mostBytes) > pieces + 1);
    freeAll(blocks, orm::pool::mostBytes);
    QCOMPARE(orm::pool::pieceCount(orm::pool::mostBytes), 1U);
    QCOMPARE(orm::pool::keptBytes(), orm::pool::mostKeptBytes);
}

void PooledTest::anotherThreadMayFree()
{
    const std::vector<void *> blocks = allocate(manyBlocks);
    std::vector<void *> first(blocks.begin(), blocks.begin() + manyBlocks / 2);
    std::vector<void *> second(blocks.begin() + manyBlocks / 2, blocks.end());
    std::thread one([&first] { freeAll(first); });
    std::thread two([&second] { freeAll(second); });
    const std::vector<void *> meanwhile = allocate(manyBlocks);
    one.join();
    two.join();
    QVERIFY(areWhole(meanwhile));
    freeAll(meanwhile);
    QCOMPARE(orm::pool::pieceCount(blockSize), 1U);
}

void PooledTest::blocksOutliveTheirThread()
{
    std::vector<void *> blocks;
    std::thread([&blocks] { blocks = allocate(manyBlocks); }).join();
    QVERIFY(areWhole(blocks));
    freeAll(blocks);
    size_t pieces = 0;
    std::thread([&pieces] { pieces = orm::pool::pieceCount(blockSize); }).join();
    QCOMPARE(pieces, 1U); // it has taken over what was left there
}

void PooledTest::aLargeBlockIsNoPartOfAPiece()
{
    constexpr size_t large = orm::pool::mostBytes + 1;
    const size_t pieces = orm::pool::pieceCount(orm::pool::mostBytes);
    const std::vector<void *> blocks = allocate(500, large);
    QCOMPARE(orm::pool::pieceCount(orm::pool::mostBytes), pieces);
    freeAll(blocks, large);
}

void PooledTest::aCopyIsMadeAndDestroyed()
{
    const auto counted = std::make_shared<int>(7);
    auto *const copy = orm::PooledCopy<std::shared_ptr<int>>::make(counted);
    QCOMPARE(counted.use_count(), 2);
    QCOMPARE(**copy, 7);
    orm::PooledCopy<std::shared_ptr<int>>::destroy(copy);
    QCOMPARE(counted.use_count(), 1);
    orm::PooledCopy<std::shared_ptr<int>>::destroy(nullptr);

    struct alignas(64) Wide
    {
        char letter = 'a';
    };
    auto *const wide = orm::PooledCopy<Wide>::make({});
    QCOMPARE(reinterpret_cast<quintptr>(wide) % alignof(Wide), 0U);
    orm::PooledCopy<Wide>::destroy(wide);
}

QTEST_APPLESS_MAIN(PooledTest)
#include "tst_pooled.moc"

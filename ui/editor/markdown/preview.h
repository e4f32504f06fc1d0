// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/markdown/bodyparser.h"

#include <QTextBrowser>
#include <QTimer>

class QTextCursor;

namespace ui {

/// Markdown as it will be read. Shows what BodyParser made of it, a text without pictures: it loads
/// nothing, from the network or from files, and there is nothing in it that could run.
///
/// Holds only the blocks around the one that is written in, so that the longest text is as fluent as a
/// short one; scrolling to an end brings the next ones. A change replaces the blocks that changed.
class Preview final : public QTextBrowser
{
    Q_OBJECT

public:
    /// Characters of Markdown held before and after the block that is looked at.
    static constexpr qsizetype reach = 12'000;

    explicit Preview(QWidget *parent = nullptr);

    void setBody(const ParsedBody &body);
    /// Shows nothing but @p reason, which says why.
    void rest(const QString &reason);
    /// Brings the text at @p position of the body to @p height of the view: 0 is its top, 1 its bottom.
    void showPosition(qsizetype position, double height);

    /// The blocks that are held: first, and behind the last.
    qsizetype firstBlock() const { return m_first; }
    qsizetype endBlock() const { return m_first + m_sizes.size(); }
    /// Where the text of block @p block stands in the view, in pixels; empty if it isn't held.
    QRect blockRect(qsizetype block) const;

    QVariant loadResource(int type, const QUrl &name) override;

signals:
    /// The user wants to go there: a link of the web, or an address to write to.
    void linkOpened(const QUrl &url);

protected:
    void doSetSource(const QUrl &name, QTextDocument::ResourceType type) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void hold(qsizetype block);
    void clearBlocks();
    void replaceBlocks(qsizetype first, qsizetype count, qsizetype newCount);
    void write(QTextCursor &cursor, const RichBlock &block);
    void writeParagraph(QTextCursor &cursor, const RichParagraph &paragraph, bool isFirst);
    void writeTable(QTextCursor &cursor, const RichParagraph &paragraph);
    void writeRuns(QTextCursor &cursor, const QList<RichRun> &runs, const QTextCharFormat &base);
    QTextBlockFormat formatOf(const RichParagraph &paragraph) const;
    int firstTextBlock(qsizetype region) const;
    void renew();
    void extend();

    ParsedBody m_body;
    qsizetype m_first = 0; ///< of the blocks that are held
    QList<int> m_sizes; ///< of each block that is held: its QTextBlocks
    QString m_reason;
    qsizetype m_position = 0; ///< as last shown
    double m_height = 0;
    bool m_isMoving = false; ///< the view scrolls, not the user
    QTimer m_extendTimer;
};

} // namespace ui

// SPDX-License-Identifier: MIT
#pragma once

#include <QTextBrowser>

namespace ui {

/// A page of the manual. Its pictures come from the resources, and nothing else is ever loaded.
class HelpBrowser final : public QTextBrowser
{
    Q_OBJECT

public:
    explicit HelpBrowser(QWidget *parent);

    /// Shows @p markdown with the pictures of @p language.
    void setPage(const QString &markdown, const QString &language);

    QVariant loadResource(int type, const QUrl &name) override;

protected:
    void doSetSource(const QUrl &name, QTextDocument::ResourceType type) override;

private:
    void layOutTables();

    QString m_language;
};

} // namespace ui

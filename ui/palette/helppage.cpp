// SPDX-License-Identifier: MIT
#include "ui/palette/helppage.h"

#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int margin = 16;

} // namespace

HelpPage::HelpPage(QWidget *parent)
    : QDialog(parent)
    , m_text(new QTextBrowser(this))
{
    setObjectName(u"helpDialog"_s);
    setWindowTitle(tr("Keys"));
    resize(560, 600);
    m_text->setObjectName(u"helpText"_s);
    m_text->setAccessibleName(tr("Keys and what they do"));
    m_text->setFrameShape(QFrame::NoFrame);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_text);
}

void HelpPage::setSections(const QList<Section> &sections)
{
    QString html;
    for (const Section &section : sections) {
        html += u"<h3>%1</h3><table cellspacing=\"0\" cellpadding=\"3\">"_s.arg(
            section.title.toHtmlEscaped());
        for (const auto &[keys, what] : section.keys)
            html += u"<tr><td style=\"white-space: nowrap; padding-right: 18px\"><b>%1</b></td>"
                    "<td>%2</td></tr>"_s.arg(keys.toHtmlEscaped(), what.toHtmlEscaped());
        html += u"</table>"_s;
    }
    m_text->setHtml(html);
    m_text->document()->setDocumentMargin(margin);
    m_text->moveCursor(QTextCursor::Start);
    m_text->setFocus(Qt::PopupFocusReason);
}

QString HelpPage::text() const
{
    return m_text->toPlainText();
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/editor/fieldrow.h"

#include "ui/common/theme.h"
#include "ui/editor/fieldeditor.h"

#include <QApplication>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int leastBodyLines = 6;
constexpr int linesOfOtherPages = 4;
constexpr int pagePadding = 24; ///< frame and margins of a page, above and below its lines
constexpr double bodyFontScale = 1.1; ///< what one reads and writes all day may be larger

bool isPage(const orm::Column &column)
{
    return column.type.kind == orm::ColumnType::Kind::Text
        || column.type.kind == orm::ColumnType::Kind::Json;
}

/// With its mnemonic; a name that is none of our labels has none.
QString labelText(const orm::Column &column)
{
    if (!column.label.isEmpty())
        return column.label;
    QString name = column.name;
    return name.replace(u'&', u"&&"_s);
}

} // namespace

FieldRow::FieldRow(const orm::Column &column, int index, QGridLayout *grid, QWidget *corner,
                   QWidget *parent)
    : QObject(parent)
    , m_column(column)
    , m_index(index)
    , m_editor(FieldEditor::create(column, parent))
    , m_problem(new QLabel(parent))
{
    auto *label = new QLabel(labelText(column), parent);
    label->setBuddy(widget());
    // Not by its buddy: a screen reader finds that only among the label's siblings.
    widget()->setAccessibleName(column.label.isEmpty() ? column.name
                                                       : QString(column.label).remove(u'&'));

    m_problem->setObjectName(u"fieldProblem"_s);
    m_problem->setProperty("column", column.name);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setMargin(4);
    m_problem->setAutoFillBackground(true);
    m_problem->hide();

    if (isPage(column))
        addPage(grid, label, corner);
    else
        addLine(grid, label);
    updateLook();
}

QWidget *FieldRow::widget() const
{
    return m_editor->widget();
}

/// A text of several lines: the label above it, so that it has the full width.
void FieldRow::addPage(QGridLayout *grid, QLabel *label, QWidget *corner)
{
    int row = grid->rowCount();
    grid->addWidget(label, row, 0, 1, corner ? 1 : 3);
    if (corner)
        grid->addWidget(corner, row, 1, 1, 2);
    grid->addWidget(widget(), ++row, 0, 1, 3);
    grid->setRowStretch(row, m_column.role == orm::Role::Body ? 1 : 0);
    grid->addWidget(m_problem, ++row, 0, 1, 3);
}

void FieldRow::addLine(QGridLayout *grid, QLabel *label)
{
    int row = grid->rowCount();
    grid->addWidget(label, row, 0);
    if (m_column.type.kind == orm::ColumnType::Kind::String && m_column.type.length > 0) {
        m_counter = makeCounter(widget()->parentWidget());
        grid->addWidget(m_counter, row, 2);
    }
    const bool isWide = widget()->sizePolicy().horizontalPolicy() == QSizePolicy::Expanding;
    grid->addWidget(widget(), row, 1, 1, m_counter ? 1 : 2,
                    isWide ? Qt::Alignment() : Qt::AlignLeft | Qt::AlignVCenter);
    grid->addWidget(m_problem, ++row, 1, 1, 2);
}

QLabel *FieldRow::makeCounter(QWidget *parent) const
{
    auto *counter = new QLabel(parent);
    counter->setObjectName(u"fieldCounter"_s);
    counter->setAutoFillBackground(true);
    counter->setMargin(2);
    counter->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    // As wide as the widest, so that nothing moves while one types.
    QFont bold = counter->font();
    bold.setBold(true);
    const QString widest = u"%1/%1"_s.arg(QLocale().toString(m_column.type.length));
    counter->setMinimumWidth(QFontMetrics(bold).horizontalAdvance(widest) + 2 * counter->margin());
    return counter;
}

void FieldRow::setProblem(const QString &text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    widget()->setAccessibleDescription(text.isEmpty() ? m_editor->keptText() : text);
}

void FieldRow::updateCounter()
{
    if (!m_counter)
        return;
    const QLocale locale;
    const int limit = m_column.type.length;
    const qint64 length = orm::codePoints(m_editor->value().bytes());
    m_counter->setText(u"%1/%2"_s.arg(locale.toString(length), locale.toString(limit)));
    m_counter->setToolTip(
        tr("%1 of at most %2 characters").arg(locale.toString(length), locale.toString(limit)));

    const bool isTooLong = length > limit;
    // With nothing of its own but this, so that all else goes on following the theme.
    QPalette palette;
    if (isTooLong) {
        const ToneColors tone = toneColors(ToneKind::Problem, QApplication::palette());
        palette.setColor(QPalette::Window, tone.background);
        palette.setColor(QPalette::WindowText, tone.text);
    } else {
        palette.setColor(QPalette::WindowText, palette.color(QPalette::PlaceholderText));
    }
    m_counter->setPalette(palette);
    QFont font = m_counter->parentWidget()->font();
    font.setBold(isTooLong); // not by colour alone
    m_counter->setFont(font);
}

void FieldRow::clearCounter()
{
    if (m_counter)
        m_counter->clear();
}

void FieldRow::updateLook()
{
    QPalette palette;
    const ToneColors tone = toneColors(ToneKind::Problem, QApplication::palette());
    palette.setColor(QPalette::Window, tone.background);
    palette.setColor(QPalette::WindowText, tone.text);
    m_problem->setPalette(palette);
    if (m_counter && !m_counter->text().isEmpty())
        updateCounter();
    if (isPage(m_column))
        updatePage();
}

void FieldRow::updatePage()
{
    const bool isBody = m_column.role == orm::Role::Body;
    QFont font = widget()->parentWidget()->font();
    if (isBody)
        font.setPointSizeF(font.pointSizeF() * bodyFontScale);
    widget()->setFont(font);
    const int lineHeight = QFontMetrics(font).lineSpacing();
    if (isBody)
        widget()->setMinimumHeight(leastBodyLines * lineHeight + pagePadding);
    else
        widget()->setFixedHeight(linesOfOtherPages * lineHeight + pagePadding);
}

} // namespace ui

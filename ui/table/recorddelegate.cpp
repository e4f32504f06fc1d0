// SPDX-License-Identifier: MIT
#include "ui/table/recorddelegate.h"

#include "ui/common/palettes.h"
#include "ui/common/scripts.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QModelRoleData>
#include <QPainter>
#include <QPersistentModelIndex>
#include <QTextLayout>

#include <algorithm>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using Matches = QList<QPair<int, int>>;

void drawFrame(QPainter *painter, const QRect &rect, int inset, int width, const QColor &color)
{
    const QRect r = rect.adjusted(inset, inset, -inset, -inset);
    painter->fillRect(r.left(), r.top(), r.width(), width, color);
    painter->fillRect(r.left(), r.bottom() - width + 1, r.width(), width, color);
    painter->fillRect(r.left(), r.top(), width, r.height(), color);
    painter->fillRect(r.right() - width + 1, r.top(), width, r.height(), color);
}

/// A line that remembers which cell it edits and what stood there.
class CellEditor final : public QLineEdit
{
public:
    CellEditor(const QModelIndex &edited, QWidget *parent)
        : QLineEdit(parent)
        , cell(edited)
    {}

    QPersistentModelIndex cell;
    QString original;
    bool isKept = false; ///< the model has something of what was typed

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QLineEdit::paintEvent(event);
        QPainter painter(this);
        drawFrame(&painter, rect(), 0, 2, palette().color(QPalette::Highlight));
    }
};

CellEditor *asCellEditor(QObject *object)
{
    return dynamic_cast<CellEditor *>(object);
}

QColor blend(const QColor &over, const QColor &under, qreal share)
{
    const auto mix = [share](float a, float b) { return float(a * share + b * (1 - share)); };
    return QColor::fromRgbF(mix(over.redF(), under.redF()), mix(over.greenF(), under.greenF()),
                            mix(over.blueF(), under.blueF()));
}

bool breaksLine(QChar character)
{
    return character < u' ' || character == u'\u007F' || character == u'\u0085'
        || character == QChar::LineSeparator || character == QChar::ParagraphSeparator;
}

/// At most @p limit characters of @p text, on one line; positions stay what they are.
QString singleLine(const QString &text, qsizetype limit)
{
    qsizetype length = std::min(text.size(), limit);
    if (length > 0 && length < text.size() && text.at(length - 1).isHighSurrogate())
        --length;
    const bool plain = std::none_of(text.cbegin(), text.cbegin() + length, breaksLine);
    if (plain && length == text.size())
        return text;
    QString line = text.left(length);
    if (!plain)
        std::replace_if(line.begin(), line.end(), breaksLine, u' ');
    return line;
}

QPalette::ColorGroup colorGroup(const QStyleOptionViewItem &option)
{
    if (!(option.state & QStyle::State_Enabled))
        return QPalette::Disabled;
    return option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
}

} // namespace

/// What the model says about a cell, asked in one call.
struct RecordDelegate::Cell
{
    Cell(const QModelIndex &index, const QLocale &locale, const RecordDelegate &delegate)
    {
        std::array<QModelRoleData, 8> roles{
            QModelRoleData(Qt::DisplayRole), QModelRoleData(Qt::TextAlignmentRole),
            QModelRoleData(RowStateRole),    QModelRoleData(CellChangedRole),
            QModelRoleData(CellNullRole),    QModelRoleData(CellLoadedRole),
            QModelRoleData(PinnedRole),      QModelRoleData(MatchesRole)};
        index.model()->multiData(index, roles);
        const auto value = [&roles](int place) -> const QVariant & {
            return roles.at(std::size_t(place)).data();
        };
        mark = index.column() == markColumn;
        state = RowState(value(2).toInt());
        changed = value(3).toBool();
        null = value(4).toBool() && !mark;
        loaded = !value(5).isValid() || value(5).toBool();
        matches = value(7).value<Matches>();
        if (value(1).isValid())
            alignment = Qt::Alignment(value(1).toInt());
        if (null)
            text = tr("(empty)");
        else if (value(0).userType() == QMetaType::QString)
            text = value(0).toString();
        else if (value(0).isValid())
            text = delegate.displayText(value(0), locale);
        if (mark) {
            alignment = Qt::AlignCenter;
            if (value(6).toBool() && !text.endsWith(u'.'))
                text += u'.';
        }
        if (!(alignment & Qt::AlignVertical_Mask))
            alignment |= Qt::AlignVCenter;
    }

    QString text;
    Matches matches;
    Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter;
    RowState state = RowState::Clean;
    bool changed = false;
    bool null = false;
    bool loaded = true;
    bool mark = false;
};

struct RecordDelegate::Look
{
    QFont font;
    QColor text;
    QColor background;
    QColor frame; ///< around the current cell
    ToneColors hit; ///< of what a search has found
    Qt::LayoutDirection direction = Qt::LeftToRight; ///< of the window, not of the text
    bool marked = false; ///< has the corner triangle
};

RecordDelegate::RecordDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{}

QFont RecordDelegate::cellFont(QFont font, RowState state, bool changed, bool null)
{
    if (state == RowState::New)
        font.setBold(true);
    else if (state == RowState::Deleted)
        font.setStrikeOut(true);
    else if (changed) {
        font.setBold(true);
        font.setItalic(true);
    }
    if (null)
        font.setItalic(true);
    return font;
}

QColor RecordDelegate::dimmed(const QColor &text, const QColor &background)
{
    constexpr qreal legible = 4.5;
    for (int percent = 60; percent < 100; percent += 5) {
        const QColor color = blend(text, background, percent / 100.0);
        if (contrast(color, background) >= legible)
            return color;
    }
    return text;
}

RecordDelegate::Look RecordDelegate::lookOf(const Cell &cell,
                                            const QStyleOptionViewItem &option) const
{
    const QPalette::ColorGroup group = colorGroup(option);
    const QPalette &palette = option.palette;
    const bool selected = option.state & QStyle::State_Selected;
    const bool alternate = option.features & QStyleOptionViewItem::Alternate;
    Look look;
    look.direction = option.direction;
    look.hit = hitColors(palette);
    look.background = selected ? palette.color(group, QPalette::Highlight)
        : alternate            ? palette.color(group, QPalette::AlternateBase)
                               : palette.color(group, QPalette::Base);
    look.text = palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
    look.frame = selected ? look.text : palette.color(QPalette::Active, QPalette::Highlight);
    if (cell.mark) {
        look.font = option.font;
        look.font.setBold(true);
        return look;
    }
    look.marked = cell.changed && cell.state != RowState::New && cell.state != RowState::Deleted;
    if (cell.null || cell.state == RowState::Deleted)
        look.text = dimmed(look.text, look.background);
    look.font = option.font;
    if (cell.changed || cell.null || cell.state == RowState::New || cell.state == RowState::Deleted)
        look.font = cellFont(option.font, cell.state, cell.changed, cell.null);
    return look;
}

void RecordDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const Cell cell(index, option.locale, *this);
    const Look look = lookOf(cell, option);
    const QRect &rect = option.rect;
    if (option.state & QStyle::State_Selected)
        painter->fillRect(rect, look.background);

    const QRect inner = rect.adjusted(margin, 0, -margin, 0);
    if (!cell.loaded && !cell.mark) {
        // Bars of several lengths look like text to come, and like nothing that could be read.
        const int height = std::max(4, option.fontMetrics.xHeight());
        const int percent = 45 + (index.row() * 37 + index.column() * 23) % 40;
        const QRect bar(0, 0, inner.width() * percent / 100, height);
        const QRect place = QStyle::alignedRect(option.direction, Qt::AlignLeft | Qt::AlignVCenter,
                                                bar.size(), inner);
        painter->fillRect(place, blend(look.text, look.background, 0.14));
    } else if (!cell.text.isEmpty()) {
        // A mark may use the whole of its narrow column.
        paintText(painter, cell.mark ? rect : inner, cell, look);
    }

    if (look.marked) {
        const int side = std::max(5, rect.height() / 4);
        const bool leftToRight = option.direction == Qt::LeftToRight;
        const QPoint corner = leftToRight ? QPoint(rect.right() + 1, rect.top()) : rect.topLeft();
        const QPoint triangle[]{corner, corner + QPoint(leftToRight ? -side : side, 0),
                                corner + QPoint(0, side)};
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(look.text);
        painter->drawPolygon(triangle, 3);
        painter->restore();
        if (cell.state == RowState::Conflict) {
            drawFrame(painter, rect, 2, 1, look.text);
            drawFrame(painter, rect, 4, 1, look.text);
        }
    }
    if (option.state & QStyle::State_HasFocus)
        drawFrame(painter, rect, 0, 2, look.frame);
}

void RecordDelegate::paintText(QPainter *painter, const QRect &rect, const Cell &cell,
                               const Look &look) const
{
    if (rect.width() <= 0)
        return;
    // No glyph that takes place is narrower than two pixels, so the rest would be cut anyway.
    const qsizetype limit = std::min(longestPaintedText, rect.width() / 2 + 8);
    QString text = withoutUnknownScripts(singleLine(cell.text, limit));
    const bool cut = text.size() < cell.text.size();
    const QFontMetrics metrics(look.font, painter->device());
    if (cut || metrics.horizontalAdvance(text) > rect.width()) {
        if (cut)
            text += u'…';
        text = metrics.elidedText(text, Qt::ElideRight, rect.width());
    }

    // One that runs from the right begins there, as in the form; others stand where their column does.
    const bool isFromRight = text.isRightToLeft();
    QTextOption direction;
    direction.setWrapMode(QTextOption::NoWrap);
    direction.setTextDirection(isFromRight ? Qt::RightToLeft : Qt::LeftToRight);
    const Qt::Alignment alignment
        = QStyle::visualAlignment(isFromRight ? Qt::RightToLeft : look.direction, cell.alignment)
        | Qt::AlignAbsolute;
    painter->setPen(look.text);
    painter->setFont(look.font);
    if (cell.matches.isEmpty()) {
        direction.setAlignment(alignment);
        painter->drawText(QRectF(rect), text, direction);
        return;
    }

    QTextCharFormat hit;
    hit.setBackground(look.hit.background);
    hit.setForeground(look.hit.text);
    const auto shown = int(std::min(text.size(), cell.text.size()));
    QList<QTextLayout::FormatRange> formats;
    for (const auto &[start, length] : cell.matches) {
        if (start >= 0 && start < shown)
            formats.append({start, std::min(length, shown - start), hit});
    }
    QTextLayout layout(text, look.font, painter->device());
    layout.setTextOption(direction);
    layout.setFormats(formats);
    layout.beginLayout();
    constexpr qreal widest = 8'000'000; // more than any text here needs, less than Qt can count
    QTextLine line = layout.createLine();
    line.setLineWidth(widest);
    layout.endLayout();
    // A line that runs from the right starts at the end of the width it was given.
    const QRectF natural = line.naturalTextRect();
    const QRectF place = QStyle::alignedRect(Qt::LeftToRight, alignment,
                                             natural.size().toSize().boundedTo(rect.size()), rect);
    layout.draw(painter, QPointF(place.left() - natural.left(), place.top() - natural.top()));
}

QSize RecordDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Cell cell(index, option.locale, *this);
    const Look look = lookOf(cell, option);
    const QFontMetrics metrics(look.font);
    const int width = cell.loaded ? metrics.horizontalAdvance(
                          withoutUnknownScripts(singleLine(cell.text, longestPaintedText)))
                                  : 0;
    // One pixel for what a slanted last letter leans out.
    return {width + 2 * margin + 1, metrics.height() + margin};
}

QWidget *RecordDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                      const QModelIndex &index) const
{
    if (index.data(Qt::EditRole).toString().size() > longestEditedText)
        return nullptr;
    auto *editor = new CellEditor(index, parent);
    editor->setMaxLength(std::numeric_limits<int>::max());
    editor->setAutoFillBackground(true);
    editor->setFrame(false);
    editor->setTextMargins(margin - 2, 0, margin - 2, 0);
    return editor;
}

void RecordDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    CellEditor *line = asCellEditor(editor);
    if (!line || line->isModified())
        return;
    line->original = index.data(Qt::EditRole).toString();
    line->setText(line->original);
    line->selectAll();
}

void RecordDelegate::setModelData(QWidget *editor, QAbstractItemModel *model,
                                  const QModelIndex &index) const
{
    const CellEditor *line = asCellEditor(editor);
    if (line && (line->isKept || line->text() != line->original))
        model->setData(index, line->text(), Qt::EditRole);
}

void RecordDelegate::keepTyping(QWidget *editor, QAbstractItemModel *model,
                                const QModelIndex &index) const
{
    CellEditor *line = asCellEditor(editor);
    if (!line || (!line->isKept && line->text() == line->original))
        return;
    line->isKept = true;
    model->setData(index, line->text(), TypingRole);
}

void RecordDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                          const QModelIndex &) const
{
    // In a narrow column the line reaches over its neighbours rather than hide what is typed.
    constexpr int comfortable = 160;
    QRect rect = option.rect;
    if (rect.width() < comfortable) {
        const int room = editor->parentWidget() ? editor->parentWidget()->width() : comfortable;
        if (option.direction == Qt::LeftToRight)
            rect.setRight(std::max(rect.right(), std::min(rect.left() + comfortable, room) - 1));
        else
            rect.setLeft(std::min(rect.left(), std::max(rect.right() - comfortable, 0) + 1));
    }
    editor->setGeometry(rect);
}

void RecordDelegate::keepAndClose(QWidget *editor)
{
    emit commitData(editor);
    emit closeEditor(editor, NoHint);
}

bool RecordDelegate::eventFilter(QObject *watched, QEvent *event)
{
    CellEditor *editor = asCellEditor(watched);
    if (!editor || (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride))
        return QStyledItemDelegate::eventFilter(watched, event);

    const auto *key = static_cast<const QKeyEvent *>(event);
    const auto modifiers = key->modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const bool plain = modifiers == Qt::NoModifier;
    enum class Job { None, Keep, Fill, Drop, Step } job = Job::None;
    CellStep step = CellStep::Next;
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        job = plain ? Job::Keep : modifiers == Qt::ControlModifier ? Job::Fill : Job::None;
        break;
    case Qt::Key_Escape:
        job = plain ? Job::Drop : Job::None;
        break;
    case Qt::Key_Tab:
        job = plain ? Job::Step : Job::None;
        break;
    case Qt::Key_Backtab:
        job = modifiers == Qt::ShiftModifier || plain ? Job::Step : Job::None;
        step = CellStep::Previous;
        break;
    case Qt::Key_Up:
    case Qt::Key_Down:
        job = plain ? Job::Step : Job::None;
        step = key->key() == Qt::Key_Up ? CellStep::Above : CellStep::Below;
        break;
    default:
        break;
    }
    if (job == Job::None)
        return QStyledItemDelegate::eventFilter(watched, event);
    event->accept();
    if (event->type() == QEvent::ShortcutOverride)
        return true; // no action of the window gets this key while a cell is edited

    const QPersistentModelIndex cell = editor->cell;
    // An untouched cell hands on what it holds, so that NULL fills with NULL.
    const bool isUntouched = editor->text() == editor->original && !editor->isKept;
    const QVariant value = isUntouched ? cell.data(Qt::EditRole) : QVariant(editor->text());
    if (job == Job::Drop) {
        if (std::exchange(editor->isKept, false))
            emit typingDropped(cell);
        emit closeEditor(editor, NoHint);
        return true;
    }
    keepAndClose(editor);
    if (job == Job::Fill)
        emit fillRequested(cell, value, !isUntouched);
    else if (job == Job::Step)
        emit stepRequested(cell, step);
    return true;
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/mainwindow/welcomepage.h"

#include "core/schema/table.h"
#include "ui/common/icon.h"

#include <QCommandLinkButton>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QStyleOption>
#include <QStylePainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int widestColumn = 60; ///< in digits
constexpr int columnShare = 4; ///< of the page's width, to one on each side
constexpr double titleScale = 1.9;
constexpr int iconSide = 72;
constexpr int spaceUnderNote = 18;
constexpr int spacing = 6;

/// Qt's own has letters of 9 points, however large those of the program are.
class Choice final : public QCommandLinkButton
{
public:
    using QCommandLinkButton::QCommandLinkButton;

    QSize sizeHint() const override
    {
        const int width = std::max(QFontMetrics(titleFont()).horizontalAdvance(text().remove(u'&')),
                                   fontMetrics().horizontalAdvance(description()))
            + textLeft() + margin + 1;
        return {width, heightForWidth(width)};
    }

    /// As narrow and as low as it can be, though not both at once: its height goes by its width.
    QSize minimumSizeHint() const override
    {
        const int width = textLeft() + margin + leastCharacters * fontMetrics().averageCharWidth();
        return {width, sizeHint().height()};
    }

protected:
    bool hasHeightForWidth() const override { return true; }

    int heightForWidth(int width) const override
    {
        return 2 * margin + heightOf(QFontMetrics(titleFont()), text(), width)
            + heightOf(fontMetrics(), description(), width);
    }

    void paintEvent(QPaintEvent *) override
    {
        QStyleOptionButton option;
        initStyleOption(&option);
        option.features |= QStyleOptionButton::CommandLinkButton;
        option.text.clear();
        option.icon = {};
        QStylePainter painter(this);
        painter.drawControl(QStyle::CE_PushButton, option);
        if (hasFocus()) {
            QStyleOptionFocusRect focus; // which a style leaves out of a flat button
            focus.initFrom(this);
            painter.drawPrimitive(QStyle::PE_FrameFocusRect, focus);
        }

        const auto mirrored = [this](const QRect &place) {
            return QStyle::visualRect(layoutDirection(), rect(), place);
        };
        const QRect picture(margin, margin, side(), side());
        icon().paint(&painter, mirrored(picture));
        painter.setPen(palette().color(QPalette::ButtonText));
        const int height = heightOf(QFontMetrics(titleFont()), text(), width());
        const QRect room = rect().adjusted(textLeft(), margin, -margin, -margin);
        painter.setFont(titleFont());
        painter.drawText(mirrored({room.topLeft(), QSize(room.width(), height)}),
                         Qt::AlignLeft | Qt::TextWordWrap | Qt::TextShowMnemonic, text());
        painter.setFont(font());
        painter.drawText(mirrored(room.adjusted(0, height, 0, 0)), Qt::AlignLeft | Qt::TextWordWrap,
                         description());
    }

private:
    static constexpr int margin = 9;
    static constexpr int leastCharacters = 20; ///< that a line has at least

    int side() const { return fontMetrics().height() * 5 / 4; } ///< of the picture
    int textLeft() const { return 2 * margin + side(); }

    QFont titleFont() const
    {
        QFont bold = font();
        bold.setBold(true);
        return bold;
    }

    int heightOf(const QFontMetrics &metrics, const QString &text, int width) const
    {
        const QRect room(0, 0, width - textLeft() - margin, 10'000);
        return metrics.boundingRect(room, Qt::AlignLeft | Qt::TextWordWrap, text).height();
    }
};

} // namespace

WelcomePage::WelcomePage(const orm::Table &table, const QString &sample, QWidget *parent)
    : QWidget(parent)
    , m_area(new QScrollArea(this))
    , m_column(new QWidget(this))
    , m_picture(new QLabel(m_column))
    , m_title(new QLabel(tr("Postdesk"), m_column))
    , m_note(new QLabel(m_column))
{
    setObjectName(u"welcomePage"_s);

    auto *column = m_column;
    auto *choices = new QVBoxLayout(column);
    choices->setSpacing(spacing);

    m_picture->setPixmap(
        icon(u"postdesk"_s).pixmap(QSize(iconSide, iconSide), devicePixelRatioF()));
    m_picture->setAlignment(Qt::AlignCenter);
    choices->addWidget(m_picture);

    m_title->setAlignment(Qt::AlignCenter);
    choices->addWidget(m_title);

    m_note->setText(tr("Write and edit the %1 in your database.").arg(table.plural));
    m_note->setAlignment(Qt::AlignCenter);
    m_note->setWordWrap(true);
    choices->addWidget(m_note);
    m_space = new QSpacerItem(0, spaceUnderNote, QSizePolicy::Minimum, QSizePolicy::Fixed);
    choices->addItem(m_space);

    if (!sample.isEmpty()) {
        const QCommandLinkButton *openSample = addChoice(
            *choices, u"openSampleButton"_s, u"preview"_s, tr("Look around in a sample"), sample);
        connect(openSample, &QCommandLinkButton::clicked, this, &WelcomePage::sampleRequested);
    }
    QCommandLinkButton *open
        = addChoice(*choices, u"openDatabaseButton"_s, u"open"_s, tr("Open a database"),
                    tr("A SQLite file with a table of %1  (Ctrl+O)").arg(table.plural));
    connect(open, &QCommandLinkButton::clicked, this, &WelcomePage::openRequested);
    QCommandLinkButton *create
        = addChoice(*choices, u"newDatabaseButton"_s, u"new-database"_s, tr("Start a new one"),
                    tr("An empty file for your own %1  (Ctrl+Shift+N)").arg(table.plural));
    connect(create, &QCommandLinkButton::clicked, this, &WelcomePage::newRequested);

    // With the largest text on a small screen it scrolls, and the window doesn't grow.
    auto *content = new QWidget(m_area);
    auto *page = new QHBoxLayout(content);
    page->setContentsMargins(0, 0, 0, 0);
    page->addStretch(1);
    auto *middle = new QVBoxLayout;
    middle->addStretch(2);
    middle->addWidget(column);
    middle->addStretch(3);
    page->addLayout(middle, columnShare);
    page->addStretch(1);
    m_area->setWidget(content);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_area);
    setFocusProxy(m_choices.first());
    updateSizes();
}

void WelcomePage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateSizes();
}

/// By the size of the text, which may change.
void WelcomePage::updateSizes()
{
    m_column->setMaximumWidth(widestColumn * fontMetrics().horizontalAdvance(u'0'));
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * titleScale);
    large.setBold(true);
    m_title->setFont(large);
    fit();
}

void WelcomePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

/// On a low screen, or with large text, what can be missed goes, so that all choices are seen at once.
void WelcomePage::fit()
{
    if (!m_area->widget())
        return; // still being made
    QLayout *lines = m_column->layout();
    const auto setTight = [this, lines](bool tight) {
        m_space->changeSize(0, tight ? 0 : spaceUnderNote, QSizePolicy::Minimum,
                            QSizePolicy::Fixed);
        lines->setSpacing(tight ? 0 : spacing);
        if (tight)
            lines->setContentsMargins({});
        else
            lines->unsetContentsMargins();
        lines->invalidate();
    };
    const auto fits = [this, lines] {
        const int share = width() * columnShare / (columnShare + 2);
        return lines->totalHeightForWidth(std::min(share, m_column->maximumWidth())) <= height();
    };
    setTight(false);
    m_picture->show();
    m_note->show();
    if (!fits())
        m_picture->hide();
    if (!fits())
        setTight(true);
    if (!fits())
        m_note->hide();
}

void WelcomePage::focusFirstChoice()
{
    m_choices.first()->setFocus(Qt::OtherFocusReason);
}

bool WelcomePage::eventFilter(QObject *watched, QEvent *event)
{
    const auto at = m_choices.indexOf(static_cast<QCommandLinkButton *>(watched));
    if (event->type() != QEvent::KeyPress || at < 0)
        return QWidget::eventFilter(watched, event);
    // A button's own arrow keys go on in the whole window.
    qsizetype next = 0;
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
    case Qt::Key_Right:
        next = std::min(at + 1, m_choices.size() - 1);
        break;
    case Qt::Key_Up:
    case Qt::Key_Left:
        next = std::max<qsizetype>(at - 1, 0);
        break;
    case Qt::Key_Home:
        break;
    case Qt::Key_End:
        next = m_choices.size() - 1;
        break;
    default:
        return false;
    }
    m_choices.at(next)->setFocus(Qt::TabFocusReason);
    m_area->ensureWidgetVisible(m_choices.at(next));
    return true;
}

QCommandLinkButton *WelcomePage::addChoice(QVBoxLayout &layout, const QString &name,
                                           const QString &iconName, const QString &text,
                                           const QString &note)
{
    auto *button = new Choice(text, note, layout.parentWidget());
    button->setObjectName(name);
    button->setIcon(icon(iconName));
    button->setAutoDefault(true); // Enter presses it as Space does
    button->setAccessibleName(text);
    button->setAccessibleDescription(note);
    button->installEventFilter(this);
    layout.addWidget(button);
    m_choices << button;
    return button;
}

} // namespace ui

// SPDX-License-Identifier: MIT
#include "ui/search/gotopopup.h"

#include "ui/common/listkeys.h"
#include "ui/common/roomydelegate.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

GoToPopup::GoToPopup(QWidget *parent)
    : QFrame(parent)
    , m_edit(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_note(new QLabel(this))
{
    setObjectName(u"goToPopup"_s);
    setFrameShape(QFrame::StyledPanel);
    setFrameShadow(QFrame::Raised);
    setAutoFillBackground(true);
    m_edit->setObjectName(u"goToInput"_s);
    m_edit->setAccessibleName(tr("Go to"));
    m_list->setObjectName(u"goToList"_s);
    m_list->setItemDelegate(new RoomyDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_edit);
    column->addWidget(m_note);
    column->addWidget(m_list);
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_isWaiting = false;
        m_isComplete = false;
        m_isStepped = false;
        emit textChanged(text);
    });
    auto *keys = new ListKeys(*m_edit, *m_list, ListKeys::Ends::Stop, this);
    connect(keys, &ListKeys::stepped, this, [this] { m_isStepped = true; });
    connect(keys, &ListKeys::chosen, this, &GoToPopup::choose);
    connect(keys, &ListKeys::escaped, this, &GoToPopup::close);
    connect(keys, &ListKeys::left, this, &QWidget::hide);
    connect(m_list, &QListWidget::itemClicked, this, [this] { choose(); });
    hide();
}

void GoToPopup::open(const QString &hint)
{
    const QSize area = parentWidget()->size();
    // By the size of the text, where that is large.
    const int letters = 50 * fontMetrics().averageCharWidth();
    const int lines = 9 * fontMetrics().lineSpacing();
    const int width
        = std::min(std::max(std::clamp(area.width() / 2, 240, 640), letters), area.width() - 16);
    const int height = std::min(std::max(std::clamp(area.height() / 2, 160, 380), lines),
                                std::max(160, area.height() - 32));
    setGeometry((area.width() - width) / 2, 24, width, height);
    m_edit->clear();
    m_isStepped = false;
    setTargets({}, true);
    setNote(hint);
    show();
    raise();
    if (!m_edit->hasFocus())
        m_focusBefore.remember();
    m_edit->setFocus(Qt::PopupFocusReason);
}

void GoToPopup::close()
{
    if (!isVisible())
        return;
    m_isWaiting = false;
    if (m_edit->hasFocus() && !m_focusBefore.restore())
        emit closed();
    hide();
}

QString GoToPopup::text() const
{
    return m_edit->text();
}

void GoToPopup::setTargets(const QList<Target> &targets, bool isLast)
{
    // The best is the one that Enter goes to, until another was stepped to.
    const orm::Key chosenKey = m_isStepped ? m_targets.value(m_list->currentRow()).key : orm::Key();
    m_targets = targets;
    m_isComplete = isLast;
    m_list->clear();
    int row = 0;
    for (const Target &target : targets) {
        m_list->addItem(target.text);
        if (!chosenKey.isNull() && target.key == chosenKey)
            row = m_list->count() - 1;
    }
    m_list->setCurrentRow(targets.isEmpty() ? -1 : row);
    if (m_isWaiting && (!targets.isEmpty() || isLast)) {
        m_isWaiting = false;
        choose();
    }
}

void GoToPopup::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void GoToPopup::choose()
{
    const int row = m_list->currentRow();
    if (row < 0) {
        m_isWaiting = !m_isComplete;
        return;
    }
    const orm::Key key = m_targets.at(row).key;
    close();
    emit chosen(key);
}

} // namespace ui

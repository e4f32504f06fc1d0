// SPDX-License-Identifier: MIT
#include "ui/palette/keysdialog.h"

#include "ui/palette/keylistmodel.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr QSize firstSize{80, 30}; ///< characters and lines

/// Rows with some air, as in the list of records.
class RowDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(0, 8);
    }
};

bool isModifier(int key)
{
    return key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt
        || key == Qt::Key_Meta || key == Qt::Key_AltGr || key == 0 || key == Qt::Key_unknown;
}

} // namespace

KeysDialog::KeysDialog(QWidget *parent)
    : QDialog(parent)
    , m_model(new KeyListModel(this))
    , m_input(new QLineEdit(this))
    , m_list(new QTreeView(this))
    , m_note(new QLabel(this))
    , m_change(new QPushButton(tr("&Change key"), this))
    , m_remove(new QPushButton(tr("&No key"), this))
    , m_reset(new QPushButton(tr("&As it was"), this))
{
    setObjectName(u"keysDialog"_s);
    setWindowTitle(tr("Keyboard map"));
    const QSize wanted(firstSize.width() * fontMetrics().averageCharWidth(),
                       firstSize.height() * fontMetrics().lineSpacing());
    resize(wanted.boundedTo(parent ? parent->window()->size() : wanted)
               .boundedTo(screen()->availableSize()));

    m_input->setObjectName(u"keysInput"_s);
    m_input->setPlaceholderText(tr("Letters of a command, or a key such as Ctrl+D"));
    m_input->setAccessibleName(tr("Search"));
    m_input->setClearButtonEnabled(true);
    m_input->installEventFilter(this);

    m_list->setObjectName(u"keysList"_s);
    m_list->setAccessibleName(tr("Commands and their keys"));
    m_list->setModel(m_model);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setItemDelegate(new RowDelegate(m_list));
    m_list->setAllColumnsShowFocus(true);
    m_list->setAlternatingRowColors(true);
    m_list->setTabKeyNavigation(false);
    m_list->header()->setStretchLastSection(true);
    m_list->header()->setResizeContentsPrecision(-1); // the widest of all
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // the columns share what there is
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);

    m_note->setObjectName(u"keysNote"_s);
    m_note->setWordWrap(true);
    m_note->setMinimumHeight(2 * fontMetrics().lineSpacing());

    m_change->setObjectName(u"keysChange"_s);
    m_remove->setObjectName(u"keysRemove"_s);
    m_reset->setObjectName(u"keysReset"_s);
    for (QPushButton *button : {m_change, m_remove, m_reset})
        button->setAutoDefault(false);
    m_reset->setToolTip(tr("The key that this command had at first"));

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_note, 1);
    buttons->addWidget(m_change);
    buttons->addWidget(m_remove);
    buttons->addWidget(m_reset);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_input);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);

    connect(m_input, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setPattern(text);
        m_list->setCurrentIndex(m_model->index(0, 0));
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this] { setMode(Mode::Look); });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] { setMode(Mode::Look); });
    connect(m_list, &QTreeView::doubleClicked, this, &KeysDialog::record);
    connect(m_change, &QPushButton::clicked, this, &KeysDialog::record);
    connect(m_remove, &QPushButton::clicked, this, &KeysDialog::removeKeys);
    connect(m_reset, &QPushButton::clicked, this, &KeysDialog::reset);
    setMode(Mode::Look);
}

void KeysDialog::setBindings(const QList<KeyBinding> &bindings)
{
    m_model->setBindings(bindings);
    m_list->setCurrentIndex(m_model->index(0, 0));
    shareWidth();
    m_input->selectAll();
    m_input->setFocus(Qt::PopupFocusReason);
}

/// What the keys and the places need, and the names get the rest; where that is too little, shares.
void KeysDialog::shareWidth()
{
    QHeaderView *header = m_list->header();
    const int all = m_list->viewport()->width();
    const auto needed = [this, all](int column) {
        const QAbstractItemView *list = m_list; // of which this is public
        constexpr double share = 0.3;
        return std::min(list->sizeHintForColumn(column), int(all * share));
    };
    const int keys = needed(KeyListModel::KeysColumn);
    const int places = needed(KeyListModel::PlaceColumn);
    header->resizeSection(KeyListModel::TextColumn, all - keys - places);
    header->resizeSection(KeyListModel::KeysColumn, keys);
}

void KeysDialog::setKeyboard(const KeyboardLayout &keyboard)
{
    m_model->setKeyboard(keyboard);
}

void KeysDialog::reserveLettersOf(const QWidget &window)
{
    m_reserved = mnemonicsOf(window);
}

const KeyBinding *KeysDialog::current() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? &m_model->binding(index.row()) : nullptr;
}

void KeysDialog::setMode(Mode mode)
{
    m_mode = mode;
    const KeyBinding *binding = current();
    switch (mode) {
    case Mode::Look:
        m_note->setText(m_model->rowCount() == 0
                            ? tr("No command has these letters or this key. Try fewer of them.")
                            : tr("Enter changes the key."));
        break;
    case Mode::Record:
        m_note->setText(
            tr("Press the new key for “%1”. Esc leaves it as it is.").arg(binding->text));
        break;
    case Mode::Clash: {
        QStringList names;
        for (const KeyBinding &owner : m_model->ownersOf(m_recorded, binding->id))
            names << owner.text;
        m_note->setText(
            tr("%1 is the key of “%2”. Enter takes it from there, Esc leaves it.")
                .arg(m_recorded.toString(QKeySequence::NativeText), names.join(u", "_s)));
        break;
    }
    }
    m_note->setAccessibleName(m_note->text());
    updateButtons();
}

void KeysDialog::updateButtons()
{
    const KeyBinding *binding = current();
    const bool isLooking = m_mode == Mode::Look && binding;
    m_change->setEnabled(isLooking);
    m_remove->setEnabled(isLooking && !binding->keys.isEmpty());
    m_reset->setEnabled(isLooking && binding->keys != binding->defaults);
}

void KeysDialog::record()
{
    if (!current())
        return;
    m_list->setFocus(Qt::OtherFocusReason); // which gets the key
    setMode(Mode::Record);
}

/// Why m_recorded, the key of @p event, can be no command's; empty if it can.
QString KeysDialog::whyNot(const QKeyEvent &event) const
{
    const QString key = m_recorded.toString(QKeySequence::NativeText);
    if (const QString place = m_reserved.value(m_recorded); !place.isEmpty())
        return tr("%1 leads to “%2” in the window. Press another key, or Esc.").arg(key, place);
    if (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))
        return {};
    if (!event.text().isEmpty() && event.text().front().isPrint())
        return tr("%1 alone is for typing. Press it with Ctrl or Alt, or Esc.").arg(key);
    switch (event.key()) {
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
    case Qt::Key_Backspace:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        return tr("%1 alone is for moving about. Press it with Ctrl or Alt, or Esc.").arg(key);
    default:
        return {};
    }
}

void KeysDialog::onRecorded(const QKeyEvent &event)
{
    const KeyBinding *binding = current();
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    m_recorded = QKeySequence(QKeyCombination(modifiers, Qt::Key(event.key())));
    if (const QString why = whyNot(event); !why.isEmpty())
        m_note->setText(why);
    else if (!m_model->ownersOf(m_recorded, binding->id).isEmpty())
        setMode(Mode::Clash);
    else
        take();
}

void KeysDialog::take()
{
    const KeyBinding *binding = current();
    const QString id = binding->id;
    for (const KeyBinding &owner : m_model->ownersOf(m_recorded, id)) {
        QList<QKeySequence> left = owner.keys;
        left.removeAll(m_recorded);
        change(owner.id, left);
    }
    change(id, {m_recorded});
    setMode(Mode::Look);
}

void KeysDialog::removeKeys()
{
    if (const KeyBinding *binding = current())
        change(binding->id, {});
    setMode(Mode::Look);
}

void KeysDialog::reset()
{
    const KeyBinding *binding = current();
    if (!binding)
        return;
    // A key that another command has by now stays there.
    const QString id = binding->id;
    QList<QKeySequence> keys = binding->defaults;
    keys.removeIf([&](const QKeySequence &key) { return !m_model->ownersOf(key, id).isEmpty(); });
    change(id, keys);
    setMode(Mode::Look);
}

void KeysDialog::change(const QString &id, const QList<QKeySequence> &keys)
{
    m_model->setKeys(id, keys);
    emit keysChanged(id, keys);
}

bool KeysDialog::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey
        = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (!isKey) {
        if (event->type() == QEvent::Resize && watched == m_list->viewport())
            shareWidth();
        if (event->type() == QEvent::FocusOut && watched == m_list && m_mode != Mode::Look)
            setMode(Mode::Look);
        return QDialog::eventFilter(watched, event);
    }
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    const bool isEscape = key->key() == Qt::Key_Escape && key->modifiers() == Qt::NoModifier;
    if (m_mode != Mode::Look && watched == m_list) {
        event->accept();
        if (event->type() == QEvent::ShortcutOverride || isModifier(key->key()))
            return true;
        if (isEscape)
            setMode(Mode::Look);
        else if (m_mode == Mode::Record)
            onRecorded(*key);
        else if (isEnter)
            take();
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    if (isEnter) {
        record();
        return true;
    }
    const bool isStep = key->key() == Qt::Key_Up || key->key() == Qt::Key_Down
        || key->key() == Qt::Key_PageUp || key->key() == Qt::Key_PageDown;
    if (watched == m_input && isStep) {
        m_list->setFocus(Qt::OtherFocusReason);
        QKeyEvent copy(key->type(), key->key(), key->modifiers());
        QCoreApplication::sendEvent(m_list, &copy);
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace ui

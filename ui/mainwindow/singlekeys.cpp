// SPDX-License-Identifier: MIT
#include "ui/mainwindow/singlekeys.h"

#include "ui/mainwindow/actions.h"
#include "ui/table/recordtableview.h"

#include <QCoreApplication>
#include <QKeyEvent>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct Binding
{
    QLatin1StringView keys;
    QLatin1StringView action;
};
constexpr std::array bindings{
    Binding{"/"_L1, "edit.searchPosts"_L1}, Binding{"n"_L1, "edit.findNext"_L1},
    Binding{"N"_L1, "edit.findPrev"_L1},    Binding{"o"_L1, "post.new"_L1},
    Binding{"i"_L1, "post.open"_L1},        Binding{"dd"_L1, "post.delete"_L1},
    Binding{"yy"_L1, "edit.copy"_L1},       Binding{"p"_L1, "edit.paste"_L1},
    Binding{"u"_L1, "edit.undo"_L1},        Binding{":"_L1, "view.palette"_L1},
};
/// The same as a key that the list has anyway: it knows what of it isn't read yet.
struct OwnKey
{
    QLatin1StringView keys;
    Qt::Key key;
    Qt::KeyboardModifier modifiers;
};
constexpr std::array ownKeys{OwnKey{"j"_L1, Qt::Key_Down, Qt::NoModifier},
                             OwnKey{"k"_L1, Qt::Key_Up, Qt::NoModifier},
                             OwnKey{"gg"_L1, Qt::Key_Home, Qt::ControlModifier},
                             OwnKey{"G"_L1, Qt::Key_End, Qt::ControlModifier}};
/// Keys that are the first of two.
constexpr auto prefixes = "gdyzZ"_L1;

} // namespace

SingleKeys::SingleKeys(RecordTableView &view, const Actions &actions, QObject *parent)
    : QObject(parent)
    , m_view(view)
    , m_actions(actions)
{
    m_view.installEventFilter(this);
}

void SingleKeys::setOn(bool isOn)
{
    m_isOn = isOn;
    m_begun.clear();
}

QList<std::pair<QString, QString>> SingleKeys::help()
{
    return {{u"j, k, gg, G"_s, tr("The row below, above, the first, the last")},
            {u"/, n, N"_s, tr("Search, next and previous hit")},
            {u"i, o"_s, tr("Open, begin a new one")},
            {u"dd, yy, p, u"_s, tr("Delete, copy, paste, undo")},
            {u"x, zz"_s, tr("Select or not, centre the row")},
            {u":, ZZ"_s, tr("All commands, save and quit")}};
}

bool SingleKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (!m_isOn || watched != &m_view)
        return QObject::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut)
        m_begun.clear();
    if (event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const QString text = key->text();
    const bool isPlain = !(key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier));
    const bool isTyped
        = text.size() == 1 && text.front().isPrint() && !text.front().isSpace() && isPlain;
    if (!isTyped) {
        const bool isModifier = key->key() == Qt::Key_Shift || key->key() == Qt::Key_Control
            || key->key() == Qt::Key_Alt || key->key() == Qt::Key_AltGr;
        if (!isModifier)
            m_begun.clear();
        return QObject::eventFilter(watched, event);
    }
    const QString before = std::exchange(m_begun, QString());
    if (!before.isEmpty() && run(before + text))
        return true;
    if (before.isEmpty() && prefixes.contains(text.front()))
        m_begun = text;
    else if (before.isEmpty())
        run(text);
    return true; // other letters do nothing
}

/// @returns whether @p keys mean something
bool SingleKeys::run(const QString &keys)
{
    const auto bound = std::ranges::find_if(
        bindings, [&keys](const Binding &binding) { return binding.keys == keys; });
    if (bound != bindings.end()) {
        m_actions.action(bound->action)->trigger();
        return true;
    }
    const auto own
        = std::ranges::find_if(ownKeys, [&keys](const OwnKey &key) { return key.keys == keys; });
    if (own != ownKeys.end()) {
        QKeyEvent press(QEvent::KeyPress, own->key, own->modifiers);
        QCoreApplication::sendEvent(&m_view, &press);
        if (own->modifiers == Qt::ControlModifier) // which moves without selecting
            m_view.selectRow(m_view.currentIndex().row());
        return true;
    }
    const QModelIndex current = m_view.currentIndex();
    if (keys == u"x"_s && current.isValid()) {
        m_view.selectionModel()->select(current,
                                        QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
    } else if (keys == u"zz"_s && current.isValid()) {
        m_view.scrollTo(current, QAbstractItemView::PositionAtCenter);
    } else if (keys == u"ZZ"_s) {
        emit saveAndQuitRequested();
    } else {
        return false;
    }
    return true;
}

} // namespace ui

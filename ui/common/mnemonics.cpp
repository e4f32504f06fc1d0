// SPDX-License-Identifier: MIT
#include "ui/common/mnemonics.h"

#include <QAbstractButton>
#include <QGroupBox>
#include <QLabel>
#include <QMenuBar>
#include <QTabBar>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// @p text without the mark of its mnemonic; "&&" stays, which is written for "&".
QString unmarked(QString text)
{
    for (qsizetype at = text.indexOf(u'&'); at >= 0; at = text.indexOf(u'&', at)) {
        if (text.mid(at + 1, 1) == u"&"_s)
            at += 2;
        else
            text.remove(at, 1);
    }
    return text;
}

} // namespace

Mnemonics mnemonicsOf(const QWidget &window, const QWidget *except, Seen seen)
{
    Mnemonics found;
    const auto add = [&found](const QString &text) {
        if (const QKeySequence key = QKeySequence::mnemonic(text); !key.isEmpty())
            found.insert(key, unmarked(text).replace(u"&&"_s, u"&"_s));
    };
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (widget->window() != &window || (seen == Seen::Now && !widget->isVisible())
            || (except && (widget == except || except->isAncestorOf(widget))))
            continue;
        if (const auto *bar = qobject_cast<const QMenuBar *>(widget)) {
            for (const QAction *menu : bar->actions())
                add(menu->text());
        } else if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            if (label->buddy())
                add(label->text());
        } else if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            add(button->text());
        } else if (const auto *group = qobject_cast<const QGroupBox *>(widget)) {
            add(group->title());
        } else if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
            for (int i = 0; i < tabs->count(); ++i)
                add(tabs->tabText(i));
        }
    }
    return found;
}

QString withFreeMnemonic(const QString &text, const Mnemonics &taken)
{
    const QKeySequence own = QKeySequence::mnemonic(text);
    if (!own.isEmpty() && !taken.contains(own))
        return text;
    QString plain = unmarked(text);
    for (qsizetype at = 0; at < plain.size(); ++at) {
        if (plain.at(at).isLetter()
            && !taken.contains(QKeySequence::mnemonic(u'&' + plain.mid(at, 1))))
            return plain.insert(at, u'&');
    }
    return plain;
}

} // namespace ui

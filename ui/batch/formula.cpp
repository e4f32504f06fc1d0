// SPDX-License-Identifier: MIT
#include "ui/batch/formula.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace ui {

Formula::Formula(const QString &text, const orm::Table &table)
{
    QString plain;
    const auto endPlain = [&] {
        if (!plain.isEmpty())
            m_parts << plain;
        plain.clear();
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        const bool isDoubled = i + 1 < text.size() && text.at(i + 1) == c;
        if ((c == u'{' || c == u'}') && isDoubled) {
            plain += c;
            ++i;
            continue;
        }
        const qsizetype end = c == u'{' ? text.indexOf(u'}', i) : -1;
        if (end < 0) {
            plain += c; // also a brace that never ends: it is text like any other
            continue;
        }
        const QString name = text.sliced(i + 1, end - i - 1).trimmed();
        const int column = table.indexOf(name);
        endPlain();
        if (column >= 0) {
            m_parts << column;
        } else if (name == "n"_L1) {
            m_parts << Number();
        } else {
            QStringList names;
            for (const orm::Column &known : table.columns)
                names << u'{' + known.name + u'}';
            if (m_problem.isEmpty())
                m_problem
                    = tr("There is no {%1}. There are %2 and {n}, which counts; {{ is a brace.")
                          .arg(name, names.join(u", "_s));
        }
        i = end;
    }
    endPlain();
}

std::optional<int> Formula::onlyColumn() const
{
    const int *column = m_parts.size() == 1 ? std::get_if<int>(&m_parts.first()) : nullptr;
    return column ? std::optional(*column) : std::nullopt;
}

QString Formula::expand(const std::function<QString(int column)> &value, qint64 number) const
{
    QString text;
    for (const Part &part : m_parts) {
        if (const auto *plain = std::get_if<QString>(&part))
            text += *plain;
        else if (const int *column = std::get_if<int>(&part))
            text += value(*column);
        else
            text += QString::number(number);
    }
    return text;
}

} // namespace ui

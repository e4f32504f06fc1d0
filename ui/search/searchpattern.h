// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/rowfilter.h"

#include <QList>
#include <QPair>
#include <QRegularExpression>

#include <memory>

struct pcre2_real_code_16;

namespace ui {

/// A regular expression to be found in texts in any case; ^ and $ stand for a line's ends.
///
/// QRegularExpression looks through a whole text in one go, which takes seconds in a large one and for ever
/// with some patterns. So whether a text has it PCRE2 is asked directly, from some characters on at a time.
/// @see https://www.pcre.org/current/doc/html/pcre2api.html: pcre2_set_offset_limit()
class SearchPattern
{
public:
    explicit SearchPattern(const QString &pattern);

    bool isValid() const { return m_expression.isValid(); }
    QString errorString() const { return m_expression.errorString(); }

    /// A text for which it goes astray, after so many steps from one character, doesn't have it.
    /// @returns anything once @p isStopped said so
    bool isIn(QByteArrayView utf8, const orm::StopCheck &isStopped = {}) const;
    /// Start and length of each hit in @p text; none is empty.
    QList<QPair<int, int>> hitsIn(const QString &text) const;

private:
    QRegularExpression m_expression;
    std::shared_ptr<const pcre2_real_code_16> m_code; ///< null if it isn't valid
};

} // namespace ui

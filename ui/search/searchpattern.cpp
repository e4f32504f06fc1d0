// SPDX-License-Identifier: MIT
#include "ui/search/searchpattern.h"

#include "ui/search/textdecoding.h"

#include <algorithm>
#include <chrono>

#define PCRE2_CODE_UNIT_WIDTH 16
#include <pcre2.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

namespace {

/// A pattern that goes astray is given up after so many steps from one character; the text then doesn't
/// match.
constexpr auto stepLimit = "(*LIMIT_MATCH=200000)"_L1;

struct Free
{
    void operator()(pcre2_match_context *context) const { pcre2_match_context_free(context); }
    void operator()(pcre2_match_data *data) const { pcre2_match_data_free(data); }
    void operator()(pcre2_jit_stack *stack) const { pcre2_jit_stack_free(stack); }
};

/// What a thread needs to match, made once: as much room as QRegularExpression has.
struct Workplace
{
    std::unique_ptr<pcre2_match_context, Free> context{pcre2_match_context_create(nullptr)};
    std::unique_ptr<pcre2_match_data, Free> data{pcre2_match_data_create(1, nullptr)};
    std::unique_ptr<pcre2_jit_stack, Free> stack{
        pcre2_jit_stack_create(32 * 1024, 512 * 1024, nullptr)};

    Workplace() { pcre2_jit_stack_assign(context.get(), nullptr, stack.get()); }
};

std::shared_ptr<const pcre2_real_code_16> compiled(const QString &pattern)
{
    int error = 0;
    PCRE2_SIZE place = 0;
    pcre2_code *code = pcre2_compile(
        reinterpret_cast<PCRE2_SPTR>(pattern.utf16()), static_cast<PCRE2_SIZE>(pattern.size()),
        PCRE2_UTF | PCRE2_CASELESS | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_USE_OFFSET_LIMIT, &error,
        &place, nullptr);
    if (!code)
        return {};
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); // where it can't be it is only slower
    return {code, [](pcre2_code *old) { pcre2_code_free(old); }};
}

} // namespace

SearchPattern::SearchPattern(const QString &pattern)
    : m_expression(stepLimit + pattern,
                   QRegularExpression::CaseInsensitiveOption
                       | QRegularExpression::UseUnicodePropertiesOption
                       | QRegularExpression::MultilineOption)
{
    if (m_expression.isValid())
        m_code = compiled(m_expression.pattern());
}

bool SearchPattern::isIn(QByteArrayView utf8, const orm::StopCheck &isStopped) const
{
    using Clock = std::chrono::steady_clock;
    if (!m_code)
        return false;
    const QString text = decodeUnlessStopped(utf8, isStopped);
    const auto size = static_cast<size_t>(text.size());
    static thread_local Workplace workplace;
    // Characters to begin at: from each of them the whole text may have to be looked at
    constexpr size_t leastWork = 8;
    constexpr size_t mostWork = 4096;
    const size_t most = std::clamp<size_t>(100'000'000 / (size + 1), leastWork, mostWork);
    // \G is where a look begins
    size_t atOnce = m_expression.pattern().contains("\\G"_L1) ? size : most;
    auto before = Clock::now();
    for (size_t first = 0;;) {
        size_t last = std::min(first + atOnce, size);
        if (last < size && text.at(static_cast<qsizetype>(last)).isLowSurrogate())
            ++last; // between two characters
        pcre2_set_offset_limit(workplace.context.get(), last);
        const int found
            = pcre2_match(m_code.get(), reinterpret_cast<PCRE2_SPTR>(text.utf16()), size, first,
                          PCRE2_NO_UTF_CHECK, workplace.data.get(), workplace.context.get());
        if (found != PCRE2_ERROR_NOMATCH)
            return found >= 0; // else it went astray
        if (last >= size || (isStopped && isStopped()))
            return false;
        const auto now = Clock::now();
        atOnce = now - before > 10ms ? std::max<size_t>(atOnce / 8, 1) : std::min(atOnce * 2, most);
        before = now;
        first = last;
    }
}

QList<QPair<int, int>> SearchPattern::hitsIn(const QString &text) const
{
    QList<QPair<int, int>> hits;
    auto matches = m_expression.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        if (match.capturedLength() > 0)
            hits.append({static_cast<int>(match.capturedStart()),
                         static_cast<int>(match.capturedLength())});
    }
    return hits;
}

} // namespace ui

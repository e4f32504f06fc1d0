// SPDX-License-Identifier: MIT
#include "ui/common/scripts.h"

#include <QFontDatabase>
#include <QStringList>

#include <algorithm>
#include <array>

namespace ui {

namespace {

using Database = QFontDatabase;

struct Script
{
    char16_t first;
    char16_t last;
    Database::WritingSystem system;
};

/// The blocks of scripts that are nothing without a font made for them, in their order.
constexpr std::array scripts{
    Script{0x0700, 0x074F, Database::Syriac},   Script{0x0780, 0x07BF, Database::Thaana},
    Script{0x07C0, 0x07FF, Database::Nko},      Script{0x0900, 0x097F, Database::Devanagari},
    Script{0x0980, 0x09FF, Database::Bengali},  Script{0x0A00, 0x0A7F, Database::Gurmukhi},
    Script{0x0A80, 0x0AFF, Database::Gujarati}, Script{0x0B00, 0x0B7F, Database::Oriya},
    Script{0x0B80, 0x0BFF, Database::Tamil},    Script{0x0C00, 0x0C7F, Database::Telugu},
    Script{0x0C80, 0x0CFF, Database::Kannada},  Script{0x0D00, 0x0D7F, Database::Malayalam},
    Script{0x0D80, 0x0DFF, Database::Sinhala},  Script{0x0F00, 0x0FFF, Database::Tibetan},
    Script{0x1000, 0x109F, Database::Myanmar},  Script{0x1780, 0x17FF, Database::Khmer},
};

constexpr QChar emptyBox{u'\u25A1'};

bool isUnknown(QChar character)
{
    const char16_t code = character.unicode();
    if (code < scripts.front().first || code > scripts.back().last)
        return false;
    const auto *script = std::find_if(scripts.begin(), scripts.end(), [code](const Script &one) {
        return code >= one.first && code <= one.last;
    });
    if (script == scripts.end())
        return false;
    enum class Known : char { Unasked, Yes, No };
    static std::array<Known, scripts.size()> known{}; // fonts don't come while a program runs
    Known &answer = known.at(std::size_t(script - scripts.begin()));
    if (answer == Known::Unasked)
        answer = Database::families(script->system).isEmpty() ? Known::No : Known::Yes;
    return answer == Known::No;
}

} // namespace

QString withoutUnknownScripts(const QString &text)
{
    if (std::none_of(text.cbegin(), text.cend(), isUnknown))
        return text;
    QString shown = text;
    std::replace_if(shown.begin(), shown.end(), isUnknown, emptyBox);
    return shown;
}

QString isolated(const QString &text)
{
    const bool isFromRight = std::any_of(text.begin(), text.end(), [](QChar letter) {
        return letter.direction() == QChar::DirR || letter.direction() == QChar::DirAL;
    });
    return isFromRight ? QChar(0x2068) + text + QChar(0x2069) : text;
}

} // namespace ui

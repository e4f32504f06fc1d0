// SPDX-License-Identifier: MIT
#include "ui/search/textdecoding.h"

namespace ui {

namespace {

/// Where the part of @p utf8 ends that begins at @p first: before a byte that begins a character, so that
/// what is no UTF-8 reads as in one go.
qsizetype endOfPart(QByteArrayView utf8, qsizetype first)
{
    qsizetype end = first + orm::valuePart;
    while (end < utf8.size() && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80)
        ++end;
    return std::min(end, utf8.size());
}

} // namespace

QString decodeUnlessStopped(QByteArrayView utf8, const orm::StopCheck &isStopped)
{
    if (utf8.size() <= orm::valuePart)
        return orm::decodeUtf8(utf8);
    QString text;
    text.reserve(utf8.size());
    for (qsizetype first = 0; first < utf8.size();) {
        const qsizetype end = endOfPart(utf8, first);
        text += orm::decodeUtf8(utf8.sliced(first, end - first));
        first = end;
        if (isStopped && isStopped())
            break;
    }
    return text;
}

} // namespace ui

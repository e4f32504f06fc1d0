// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/rowfilter.h"

#include <QString>

namespace ui {

/// The same as orm::decodeUtf8(), part by part. @returns anything once @p isStopped said so
QString decodeUnlessStopped(QByteArrayView utf8, const orm::StopCheck &isStopped);

} // namespace ui

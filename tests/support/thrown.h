// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"

#include <QTest>

/// The error that @p call throws; the test fails if it throws none, or another one.
template<typename E, typename Call>
std::optional<E> thrown(const Call &call)
{
    try {
        call();
    } catch (const E &error) {
        return error;
    } catch (const std::exception &error) {
        qWarning("another error was thrown: %s", error.what());
        return {};
    }
    qWarning("no error was thrown");
    return {};
}

/// Its message, or an empty text.
template<typename E, typename Call>
QString messageOf(const Call &call)
{
    const std::optional<E> error = thrown<E>(call);
    return error ? error->message() : QString();
}

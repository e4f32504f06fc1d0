// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

/// The journeys, as data: each is driven twice, in this process and on the built program from outside,
/// and its key strokes are counted.
namespace steps {

/// What the window has to show: a place in what --test-mode says, such as "rows.0.mark", and a text
/// there; what ends in "…" only has to begin so.
struct Sight
{
    const char *place;
    QString text;
};

/// What the database has to hold, and the query for it.
struct Stored
{
    const char *query;
    QString value;
};

struct Step
{
    enum class Kind {
        Press, ///< keys, with ", " between
        Type, ///< letters
        Copy, ///< HTML that another program puts into the clipboard
        StartAgain, ///< the program has ended; it is started without a file
    };

    Kind kind = Kind::Press;
    QString keys;
    QList<Sight> sights;
    QList<Stored> stored = {};
    bool isCounted = true; ///< else it only shows that another key does the same
    QList<const char *> same = {}; ///< places that show what they showed before this step
};

struct Journey
{
    const char *name; ///< "J2", as the data row of a test
    const char *title; ///< what the user wants
    bool isFirstRun = false; ///< starts with nothing, else with 500 posts
    QList<Step> steps;
};

const QList<Journey> &all();

/// Key strokes of @p journey: keys pressed, chords as one, and letters typed.
int strokes(const Journey &journey);

/// @returns the first of @p sights that @p state doesn't show, and what it shows; empty if all is well
QString missing(const QJsonObject &state, const QList<Sight> &sights);

/// @returns the first of @p places that shows something else in @p state than in @p before
QString changed(const QJsonObject &before, const QJsonObject &state,
                const QList<const char *> &places);

/// @p key as xdotool names it: "Ctrl+Shift+P" is "ctrl+shift+p".
QString toXdotool(const QString &key);

} // namespace steps

// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

/// What a part of the proof by fault came to.
struct Faults
{
    int kills = 0;
    int faults = 0; ///< calls that were made to fail, conflicts that were met
    int cases = 0;
    QStringList losses; ///< each in words; there is to be none

    void add(const Faults &other);
};

/// A random user is killed with SIGKILL @p kills times, at random moments and in the moment of
/// COMMIT: what was written comes back, what was saved is in the database exactly, nothing else is.
Faults proveKills(int kills, quint32 seed);
/// The program that is killed. @param arguments as proveKills() gives them
int beKilled(const QStringList &arguments);

/// A random user's program ends @p comebacks times and comes back: exactly what was pending is pending.
Faults proveComebacks(int comebacks, quint32 seed);

/// Two random users and a web app on one file, at the same time: each committed change is there, or
/// another one stands on it, made by somebody who had seen it; the others were reported as conflicts.
Faults proveNeighbours(int rounds, quint32 seed);

/// Every call that changes the journal or the database fails in turn; of them one of @p step.
Faults proveCalls(int step);

/// A journal's file cut at every byte, and with flipped bits; of the bytes one of @p step.
Faults proveDamage(int step, quint32 seed);

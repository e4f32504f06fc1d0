#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Plays sqlitebrowser.tsv on DB Browser for SQLite and counts its strokes, for the README's table:

    apt-get install sqlitebrowser xdotool
    tests/support/in-x tests/journeys/sqlitebrowser.py [J2 …]
"""
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
LOOK = os.environ.get("POSTDESK_PICTURES")  # a folder for a picture after each journey


def xdotool(*arguments):
    return subprocess.run(["xdotool", *arguments], capture_output=True, text=True).stdout.split()


def read():
    journeys = {}
    for line in (HERE / "sqlitebrowser.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            name, *step = line.split("\t")
            journeys.setdefault(name, []).append(step)
    return journeys


def strokes(steps):
    count = {"press": lambda keys: len(keys.split()), "type": len}
    return sum(count[kind](what[0]) for kind, *what in steps if kind in count)


def start(file, home):
    program = subprocess.Popen(
        ["sqlitebrowser", "-t", "posts", file],
        env={**os.environ, "HOME": home, "XDG_CONFIG_HOME": home},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    visible = ["search", "--onlyvisible", "--pid", str(program.pid), "--name"]
    window = xdotool("search", "--sync", *visible[1:], "DB Browser")[0]
    time.sleep(3)
    for _ in range(3):  # it may ask whether to stop its own reading: no
        for question in xdotool(*visible, "^DB Browser for SQLite$"):
            xdotool("key", "--window", question, "Return")
            time.sleep(1)
    xdotool("windowactivate", "--sync", window)
    time.sleep(0.5)
    return program


def play(name, steps, folder):
    file = os.path.join(folder, name + ".db")
    with sqlite3.connect(file) as database:
        database.executescript((HERE.parent / "data" / "f500.sql").read_text())
    database.close()
    program = start(file, os.path.join(folder, name))
    for kind, *what in steps:
        if kind == "press":
            for key in what[0].split():
                xdotool("key", key)
                time.sleep(0.3)
        elif kind == "type":
            xdotool("type", "--delay", "20", "--", what[0])
            time.sleep(0.5)
    time.sleep(1)
    if LOOK:
        subprocess.run(["import", "-window", "root", os.path.join(LOOK, name + ".png")])
    program.kill()
    program.wait()
    database = sqlite3.connect(file)
    for kind, *what in steps:
        if kind == "holds":
            value = str(database.execute(what[0]).fetchone()[0])
            if value != what[1]:
                return f"not reached: {what[0]} is {value}"
    return ""


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name, steps in read().items():
            if sys.argv[1:] and name not in sys.argv[1:]:
                continue
            if steps[0][0] == "cannot":
                print(f"| {name} | – | {steps[0][1]} |")
                continue
            problem = play(name, steps, folder)
            failed = failed or bool(problem)
            print(f"| {name} | {strokes(steps)} | {problem or 'reached'} |", flush=True)
    sys.exit(failed)


main()

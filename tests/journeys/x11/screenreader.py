#!/usr/bin/python3
# SPDX-License-Identifier: MIT
#
# What a screen reader gets from the running program, over AT-SPI: screenreader.py PROGRAM SQL
# Run on a display of its own, by tests/support/in-x. Keys are pressed by xdotool, as by a user; what is
# said is read from the bus by another process, which is this one. Ends with 1, and says what is missing.
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 30  # seconds
WIDEST = 60  # children of one object that are looked at: a table has a cell for each of its rows

faults = []
heard = []


def hear(event):
    try:
        source = event.source
        what = event.any_data
        text = what.get_name() if isinstance(what, Atspi.Accessible) else ""
        heard.append((event.type, source.get_role_name(), source.get_name(), text))
    except GLib.Error:
        pass  # it is gone already


def pump(seconds=0.05):
    context = GLib.MainContext.default()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        while context.pending():
            context.iteration(False)
        time.sleep(0.01)


def wait(condition, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        pump()
        try:
            found = condition()
        except GLib.Error:
            found = None
        if found:
            return found
    faults.append("not there: " + what)
    return None


def press(*keys):
    for key in keys:
        subprocess.run(["xdotool", "key", "--delay", "30", key], check=True)
        pump(0.15)


def type_text(text):
    subprocess.run(["xdotool", "type", "--delay", "60", text], check=True)
    pump(0.2)


def children(node):
    try:
        for i in range(min(node.get_child_count(), WIDEST)):
            child = node.get_child_at_index(i)
            if child is not None:
                yield child
    except GLib.Error:
        return


def walk(node):
    yield node
    for child in children(node):
        yield from walk(child)


def program():
    for app in children(Atspi.get_desktop(0)):
        if app.get_name() == "postdesk":
            return app
    return None


def find(role, name=None):
    app = program()
    for node in walk(app) if app else ():
        try:
            if node.get_role_name() == role and (name is None or node.get_name() == name):
                return node
        except GLib.Error:
            continue
    return None


def look_for_nameless(place):
    """No object can have the focus and neither name nor role."""
    count = 0
    for node in walk(program()):
        try:
            states = node.get_state_set()
            if not states.contains(Atspi.StateType.FOCUSABLE) or not states.contains(
                Atspi.StateType.SHOWING
            ):
                continue
            count += 1
            role = node.get_role_name()
            if not role or role in ("unknown", "invalid"):
                faults.append(f"{place}: '{node.get_name()}' has no role")
            text = node.get_name()
            if not text and role not in ("frame", "application"):
                faults.append(f"{place}: a {role} has no name")
        except GLib.Error:
            continue
    if count == 0:
        faults.append(f"{place}: nothing can have the focus")


def said(words):
    """Whether all of the words were in one thing that the bus told."""
    return any(all(word in " ".join(event[2:]) for word in words) for event in heard)


def expect(what, *words):
    if not wait(lambda: said(words), what + ": " + ", ".join(words)):
        print("heard:", *heard[-12:], sep="\n  ")


def drive():
    if not wait(program, "the program on the bus"):
        return
    if not wait(lambda: find("table", "Posts"), "the list"):
        return
    window = subprocess.run(
        ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Postdesk"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()[0]
    subprocess.run(["xdotool", "windowactivate", "--sync", window], check=True)
    pump(0.5)
    look_for_nameless("list")

    heard.clear()
    press("Down")
    expect("moving", "Post number 499")
    heard.clear()
    press("shift+Down")
    expect("selecting", "Post number 498")
    if not wait(lambda: any("select" in e[0] for e in heard), "an event of selecting"):
        print(*heard, sep="\n")
    press("Delete")
    heard.clear()
    press("Down", "Up")
    expect("a row's state", "Post number 498", "marked for deletion")
    press("ctrl+z", "ctrl+Home")

    heard.clear()
    press("F2")
    type_text("Spoken")
    wait(lambda: any("text-changed" in e[0] for e in heard), "typing in a cell")
    look_for_nameless("cell editor")
    press("Return")
    heard.clear()
    press("Down", "Up")
    expect("what was edited", "Spoken", "modified")

    for keys, place in (
        (("ctrl+shift+r",), "review"),
        (("ctrl+1", "ctrl+e"), "batch"),
        (("Escape", "ctrl+shift+h"), "replace"),
        (("Escape", "F12"), "history"),
        (("Escape", "ctrl+3"), "editor"),
        (("ctrl+h",), "find bar"),
        (("Escape", "Escape", "ctrl+f"), "search"),
        (("Escape", "F4"), "columns"),
        (("Escape", "ctrl+l"), "go to"),
        (("Escape", "ctrl+shift+p"), "palette"),
        (("Escape", "F1"), "help"),
        (("Escape", "ctrl+shift+k"), "keys"),
    ):
        press(*keys)
        pump(0.4)
        look_for_nameless(place)
    press("Escape")


def main():
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "posts.db")
        with open(sys.argv[2], encoding="utf-8") as script, sqlite3.connect(database) as made:
            made.executescript(script.read())
        made.close()
        running = subprocess.Popen([sys.argv[1], "--config-dir", folder, database])
        try:
            listener = Atspi.EventListener.new(hear)
            for kind in (
                "object:active-descendant-changed",
                "object:state-changed:focused",
                "object:selection-changed",
                "object:state-changed:selected",
                "object:text-changed",
                "object:text-caret-moved",
                "object:property-change:accessible-name",
            ):
                listener.register(kind)
            drive()
            if running.poll() is not None:
                faults.append(f"the program ended with {running.returncode}")
        finally:
            running.kill()
            running.wait()
    for fault in dict.fromkeys(faults):
        print("FAIL:", fault)
    return 1 if faults else 0


sys.exit(main())

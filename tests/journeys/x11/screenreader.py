#!/usr/bin/python3
# SPDX-License-Identifier: MIT
#
# What a screen reader gets from the running program, over AT-SPI: screenreader.py PROGRAM SQL [ROWS]
# Run on a display of its own, by tests/support/in-x. Keys are pressed by xdotool, as by a user; what is
# said is read from the bus by another process, which is this one. Ends with 1, and says what is missing.
# The second part has ROWS posts, a million if not said, and prints how long questions and keys take there
# and with the posts of SQL.
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

PATIENCE = 30  # seconds
MANY = 1_000_000
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


def seconds(what):
    start = time.monotonic()
    what()
    return time.monotonic() - start


def activate():
    """Waits for the list and gives its window the keys."""
    if not wait(program, "the program on the bus"):
        return False
    if not wait(lambda: find("table", "Posts"), "the list"):
        return False
    window = subprocess.run(
        ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Postdesk"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()[0]
    subprocess.run(["xdotool", "windowactivate", "--sync", window], check=True)
    pump(0.5)
    return True


def children_at_once(node):
    """How many children the bus lists in one answer; -1 if there is none."""
    bus = Gio.DBusConnection.new_for_address_sync(
        bus_address(),
        Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
        | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
        None,
        None,
    )
    registry = call(bus, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
    try:
        return len(call(bus, registry[-1][0], node.path))
    except GLib.Error as error:
        print(error.message)
        return -1


def call(bus, name, path):
    answer = bus.call_sync(
        name,
        path,
        "org.a11y.atspi.Accessible",
        "GetChildren",
        None,
        None,
        Gio.DBusCallFlags.NONE,
        PATIENCE * 1000,
        None,
    )
    return answer.unpack()[0]


def bus_address():
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    return session.call_sync(
        "org.a11y.Bus",
        "/org/a11y/bus",
        "org.a11y.Bus",
        "GetAddress",
        None,
        None,
        Gio.DBusCallFlags.NONE,
        -1,
        None,
    ).unpack()[0]


def measure():
    """Milliseconds of a question for a cell in the middle, and of a key until it is heard."""
    table = find("table", "Posts").get_table_iface()
    row = table.get_n_rows() // 2
    asked = [seconds(lambda: table.get_accessible_at(row + i, 2).get_name()) for i in range(50)]
    moved = []
    for _ in range(20):
        heard.clear()
        start = time.monotonic()
        subprocess.run(["xdotool", "key", "Down"], check=True)
        while not any("focused" in e[0] for e in heard) and time.monotonic() < start + 5:
            pump(0.002)
        moved.append(time.monotonic() - start)
    return sorted(asked)[25] * 1000, sorted(moved)[10] * 1000


def drive():
    if not activate():
        return (0, 0)
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
    press("Escape", "Escape", "ctrl+1", "ctrl+Home")
    return measure()


def drive_many(count):
    """Nothing is slower among very many rows, and what takes long says how far it is."""
    if not activate():
        return (0, 0)
    expect("counting", f"{count:,} posts")
    heard.clear()
    press("ctrl+End")
    expect("the last row", "Text 1")
    press("Up")
    expect("the last row but one", "Text 2")
    heard.clear()
    press("ctrl+a")
    expect("all of them", f"{count:,} selected")
    table = find("table", "Posts")
    # A list of a million children is a message that no bus carries: the program would lose its bridge.
    if not 100 < children_at_once(table) < 10_000:
        faults.append("the children of the list can't be listed")
    if table.get_table_iface().get_n_rows() != count:
        faults.append("the list says another number of rows")
    heard.clear()
    press("ctrl+Home")
    expect("the first row", str(count))
    figures = measure()
    heard.clear()
    press("ctrl+f")
    type_text("nowhere")
    expect("progress", "Searching", "%")
    expect("no hits", f"0 of {count:,} posts")
    return figures


def run(program_file, folder, database, drive_it):
    running = subprocess.Popen([program_file, "--config-dir", folder, database])
    try:
        result = drive_it()
        if running.poll() is not None:
            faults.append(f"the program ended with {running.returncode}")
        return result
    finally:
        running.kill()
        running.wait()
        wait(lambda: program() is None, "the end of the program")


def main():
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
    count = int(sys.argv[3]) if len(sys.argv) > 3 else MANY
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "posts.db")
        with open(sys.argv[2], encoding="utf-8") as script, sqlite3.connect(database) as made:
            made.executescript(script.read())
        made.close()
        few = run(sys.argv[1], folder, database, drive)
        database = os.path.join(folder, "many.db")
        with sqlite3.connect(database) as made:
            made.execute(
                "CREATE TABLE posts (id INTEGER PRIMARY KEY, title VARCHAR(255), content TEXT,"
                " created_at DATETIME DEFAULT CURRENT_TIMESTAMP)"
            )
            made.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
                " INSERT INTO posts SELECT i, 'Post ' || i, 'Text ' || i, '2024-01-21 18:00:00' FROM n",
                (count,),
            )
        made.close()
        many = run(sys.argv[1], folder, database, lambda: drive_many(count))
    print(f"a question: {few[0]:.1f} ms, among {count:,} posts {many[0]:.1f} ms")
    print(f"a key: {few[1]:.1f} ms, among {count:,} posts {many[1]:.1f} ms")
    for fault in dict.fromkeys(faults):
        print("FAIL:", fault)
    return 1 if faults else 0


sys.exit(main())

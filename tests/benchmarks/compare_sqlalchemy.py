#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The workloads of bench_orm by SQLAlchemy's ORM, and bench_orm's figures beside them.

    tests/benchmarks/compare_sqlalchemy.py build/release/tests/benchmarks/bench_orm [--rows N] [--rounds N]

Needs Debian's python3-sqlalchemy. Same table, same rows, same pragmas; CPU time in memory, wall time on disk.
"""

import argparse
import datetime
import json
import os
import random
import sqlite3
import statistics
import subprocess
import tempfile
import time

import sqlalchemy
from sqlalchemy import Column, DateTime, Integer, String, Text, create_engine, event, func
from sqlalchemy.orm import Session, declarative_base

Base = declarative_base()


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    title = Column(String(255))
    content = Column(Text)
    created_at = Column(DateTime, default=func.current_timestamp())


def make_post(number):
    """About what bench_orm's makePost() gives."""
    ascii_only = number % 10 != 0
    content = f"{number}. " + 6 * "The rain had stopped at noon, and by three the ferry was running again. "
    return Post(
        title=f"{'Harbour' if ascii_only else 'Hafengeräusche'}, page {number}",
        content=content if ascii_only else content.replace("ferry", "Fähre"),
        created_at=datetime.datetime(2020, 1, 1) + datetime.timedelta(milliseconds=61007 * number))


class Watch:
    """Time between start() and stop(), in milliseconds."""

    def __init__(self, storage):
        self.now = time.process_time if storage == "memory" else time.monotonic
        self.elapsed = 0.0

    def start(self):
        self.begin = self.now()

    def stop(self):
        self.elapsed = 1000 * (self.now() - self.begin)


def open_database(path):
    engine = create_engine(f"sqlite:///{path}" if path else "sqlite://")

    @event.listens_for(engine, "connect")
    def set_pragmas(connection, record):
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "temp_store = FILE"):
            connection.execute(f"PRAGMA {pragma}")

    Base.metadata.create_all(engine)
    return engine


def fill(engine, rows):
    with Session(engine) as session:
        session.bulk_save_objects([make_post(i) for i in range(1, rows + 1)])
        session.commit()


def insert(engine, rows, watch):
    posts = [make_post(i) for i in range(1, rows + 1)]
    with Session(engine) as session:
        watch.start()
        session.add_all(posts)
        session.flush()
        sum(post.id for post in posts)
        session.commit()
        watch.stop()


def read_kept(engine, rows, watch):
    with Session(engine) as session:
        watch.start()
        posts = session.query(Post).all()
        watch.stop()
        assert len(posts) == rows


def read_streamed(engine, rows, watch):
    with Session(engine) as session:
        watch.start()
        for post in session.query(Post).yield_per(1000):
            post.id, post.content[0]
        watch.stop()


def get_by_key(engine, rows, watch):
    ids = random.Random(7).sample(range(1, rows + 1), rows // 2)
    with Session(engine) as session:
        watch.start()
        for key in ids:
            post = session.get(Post, key)
            post.id, post.content[0]
        watch.stop()


def update(engine, rows, watch):
    with Session(engine) as session:
        posts = session.query(Post).limit(rows // 2).all()
        titles = [f"Second thoughts ({time.monotonic()}) on page {i}" for i in range(len(posts))]
        watch.start()
        for post, title in zip(posts, titles):
            post.title = title
        session.commit()
        watch.stop()


def delete(engine, rows, watch):
    with Session(engine) as session:
        posts = session.query(Post).limit(rows // 2).all()
        watch.start()
        for post in posts:
            session.delete(post)
        session.commit()
        watch.stop()


def commit_each(engine, rows, watch):
    posts = [make_post(i) for i in range(1, rows // 10 + 1)]
    with Session(engine) as session:
        watch.start()
        for post in posts:
            session.add(post)
            session.flush()
            post.id
            session.commit()
        watch.stop()


# name as bench_orm prints it, function, whether the table is full, storage
WORKLOADS = [
    ("insert, ids back", insert, False, "memory"),
    ("read, kept", read_kept, True, "memory"),
    ("read, streamed", read_streamed, True, "memory"),
    ("get by key", get_by_key, True, "memory"),
    ("update", update, True, "memory"),
    ("delete", delete, True, "memory"),
    ("commit of one row", commit_each, False, "disk"),
]


def measure(function, is_full, storage, rows, rounds):
    times = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            engine = open_database(os.path.join(folder, "posts.db") if storage == "disk" else "")
            if is_full:
                fill(engine, rows)
            watch = Watch(storage)
            function(engine, rows, watch)
            times.append(watch.elapsed)
            engine.dispose()
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench_orm", help="the benchmark, built for release")
    parser.add_argument("--rows", type=int, default=200000)
    parser.add_argument("--rounds", type=int, default=3, help="medians of so many; bench_orm's are of its own")
    options = parser.parse_args()

    ours = json.loads(subprocess.run([options.bench_orm, "--json", "--rows", str(options.rows)], check=True,
                                     stdout=subprocess.PIPE).stdout)
    ours = {(result["workload"], result.get("storage")): result for result in ours["results"]}
    print(f"SQLAlchemy {sqlalchemy.__version__}, SQLite {sqlite3.sqlite_version}, {options.rows} rows; "
          "journal_mode=WAL (on disk), synchronous=NORMAL, foreign_keys=ON, temp_store=FILE in both")
    print(f"{'workload':<20}{'on':>8}{'Postdesk ms':>14}{'SQLAlchemy ms':>16}{'times':>8}")
    for name, function, is_full, storage in WORKLOADS:
        mine = ours[name, storage]["Postdesk"]["milliseconds"]
        theirs = measure(function, is_full, storage, options.rows, options.rounds)
        print(f"{name:<20}{storage:>8}{mine:>14.1f}{theirs:>16.1f}{theirs / mine:>8.1f}", flush=True)


if __name__ == "__main__":
    main()

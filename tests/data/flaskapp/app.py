# SPDX-License-Identifier: MIT
"""The other side of tests/app/tst_flask: a web app with the tutorial's model.

app.py DATABASE COMMAND [JSON], prints JSON:
  create                       makes the tables that are missing
  add {column: value, …}       -> the id
  edit {"id": …, column: value, …}
  delete {"id": …}
  list                         -> all posts; dates in ISO format, or null
"""

import json
import sys
from datetime import datetime

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///" + sys.argv[1]
db = SQLAlchemy(app)


class Post(db.Model):
    __tablename__ = "posts"
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(255))
    content = db.Column(db.Text)
    created_at = db.Column(db.DateTime, default=db.func.current_timestamp())


def fill(post, values):
    for column, value in values.items():
        if column == "created_at" and value is not None:
            value = datetime.fromisoformat(value)
        setattr(post, column, value)


def run(command, values):
    if command == "create":
        db.create_all()
        return None
    if command == "add":
        post = Post()
        fill(post, values)
        db.session.add(post)
        db.session.commit()
        return post.id
    if command == "edit":
        fill(Post.query.get(values["id"]), values)
        db.session.commit()
        return None
    if command == "delete":
        db.session.delete(Post.query.get(values["id"]))
        db.session.commit()
        return None
    if command == "list":
        return [
            {
                "id": post.id,
                "title": post.title,
                "content": post.content,
                "created_at": post.created_at and post.created_at.isoformat(timespec="microseconds"),
            }
            for post in Post.query.order_by(Post.id).all()
        ]
    raise SystemExit("what is " + command + "?")


with app.app_context():
    print(json.dumps(run(sys.argv[2], json.loads(sys.argv[3]) if len(sys.argv) > 3 else {})))

-- SPDX-License-Identifier: MIT
-- As SQLAlchemy 1.4.46 writes it: CreateTable(table).compile(dialect=sqlite.dialect())
CREATE TABLE tutorial (
	id INTEGER NOT NULL, 
	title VARCHAR(255), 
	content TEXT, 
	created_at DATETIME, 
	PRIMARY KEY (id)
);
CREATE TABLE users (
	id INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	email VARCHAR(120), 
	PRIMARY KEY (id)
);
CREATE TABLE posts (
	id INTEGER NOT NULL, 
	title VARCHAR(255) NOT NULL, 
	content TEXT, 
	created_at DATETIME DEFAULT (CURRENT_TIMESTAMP), 
	author_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(author_id) REFERENCES users (id)
);
CREATE TABLE comments (
	id INTEGER NOT NULL, 
	post_id INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(post_id) REFERENCES posts (id)
);
CREATE TABLE tags (
	id INTEGER NOT NULL, 
	name VARCHAR(40) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
CREATE TABLE post_tags (
	post_id INTEGER NOT NULL, 
	tag_id INTEGER NOT NULL, 
	PRIMARY KEY (post_id, tag_id), 
	FOREIGN KEY(post_id) REFERENCES posts (id), 
	FOREIGN KEY(tag_id) REFERENCES tags (id)
);
CREATE TABLE settings (
	"key" VARCHAR(40) NOT NULL, 
	value TEXT, 
	PRIMARY KEY ("key")
);
CREATE TABLE votes (
	user_id INTEGER NOT NULL, 
	post_id INTEGER NOT NULL, 
	value INTEGER NOT NULL, 
	PRIMARY KEY (user_id, post_id)
);
CREATE TABLE docs (
	id INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	version_id INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE nodes (
	id INTEGER NOT NULL, 
	parent_id INTEGER, 
	name TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(parent_id) REFERENCES nodes (id)
);
CREATE TABLE stamps (
	id INTEGER NOT NULL, 
	name TEXT, 
	kind TEXT, 
	rank INTEGER DEFAULT 3, 
	PRIMARY KEY (id)
);
CREATE TABLE blanks (
	id INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE all_types (
	id BIGINT NOT NULL, 
	is_on BOOLEAN NOT NULL, 
	ratio FLOAT NOT NULL, 
	price NUMERIC(10, 2) NOT NULL, 
	day DATE NOT NULL, 
	hour TIME NOT NULL, 
	at DATETIME NOT NULL, 
	mood VARCHAR(4) NOT NULL, 
	data BLOB NOT NULL, 
	note JSON NOT NULL, 
	token CHAR(32) NOT NULL, 
	exact TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE "Odd name" (
	"Id" INTEGER NOT NULL, 
	"select" TEXT DEFAULT 'it''s', 
	"a""b" TEXT, 
	"5th" INTEGER, 
	"straße" TEXT, 
	PRIMARY KEY ("Id"), 
	UNIQUE ("select")
);
CREATE TABLE "Odd links" (
	"Order" INTEGER NOT NULL, 
	"Group" INTEGER, 
	"a b" INTEGER, 
	PRIMARY KEY ("Order"), 
	UNIQUE ("Group", "a b"), 
	FOREIGN KEY("Group") REFERENCES "Odd name" ("Id"), 
	FOREIGN KEY("Group", "a b") REFERENCES "Odd pairs" ("X", "y z")
);
CREATE UNIQUE INDEX "Ix odd" ON "Odd links" ("a b", "Group");
CREATE TABLE counted (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR(40) NOT NULL, 
	UNIQUE (name)
);
CREATE TABLE indexed_words (
	id INTEGER NOT NULL, 
	word VARCHAR(40) NOT NULL, 
	owner_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(owner_id) REFERENCES counted (id) ON DELETE CASCADE
);
CREATE INDEX ix_word ON indexed_words (word);
CREATE INDEX "Ix owner" ON indexed_words (owner_id);
CREATE TABLE forms (
	id INTEGER NOT NULL, 
	strict INTEGER, 
	loose INTEGER, 
	fallback INTEGER DEFAULT -1, 
	share FLOAT DEFAULT 0.5 NOT NULL, 
	state VARCHAR(8) DEFAULT 'new' NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(strict) REFERENCES counted (id) ON DELETE RESTRICT, 
	FOREIGN KEY(loose) REFERENCES counted (id) ON DELETE SET NULL, 
	FOREIGN KEY(fallback) REFERENCES counted (id) ON DELETE SET DEFAULT
);
CREATE UNIQUE INDEX ux_forms ON forms (state, share);

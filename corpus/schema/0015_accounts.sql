-- The people who may sign in, where [web] accounts asks for it. A key is the name in lower case.
CREATE TABLE users (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password TEXT,          -- scrypt, with its parameters and salt; NULL: a proxy signs the person in
    made INTEGER NOT NULL,
    disabled INTEGER
) STRICT, WITHOUT ROWID;

-- One browser that is signed in. The browser has the secret, the store its SHA-256.
CREATE TABLE sessions (
    digest BLOB PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users (key) ON DELETE CASCADE,
    made INTEGER NOT NULL,
    used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of_user ON sessions (user);

-- One program or feed reader that may ask in a person's name.
CREATE TABLE tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    digest BLOB NOT NULL UNIQUE,
    user TEXT NOT NULL REFERENCES users (key) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    scope TEXT NOT NULL,
    made INTEGER NOT NULL,
    used INTEGER,
    revoked INTEGER
) STRICT;
CREATE INDEX tokens_of_user ON tokens (user);

ALTER TABLE deeds ADD COLUMN network TEXT NOT NULL DEFAULT '';  -- where a change was asked for

-- What readers keep and change by hand.
CREATE TABLE desk (
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO desk VALUES ('secret', randomblob(32));  -- signs the forms, so that no other site can send one

-- One change made by hand: the audit line, and how it is undone.
CREATE TABLE deeds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    words TEXT NOT NULL,    -- what was done, as a sentence
    undo TEXT,              -- JSON: the kind of change, and what it needs to be undone; NULL: it cannot be
    undone INTEGER          -- when
) STRICT;

-- The result of a search as it was, so that a count can be checked later.
CREATE TABLE receipts (
    mark TEXT PRIMARY KEY,
    made INTEGER NOT NULL,
    who TEXT NOT NULL,
    purpose TEXT NOT NULL,
    address TEXT NOT NULL,  -- the parameters of the search
    read_as TEXT NOT NULL,
    zone TEXT NOT NULL,
    engine TEXT NOT NULL,
    store TEXT NOT NULL,    -- the first token of the store's history
    sequence INTEGER NOT NULL,
    total INTEGER NOT NULL,
    checksum TEXT NOT NULL, -- SHA-256 of the marks in their order, a line each
    articles BLOB NOT NULL, -- deflated: of each article its id, 8 bytes, and the digest of its text and facts, 8 bytes
    withdrawn INTEGER
) STRICT, WITHOUT ROWID;

-- A search to come back to.
CREATE TABLE saved (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    who TEXT NOT NULL,
    made INTEGER NOT NULL,
    looked INTEGER NOT NULL,      -- the last article, by id, that entered before one last looked
    looked_at INTEGER NOT NULL,
    paused INTEGER,
    paused_by TEXT,
    deleted INTEGER
) STRICT;

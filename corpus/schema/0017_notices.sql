-- What is wrong, or was: `key` is the same as long as it is the same thing.
CREATE TABLE alarms (
    key TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    opened INTEGER NOT NULL,
    closed INTEGER
) STRICT, WITHOUT ROWID;

-- Messages to those who run the archive, and how far each channel is with them.
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    made INTEGER NOT NULL
) STRICT;
CREATE TABLE deliveries (
    message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    next INTEGER NOT NULL,  -- when it is tried; while it is being sent, when another process may try
    tries INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    PRIMARY KEY (message, channel)
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_waiting ON deliveries (next) WHERE state = 'waiting';

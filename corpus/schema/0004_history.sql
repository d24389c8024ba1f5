-- Which opening of the store gave which sequences: an index keeps the token of its position, so that it notices a
-- store that is another one, or was restored from a copy and has gone on differently since.
CREATE TABLE history (
    token TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
INSERT INTO history VALUES (lower(hex(randomblob(8))), 0);

-- Two author keys that a person said belong to two people; the first one in the alphabet comes first.
CREATE TABLE other_people (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

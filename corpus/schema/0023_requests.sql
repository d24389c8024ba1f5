-- What a person wants of the scheduler: a look at an address, or a crawl of a source. The pages only write it down.
CREATE TABLE requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,    -- the address to look at, or the name of the source
    who TEXT NOT NULL,
    made INTEGER NOT NULL,
    state TEXT NOT NULL,
    taken INTEGER,          -- when a scheduler first took it up
    lease INTEGER,          -- until when the scheduler that has it in hand is taken for alive
    tries INTEGER NOT NULL DEFAULT 0,
    finished INTEGER,
    outcome TEXT,           -- why it failed, as a sentence
    answer TEXT,            -- JSON: what a look found
    run INTEGER             -- the crawl that was made
) STRICT;
CREATE UNIQUE INDEX requests_open ON requests (kind, about) WHERE finished IS NULL;

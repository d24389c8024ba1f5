-- What a person says of an article in place of what was read. A row stands until it is undone.
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,      -- of the article, or of an address that gave none
    field TEXT NOT NULL,
    value TEXT NOT NULL,    -- JSON, as corpus/corrections/values.py writes it
    said TEXT NOT NULL,     -- JSON: what was read when it was corrected
    other TEXT,             -- of the field `copies`: the URL of the other article
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    at INTEGER NOT NULL,
    undone INTEGER
) STRICT;
CREATE INDEX corrections_of_url ON corrections (url) WHERE undone IS NULL;
CREATE INDEX corrections_of_other ON corrections (other) WHERE undone IS NULL AND other IS NOT NULL;
-- JSON: field -> value of the corrections that stand, and under `said` the authors that were read; NULL: none.
ALTER TABLE articles ADD COLUMN corrected TEXT;

-- Articles drawn at random for coding: how they were drawn, and the lines of the file that was made of them.
CREATE TABLE samples (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mark TEXT NOT NULL UNIQUE,
    who TEXT NOT NULL,
    made INTEGER NOT NULL,
    dossier TEXT NOT NULL,        -- the mark of the dossier it was drawn from; empty: from a search
    address TEXT NOT NULL,        -- the parameters of that search
    seed INTEGER NOT NULL,
    evenly TEXT NOT NULL,         -- over what: source, month, or nothing
    wanted INTEGER NOT NULL,      -- how many articles
    columns TEXT NOT NULL,        -- those to fill in, JSON
    position INTEGER NOT NULL,    -- the state of the index
    candidates INTEGER NOT NULL,  -- how many articles it was drawn from
    head TEXT NOT NULL,           -- the first line of the file
    checksum TEXT NOT NULL,       -- SHA-256 of the file as it was made
    deleted INTEGER
) STRICT;

CREATE TABLE sample_rows (
    sample INTEGER NOT NULL REFERENCES samples (id),
    place INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (id),
    line TEXT NOT NULL,           -- empty once the text of the article was taken away
    PRIMARY KEY (sample, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX samples_of_article ON sample_rows (article);

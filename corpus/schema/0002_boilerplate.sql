-- The blocks of a source that its pages are read without, as the last `pressmark extract --all` found them to recur.
CREATE TABLE boilerplate (
    source TEXT NOT NULL REFERENCES sources (name),
    fingerprint INTEGER NOT NULL,  -- 64 bits, signed
    PRIMARY KEY (source, fingerprint)
) STRICT, WITHOUT ROWID;

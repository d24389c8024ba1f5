-- Which articles tell one text: a sketch of each text, found again by any of its hashes (corpus/copies/).
CREATE TABLE copy_texts (
    article INTEGER PRIMARY KEY REFERENCES articles (id),
    fingerprint TEXT NOT NULL,  -- of the text that was sketched
    shingles INTEGER NOT NULL,  -- how many the text has
    sketch BLOB NOT NULL        -- 8 bytes a hash, little-endian, signed
) STRICT;
CREATE TABLE copy_hashes (
    hash INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES copy_texts (article),
    PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;
INSERT INTO meta (key, value) VALUES ('copies', 0);  -- the last sequence whose text was compared

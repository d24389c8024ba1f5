-- Copies of one text are found by hashes of its sketch (corpus/store/articles/sketches.py): those that came last are rows,
-- the others stand in pages, sorted. The older sketches wait in `copy_texts_before` until texts are next compared.
DROP TABLE copy_hashes;
ALTER TABLE copy_texts RENAME TO copy_texts_before;
CREATE TABLE copy_texts (
    article INTEGER PRIMARY KEY REFERENCES articles (id),
    digest INTEGER NOT NULL,    -- the first 64 bits of the fingerprint of the text that was sketched, signed
    shingles INTEGER NOT NULL   -- how many the text has
) STRICT;
CREATE TABLE copy_recent (
    hash INTEGER NOT NULL,      -- 32 bits
    article INTEGER NOT NULL,
    PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE copy_pages (
    first INTEGER PRIMARY KEY,  -- the smallest hash in it
    entries BLOB NOT NULL
) STRICT;
INSERT INTO meta (key, value) VALUES ('copies_recent', 0), ('copies_packed', 0);  -- hashes in either, about

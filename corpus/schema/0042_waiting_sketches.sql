-- The sketches that came last are a row an article in place of a row a hash (corpus/store/sketches/): rows are added at the
-- end of a small table, where each hash changed another page of a large one. All texts are compared anew by the next crawl,
-- import or `pressmark index`; groups stand until then.
CREATE TABLE copy_waiting (
    article INTEGER PRIMARY KEY,
    hashes BLOB NOT NULL        -- of its sketch, four bytes each
) STRICT;
DROP TABLE copy_recent;
DROP TABLE copy_texts;
CREATE TABLE copy_texts (
    article INTEGER PRIMARY KEY REFERENCES articles (id),
    digest INTEGER NOT NULL,    -- the first 64 bits of the fingerprint of the text that was sketched, signed
    shingles INTEGER NOT NULL,  -- how many the text has
    at INTEGER NOT NULL         -- the time by which the article was placed: published, or first seen
) STRICT;
DELETE FROM copy_pages;
UPDATE meta SET value = 0 WHERE key IN ('copies', 'copies_recent', 'copies_packed');
-- How many transactions changed any sketch; the digest of the order of sources by which groups were made.
INSERT INTO meta (key, value) VALUES ('copies_turn', 0), ('copies_sources', 0);

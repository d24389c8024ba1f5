-- An article's address is found by its mark, which is made of it (corpus/store/file/finding.py), so no index has the
-- addresses a second time; its digests are bytes. SQLite drops no UNIQUE, so the rows get a new table.
CREATE TABLE articles_narrower (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    mark TEXT NOT NULL UNIQUE,  -- of the address
    sequence INTEGER NOT NULL UNIQUE,
    source TEXT NOT NULL REFERENCES sources (name),
    first_seen INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,  -- of headline, standfirst and body
    details BLOB NOT NULL,      -- digest of everything else that is told of the article
    headline TEXT,
    standfirst TEXT,
    byline TEXT,
    dateline TEXT,
    published INTEGER,
    published_precision TEXT,
    published_origin TEXT,
    published_offset INTEGER,   -- seconds
    published_doubtful INTEGER,
    updated INTEGER,
    updated_precision TEXT,
    updated_origin TEXT,
    updated_offset INTEGER,
    updated_doubtful INTEGER,
    language TEXT,
    section TEXT,
    fetched INTEGER NOT NULL,
    fetched_url TEXT,
    capture_file TEXT,
    capture_offset INTEGER,
    facts TEXT NOT NULL DEFAULT '{}',
    withdrawn TEXT,
    withdrawn_at INTEGER,
    copy_of INTEGER REFERENCES articles (id),
    confirmed INTEGER,
    corrected TEXT
) STRICT;
INSERT INTO sqlite_sequence SELECT 'articles_narrower', seq FROM sqlite_sequence WHERE name = 'articles';
INSERT INTO articles_narrower SELECT
    id, url, mark, sequence, source, first_seen, revision, digest_bytes(fingerprint), digest_bytes(details), headline,
    standfirst, byline, dateline, published, published_precision, published_origin, published_offset,
    published_doubtful, updated, updated_precision, updated_origin, updated_offset, updated_doubtful, language, section,
    fetched, fetched_url, capture_file, capture_offset, facts, withdrawn, withdrawn_at, copy_of, confirmed, corrected
    FROM articles ORDER BY id;
DROP TABLE articles;
ALTER TABLE articles_narrower RENAME TO articles;
CREATE INDEX articles_by_source ON articles (source, first_seen);
CREATE INDEX articles_by_copy ON articles (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX articles_by_published ON articles (published) WHERE withdrawn IS NULL;
CREATE INDEX articles_newest ON articles (min(coalesce(published, first_seen), first_seen)) WHERE withdrawn IS NULL;

-- The fingerprint of a text, as bytes; `fingerprint` is empty then. Those of older versions stand there until the store
-- is compacted.
ALTER TABLE revisions ADD COLUMN digest BLOB;

-- A dictionary in pieces that fill a page of the file each, and parities of them (corpus/store/file/pieces.py). Those of
-- older versions stand whole, and twice, in `dictionaries` until the store is compacted.
CREATE TABLE dictionary_pieces (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,    -- of the dictionary
    size INTEGER NOT NULL,      -- of all its pieces without parities, in bytes
    place INTEGER NOT NULL,
    piece BLOB NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;

-- Times are whole microseconds since 1970-01-01 UTC; texts are UTF-8 without NUL; JSON where a column is a list or map.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('sequence', 0);

-- A row per name an article or URL came in under. `pages` are those whose blocks were counted.
CREATE TABLE sources (
    name TEXT PRIMARY KEY,
    paused INTEGER,
    pages INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- The article as it stands; its text is the revision numbered `revision`. A withdrawn one has no text left.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    mark TEXT NOT NULL UNIQUE,
    sequence INTEGER NOT NULL UNIQUE,
    source TEXT NOT NULL REFERENCES sources (name),
    first_seen INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,  -- of headline, standfirst and body
    details TEXT NOT NULL,      -- digest of everything else that is told of the article
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
    copy_of INTEGER REFERENCES articles (id)
) STRICT;
CREATE INDEX articles_by_source ON articles (source, first_seen);
CREATE INDEX articles_by_copy ON articles (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX articles_by_published ON articles (published) WHERE withdrawn IS NULL;
-- What was published after we saw it was misread: it counts from when we saw it.
CREATE INDEX articles_newest ON articles (min(coalesce(published, first_seen), first_seen)) WHERE withdrawn IS NULL;

-- Every text an article has had. `body` is deflated (corpus/store/file/rows.py).
CREATE TABLE revisions (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    headline TEXT,
    standfirst TEXT,
    byline TEXT,
    body BLOB NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (article, number)
) STRICT;

-- One row per printed name; `articles` counts its bylines and is kept by the triggers below.
CREATE TABLE authors (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0,
    UNIQUE (key, name, kind)
) STRICT;

CREATE TABLE article_authors (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    author INTEGER NOT NULL REFERENCES authors (id),
    PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_authors_by_author ON article_authors (author, article);
CREATE TRIGGER byline_added AFTER INSERT ON article_authors BEGIN
    UPDATE authors SET articles = articles + 1 WHERE id = new.author;
END;
CREATE TRIGGER byline_removed AFTER DELETE ON article_authors BEGIN
    UPDATE authors SET articles = articles - 1 WHERE id = old.author;
END;

-- Two keys of one person. Rows point one step; they never form a circle.
CREATE TABLE aliases (
    key TEXT PRIMARY KEY,
    canonical TEXT NOT NULL,
    evidence TEXT NOT NULL,
    made INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE frontier (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES sources (name),
    host TEXT NOT NULL REFERENCES hosts (host),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    due INTEGER NOT NULL,
    lease INTEGER,              -- when it expires
    attempts INTEGER NOT NULL DEFAULT 0,
    etag TEXT,
    last_modified TEXT,
    via TEXT,
    parent TEXT,
    hints TEXT NOT NULL DEFAULT '{}',
    first_seen INTEGER NOT NULL,
    checked INTEGER,
    changed INTEGER,
    outcome TEXT,
    reason TEXT,
    counted INTEGER NOT NULL DEFAULT 0  -- its blocks are in source_blocks
) STRICT;
CREATE INDEX frontier_due ON frontier (source, host, due) WHERE state = 'waiting';
CREATE INDEX frontier_leases ON frontier (lease) WHERE state = 'leased';
CREATE INDEX frontier_by_source ON frontier (source, state, due);

CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    paused_until INTEGER,
    last_request INTEGER,
    robots TEXT,
    robots_status INTEGER,
    robots_fetched INTEGER
) STRICT, WITHOUT ROWID;

-- The fetch log.
CREATE TABLE visits (
    id INTEGER PRIMARY KEY,
    url INTEGER NOT NULL REFERENCES frontier (id),
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    status INTEGER,
    bytes INTEGER NOT NULL,
    took INTEGER NOT NULL,      -- microseconds
    final_url TEXT,
    run INTEGER REFERENCES runs (id),
    capture_file TEXT,
    capture_offset INTEGER
) STRICT;
CREATE INDEX visits_by_url ON visits (url, at);
CREATE INDEX visits_by_time ON visits (at);

CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    started INTEGER NOT NULL,
    ended INTEGER,
    due INTEGER,
    trigger TEXT NOT NULL,
    status TEXT NOT NULL,
    counts TEXT NOT NULL DEFAULT '{}',
    bytes INTEGER NOT NULL DEFAULT 0,
    note TEXT
) STRICT;

CREATE TABLE schedule (
    job TEXT PRIMARY KEY,
    due INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- On how many pages of a source a text block was seen; aged and bounded by corpus/store/crawls/blocks.py.
CREATE TABLE source_blocks (
    source TEXT NOT NULL REFERENCES sources (name),
    fingerprint INTEGER NOT NULL,  -- 64 bits, signed
    pages INTEGER NOT NULL,
    PRIMARY KEY (source, fingerprint)
) STRICT, WITHOUT ROWID;

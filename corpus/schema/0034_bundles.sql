-- Files of a dossier as they were handed over: each is stored, as no recipe gives the same bytes again.
CREATE TABLE bundles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mark TEXT NOT NULL UNIQUE,
    dossier INTEGER NOT NULL REFERENCES dossiers (id),
    who TEXT NOT NULL,
    made INTEGER NOT NULL,
    tag TEXT NOT NULL,        -- of the articles in it; empty: any
    left_out INTEGER NOT NULL,
    size INTEGER NOT NULL,    -- bytes
    checksum TEXT NOT NULL,   -- SHA-256
    deleted INTEGER
) STRICT;
CREATE INDEX bundles_of_dossier ON bundles (dossier);

CREATE TABLE bundle_articles (
    bundle INTEGER NOT NULL REFERENCES bundles (id),
    article INTEGER NOT NULL REFERENCES articles (id),
    PRIMARY KEY (bundle, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX bundles_of_article ON bundle_articles (article);

-- The file in pieces; none: its bytes were taken away, with the text of an article in it or to make room.
CREATE TABLE bundle_pieces (
    bundle INTEGER NOT NULL REFERENCES bundles (id),
    number INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (bundle, number)
) STRICT;

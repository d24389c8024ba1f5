-- Collections of articles in an order of one's own, with a note each; a tag is of an article, in any collection.
CREATE TABLE dossiers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mark TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    about TEXT NOT NULL,
    who TEXT NOT NULL,
    made INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    deleted INTEGER
) STRICT;

CREATE TABLE dossier_articles (
    dossier INTEGER NOT NULL REFERENCES dossiers (id),
    article INTEGER NOT NULL REFERENCES articles (id),
    place REAL NOT NULL,
    note TEXT NOT NULL,
    added INTEGER NOT NULL,
    PRIMARY KEY (dossier, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossiers_of_article ON dossier_articles (article);

CREATE TABLE tags (
    article INTEGER NOT NULL REFERENCES articles (id),
    tag TEXT NOT NULL,
    PRIMARY KEY (article, tag)
) STRICT, WITHOUT ROWID;

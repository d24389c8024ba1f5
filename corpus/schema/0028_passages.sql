-- Words of an article that a reader marked, with a note; they are found again in each text that still has them.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (id),
    who TEXT NOT NULL,
    quote TEXT NOT NULL,     -- as the text had them; empty once the text was taken away
    start INTEGER NOT NULL,  -- where they began, in characters of the text
    note TEXT NOT NULL,
    made INTEGER NOT NULL,
    deleted INTEGER
) STRICT;
CREATE INDEX passages_of_article ON passages (article);

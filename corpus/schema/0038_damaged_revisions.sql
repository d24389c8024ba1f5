-- Earlier texts of articles that are not as they were stored: they are left out of the history, of differences and of
-- searches in removed texts until they are whole again.
CREATE TABLE damaged_revisions (
    article INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (article, number)
) STRICT, WITHOUT ROWID;

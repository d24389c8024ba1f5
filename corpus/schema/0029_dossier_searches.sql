-- The searches that filled a dossier: which, when, and how many articles of it were new in the dossier.
CREATE TABLE dossier_searches (
    dossier INTEGER NOT NULL REFERENCES dossiers (id),
    address TEXT NOT NULL,  -- the parameters of the search
    at INTEGER NOT NULL,
    articles INTEGER NOT NULL
) STRICT;
CREATE INDEX searches_of_dossier ON dossier_searches (dossier);

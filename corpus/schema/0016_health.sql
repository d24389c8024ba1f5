-- How each source does, as its last run showed it (corpus/health/).
CREATE TABLE source_health (
    source TEXT PRIMARY KEY REFERENCES sources (name),
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    cause TEXT NOT NULL,
    why TEXT NOT NULL,
    acknowledged INTEGER,
    usual_from INTEGER,
    judged INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO source_health (source, state, since, cause, why, judged)
SELECT name, 'failing', failing, '', 'most of its stories could not be had', failing FROM sources
WHERE failing IS NOT NULL;
ALTER TABLE sources DROP COLUMN failing;
ALTER TABLE sources DROP COLUMN acknowledged;

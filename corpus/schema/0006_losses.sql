-- `run` is the run that asked for a URL and may not ask again; NULL: it may be leased. `turns` counts its leases there.
ALTER TABLE frontier ADD COLUMN run INTEGER;
ALTER TABLE frontier ADD COLUMN turns INTEGER NOT NULL DEFAULT 0;
-- What the last answer was: a digest of its text, where its redirects ended (without the query), and which other
-- canonical URL the page claims.
ALTER TABLE frontier ADD COLUMN text INTEGER;
ALTER TABLE frontier ADD COLUMN landed TEXT;
ALTER TABLE frontier ADD COLUMN claimed TEXT;
DROP INDEX frontier_due;
CREATE INDEX frontier_due ON frontier (source, host, due) WHERE state = 'waiting' AND run IS NULL;
CREATE INDEX frontier_turns ON frontier (turns) WHERE turns > 0;
CREATE INDEX frontier_by_text ON frontier (source, text) WHERE text IS NOT NULL;
CREATE INDEX frontier_by_landing ON frontier (source, landed) WHERE landed IS NOT NULL;
CREATE INDEX frontier_by_claim ON frontier (source, claimed) WHERE claimed IS NOT NULL;
CREATE INDEX visits_by_run ON visits (run) WHERE run IS NOT NULL;

-- Addresses that a feed, sitemap or page named and that never entered the frontier, with the rule that left them out.
CREATE TABLE left_out (
    url TEXT PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources (name),
    reason TEXT NOT NULL,
    via TEXT NOT NULL,
    parent TEXT,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    run INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX left_out_by_source ON left_out (source, reason, first_seen);
-- How often addresses were named past the number that is remembered for a source and a reason.
CREATE TABLE left_out_more (
    source TEXT NOT NULL REFERENCES sources (name),
    reason TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (source, reason)
) STRICT, WITHOUT ROWID;

-- Since when no story of a source can be had, and since when its user knows.
ALTER TABLE sources ADD COLUMN failing INTEGER;
ALTER TABLE sources ADD COLUMN acknowledged INTEGER;

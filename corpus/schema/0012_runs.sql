-- `lock` is the file in <data>/runs that the process of a run holds locked while it lives.
ALTER TABLE runs ADD COLUMN lock TEXT;

-- One row per source of a run: while it is `running`, no other run takes the source. Texts in JSON: `counts` is
-- outcome -> reason -> number, `figures` has bytes, requests and the like (corpus/runs/receipts.py).
CREATE TABLE run_sources (
    run INTEGER NOT NULL REFERENCES runs (id),
    source TEXT NOT NULL,
    state TEXT NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER,
    due INTEGER,
    counts TEXT NOT NULL DEFAULT '{}',
    figures TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (run, source)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX run_sources_running ON run_sources (source) WHERE state = 'running';
CREATE INDEX run_sources_by_source ON run_sources (source, started);

-- When each source is due next, in place of one time for all of them.
ALTER TABLE sources ADD COLUMN due INTEGER;
UPDATE sources SET due = coalesce(
    (SELECT due FROM schedule WHERE job = 'crawl:' || name), (SELECT due FROM schedule WHERE job = 'crawl')
);
DROP TABLE schedule;

-- A run forgets what earlier ones asked for of its own sources alone.
DROP INDEX frontier_turns;
CREATE INDEX frontier_turns ON frontier (source) WHERE turns > 0;
CREATE INDEX frontier_leased ON frontier (source) WHERE state = 'leased';

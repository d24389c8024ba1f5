-- A source may have several troubles at once, each with its beginning and its acknowledgement (corpus/health/values.py).
-- The worst one stands in source_health, the others here. An acknowledgement makes nothing the usual any more.
CREATE TABLE source_troubles (
    source TEXT NOT NULL REFERENCES sources (name),
    place INTEGER NOT NULL,
    state TEXT NOT NULL,
    kind TEXT NOT NULL,
    since INTEGER NOT NULL,
    cause TEXT NOT NULL,
    why TEXT NOT NULL,
    message TEXT,
    acknowledged INTEGER,
    PRIMARY KEY (source, place)
) STRICT, WITHOUT ROWID;
ALTER TABLE source_health ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE source_health DROP COLUMN usual_from;
UPDATE source_health SET kind = CASE WHEN cause IN ('author', 'date', 'day', 'text', 'gone') THEN cause ELSE 'story' END
WHERE state = 'drifting';
-- The alarm of a drift is one for each kind from now on; what was told is not told again under another key.
UPDATE alarms SET key = 'source:' || h.source || ':drifting-' || h.kind
    || substr(alarms.key, length('source:' || h.source || ':drifting') + 1)
FROM source_health h
WHERE h.state = 'drifting'
    AND substr(alarms.key, 1, length('source:' || h.source || ':drifting:')) = 'source:' || h.source || ':drifting:'
    -- A moment follows: a source may be named as another one and its state.
    AND substr(alarms.key, length('source:' || h.source || ':drifting:') + 1) GLOB '[0-9][0-9][0-9][0-9]-*';

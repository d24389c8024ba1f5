-- Addresses that were left out past the number that is remembered in full: 63 bits of a digest each.
CREATE TABLE left_out_groups (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources (name),
    reason TEXT NOT NULL,
    held INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source, reason)
) STRICT;
CREATE TABLE left_out_brief (
    address INTEGER PRIMARY KEY,
    part INTEGER NOT NULL REFERENCES left_out_groups (id),
    day INTEGER NOT NULL, -- since 1970 on which it was first named
    run INTEGER
) STRICT;
CREATE TRIGGER left_out_brief_added AFTER INSERT ON left_out_brief
BEGIN UPDATE left_out_groups SET held = held + 1 WHERE id = new.part; END;
CREATE TRIGGER left_out_brief_taken AFTER DELETE ON left_out_brief
BEGIN UPDATE left_out_groups SET held = held - 1 WHERE id = old.part; END;
CREATE TRIGGER left_out_brief_moved AFTER UPDATE OF part ON left_out_brief WHEN new.part != old.part BEGIN
    UPDATE left_out_groups SET held = held - 1 WHERE id = old.part;
    UPDATE left_out_groups SET held = held + 1 WHERE id = new.part;
END;

-- What a run's listings named and left out, as it stood when the run ended.
CREATE TABLE run_left_out (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    reason TEXT NOT NULL,
    times INTEGER NOT NULL,
    examples TEXT NOT NULL, -- JSON: a list of addresses
    PRIMARY KEY (run, source, reason)
) STRICT, WITHOUT ROWID;

-- The sequence from which on articles of a source may be stored without blocks that were guessed to recur. NULL: every
-- such guess was compared with all counts.
ALTER TABLE sources ADD COLUMN guessed_from INTEGER;

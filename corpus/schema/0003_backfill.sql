-- The day to which the lists of a source are walked back, as its user asked; microseconds since 1970 UTC.
ALTER TABLE sources ADD COLUMN backfill INTEGER;

-- The newest day of a backfill, if it has one, and when its user asked for it.
ALTER TABLE sources ADD COLUMN backfill_until INTEGER;
ALTER TABLE sources ADD COLUMN backfill_set INTEGER;

-- The last time the text that stands was seen again, by an import; NULL: not since it was first fetched.
ALTER TABLE articles ADD COLUMN confirmed INTEGER;

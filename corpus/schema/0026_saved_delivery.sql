-- How a saved search tells what is new, and how far it has told.
ALTER TABLE saved ADD COLUMN ways TEXT NOT NULL DEFAULT '';      -- channels of [notify], with spaces between them
ALTER TABLE saved ADD COLUMN often TEXT NOT NULL DEFAULT 'runs';
ALTER TABLE saved ADD COLUMN delivered INTEGER NOT NULL DEFAULT 0;  -- the last article, by id, that a message counted
ALTER TABLE saved ADD COLUMN delivered_at INTEGER;               -- when one last saw to it
ALTER TABLE saved ADD COLUMN feed INTEGER NOT NULL DEFAULT 1;    -- the number of its feed's address; a new one ends it
ALTER TABLE messages ADD COLUMN more TEXT;                       -- JSON: its HTML, where it is stopped, its data

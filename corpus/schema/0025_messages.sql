-- Beside a sentence in English: its message and values, so that a page can say it in another language.
ALTER TABLE deeds ADD COLUMN message TEXT;
ALTER TABLE source_health ADD COLUMN message TEXT;

-- Beside a sentence in English: its message and values, so that a page can say it in another language.
ALTER TABLE runs ADD COLUMN message TEXT;
ALTER TABLE requests ADD COLUMN message TEXT;

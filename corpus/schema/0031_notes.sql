-- Beside a sentence in English: its message and values, so that the message of later can say it in another language.
ALTER TABLE alarms ADD COLUMN message TEXT;

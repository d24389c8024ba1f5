-- A text of few shingles has eight hashes at least, and one of a form has further ones (corpus/copies/sketching.py). All texts
-- are compared again by the next crawl, import or `pressmark index`; groups stand until then.
DELETE FROM copy_texts;
DELETE FROM copy_pages;
DELETE FROM copy_waiting;
UPDATE meta SET value = 0 WHERE key IN ('copies', 'copies_recent', 'copies_packed');
UPDATE meta SET value = value + 1 WHERE key = 'copies_turn';

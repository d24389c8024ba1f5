-- Texts are compared in one writing (corpus/copies/writing.py), so no earlier sketch finds one: all texts are compared anew
-- by the next crawl, import or `pressmark index`. Groups stand until then.
DROP TABLE copy_texts_before;
DELETE FROM copy_texts;
DELETE FROM copy_recent;
DELETE FROM copy_pages;
UPDATE meta SET value = 0 WHERE key IN ('copies', 'copies_recent', 'copies_packed');

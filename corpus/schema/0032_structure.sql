-- How the text of a revision was set on its page: spans over `body` (corpus/structure/packing.py), packed as a body is.
-- NULL: not read; empty: read, and there is none.
ALTER TABLE revisions ADD COLUMN structure BLOB;

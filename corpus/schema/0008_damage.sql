-- Articles whose row or text is not as it was stored: they are left out everywhere until they are mended.
CREATE TABLE damage (
    article INTEGER PRIMARY KEY,
    what TEXT NOT NULL
) STRICT;

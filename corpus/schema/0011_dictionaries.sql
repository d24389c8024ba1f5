-- What bodies are packed with: a dictionary trained on the texts, its number written in each body packed with it. Each
-- is stored twice, as without it no text can be read; `checksum` is the CRC-32 of `content`.
CREATE TABLE dictionaries (
    number INTEGER NOT NULL,
    copy INTEGER NOT NULL,
    content BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (number, copy)
) STRICT;

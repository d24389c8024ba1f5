-- Goes up with every change of dossiers and tags: what was found by them is found again.
CREATE TABLE desk_revision (
    number INTEGER NOT NULL
) STRICT;
INSERT INTO desk_revision VALUES (0);

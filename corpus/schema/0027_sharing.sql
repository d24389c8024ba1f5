-- Who else reads a dossier: nobody (''), the people of the archive ('people'), whoever has its address ('link').
ALTER TABLE dossiers ADD COLUMN shared TEXT NOT NULL DEFAULT '';
ALTER TABLE dossiers ADD COLUMN address INTEGER NOT NULL DEFAULT 1;  -- a number in that address; another ends it

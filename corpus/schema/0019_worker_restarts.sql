-- How many processes that read pages a run lost to them: killed, stuck, or out of memory.
ALTER TABLE runs ADD COLUMN worker_restarts INTEGER NOT NULL DEFAULT 0;

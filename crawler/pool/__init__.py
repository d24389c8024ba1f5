"""Pages, read in worker processes that cannot hurt us."""

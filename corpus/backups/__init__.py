"""A corpus in use <-> files that hold it: each the store as it was at one moment, and the raw responses."""

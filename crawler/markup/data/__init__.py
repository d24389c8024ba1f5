"""Values that a page holds for its scripts -> read as data; nothing is run."""

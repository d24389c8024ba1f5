"""Many searches at once: a list of queries in, a table of counts out."""

"""Which articles tell the same text: found as articles are stored, never deleted, led by the earliest."""

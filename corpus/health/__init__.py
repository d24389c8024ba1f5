"""How a source does against its own past, why, since when, and what to try."""

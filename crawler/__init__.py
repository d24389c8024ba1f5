"""From a source's address to articles in the store."""

"""The language of the pages: which it is, and what every text is called in it."""

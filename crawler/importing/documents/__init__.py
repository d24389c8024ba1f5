"""A document that someone wrote or saved -> its article, or the articles that a database exported in it."""

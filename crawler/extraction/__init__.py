"""A page -> its article."""

"""The lists of the pages as data."""

"""The figures of an archive, for who watches it."""

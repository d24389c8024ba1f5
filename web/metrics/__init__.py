"""The figures of an archive, for those who monitor it."""

"""The encoding of a text where nobody says it, and a text that was encoded twice."""

"""The vocabulary of a segment and of an index: forms, their variants, and which of them are near or frequent."""

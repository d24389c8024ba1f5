"""Articles <-> rows: written, read, checked, grouped as copies; and their authors."""

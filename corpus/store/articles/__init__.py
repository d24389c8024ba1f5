"""Articles <-> rows: written, read, checked, grouped as copies, and who signs them."""

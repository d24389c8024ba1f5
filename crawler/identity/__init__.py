"""A page, its text and what its address is -> whether it is the story one came for, and which other page it is."""

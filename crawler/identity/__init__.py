"""A page, its text and its address -> whether it is the story of that address, and of which other address it is."""

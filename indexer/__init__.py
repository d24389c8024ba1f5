"""From articles in the store to ranked hits."""

"""Up to five searches over time, side by side."""

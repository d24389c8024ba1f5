"""A page's blocks and the chosen of them -> how their text is set, as spans over it."""

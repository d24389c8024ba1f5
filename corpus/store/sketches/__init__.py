"""Which texts have a hash in their sketch: the last ones wait, an article a row; the others stand packed in pages."""

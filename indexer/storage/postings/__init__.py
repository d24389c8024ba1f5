"""The postings of a segment: which texts each term stands in, how often, and at which positions; packed in its file."""

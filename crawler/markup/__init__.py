"""Bytes -> a tree, its text blocks, and what the page says of itself."""

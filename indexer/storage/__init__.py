"""Postings and columns in files: segments, commits, merges."""

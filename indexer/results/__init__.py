"""What an answer shows: hits, snippets, exports."""

"""Results -> what pages and files show of them: hits, snippets, exports."""

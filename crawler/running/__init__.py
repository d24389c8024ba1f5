"""One run: which host is asked next, what is under way, which sources are done."""

"""One polite, bounded, safe HTTP exchange."""

"""Who wrote: the index of authors, and a profile of each."""

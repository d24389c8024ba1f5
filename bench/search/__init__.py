"""The search engine against its peers: the same corpus, the same queries, one process, CPU time."""

"""The search engine on an OpenSearch cluster: for corpora, and numbers of searches, beyond one machine."""

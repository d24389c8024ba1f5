"""The articles of all stores that index into one cluster, read where none of these stores is."""

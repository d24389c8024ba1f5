"""A snapshot and a query -> results, by array operations."""

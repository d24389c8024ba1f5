"""The desk: what readers keep, and what they change by hand."""

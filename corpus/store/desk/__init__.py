"""What readers keep: receipts, saved searches, and what was changed by hand."""

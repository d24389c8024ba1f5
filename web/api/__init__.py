"""The archive as an HTTP API: `/api/v1`."""

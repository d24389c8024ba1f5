"""When it was published, and when it was updated."""

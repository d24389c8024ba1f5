"""Messages on their way to those who run the archive: by mail, webhook or command."""

"""What a search engine takes and gives."""

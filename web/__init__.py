"""What a person touches: the pages, the JSON API and the command line."""

"""What the pages have beside an article or a source, in the API: citations, similar articles, changes, coverage."""

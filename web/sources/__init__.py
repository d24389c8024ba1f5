"""The pages of the sources and of the crawls."""

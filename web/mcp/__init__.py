"""The corpus as tools of a language model, over the Model Context Protocol: read only, on this machine alone."""

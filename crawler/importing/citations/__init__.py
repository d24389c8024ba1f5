"""The entries of a bibliography: CSL-JSON, RIS and BibTeX."""

"""The lines of a page that are nothing but names, a module for each place where they stand."""

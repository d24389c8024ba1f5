"""The rules that clean a chosen story, a module for each place where other text stands."""

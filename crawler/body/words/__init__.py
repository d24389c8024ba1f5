"""Word lists of the rules and of the model."""

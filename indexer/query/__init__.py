"""A typed query -> Query, and back."""

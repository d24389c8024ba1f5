"""What a person typed -> Query, and back."""

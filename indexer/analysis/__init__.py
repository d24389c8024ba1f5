"""Text -> surface forms, and how forms are related."""

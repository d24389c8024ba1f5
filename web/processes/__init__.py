"""The processes of one server: who starts them, and what they have in common."""

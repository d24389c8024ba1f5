"""What was changed of a dossier, and when."""

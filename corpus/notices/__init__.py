"""What is wrong, or done -> messages for those who run the archive."""

"""What stands in a file that someone brings."""

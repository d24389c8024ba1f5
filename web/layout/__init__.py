"""What every page is made of and sent with."""

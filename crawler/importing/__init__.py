"""Files that someone brings -> the articles in them."""

"""What becomes of the corpus over the years: what is old goes, and what others read is packed for them."""

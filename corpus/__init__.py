"""What an article is, and where articles are stored. No network, no HTML, no index."""

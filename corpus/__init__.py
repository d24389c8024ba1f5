"""What an article is, and where articles are kept. No network, no HTML, no index."""

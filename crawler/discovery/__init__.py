"""A home page, section, feed or sitemap -> the URLs it names."""

"""Three fictional news sites on loopback addresses: what `pressmark demo` and the end-to-end tests crawl."""

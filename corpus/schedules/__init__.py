"""The schedule of a crawl as it is written in config.toml -> the times at which it is due."""

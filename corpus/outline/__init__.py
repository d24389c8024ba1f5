"""Which config.toml applies, and the few settings by which the corpus is found, without checking all others."""

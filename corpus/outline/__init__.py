"""Which config.toml holds, and the few settings in it that the corpus is found by, without the check of all others."""

"""How config.toml and rule files mark a selector that is no CSS; workers, which read no configuration, ask here too."""

XPATH = "xpath:"  # before each alternative of such a selector

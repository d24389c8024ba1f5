"""config.toml -> Config: strict; all problems at once, each with its file and line."""

import os
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from corpus.config.keep import KeepSettings
from corpus.config.notify import NotifySettings
from corpus.config.problems import tables
from corpus.config.reading import examine, read
from corpus.config.settings import (
    Config,
    CrawlerSettings,
    IndexerSettings,
    ScheduleSettings,
    Selectors,
    Setting,
    Source,
)
from corpus.config.web import WebSettings
from corpus.errors import Problem
from corpus.outline.config_file import FILE, ConfigChoice, default_data, find

__all__ = [
    "Config",
    "ConfigChoice",
    "CrawlerSettings",
    "IndexerSettings",
    "KeepSettings",
    "NotifySettings",
    "ScheduleSettings",
    "Selectors",
    "Setting",
    "Source",
    "WebSettings",
    "examined",
    "example",
    "find",
    "json_schema",
    "load",
]


def examined(explicit: Path | None = None, *, cwd: Path | None = None) -> tuple[Config | None, tuple[Problem, ...]]:
    """Return what is valid of the configuration in a folder (None: nothing), and every problem of the rest.

    Raises:
        ConfigError: The file cannot be read, or is no TOML.
    """
    cwd = (cwd or Path.cwd()).absolute()
    choice = find(explicit, cwd=cwd, environ=os.environ)
    return examine(choice.path, os.environ, cwd=cwd, default_data=default_data(choice, os.environ))


def load(explicit: Path | None = None, *, cwd: Path | None = None, environ: Mapping[str, str] | None = None) -> Config:
    """Return the configuration that holds in a folder.

    Raises:
        ConfigError: with every problem found.
    """
    cwd = (cwd or Path.cwd()).absolute()
    environ = os.environ if environ is None else environ
    choice = find(explicit, cwd=cwd, environ=environ)
    return read(choice.path, environ, cwd=cwd, default_data=default_data(choice, environ))


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of config.toml, for editors."""
    schema = Config.model_json_schema(mode="validation")
    written = Config().model_dump(mode="json")
    for name, table in tables(Config).items():
        inner = schema["$defs"][table.__name__]["properties"]
        for key, default in written.get(name, {}).items():  # sources have no defaults of their own
            inner[key]["default"] = default
    source = schema["properties"]["source"]
    source["items"] = {"anyOf": [{"type": "string"}, source["items"]]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": FILE}


def example() -> str:
    """Return a complete, commented config.toml: every key with its default. `pressmark init` writes it."""
    return resources.files("corpus.config").joinpath("example.toml").read_text(encoding="utf-8")

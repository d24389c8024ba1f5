"""config.toml -> Config: strict; all problems at once, each with its file and line."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from corpus.config.keep import KeepSettings
from corpus.config.notify import NotifySettings
from corpus.config.problems import tables
from corpus.config.reading import read
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
from corpus.errors import ConfigError, Problem

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
    "example",
    "find",
    "json_schema",
    "load",
]

FILE = "config.toml"
VARIABLE = "PRESSMARK_CONFIG"
_OWN = "the user's own"


@dataclass(frozen=True, slots=True)
class ConfigChoice:
    """Which config file is used, and why; `path` is None when there is none and the defaults hold."""

    path: Path | None
    why: str


def find(explicit: Path | None, *, cwd: Path, environ: Mapping[str, str]) -> ConfigChoice:
    """Return the file to use: the one named, $PRESSMARK_CONFIG, here, in a folder above, the user's own."""
    if explicit is not None:
        return ConfigChoice(_file(cwd / explicit), "named by --config")
    if environ.get(VARIABLE):
        return ConfigChoice(_file(cwd / environ[VARIABLE]), f"named by ${VARIABLE}")
    home = _home(environ)
    for folder in (cwd, *cwd.parents):
        if (folder / FILE).is_file():
            return ConfigChoice(folder / FILE, "in this folder" if folder == cwd else "in a folder above")
        if folder == home or (folder / ".git").exists():
            break
    own = Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "pressmark" / FILE
    if own.is_file():
        return ConfigChoice(own, _OWN)
    return ConfigChoice(None, "no file: defaults only")


def load(explicit: Path | None = None, *, cwd: Path | None = None, environ: Mapping[str, str] | None = None) -> Config:
    """Return the configuration that holds in a folder.

    `data` stands beside the file; without one, or with the user's own, in $XDG_DATA_HOME/pressmark.

    Raises:
        ConfigError: with every problem found.
    """
    cwd = (cwd or Path.cwd()).absolute()
    environ = os.environ if environ is None else environ
    found = find(explicit, cwd=cwd, environ=environ)
    data = Path(environ.get("XDG_DATA_HOME") or _home(environ) / ".local" / "share") / "pressmark"
    if found.path is not None and found.why != _OWN:
        data = found.path.parent.absolute() / "data"
    return read(found.path, environ, cwd=cwd, default_data=data)


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


def _home(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("HOME") or "/")


def _file(path: Path) -> Path:
    if not path.is_file():
        raise ConfigError((Problem(str(path), None, "", "there is no such file; `pressmark init` writes one"),))
    return path

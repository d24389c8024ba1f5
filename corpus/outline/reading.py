"""config.toml -> where the corpus is and when its sources are crawled, without what checks every setting.

`Config` gives the same outline of a file that it has checked. The check loads pydantic, which takes as long as all that
`pressmark status` does. So a file that passed it leaves its digest beside the corpus, and until the file, or the rules
of the check, change, the outline is read from the file alone.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from corpus import VERSION, urls
from corpus.outline.config_file import ConfigChoice, default_data
from corpus.schedules import cadence
from corpus.schedules.cadence import Cadence

STORE, INDEX = "pressmark.sqlite", "index"
TIMEZONE, SCHEDULE = "UTC", "nightly"  # the defaults
CHECKED = "config.checked"  # beside the corpus: the digest of the file that passed the check
DIGEST = 64  # digits
MAX_BYTES = 2_000_000  # of config.toml: thousands of sources fit; a file of another kind is refused early
_RULES = Path(__file__).parents[1] / "config" / "settings.py"


@dataclass(frozen=True, slots=True)
class Outline:
    """The settings that say what is followed, and where its articles are.

    Attributes:
        contact: Where the owners of the sites can write; None: nothing is crawled.
        cadences: Name of a source -> when it is crawled, in the order of the file.
        engine, stores: As in [indexer].
    """

    data: Path
    zone: ZoneInfo
    contact: str | None
    cadences: Mapping[str, Cadence]
    engine: str
    stores: str

    @property
    def store(self) -> Path:
        """The article store's file."""
        return self.data / STORE

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.data / INDEX


def read_outline(choice: ConfigChoice, environ: Mapping[str, str]) -> Outline | None:
    """Return the outline of a file that passed the check as it is now; None where the whole configuration must be read.

    That is also when variables override settings, and when the file names rule files, which are checked with it.
    """
    if any(name == "PORT" or name.startswith("PRESSMARK__") for name in environ):
        return None
    if choice.path is None:
        return _outline({}, default_data(choice, environ), Path())
    try:
        if len(content := read_bytes(choice.path)) > MAX_BYTES:
            return None
        raw = tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
        outline = _outline(raw, default_data(choice, environ), choice.path.parent.absolute())
        passed = _remembered(outline.data / CHECKED) == _digest(content)
    except (AttributeError, KeyError, OSError, RuntimeError, TypeError, ValueError):  # the check says what is wrong
        return None
    return outline if passed and not raw.get("crawler", {}).get("site_rules") else None


def read_bytes(path: Path) -> bytes:
    """Return what stands in a config.toml; of one that is too long a little more than MAX_BYTES."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def remember_checked(data: Path, content: bytes) -> None:
    """Store beside a corpus that this content of a file passed the check; nothing where that cannot be done."""
    with suppress(OSError):
        (data / CHECKED).unlink(missing_ok=True)
        with (data / CHECKED).open("x", encoding="ascii") as file:  # never through a link that stands in its place
            file.write(_digest(content))


def _remembered(path: Path) -> str:
    if not path.is_file():  # a pipe would keep us waiting
        return ""
    with path.open(encoding="ascii") as file:
        return file.read(DIGEST + 1)


def _digest(content: bytes) -> str:
    rules = f"{VERSION} {_RULES.stat().st_mtime_ns}\n".encode()
    return hashlib.sha256(rules + content).hexdigest()


def _outline(raw: Mapping[str, Any], data: Path, base: Path) -> Outline:
    crawler, indexer, given = raw.get("crawler", {}), raw.get("indexer", {}), raw.get("source", [])
    usual = raw.get("schedule", {}).get("crawl", SCHEDULE)
    listed = [given] if isinstance(given, str | dict) else given
    sources: list[dict[str, str]] = [{"url": each} if isinstance(each, str) else each for each in listed]
    parse = cache(cadence.parse)
    return Outline(
        data=base / Path(raw["data"]).expanduser() if "data" in raw else data,
        zone=ZoneInfo(raw.get("timezone", TIMEZONE)),
        contact=crawler.get("contact"),
        cadences={source_name(each): parse(each.get("schedule", usual)) for each in sources},
        engine=indexer.get("engine", "whoosh"),
        stores=indexer.get("stores", "own"),
    )


def source_name(source: Mapping[str, Any]) -> str:
    """Return what a source is called: its name in the file, or its host."""
    return str(source.get("name") or urls.host(source["url"]) or source["url"][:80])

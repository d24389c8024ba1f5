"""A site that was looked at -> whether it becomes a source, and config.toml with it.

What was found is the record of crawler/looking.py: of a look just made, or of one that the store has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus import urls
from corpus.config import Config
from corpus.config.source_tables import with_feed, with_source
from corpus.config.writing import change_file
from corpus.errors import PressmarkError
from corpus.texts import text, texts
from corpus.via import Via

Look = Mapping[str, Any]

LONGEST_NAME = 80  # characters, as config has it


@dataclass(frozen=True, slots=True)
class Added:
    """What was added: a source, or a further feed of the source `to`."""

    address: str
    name: str
    to: str | None = None


def refusal(look: Look, config: Config) -> str | None:
    """Return why an address does not become a source, in words; None when it does."""
    address = look["address"]
    if look["robots"] == "unreachable":
        return text("{address}: it did not answer, neither its robots.txt nor a page", address=address)
    if look["robots"] != "allowed":
        return text("{address}: its robots.txt does not allow us to read it", address=address)
    if look["problem"]:
        return str(look["problem"])
    if look["empty"]:
        tried = len(look["samples"])
        if not tried:
            return text("{address}: no feed, no sitemap and no article was found", address=address)
        return texts(
            "{address}: no feed, no sitemap and no article was found; the page that was read is not an article",
            "{address}: no feed, no sitemap and no article was found; of {n} pages that were read none is an article",
            tried,
            address=address,
        )
    known = known_source(address, config)
    if known and look["given"] == "home":
        return text('{address}: is in the configuration already, as "{known}"', address=address, known=known)
    return None


def known_source(address: str, config: Config) -> str | None:
    """Return the name of the source that has this address, or None."""
    key = urls.canonical(address)
    return next((source.name for source in config.sources if urls.canonical(source.url) == key), None)


def name_for(look: Look, config: Config, name: str | None = None) -> str:
    """Return what a source is called in the configuration: as wanted, or its host; with a number if that is taken."""
    taken = {source.name for source in config.sources}
    wanted = name or urls.host(look["address"])
    return wanted if wanted not in taken else _free(wanted, taken)


def new_text(
    before: str, look: Look, config: Config, *, typed: str, name: str | None = None, section: str | None = None
) -> tuple[str, Added]:
    """Return the text of a config file with what was found at the address that was typed, and what was added.

    Raises:
        PressmarkError: The source of a feed has it already.
    """
    address = look["address"]
    given = [way["url"] for way in (*look["feeds"], *look["sitemaps"]) if way["via"] == Via.GIVEN]
    known = known_source(address, config)
    if known:
        found = with_feed(before, known, given[0]) if look["given"] == "feed" and given else None
        if found is not None:
            return found, Added(given[0], known, to=known)
        raise PressmarkError(f'{address}: is in the configuration already, as "{known}"')
    same = urls.canonical(typed) == urls.canonical(address)
    called = name_for(look, config, name)
    written = called if name or called != urls.host(address) else None
    feeds = given if look["given"] == "feed" else []
    sitemaps = given if look["given"] == "sitemap" else []
    url = typed.strip() if same else address
    found = with_source(before, url, written, feeds=feeds, sitemaps=sitemaps, section=section)
    return found, Added(address, called)


def add_source(
    file: Path,
    look: Look,
    config: Config,
    *,
    typed: str,
    name: str | None = None,
    section: str | None = None,
    expected: str | None = None,
    backup: datetime | None = None,
) -> Added:
    """Write what was found at the address that was typed to the config file.

    Args:
        expected, backup: As `change_file` takes them.

    Raises:
        ConfigChanged: The file is not the expected one.
        PressmarkError: The source of a feed has it already, or the file cannot be written.
    """
    added: list[Added] = []

    def make(before: str) -> str:
        found, what = new_text(before, look, config, typed=typed, name=name, section=section)
        added.append(what)
        return found

    change_file(file, make, expected=expected, backup=backup)
    return added[0]


def _free(name: str, taken: set[str]) -> str:
    longest = LONGEST_NAME - 4
    return next(candidate for n in range(2, len(taken) + 3) if (candidate := f"{name[:longest]} {n}") not in taken)

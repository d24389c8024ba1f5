"""A look that a scheduler made -> what its page shows, and the source that the form adds to config.toml."""

from datetime import datetime
from pathlib import Path
from typing import Any

from corpus.config.secrets import added_lines
from corpus.config.source_tables import with_lines, without_source
from corpus.config.writing import change_file, checksum
from corpus.errors import ConfigChanged, NotFound, PressmarkError
from corpus.store import ArticleStore
from corpus.store.crawls.requests import CrawlRequest, RequestKind, RequestState
from corpus.texts import joined, text
from web.languages.formats import decimal
from web.languages.recognizing import shown
from web.layout.changes import bounded
from web.layout.paths import source_path
from web.layout.problems import NotAllowed
from web.layout.services import current_services
from web.sources.adding import LONGEST_NAME, Added, add_source, known_source, name_for, new_text, refusal
from web.sources.reason_words import explained
from web.sources.via_words import via_word

NO_FILE = text("There is no config.toml to write to: pressmark init makes one.")


def look_values(found: CrawlRequest) -> dict[str, Any]:
    """Return what was found, whether it can become a source, and the lines that config.toml would get."""
    config, look = current_services().config, found.answer
    known = known_source(look["address"], config)
    why_not = refusal(look, config)
    file, lines = config.path, None
    seen = checksum(file) if file is not None else ""  # before the lines: what they are made of is never older
    if why_not is None and file is not None:
        lines, why_not = _lines(file, found)
    if why_not and why_not == look["problem"] and look.get("reason"):  # what failed is stored in English alone
        why_not = explained(f"{look['reason']}: {why_not}")
    return {
        "look": look,
        "known": known,
        "known_url": source_path(known) if known else None,
        "why_not": None if known and look["given"] == "home" else why_not,
        "name": name_for(look, config),
        "lines": lines,
        "explained": explained,
        "shown": shown,
        "rest": decimal(look["crawl_delay"], 1) if look["crawl_delay"] else None,
        "via_word": via_word,
        "file": file.name if file is not None else None,
        "checksum": seen,
        "is_article": any(sample["kind"] == "article" for sample in look["samples"]),
    }


def add_from(found: CrawlRequest, name: str, expected: str | None) -> Added:
    """Write what was found to config.toml, a copy of which is made.

    Raises:
        ConfigChanged: The file is not what it was when the form was made.
        NotAllowed: Nothing was found, it is a source already, or the file cannot be written.
    """
    services = current_services()
    file = services.config.path
    if found.kind is not RequestKind.LOOK or found.state is not RequestState.DONE:
        raise NotAllowed(text("There is nothing to add: the look has not ended, or nothing came of it."))
    if file is None:
        raise NotAllowed(NO_FILE)
    if why_not := refusal(found.answer, services.config):
        raise NotAllowed(joined("", [why_not, "."]))
    wanted = bounded(" ".join(name.split()), LONGEST_NAME) or None
    try:
        added = add_source(
            file,
            found.answer,
            services.config,
            typed=found.about,
            name=wanted,
            expected=expected,
            backup=services.now(),
        )
    except ConfigChanged:
        raise
    except PressmarkError as error:
        raise NotAllowed(f"{error}.") from error
    services.follow_config()
    return added


def take_out(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    """Undo that a source was added: its lines are taken out of config.toml again, and no article with them."""
    _ = store
    remove(was["name"], now)


def remove(name: str, now: datetime) -> str:
    """Take a source out of config.toml, a copy of which is made; return its lines.

    Raises:
        NotAllowed: It is not there, or stands in a form that is not changed from here.
    """
    services, taken = current_services(), []

    def make(text: str) -> str:
        found = without_source(text, name)
        if found is None:
            raise NotFound(f'source "{name}": it is not in config.toml')
        taken.append(found[1])
        return found[0]

    _change(make, now)
    services.follow_config()
    return taken[0]


def put_back(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    """Undo that a source was taken out of config.toml."""
    _ = store
    _change(lambda text: with_lines(text, was["lines"]), now)
    current_services().follow_config()


def _change(make: Any, now: datetime) -> None:
    file = current_services().config.path
    if file is None:
        raise NotAllowed(NO_FILE)
    try:
        change_file(file, make, backup=now)
    except PressmarkError as error:
        raise NotAllowed(f"{error}.") from error


def _lines(file: Path, found: CrawlRequest) -> tuple[str | None, str | None]:
    """Return the lines that would be written, and why they cannot be."""
    try:
        before = file.read_text(encoding="utf-8-sig")
        after, _ = new_text(before, found.answer, current_services().config, typed=found.about)
    except (OSError, UnicodeDecodeError, PressmarkError) as error:
        return None, str(error)
    return added_lines(before, after), None

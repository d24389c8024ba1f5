"""The values of importing: an item of a file, and its place in the file as it is shown."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from corpus.errors import ImportFailed
from corpus.model import Article
from corpus.records import ArticleRecord
from corpus.store.values import Alias
from crawler.values import Page

MAX_BYTES = 20_000_000  # of one page, text or line: far more than an article, far less than memory
MAX_UNPACKED = 50_000_000_000  # bytes of all that a file holds, archives within it too
MAX_SHOWN = 80  # characters of a value that a message quotes

# Characters that would steer a terminal or turn the text around it: they are shown as escapes.
_HIDDEN = {
    number: f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"
    for number in (*range(32), *range(127, 160), 0x061C, *range(0x200B, 0x2010), *range(0x2028, 0x202F),
                   *range(0x2060, 0x206A), 0xFEFF)
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """An address that a saved page gives for itself.

    Attributes:
        rule: Where it stood, such as `canonical link`.
        by_saver: The program that saved the page wrote it, not the page's own author.
    """

    url: str
    rule: str
    by_saver: bool


@dataclass(frozen=True, slots=True)
class ImportItem:
    """An item of a file.

    Attributes:
        place: Where it stands, as it can be shown.
        item: None when there are only notes.
        notes: What of it was left out or guessed, and why; each names its place.
        own_url: The identity of its content, where `claim` says which address it claims.
        is_part: It is one of several pages of a file; that some are no articles is no error.
    """

    place: str
    item: Article | Page | ArticleRecord | Alias | ImportFailed | None
    notes: tuple[str, ...] = ()
    claim: Claim | None = None
    own_url: str | None = None
    is_part: bool = False


@dataclass(slots=True)
class Budget:
    """What a file that a person gave may unpack to, with all archives in it; `left` falls as they are read."""

    limit: int
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.limit


@dataclass(frozen=True, slots=True)
class Origin:
    """A file, or a member of an archive.

    Attributes:
        place: Its whole name as it can be shown; `path` of a file, `path!member` of an archive.
        name: Its last part, in lower case: what its kind is read from.
        written: When it was last written; aware UTC.
        depth: How many archives it lies in.
        budget: That of the file that a person gave.
    """

    place: str
    name: str
    written: datetime
    depth: int = 0
    budget: Budget = field(default_factory=lambda: Budget(MAX_UNPACKED), compare=False)

    @property
    def file(self) -> str:
        """The last part of the place: what is stored of it, as a whole path is private."""
        return self.place.rpartition("/")[2]


def _direct(_what: str, read: Callable[..., Any], *args: Any) -> Any:
    return read(*args)


@dataclass(frozen=True, slots=True)
class Options:
    """What all readers are given.

    Attributes:
        source: The source to file everything under; None: what each says, then the host of its URL.
        now: When it is taken in; aware UTC.
        run: Calls a function with hostile bytes, in a process of its own where there is one: what, function, values.
    """

    source: str | None
    now: datetime
    run: Callable[..., Any] = field(default=_direct)


Reader = Callable[[IO[bytes], Origin, Options], Iterator[ImportItem]]


def shown(name: str | os.PathLike[str]) -> str:
    """Return a file's name to be printed: control and hidden characters, and bytes that are no UTF-8, are escaped."""
    return os.fsencode(name).decode("utf-8", "backslashreplace").translate(_HIDDEN)


def quoted(value: object) -> str:
    """Return a value as a message quotes it: short, in one line, nothing hidden; what is no text as its file has it."""
    text = value if isinstance(value, str) else _as_written(value)
    cut = text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"
    return repr(cut.encode("utf-8", "backslashreplace").decode().translate(_HIDDEN)).replace("\\\\", "\\")


def _as_written(value: object) -> str:
    """Return a date of a citation as its file has it, and other tables and lists as JSON."""
    if isinstance(value, Mapping) and isinstance(raw := value.get("raw"), str):
        return raw
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    if isinstance(parts, list) and len(parts) == 1 and isinstance(parts[0], list | tuple):
        return "-".join(map(str, parts[0]))
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, Mapping | list) else str(value)


def failed(place: str, why: str) -> ImportItem:
    """Return the item of a place that could not be read."""
    return ImportItem(place, ImportFailed(f"{place}: {why}"))


def failed_by(place: str, error: Exception) -> ImportItem:
    """Return the item of a place that could not be read because of an error, which may begin with the place itself."""
    if isinstance(error, ImportFailed) and str(error).startswith(f"{place}: "):
        return ImportItem(place, error)
    return failed(place, str(error).removeprefix(f"{place}: "))


def note(place: str, said: str) -> ImportItem:
    """Return an item that only says something of a place: what was left out there, and why."""
    return ImportItem(place, None, (f"{place}: {said}",))


def content_of(opened: IO[bytes], *, max_bytes: int = MAX_BYTES) -> bytes | None:
    """Return what is left of a file, or None when that is more than `max_bytes`."""
    content = opened.read(max_bytes + 1)
    return content if len(content) <= max_bytes else None


def too_large(origin: Origin, max_bytes: int = MAX_BYTES) -> ImportItem:
    """Return the item of a file over the limit."""
    return failed(origin.place, f"is over {max_bytes // 1_000_000} MB: expected one page or text")

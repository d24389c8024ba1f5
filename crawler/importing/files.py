"""Paths -> what stands in them: articles, pages still to be extracted, or what is wrong and where.

HTML is `.html .htm .xhtml`, plain text `.txt .text`, records `.jsonl .ndjson`, captures `.warc .warc.gz`.
A folder is walked in the order of names. Files are read a piece at a time; memory stays bounded.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus import urls, warc
from corpus.errors import ImportFailed
from corpus.model import Article
from crawler.extraction.plaintext import ENDINGS, read_text
from crawler.importing.records import record_article
from crawler.markup.charset import decode
from crawler.markup.sniff import refusal
from crawler.values import Page

MAX_BYTES = 20_000_000  # of one page, text or line: far more than an article, far less than memory
MAX_FILES = 1_000_000
MAX_STRANGE = 3  # lines that are no JSON, with none before them that is, after which a file is none of records
KINDS = ".html, .txt, .jsonl, .warc or .warc.gz"
OK = 200


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One thing found: where it stands, and what it is."""

    place: str
    item: Article | Page | ImportFailed


def find(paths: Iterable[Path], *, source: str | None, now: datetime) -> Iterator[ImportItem]:
    """Read the paths in order.

    Args:
        source: The source to file all of it under; None: what each says, then the host of its URL.
        now: When it was taken in; aware UTC.
    """
    for path in paths:
        empty = True
        for file in _files(path):
            empty = False
            try:
                yield from _read(file, source, now)
            except OSError as error:
                yield _failed(str(file), f"cannot be read: {error.strerror or error}")
        if empty:
            yield ImportItem(str(path), ImportFailed(f"no file of a known kind in {path}: expected {KINDS}"))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for count, file in enumerate(sorted(path.rglob("*"))):
        if count >= MAX_FILES:
            return
        if file.is_file() and _reader(file) is not None:
            yield file


def _read(file: Path, source: str | None, now: datetime) -> Iterator[ImportItem]:
    reader = _reader(file)
    if reader is None:
        yield _failed(str(file), f"expected {KINDS}")
    else:
        yield from reader(file, source, now)


_Reader = Callable[[Path, str | None, datetime], Iterator[ImportItem]]


def _reader(file: Path) -> _Reader | None:
    name = file.name.lower()
    if name.endswith((".warc", ".warc.gz")):
        return _warc
    if name.endswith((".jsonl", ".ndjson")):
        return _records
    if name.endswith((".html", ".htm", ".xhtml")):
        return _html
    if name.endswith(ENDINGS):
        return _text
    return None


def _html(file: Path, source: str | None, now: datetime) -> Iterator[ImportItem]:
    if (content := _content(file)) is None:
        yield _failed(str(file), f"is over {MAX_BYTES // 1_000_000} MB")
        return
    if other := refusal(content, None, page=True):
        yield _failed(str(file), f"{other}: its first bytes are those of no page")
        return
    address = file.absolute().as_uri()
    yield ImportItem(
        str(file),
        Page(url=address, address=address, source=source or "imported", content=content, fetched=_time(file, now)),
    )


def _text(file: Path, source: str | None, now: datetime) -> Iterator[ImportItem]:
    if (content := _content(file)) is None:
        yield _failed(str(file), f"is over {MAX_BYTES // 1_000_000} MB")
        return
    if other := refusal(content, None, page=True):
        yield _failed(str(file), f"{other}: its first bytes are those of no text")
        return
    address = file.absolute().as_uri()
    text, _ = decode(content)
    yield ImportItem(str(file), read_text(text, url=address, source=source or "imported", fetched=_time(file, now)))


def _records(file: Path, source: str | None, now: datetime) -> Iterator[ImportItem]:
    """Read the lines; what opens with lines that are no JSON is told once and left, not line by line."""
    strange: list[ImportItem] | None = []  # told when a line is JSON after all, or the file ends; None: one was
    for place, line in _lines(file):
        if isinstance(line, ImportFailed):
            found, is_json = ImportItem(place, line), False
        else:
            found, is_json = _record(line, place, source, now)
        if strange is not None and not is_json:
            strange.append(found)
            if len(strange) == MAX_STRANGE:
                yield _failed(str(file), f"its first {MAX_STRANGE} lines are not JSON; the file was left")
                return
            continue
        yield from strange or ()
        strange = None
        yield found
    yield from strange or ()


def _lines(file: Path) -> Iterator[tuple[str, bytes | ImportFailed]]:
    """Give each line that is not blank with its place; one that is too long is the last."""
    with file.open("rb") as opened:
        for number, line in enumerate(iter(lambda: opened.readline(MAX_BYTES + 1), b""), start=1):
            place = f"{file}:{number}"
            if len(line) > MAX_BYTES:
                said = f"{place}: the line is over {MAX_BYTES // 1_000_000} MB; the rest of the file was left"
                yield place, ImportFailed(said)
                return
            if line.strip():
                yield place, line


def _record(line: bytes, place: str, source: str | None, now: datetime) -> tuple[ImportItem, bool]:
    """Read one line, and say whether it was JSON at all."""
    try:
        record: Any = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return _failed(place, f"{_fault(error)}: expected one JSON object a line"), False
    try:
        return ImportItem(place, record_article(record, place=place, source=source, now=now)), True
    except ImportFailed as error:
        return ImportItem(place, error), True
    except (ValueError, RecursionError):
        return _failed(place, "holds a value beyond what we can read"), True


def _fault(error: Exception) -> str:
    """Say in plain words why a line could not be read as JSON."""
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else "not JSON: a number is too long"


def _warc(file: Path, source: str | None, now: datetime) -> Iterator[ImportItem]:
    try:
        yield from _captures(file, source, now)
    except ImportFailed as error:
        yield _failed(str(file), str(error))


def _captures(file: Path, source: str | None, now: datetime) -> Iterator[ImportItem]:
    with file.open("rb") as opened:
        for record in warc.records(opened, max_bytes=MAX_BYTES):
            exchange = record.exchange
            key = urls.canonical(exchange.url)
            kind = (exchange.header("content-type") or "").lower()
            if key is None or exchange.status != OK or "html" not in kind or not exchange.body:
                continue
            page = Page(
                url=key,
                address=exchange.url,
                source=source or urls.host(key),
                content=exchange.body,
                charset=_charset(kind),
                fetched=min(exchange.at, now),
            )
            yield ImportItem(f"{file}: {exchange.url}", page)


def _charset(content_type: str) -> str | None:
    _, _, rest = content_type.partition("charset=")
    return rest.partition(";")[0].strip(" \"'") or None


def _content(file: Path) -> bytes | None:
    """Return what the file holds, or None when that is too much."""
    with file.open("rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    return content if len(content) <= MAX_BYTES else None


def _time(file: Path, now: datetime) -> datetime:
    """When a file was last written: the nearest thing to when its page was fetched; never later than now."""
    return min(datetime.fromtimestamp(file.stat().st_mtime, UTC), now)


def _failed(place: str, said: str) -> ImportItem:
    return ImportItem(place, ImportFailed(f"{place}: {said}"))

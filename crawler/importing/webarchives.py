"""A WARC, ARC, WET or WACZ file -> its pages and texts, each with the time it was captured.

The further pages of a story, in a file of ours, are read with its first one, which stands after them.

What is no page of a story (pictures, errors, requests) is counted by kind and noted once for the file.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import IO

from corpus import urls
from corpus.errors import ImportFailed
from corpus.warc.exchange import Exchange
from corpus.warc.reading import OK, Record, records
from crawler.discovery.pagination import named_next
from crawler.extraction.plaintext import read_text
from crawler.importing.bounded import members, open_zip, read_members, spend
from crawler.importing.items import MAX_BYTES, ImportItem, Options, Origin, failed, failed_by, note, shown
from crawler.markup.charset import decode
from crawler.markup.sniff import refusal
from crawler.values import Page, charset_of

MAX_PARTS = 50  # further pages of a story, which are held until its first one comes
ENDINGS = (".warc", ".warc.gz", ".warc.zst", ".wet", ".wet.gz", ".arc", ".arc.gz")
_OPENINGS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<!--")


def read_web_archive(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read the records of one file, in its order; the store sorts texts by the time of their capture."""
    left_out: Counter[str] = Counter()
    count = undated = 0
    waiting: list[tuple[str, ImportItem]] = []  # further pages, with the address of the first one, which comes next
    try:
        for record in records(opened, max_bytes=MAX_BYTES, unpacked=partial(spend, origin)):
            count += 1
            read = _read(record, origin, options)
            if isinstance(read, str):
                left_out[read] += 1
            elif record.part_of is not None and len(waiting) < MAX_PARTS:
                waiting.append((record.part_of, read))
            else:
                undated += not record.is_dated
                yield from _with_parts(read, record.exchange.url, waiting)
                waiting = []
    except ImportFailed as error:
        yield failed_by(origin.place, error)
    yield from (each for _, each in waiting)
    if left_out:
        said = ", ".join(f"{number:,} {why}" for why, number in left_out.most_common())
        yield note(origin.place, f"{sum(left_out.values()):,} of {count:,} records left out: {said}")
    if undated:
        yield note(origin.place, f"{undated:,} of {count:,} records say no day that can be read: the file's was taken")


def _with_parts(item: ImportItem, url: str, waiting: Iterable[tuple[str, ImportItem]]) -> Iterator[ImportItem]:
    """Give the page of an address with the further pages of its story, and before it those of any other story."""
    own: list[Page] = []
    for first, each in waiting:
        if first == url and isinstance(each.item, Page):
            own.append(each.item)
        else:
            yield each
    yield replace(item, item=replace(item.item, parts=tuple(own))) if own and isinstance(item.item, Page) else item


def read_wacz(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read the web archives in a WACZ file (specs.webrecorder.net); its indexes and logs are not needed."""
    archive = open_zip(opened, origin)
    found = [(inner, member) for inner, member in members(archive, origin) if inner.name.endswith(ENDINGS)]
    yield from read_members(archive, found, origin, partial(read_web_archive, options=options))
    if not found:
        yield failed(origin.place, "holds no .warc or .warc.gz: expected a WACZ file")


def _read(record: Record, origin: Origin, options: Options) -> ImportItem | str:
    """Return the page or text of a record, or why there is none."""
    exchange = record.exchange
    if record.kind == "revisit":
        return "captured again without a change"
    if record.fault is not None:
        return record.fault
    key = urls.canonical(exchange.url)
    if key is None:
        return "without a web address"
    if exchange.status != OK:
        return f"with status {exchange.status}"
    kind = (exchange.header("content-type") or "").lower()
    if not exchange.body:
        return "empty"
    if other := refusal(exchange.body, None, page=True):
        return f"of another type ({other})"
    place = f"{origin.place}: {shown(exchange.url)}"
    at = min(exchange.at if record.is_dated else origin.written, options.now)
    source = options.source or urls.host(key)
    if _is_html(exchange, kind):
        page = Page(
            url=key,
            address=exchange.url,
            source=source,
            content=exchange.body,
            charset=charset_of(kind),
            fetched=at,
            named_next=named_next(exchange.headers, exchange.url),
        )
        return ImportItem(place, page)
    if kind.startswith("text/plain") and record.kind != "response":
        return _text(exchange, key, source, place, at)
    return f"of another type ({shown(kind.partition(';')[0].strip() or 'none')[:40]})"


def _is_html(exchange: Exchange, kind: str) -> bool:
    if kind:
        return "html" in kind
    start = exchange.body[:2000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith(_OPENINGS)


def _text(exchange: Exchange, key: str, source: str, place: str, at: datetime) -> ImportItem:
    """Read the text of a page, as WET files keep it: all of it, since its markup is gone."""
    text, _ = decode(exchange.body, charset_of(exchange.header("content-type")))
    return ImportItem(place, read_text(text, url=key, source=source, fetched=at))

"""A saved page -> a page to extract, with the address it was saved from, if it says so."""

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import IO

from corpus import urls
from corpus.errors import ExtractError, ImportFailed
from crawler.importing.databases.splitting import split_markup
from crawler.importing.identity import file_url
from crawler.importing.items import Claim, ImportItem, Options, Origin, content_of, failed, note, too_large
from crawler.importing.records import record_items
from crawler.importing.saved import saved_at, saved_from
from crawler.markup.charset import decode
from crawler.markup.sniff import refusal
from crawler.values import Page

IMPORTED = "imported"  # the source of what has no address and no outlet


def read_page(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read one HTML file."""
    content = content_of(opened)
    if content is None:
        yield too_large(origin)
    elif other := refusal(content, None, page=True):
        yield failed(origin.place, f"begins like a file of another type ({other}): expected HTML")
    else:
        yield from _page_or_export(content, origin, options)


def _page_or_export(content: bytes, origin: Origin, options: Options) -> Iterator[ImportItem]:
    try:
        records = split_markup(decode(content)[0])
    except (ImportFailed, ExtractError) as error:
        yield failed(origin.place, f"{error}; the file was left")
        return
    if records is None:
        yield page_item(content, origin, options)
    else:
        yield from record_items(records, origin, options)


def page_item(
    content: bytes, origin: Origin, options: Options, *, claim: Claim | None = None, charset: str | None = None,
    at: datetime | None = None,
) -> ImportItem:  # fmt: skip
    """Return the item of a page's bytes.

    Args:
        claim: The address it was saved from, where that stands outside of the page.
        at: When it was saved; None: when it says so itself, else when its file was written.
    """
    text = decode(content, charset)[0]
    claim, at = claim or saved_from(text), at or saved_at(text)
    own = file_url(content)
    url = claim.url if claim else own
    source = options.source or (urls.host(claim.url) if claim else IMPORTED)
    fetched = min(at or origin.written, options.now)
    page = Page(url=url, address=url, source=source, content=content, charset=charset, fetched=fetched)
    return ImportItem(origin.place, page, claim=claim, own_url=own)


def read_mhtml(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read a page that a browser saved with its pictures in one file (RFC 2557); the pictures are not needed."""
    content = content_of(opened)
    if content is None:
        yield too_large(origin)
        return
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
    except RecursionError:
        yield failed(origin.place, "its parts are nested too deeply: expected a saved page (MHTML)")
        return
    page, more = _html_parts(message)
    if page is None:
        yield failed(origin.place, "holds no HTML: expected a saved page (MHTML)")
        return
    if more:
        yield note(origin.place, f"the first of {more + 1:,} pages in the file was read; the others may be its frames")
    location = next(
        (each for each in (page["Content-Location"], message["Snapshot-Content-Location"],
                           message["Content-Location"]) if each and urls.canonical(str(each))), None,
    )  # fmt: skip
    claim = Claim(urls.canonical(str(location)) or "", "Content-Location", by_saver=True) if location else None
    body = page.get_payload(decode=True)
    charset = page.get_content_charset()
    yield page_item(
        body if isinstance(body, bytes) else b"", origin, options, claim=claim, charset=charset, at=_date(message)
    )


def _html_parts(message: Message) -> tuple[Message | None, int]:
    """Return the first part that is HTML, and how many more there are; parts may stand in parts, at any depth."""
    first: Message | None = None
    more, waiting = 0, [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart():
            waiting += [each for each in reversed(list(part.get_payload())) if isinstance(each, Message)]
        elif part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            first, more = (part, 0) if first is None else (first, more + 1)
    return first, more


def _date(message: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(str(message["Date"]))
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

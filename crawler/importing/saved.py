"""A saved page -> the address it was saved from, as the saving program or the page itself says, and when it was saved.

Browsers, SingleFile and HTTrack write it into a comment; pages name their own address in a canonical link or og:url.
"""

import html
import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from corpus import urls
from crawler.importing.items import Claim

HEAD_BYTES = 200_000  # where an address is looked for; a canonical link stands in the head
COMMENT_BYTES = 8_000  # saving programs write theirs first

# Chrome, Edge and Internet Explorer ("mark of the web"); the number is the length of the address, not always rightly.
_MARK_OF_THE_WEB = re.compile(r"<!--\s*saved from url=\(\d{1,5}\)([^\s>]{1,4096})", re.I)
_SINGLEFILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,4096})", re.I)
_SAVED = re.compile(r"<!--\s*Page saved with SingleFile[^<>]{1,5000}?saved date:\s*([^\n(]{10,60})", re.I)
_JAVASCRIPT = "%a %b %d %Y %H:%M:%S GMT%z"
_HTTRACK = re.compile(r"<!--\s*Mirrored from\s+(\S{1,4096})\s+by HTTrack", re.I)
_TAG = re.compile(r"<(?:link|meta)\b[^<>]{1,8000}>", re.I)
_ATTRIBUTE = re.compile(r"""([\w:-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)


def saved_from(text: str) -> Claim | None:
    """Return the address that a saved page says it is from, or None when it names none that can be a story's.

    What the saving program wrote is preferred. A front page is the address of no story.
    """
    for rule, found in _claims(text):
        url = urls.canonical(html.unescape(found))
        if url is not None and (by_saver := rule.startswith("saved")) | (urlsplit(url).path != "/" or "?" in url):
            return Claim(url, rule, by_saver)
    return None


def saved_at(text: str) -> datetime | None:
    """Return when SingleFile saved a page: `Fri Mar 01 2024 10:00:00 GMT+0100`, as JavaScript writes a date."""
    match = _SAVED.search(text[:COMMENT_BYTES])
    try:
        return datetime.strptime(match[1].strip(), _JAVASCRIPT).astimezone(UTC) if match else None
    except (ValueError, OverflowError):  # in UTC, the first day of the year 1 has no name
        return None


def _claims(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    start = text[:COMMENT_BYTES]
    if match := _MARK_OF_THE_WEB.search(start):
        found.append(("saved from url", match[1].removesuffix("--")))
    if match := _SINGLEFILE.search(start):
        found.append(("saved with SingleFile", match[1]))
    if match := _HTTRACK.search(start):
        found.append(("saved with HTTrack", match[1] if "://" in match[1] else f"http://{match[1]}"))
    return found + _own(_COMMENT.sub("", text[:HEAD_BYTES]))


def _own(head: str) -> list[tuple[str, str]]:
    """Read the canonical link, then og:url; relative ones say nothing without the page's own address."""
    canonical, shared = [], []
    for tag in _TAG.finditer(head):
        values = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag.group())}
        if "canonical" in values.get("rel", "").lower().split() and values.get("href"):
            canonical.append(("canonical link", values["href"].strip()))
        elif values.get("property", "").lower() == "og:url" and values.get("content"):
            shared.append(("og:url", values["content"].strip()))
    return canonical[:1] + shared[:1]

"""The JSON that a list's script loads -> the stories it names, and the address at which the list goes on."""

import json
import re
from collections import deque
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from corpus import urls
from corpus.texts import text as sentence
from crawler.discovery.path_words import OFFSET_PARAMETERS, PAGE_PARAMETERS
from crawler.markup.jsonld import types_of
from crawler.markup.jsonld_values import Node
from crawler.values import only_first

MAX_VALUES = 50_000
MAX_STORIES = 1_000
MAX_HTML = 50  # strings of markup
MAX_DIGITS = 9  # of the number of a page

_ADDRESS = re.compile(
    r"(?:(?:web|canonical|article|full|page|absolute|public|share)_?)?(?:url|uri|link|href|permalink|path)", re.I
)
_TITLE = re.compile(r"(?:[a-z]+_?)?(?:title|headline|heading|name|kicker)", re.I)
_NEXT = re.compile(r"(?:next|more|older)(?:_?(?:page|url|uri|href|link|cursor|path))*|load_?more(?:_?url)?", re.I)
_MARKUP = re.compile(r"<a\s[^<>]{0,2000}href", re.I)


class ListData(NamedTuple):
    """What a list's data names.

    Attributes:
        hrefs: The addresses of the stories.
        following: The address at which the list goes on.
        markup: What stands in strings.
        notes: What was not read of it, in words.
    """

    hrefs: tuple[str, ...]
    following: str | None
    markup: tuple[str, ...]
    notes: tuple[str, ...] = ()


def list_data(content: bytes) -> Any:
    """Return what a response in JSON says; None when it is no JSON, or neither an object nor a list."""
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] not in {b"{", b"["}:
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def read_list_data(data: Any, address: str) -> ListData:
    """Read the stories that data names, each an object with an address and a title, and the address of more."""
    hrefs: dict[str, None] = {}
    markup: list[str] = []
    following: str | None = None
    waiting = deque([data])
    for _ in range(MAX_VALUES):
        if not waiting:
            break
        node = waiting.popleft()
        if isinstance(node, str) and _MARKUP.search(node):
            markup.append(node)
        elif isinstance(node, dict):
            if href := _story(node, address):
                hrefs[href] = None
            following = following or _following(node, address)
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    notes = only_first(MAX_STORIES, len(hrefs)) + only_first(MAX_HTML, len(markup))
    if waiting:
        notes += (only_values(MAX_VALUES),)
    return ListData(tuple(hrefs)[:MAX_STORIES], following, tuple(markup[:MAX_HTML]), notes)


def item_lists(nodes: Iterable[Node], address: str) -> list[str]:
    """Return the addresses that a page's JSON-LD lists as an `ItemList`, those of its own site."""
    listed = (node.get("itemListElement") for node in nodes if "itemlist" in types_of(node))
    several = (items if isinstance(items, list) else [items] for items in listed)
    named = (_item_address(item) for items in several for item in items[:MAX_STORIES])
    found = (urls.join(address, value) for value in named if value)
    return [url for url in dict.fromkeys(found) if url and urls.same_site(url, address)]


def _item_address(item: Any) -> str | None:
    """The address of an item: its own, or that of the thing that it is."""
    if isinstance(item, str):
        return item
    if not isinstance(item, dict):
        return None
    url = item.get("url") or (_item_address(item["item"]) if "item" in item else None) or item.get("@id")
    return url if isinstance(url, str) else None


def only_values(most: int) -> str:
    """Return what is noted of data of which only so many values were looked at."""
    return sentence("only the first {most:,} values of its data were looked at", most=most)


def _story(node: dict[Any, Any], address: str) -> str | None:
    """The address of an object that has a title as well."""
    if not any(isinstance(value, str | dict) and value and _TITLE.fullmatch(str(key)) for key, value in node.items()):
        return None
    named = (
        value
        for key, value in node.items()
        if isinstance(value, str) and _ADDRESS.fullmatch(str(key)) and value.startswith(("/", "http://", "https://"))
    )
    return next((url for value in named if (url := urls.join(address, value)) and urls.same_site(url, address)), None)


def _following(node: dict[Any, Any], address: str) -> str | None:
    """The address under a key that says "next": as it stands, or this list's with that page's number."""
    for key, value in node.items():
        if not _NEXT.fullmatch(str(key)):
            continue
        link = value.get("href") or value.get("url") if isinstance(value, dict) else value
        if isinstance(link, str) and link.startswith(("/", "?", "http://", "https://")):
            url = urls.join(address, link)
            if url and urls.is_other_page(url, address):
                return url
        if isinstance(link, int) and not isinstance(link, bool) and (url := _numbered(address, link)):
            return url
    return None


def _numbered(address: str, number: int) -> str | None:
    """An address with another number of its page; None where it has none, or this one."""
    parts = urlsplit(address)
    query = parse_qsl(parts.query, keep_blank_values=True)
    at = next(
        (
            n
            for n, (name, value) in enumerate(query)
            if name.lower() in PAGE_PARAMETERS | OFFSET_PARAMETERS and value.isdecimal() and len(value) <= MAX_DIGITS
        ),
        None,
    )
    if at is None or int(query[at][1]) >= number:
        return None
    query[at] = (query[at][0], str(number))
    return urlunsplit(parts._replace(query=urlencode(query)))

"""A typed address or pressmark -> its article, whatever spelling of the address the archive knows it by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from corpus.config import Config
from corpus.marks import read_mark
from corpus.model import FrontierEntry, LeftOut, StoredArticle
from corpus.runs.asking import Again, again
from corpus.store import ArticleStore
from corpus.store.articles.filing import BY_HAND
from corpus.urls import MAX_LENGTH, canonical
from indexer.contract.listing import Listing
from indexer.contract.protocol import SearchEngine
from indexer.contract.values import Hit, Query, Results

MAX_URL = MAX_LENGTH  # what is crawled and left out is found

_MARKED = re.compile(r"https?://[^/]+(?:/[^?#]*)?/a/([A-Za-z0-9]{6,14})(?:[-.?#/].*)?")  # a page of an archive
_CACHE = re.compile(r"https?://[^/]+/(?:amp|[cv])/(s/)?([^/.]+\..+)")  # google.com/amp/s/HOST/..., a cache of AMP pages
_SCHEME = re.compile(r"https?:|[a-z][a-z0-9+.-]*://", re.IGNORECASE)
# What an address was copied with: "<URL:https://...>", a bracket, quotation marks; and what ends a sentence.
_OPENING = re.compile(r"""[\s<>()\[\]{}"'“”„«»‘’]*(?:url:\s*)?""", re.IGNORECASE)
_CLOSES = r"""[\s<>\[\]{}"'“”«»‘’]"""
_CLOSING = re.compile(rf"(?<!{_CLOSES}){_CLOSES}+\Z")  # each run of such characters is looked through once
_SENTENCE = ".,;:!?)"
_BEFORE_PATH = re.compile(r"[/\\?#]")
_HOST = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$")
_AMP_PATH = re.compile(r"(?:/amp(?:\.html?)?|\.amp)(?=/?$)|\.amp(?=\.html?$)|^/amp(?=/.)")
_AMP_QUERY = re.compile(r"(?:^|&)(?:amp(?:=[^&]*)?|(?:outputType|output|view)=amp)(?=&|$)")


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """What the store knows of a typed address or pressmark.

    Attributes:
        url: The address as the store knows it, else the canonical URL of what was typed; None: a pressmark that no
            article has.
        stored: The article at the address, or that it leads to.
        left_out: The address was named and not asked for: how, and since when.
    """

    url: str | None
    stored: StoredArticle | None = None
    entry: FrontierEntry | None = None
    left_out: tuple[LeftOut, datetime] | None = None


def address_of(typed: str) -> str | None:
    """Return the canonical URL of an address as a person types it, with or without its `https://`; None: it is none.

    A host without a dot (`localhost`) is read after a scheme alone: without one it is a word.
    """
    text = _bare(typed)
    if not text or len(text) > MAX_URL or any(map(str.isspace, text)):
        return None
    if _SCHEME.match(text):
        return canonical(text)
    bare = text.lstrip("/")
    return canonical(f"https://{bare}") if "." in _BEFORE_PATH.split(bare, maxsplit=1)[0] else None


def known_at(typed: str, store: ArticleStore) -> KnownAddress | None:
    """Return what the store knows of a typed address or pressmark; None: what was typed is neither."""
    stored = stored_at(typed, store)
    if stored is not None and (moved := _moved(typed, store)):
        return KnownAddress(moved.url, stored, moved)
    if stored is not None:
        return KnownAddress(stored.article.url, stored, store.frontier.entry(stored.article.url))
    url = address_of(typed)
    if url is None:
        if found := store.evidence.left_out(typed.strip()[:MAX_URL]):  # such as one without end, which is stored cut
            return KnownAddress(found[0].url, left_out=found)
        return KnownAddress(None) if len(typed.split()) == 1 and read_mark(typed) else None
    for each in spellings(typed):
        if entry := store.frontier.entry(each):
            return KnownAddress(entry.url, entry=entry)
    for each in spellings(typed):
        if found := store.evidence.left_out(each):
            return KnownAddress(found[0].url, left_out=found)
    return KnownAddress(url)


def next_visit(entry: FrontierEntry, store: ArticleStore, config: Config, now: datetime) -> Again:
    """Return when crawls ask for an address again, or why they do not."""
    return again(
        entry,
        followed=config.source(entry.source) is not None,
        paused=entry.source in store.schedule.paused(),
        rests_until=store.journal.rests(now).get(entry.host),
    )


def stored_at(typed: str, store: ArticleStore) -> StoredArticle | None:
    """Return the article at a typed address, with or without its `https://`, or of a typed pressmark."""
    text = _bare(typed)
    if not text or len(text) > MAX_URL or any(map(str.isspace, text)):
        return None
    if (mark := read_mark(text)) and (stored := store.by_mark(mark)):
        return standing_for(stored, store)
    if stored := next((known for url in spellings(text) if (known := store.by_url(url))), None):
        return standing_for(stored, store)
    if stored := next((known for url in spellings(text) if (known := _led_to(url, store))), None):
        return stored
    ours = _MARKED.fullmatch(text)  # last, as a site of others may have such addresses, too
    stored = store.by_mark(mark) if ours and (mark := read_mark(ours[1])) else None
    return standing_for(stored, store) if stored is not None else None


def standing_for(stored: StoredArticle, store: ArticleStore) -> StoredArticle:
    """Return the article that the address of a withdrawn one leads to; the article itself where there is none.

    What the archive's operator took away leads nowhere: the reason is what is to be read there.
    """
    if stored.withdrawn is None or stored.withdrawn.startswith(BY_HAND):
        return stored
    return _led_to(stored.article.url, store) or stored


def _led_to(url: str, store: ArticleStore) -> StoredArticle | None:
    """Return the article that an address leads to, which is another one's."""
    there = store.evidence.leads_to(url)
    stored = store.by_url(there) if there else None
    return stored if stored is not None and not stored.withdrawn else None


def _moved(typed: str, store: ArticleStore) -> FrontierEntry | None:
    """Return what is known of a typed address that leads to the article of another one."""
    found = (entry for url in spellings(typed) if (entry := store.frontier.entry(url)))
    entry = next(found, None)
    return entry if entry is not None and store.evidence.leads_to(entry.url) else None


def spellings(typed: str) -> Iterator[str]:
    """Yield the canonical URLs that a typed address may be known by, the nearest to what was typed first.

    They differ in what servers commonly treat as one page: the scheme, `www.` and the host for phones, a slash or
    `index.html` at the end, and AMP's address of the page; there are at most some fifty.
    """
    if address_of(typed) is None:
        return
    seen: set[str] = set()
    for address in _as_typed(_bare(typed)):
        for url in (address, *_variants(address)):
            if (key := canonical(url)) and key not in seen:
                seen.add(key)
                yield key


def _bare(typed: str) -> str:
    """Return an address without the brackets and quotation marks around it."""
    return _CLOSING.sub("", _OPENING.sub("", typed, count=1))


def _as_typed(typed: str) -> Iterator[str]:
    whole = typed if re.match(r"https?:", typed, re.IGNORECASE) else f"https://{typed.lstrip('/')}"
    if cached := _CACHE.fullmatch(whole):
        yield f"https://{cached[2]}"
    yield whole
    if (bare := whole.rstrip(_SENTENCE)) != whole:
        yield bare


def _variants(address: str) -> Iterator[str]:
    url = canonical(address)
    if url is None:
        return
    parts = urlsplit(url)
    bare = _HOST.sub("", parts.netloc, count=1)
    plain = _AMP_QUERY.sub("", parts.query).lstrip("&")
    for query in dict.fromkeys((parts.query, plain)):
        for path in _paths(parts.path):
            for host in dict.fromkeys((parts.netloc, bare, f"www.{bare}")):
                for scheme in ("https", "http"):
                    yield f"{scheme}://{host}{path}" + (f"?{query}" if query else "")


def _paths(path: str) -> tuple[str, ...]:
    """Return the paths of the page that a path names."""
    page = _AMP_PATH.sub("", _INDEX.sub("/", path), count=1).rstrip("/")
    return tuple(dict.fromkeys((path, page or "/", f"{page}/", f"{page}/index.html")))


def only(stored: StoredArticle, position: int) -> Results:
    """Return the results of a search that found this article alone."""
    return Results(total=1, stories=1, hits=(Hit(stored.id, 0.0),), position=position)


def listing(query: Query, engine: SearchEngine, store: ArticleStore) -> Listing:
    """Return all that a search finds: what it was typed for is one article where it is a pressmark or an address."""
    if stored := stored_at(query.text, store):
        return Listing((stored.id,), 1, engine.position, partial=False)
    return engine.listing(query)

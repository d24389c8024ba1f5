"""A page's fields, metadata and tree -> the independent facts by which its kind is judged."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml import etree

from crawler.discovery.path_words import ARCHIVES, LISTS
from crawler.discovery.section_or_story import is_bare
from crawler.extraction.fields import Fields
from crawler.markup.marked import is_author_link
from crawler.markup.view import PageView
from crawler.text import Caseless

MAX_CONTROLS = 400  # elements of each kind that are looked at; a page with more is no wall

_ARTICLE_TYPES = re.compile(r"article$|posting$|^report$|^review$")
_DATES = ("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "dc.date.issued")
_OF_ADDRESS = frozenset({"date in the URL"})  # of the address that was asked, whatever answered
_BUTTON = Caseless(r"(?<![a-z])(?:btn|button|cta)(?![a-z])")
_ASKING = frozenset({"password", "radio", "date", "number"})  # the others ask for the paper's letter, too
_LINES = frozenset({"", "text", "email", "search", "tel"})
_PLAYED = ("video.", "music.")  # what og:type begins with
_HAPPENS = ("event", "episode", "recording")  # what types end with
_JOBS = frozenset({"jobposting"})
_EVENTS = frozenset({"videoobject", "audioobject", "movie", "course", "festival"}) | _JOBS
_GROUPS = frozenset(
    "tag tags topic topics thema themen tema temas sujet etiqueta schlagwort category kategorie".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindEvidence:
    """The facts by which a page's kind is judged.

    Attributes:
        titles: What the page is called by its data, the title element last.
        is_listing, is_live, is_locked, is_free: The page's own data says so.
        is_profile, is_product: Its data says that it is about a person, or about a thing for sale.
        is_event: Its data says that it is about an event, a film, a recording or a job, and names no article.
        is_group: Its address names an author's or a tag's page.
        is_dated: It names a day of publication, in its data or printed, not in its address alone.
        is_bare: Nothing but a sitemap says when it was published, and nothing who wrote it.
        is_day_in_address: Its address names a day.
        is_article: Its data says that it is an article of a day.
        noindex: It asks not to be indexed.
        buttons: The words of its buttons.
        asks: How many fields it has that ask the reader something: a password, a choice, a date.
        links: How many links lead away from the page.
    """

    url: str
    titles: tuple[str, ...] = ()
    is_listing: bool = False
    is_live: bool = False
    is_locked: bool = False
    is_free: bool = False
    is_profile: bool = False
    is_product: bool = False
    is_event: bool = False
    is_group: bool = False
    is_dated: bool = False
    is_bare: bool = False
    is_day_in_address: bool = False
    is_article: bool = False
    noindex: bool = False
    buttons: tuple[str, ...] = ()
    asks: int = 0
    links: int = 0


def read_evidence(view: PageView, fields: Fields, *, controls: bool) -> KindEvidence:
    """Gather the facts by which a page's kind is judged; `controls`: its buttons, fields and links too."""
    tree, address, metadata = view.tree, view.page.address, view.metadata
    types, of_type = metadata.story.types, (metadata.value("og:type") or "").lower()
    named = metadata.first("og:title", "twitter:title")
    buttons, asks, links = _controls(tree) if controls else ((), 0, 0)
    is_article = metadata.first(*_DATES) is not None or "datepublished" in metadata.props
    if metadata.story.published and any(map(_ARTICLE_TYPES.search, types)):
        is_article = True
    return KindEvidence(
        url=address,
        titles=tuple(title for title in (named[1] if named else None, metadata.title or fields.headline) if title),
        is_listing=fields.is_listing,
        is_live=fields.is_live,
        is_locked=fields.is_locked,
        is_free=metadata.story.free is True,
        is_profile=of_type == "profile" or "profilepage" in types,
        is_product=of_type.startswith("product") or ("product" in types and not metadata.story.headline),
        is_event=_is_event(types, of_type) and not is_article and metadata.story.headline is None,
        is_group=_is_group(address),
        is_dated=fields.published is not None and fields.facts.get("published") not in _OF_ADDRESS,
        is_bare=is_bare(fields.published, fields.authors) and not fields.byline,
        is_day_in_address=fields.facts.get("published") in _OF_ADDRESS,
        is_article=is_article,
        noindex=metadata.noindex,
        buttons=buttons,
        asks=asks,
        links=links,
    )


def _is_event(types: frozenset[str], of_type: str) -> bool:
    """Whether data names something that happens, is played or is advertised, and nothing that is an article."""
    named = of_type.startswith(_PLAYED) or any(kind.endswith(_HAPPENS) or kind in _EVENTS for kind in types)
    return named and not any(map(_ARTICLE_TYPES.search, types - _JOBS))


def _is_group(address: str) -> bool:
    path = unquote(urlsplit(address).path).lower()
    folders = path.rstrip("/").split("/")[:-1]
    is_list = not (LISTS - ARCHIVES).isdisjoint(folders[-1:])  # a folder further up may hold stories, too
    return is_list or is_author_link(path) or not _GROUPS.isdisjoint(folders)


def _controls(tree: etree._Element) -> tuple[tuple[str, ...], int, int]:
    """Return the words of a page's buttons, how many fields ask something, and how many links lead away."""
    buttons: list[str] = []
    links = 0
    for element in tree.iter("button", "input", "a"):
        tag = element.tag
        of_type = (element.get("type") or "").lower() if tag != "a" else ""
        if tag == "a":
            href = element.get("href") or ""
            links += bool(href) and not href.startswith(("#", "javascript:"))
            name = element.get("class")
            if not (name and _BUTTON.is_in(name)) and element.get("role") != "button":
                continue
        elif of_type in _ASKING or (tag == "input" and of_type not in {"submit", "button"}):
            continue
        words = element.get("value") if tag == "input" else " ".join("".join(map(str, element.itertext())).split())
        if words and len(words) < 80 and len(buttons) < MAX_CONTROLS:
            buttons.append(words)
    return tuple(buttons), fields_asking(tree), links


def fields_asking(tree: etree._Element) -> int:
    """Return how many fields of a page ask the reader something."""
    asks = boxes = lines = 0
    for element in tree.iter("button", "input", "select"):
        tag, of_type = element.tag, (element.get("type") or "").lower()
        if tag == "select" or of_type in _ASKING:
            asks += 1
        elif tag == "input" and of_type not in {"submit", "button"}:
            boxes += of_type == "checkbox" and next(element.iterancestors("form"), None) is not None
            lines += of_type in _LINES
    # Boxes to tick are answers when there are several and no line to write on: the paper's letter asks for an address.
    return asks + (boxes if boxes > 1 and not lines else 0)

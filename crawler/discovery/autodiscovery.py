"""A page's markup -> the feeds it offers by `<link>`, `rel=feed` or a plain link; feeds of comments are left out."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml import etree

from corpus import urls
from corpus.model import Discovered, UrlKind
from corpus.patterns import AnyOf
from corpus.via import Via
from crawler.discovery import links
from crawler.discovery.anchors import Anchor

MAX_FEEDS = 10  # per page that are followed; some sites offer one per tag
MAX_OFFERED = 1_000  # per page that are looked at
MAX_PARTS = 20  # elements of a link that are looked at
MAX_LABEL = 40  # characters of a link that says "RSS"; longer ones are headlines about it

_FEED_TYPE = re.compile(r"^(?:application|text)/(?:x-)?(?:rss|atom|rdf|feed)(?:\+(?:xml|json))?\b", re.IGNORECASE)
_XML_TYPE = re.compile(r"^(?:application|text)/xml\b", re.IGNORECASE)  # also of oEmbed, which adds a word of its own
_JSON_TYPE = re.compile(r"^(?:application|text)/json\b", re.IGNORECASE)
_ENDPOINT = re.compile(r"/wp-json/|oembed|opensearch|manifest|xmlrpc|sitemap", re.IGNORECASE)
_FEED_SEGMENT = re.compile(
    r"(?:.*[-_.])?(?:rss\d?|atom|rdf|feeds?)(?:[-_.]?\d+)?(?:\.(?:xml|json|php|aspx|rss|rdf))?|.*\.(?:rss|atom|rdf)",
    re.IGNORECASE,
)
_FOLDERS = frozenset({"rss", "feeds", "feed", "atom"})  # /feeds/world.xml, /rss/world
_IN_FOLDER = re.compile(r"[\w-]+\.(?:xml|json|php|aspx)|[a-z]{3,20}", re.IGNORECASE)
_FEED_QUERY = re.compile(
    r"(?:^|&)(?:feed|format|type|output|alt)=(?:rss|atom|rdf|feed|json-?feed)\w*|(?:^|&)(?:rss|atom)(?:=1)?(?:&|$)",
    re.IGNORECASE,
)
_FEED_LABEL = re.compile(
    r"(?:rss|atom|xml|json|news)?[- ]?(?:feeds?|rss)(?: ?\(?(?:xml|rss|2\.0|atom)\)?)?|atom|rdf", re.IGNORECASE
)
_SAID = AnyOf("rss", "atom", "rdf", "feed")  # one of them is in all that these patterns find
_NAMES_RSS = re.compile(r"(?<![a-z])(?:rss|atom)(?![a-z])", re.IGNORECASE)  # whatever the language around it
_ICON = re.compile(r"(?:^|[\s_-])(?:rss|feed)(?:[-_](?:icon|link|square|fill))?(?:$|\s)", re.IGNORECASE)
_PICTURE = re.compile(r"(?:^|[-_])(?:rss|feed)(?:[-_.]?\w{1,12})?\.(?:gif|png|svg|webp|jpe?g)$", re.IGNORECASE)
_COMMENTS = re.compile(
    r"/(?:comments|kommentare|kommentarer|comentarios|commentaires|commenti|reacties|yorumlar)/(?:feed|rss|atom|default)\b"
    r"|/(?:feeds?|rss|atom)/(?:comments|kommentare|comentarios|commentaires)\b|[-_/]comments\.(?:xml|rss|atom)$"
    r"|[?&](?:feed|type)=comments",
    re.IGNORECASE,
)


def feeds(
    tree: etree._Element, linking: Sequence[Anchor], start: str, address: str, *, today: date
) -> Iterator[Discovered]:
    """Return the feeds that a page offers, those of its head first, MAX_OFFERED at most; MAX_FEEDS are to be followed.

    A feed of comments is known by its address; a title such as "Comment & analysis" says nothing of the kind.

    Args:
        linking: The page's links.
        start: What the page's links are relative to.
        address: The page's own address.
        today: The day on which it was read: a link to a later day leads to no story.
    """
    taken: dict[str, Via] = {}
    for via, href in (*_of_head(tree), *_of_text(linking, urlsplit(address).scheme, start, today)):
        url = urls.join(start, href)
        if url is not None and url != address and not _COMMENTS.search(url):
            taken.setdefault(url, via)
        if len(taken) >= MAX_OFFERED:
            break
    for url, via in taken.items():
        yield Discovered(url=url, kind=UrlKind.FEED, via=via, parent=address)


def looks_like_feed(url: str) -> bool:
    """Whether an address has the form of a feed's: /feed, /rss.xml, news.atom, ?format=rss."""
    if not _may_say(url) and "%" not in url:  # what is escaped may say it too
        return False
    try:
        parts = urlsplit(url)
    except ValueError:  # such as an unclosed bracket in the host
        return False
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    tail = segments[-3:] if segments[-1:] in (["default"], ["index.xml"], ["all"]) else segments[-1:]
    if any(_FEED_SEGMENT.fullmatch(segment[:100]) for segment in tail) or _FEED_QUERY.search(parts.query):
        return True
    return len(segments) > 1 and segments[-2].lower() in _FOLDERS and bool(_IN_FOLDER.fullmatch(segments[-1][:100]))


def _may_say(text: str) -> bool:
    """Whether a text may have one of the words of feeds; beyond ASCII a small letter has more than one capital."""
    return not text.isascii() or _SAID.stands_in(text)


def _of_head(tree: etree._Element) -> Iterator[tuple[Via, str]]:
    for link in tree.iter("link"):
        rels = (link.get("rel") or "").lower().split()
        href, kind = (link.get("href") or "").strip(), (link.get("type") or "").strip()
        if not href:
            continue
        if "feed" in rels or ("alternate" in rels and _is_feed_link(href, kind, link)):
            yield Via.ALTERNATE, href


def _is_feed_link(href: str, kind: str, link: etree._Element) -> bool:
    if _FEED_TYPE.match(kind):
        return True
    if "oembed" in kind.lower() or _ENDPOINT.search(href):
        return False
    if _XML_TYPE.match(kind) or _JSON_TYPE.match(kind):  # what answers there says whether it is a feed
        return True
    named = looks_like_feed(href) or bool(
        re.search(r"\b(?:rss|atom|json) ?feed\b", link.get("title") or "", re.IGNORECASE)
    )
    return not kind and link.get("hreflang") is None and link.get("media") is None and named


def _of_text(linking: Sequence[Anchor], scheme: str, start: str, today: date) -> Iterator[tuple[Via, str]]:
    for anchor in linking:
        if not anchor.has_parts and not _may_say_anywhere(anchor):
            continue
        href = anchor.get("href").strip()
        if href[:5].lower() == "feed:":
            rest = href[5:].lstrip("/")
            yield Via.LINK, rest if rest.lower().startswith("http") else f"{scheme}://{rest}"
            continue
        if not href or href.startswith("#"):
            continue
        of_type = anchor.get("type")
        is_feed = bool(of_type and _FEED_TYPE.match(of_type)) or looks_like_feed(href)
        if (is_feed or _is_named_feed(anchor, start, href, today)) and not _ENDPOINT.search(href):
            yield Via.LINK, href


def _may_say_anywhere(anchor: Anchor) -> bool:
    """Whether a link in which nothing but words stands may have one of the words of feeds, or hides what it has."""
    said = "\n".join((anchor.words, *anchor.attributes.values()))
    return "%" in said or _may_say(said)


def _is_named_feed(anchor: Anchor, start: str, href: str, today: date) -> bool:
    """Whether a link says that it leads to a feed: by its text, or by a picture, a title or a class.

    A label with more words than that may be the headline of a story, so the address must not be one of a story.
    """
    labels = [anchor.words, anchor.get("title"), anchor.get("aria-label")]
    icons, sources = [anchor.get("class")] if anchor.tag == "a" else [], list[str]()
    if anchor.has_parts:
        element = anchor.element
        labels += [image.get("alt") or "" for image in islice(element.iter("img", "svg"), MAX_PARTS)]
        icons = [part.get("class") or "" for part in islice(element.iter("a", "i", "span", "svg", "img"), MAX_PARTS)]
        sources = [image.get("src") or "" for image in islice(element.iter("img"), MAX_PARTS)]
    if not _may_say("\n".join((*labels, *icons, *sources))):
        return False
    short = [label.strip() for label in labels if label and len(label) <= MAX_LABEL]
    if any(_FEED_LABEL.fullmatch(label) for label in short):
        return True
    is_pictured = not labels[0] and (
        any(_ICON.search(name[:200]) for name in icons)
        or any(_PICTURE.search(source.partition("?")[0].rpartition("/")[2][:100]) for source in sources)
    )
    is_shown = any(map(_NAMES_RSS.search, short)) or is_pictured
    address = urls.join(start, href) if is_shown else None
    return address is not None and links.guess(address, today=today).kind is not UrlKind.ARTICLE

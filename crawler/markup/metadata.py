"""A page's tree -> its metadata: meta tags, JSON-LD, microdata, canonical link.

Nothing is judged here: values are given as written, by the name of their vocabulary, in the order of the page.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree

from corpus.people.names import fold
from crawler.markup.hints import MetaTag, meta_tags
from crawler.markup.jsonld import Story, read_story
from crawler.markup.jsonld_values import PlacedNode, count_nodes, read_nodes, scripts_read
from crawler.markup.tree import Gathered, gathered

MAX_METAS = 400
MAX_VALUE = 5_000  # characters of one value
MAX_PROPS = 20  # elements of one itemprop

_WANTED = frozenset(
    {"author", "creator", "headline", "datepublished", "datecreated", "datemodified", "articlesection", "inlanguage"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says of itself.

    Attributes:
        metas: Lower-cased name or property of each meta tag -> its contents, in order.
        props: Microdata: itemprop -> (element, its content or datetime attribute if it has one).
        story: What the JSON-LD says.
        title: The title element, as written.
        canonical: The canonical link as written, made absolute; else og:url.
        canonical_by: `link` or `og:url`.
        language: The language the markup declares, such as `de-AT`.
        noindex: The page asks not to be indexed.
        outlets: Folded names the outlet goes by: its own, its publisher's, its host's.
    """

    metas: dict[str, tuple[str, ...]] = field(default_factory=dict)
    props: dict[str, tuple[tuple[etree._Element, str | None], ...]] = field(default_factory=dict)
    story: Story = Story()
    title: str | None = None
    canonical: str | None = None
    canonical_by: str = "link"
    language: str | None = None
    noindex: bool = False
    outlets: frozenset[str] = frozenset()

    def first(self, *names: str) -> tuple[str, str] | None:
        """Return (name, content) of the first of these meta tags that the page has and filled in."""
        for name in names:
            for value in self.metas.get(name, ()):
                return name, value
        return None

    def value(self, *names: str) -> str | None:
        """Return the content alone of `first`."""
        found = self.first(*names)
        return found[1] if found else None


def read_metadata(
    tree: etree._Element,
    address: str,
    parts: Gathered | None = None,
    *,
    nodes: Sequence[PlacedNode] | None = None,
    tags: Iterable[MetaTag] | None = None,
) -> Metadata:
    """Read all the page says of itself; an empty Metadata when it says nothing.

    `parts` are its gathered elements, `nodes` those of its JSON-LD, `tags` its meta tags, when they were read already.
    """
    parts = gathered(tree) if parts is None else parts
    nodes = read_nodes(parts) if nodes is None else nodes
    metas = _metas(meta_tags(parts) if tags is None else tags)
    title = _title(tree, parts)
    named = (metas.get("og:title") or (title or "",))[0]
    story = read_story(nodes, title=named, address=address)
    canonical, canonical_by = _canonical(parts, metas, address)
    return Metadata(
        metas=metas,
        props=_props(parts),
        story=story,
        title=title,
        canonical=canonical,
        canonical_by=canonical_by,
        language=_language(tree, metas),
        noindex=any("noindex" in value.lower() for value in metas.get("robots", ())),
        outlets=_outlets(metas, story, address),
    )


def unread(parts: Gathered, nodes: Sequence[PlacedNode], props: Mapping[str, Sequence[object]]) -> tuple[str, ...]:
    """Say what of a page's metadata is beyond the bounds of their reading; empty: nothing, as of nearly every page.

    Args:
        nodes: What was read of its JSON-LD.
        props: What was read of its microdata, by the name of its property.
    """
    read, scripts = scripts_read(parts)
    every = Counter(name for name, _ in _propped(parts))
    counted = [
        (min(MAX_METAS, len(parts.of("meta"))), len(parts.of("meta")), "meta tags"),
        (read, scripts, "scripts of JSON-LD"),
        (len(nodes), count_nodes(parts), "objects of JSON-LD"),
        *((len(props.get(name, ())), count, f"elements with itemprop {name[:40]}") for name, count in every.items()),
    ]
    return tuple(f"{total - taken:,} of {total:,} {what}" for taken, total, what in counted if taken < total)


def _metas(tags: Iterable[MetaTag]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for meta in islice(tags, MAX_METAS):
        value = " ".join((meta.get("content") or meta.get("value") or "")[:MAX_VALUE].split())
        if not value:
            continue
        for key in ("name", "property", "itemprop", "http-equiv"):
            name = meta.get(key)
            if name:
                values = found.setdefault(name.strip().lower(), [])
                if value not in values:
                    values.append(value)
    return {name: tuple(values) for name, values in found.items()}


def _props(parts: Gathered) -> dict[str, tuple[tuple[etree._Element, str | None], ...]]:
    found: dict[str, list[tuple[etree._Element, str | None]]] = {}
    for name, element in _propped(parts):
        values = found.setdefault(name, [])
        if len(values) < MAX_PROPS:
            value = element.get("content") or element.get("datetime")
            values.append((element, value.strip() if value else None))
    return {name: tuple(values) for name, values in found.items()}


def _propped(parts: Gathered) -> Iterator[tuple[str, etree._Element]]:
    """Give each wanted property of the page's microdata with its element."""
    for element in parts.having("itemprop"):
        names = _WANTED.intersection((element.get("itemprop") or "").lower().split())
        if names and not _in_comment(element):
            yield from ((name, element) for name in names)


def _in_comment(element: etree._Element) -> bool:
    return any((above.get("itemprop") or "").lower() in {"comment", "review"} for above in element.iterancestors())


def _title(tree: etree._Element, parts: Gathered) -> str | None:
    title = tree.find("head/title")
    if title is None:
        title = next(iter(parts.of("title")), None)
    text = " ".join("".join(map(str, title.itertext())).split()) if title is not None else ""
    return text[:MAX_VALUE] or None


def _canonical(parts: Gathered, metas: dict[str, tuple[str, ...]], address: str) -> tuple[str | None, str]:
    """Return the page's canonical address and what named it: its link, else og:url; None when none can be read."""
    links = [link.get("href") for link in parts.of("link") if "canonical" in (link.get("rel") or "").lower().split()]
    named = [(href, "link") for href in links[:3]] + [(value, "og:url") for value in metas.get("og:url", ())[:1]]
    for written, by in named:
        try:
            absolute = urljoin(address, (written or "").strip())
            if written and urlsplit(absolute).scheme in {"http", "https"}:
                return absolute, by
        except ValueError:
            continue
    return None, "link"


def _language(tree: etree._Element, metas: dict[str, tuple[str, ...]]) -> str | None:
    root = tree.getroottree().getroot()
    declared = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    for name in ("og:locale", "content-language", "language", "dc.language", "dcterms.language", "inlanguage"):
        declared = declared or next(iter(metas.get(name, ())), None)
    return declared.strip() if declared and declared.strip() else None


def _outlets(metas: dict[str, tuple[str, ...]], story: Story, address: str) -> frozenset[str]:
    names = list(story.publishers)
    for name in ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "twitter:site"):
        names += metas.get(name, ())
    names += [name for name in metas.get("publisher", ()) if "/" not in name]
    host = (urlsplit(address).hostname or "") if "://" in address else ""
    labels = [label for label in host.split(".")[:-1] if label not in {"www", "m", "news", "blog", "co", "com"}]
    names += [host.removeprefix("www."), *labels]
    return frozenset(key for name in names if (key := fold(name.lstrip("@"))))

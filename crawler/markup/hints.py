"""What a page says of itself that helps to find its story: titles, description, JSON-LD articleBody."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from lxml import etree

from crawler.markup.jsonld_values import PlacedNode, read_nodes
from crawler.markup.tree import Gathered

MetaTag = Mapping[str, str]  # the attributes of a meta tag

_TITLES = frozenset({"og:title", "twitter:title", "headline"})
_DESCRIPTIONS = frozenset({"og:description", "description", "twitter:description"})
HELD = 2_000  # meta tags whose attributes are held while a page is read; 8 MB of them would take 120 MB
_MARKUP = re.compile(r"<[^>]{1,500}>")


@dataclass(frozen=True, slots=True)
class PageHints:
    """What the page says of itself that helps to find its story: titles, description, JSON-LD articleBody."""

    titles: tuple[str, ...] = ()
    description: str = ""
    article_body: str = ""


@dataclass(frozen=True, slots=True)
class MetaTags:
    """The attributes of each meta tag of a page, in order: each look reads them again where they are very many."""

    elements: Sequence[etree._Element]

    def __iter__(self) -> Iterator[MetaTag]:
        return (dict(cast(list[tuple[str, str]], meta.items())) for meta in self.elements)


def meta_tags(parts: Gathered) -> Iterable[MetaTag]:
    """Return the attributes of each meta tag of a page, in order; they can be looked through any number of times."""
    tags = MetaTags(parts.of("meta"))
    return [*tags] if len(tags.elements) <= HELD else tags


def read_page_hints(
    parts: Gathered, nodes: Sequence[PlacedNode] | None = None, tags: Iterable[MetaTag] | None = None
) -> PageHints:
    """Read the hints from the head and the scripts of a page.

    `nodes` are those of its JSON-LD, `tags` its meta tags, when they were read already.
    """
    titles: dict[str, None] = {}
    description = ""
    for meta in meta_tags(parts) if tags is None else tags:
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = meta.get("content")
        if not content:
            continue
        if name in _TITLES:
            titles[content[:500]] = None
        elif name in _DESCRIPTIONS and len(content) > len(description):
            description = content[:1_000]
    title = next(iter(parts.of("title")), None)
    if title is not None and title.text:
        titles[title.text.strip()[:500]] = None
    return PageHints(tuple(titles), description, article_body(read_nodes(parts) if nodes is None else nodes))


def article_body(nodes: Sequence[PlacedNode]) -> str:
    """Return the longest JSON-LD articleBody as text without markup, the page's own first; empty when it has none."""
    bodies = [(not aside, body) for node, _, aside in nodes if isinstance(body := node.get("articleBody"), str)]
    best = max(bodies, key=lambda found: (found[0], len(found[1])), default=(False, ""))[1]
    return html.unescape(_MARKUP.sub(" ", html.unescape(best))) if best else ""

"""A page's JSON-LD scripts -> what the node of its article says."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.markup.jsonld_values import Node, PlacedNode, by_id

MAX_AUTHORS = 500  # of one node; crawler/bylines/stated.py says how many were too many

_ARTICLES = frozenset(
    "blogposting liveblogposting socialmediaposting discussionforumposting report review criticreview "
    "analysisnewsarticle backgroundnewsarticle opinionnewsarticle reportagenewsarticle reviewnewsarticle "
    "askpublicnewsarticle advertisercontentarticle satiricalarticle scholarlyarticle techarticle".split()
)
_PAGES = frozenset("webpage itempage aboutpage medicalwebpage".split())
_PEOPLE = "person"
_ORGANISATIONS = frozenset("organization newsmediaorganization corporation localbusiness website brand".split())


@dataclass(frozen=True, slots=True)
class Signer:
    """One author as the page's data names them; `organisation` when it says that it is one."""

    name: str
    organisation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the JSON-LD says of the page's article; None or empty where it says nothing."""

    headline: str | None = None
    description: str | None = None
    published: str | None = None
    updated: str | None = None
    authors: tuple[Signer, ...] = ()
    section: str | None = None
    language: str | None = None
    body: str | None = None
    free: bool | None = None
    publishers: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()


def read_story(found: Sequence[PlacedNode], *, title: str, address: str) -> Story:
    """Return what the JSON-LD says of the story.

    Args:
        found: The page's JSON-LD, as `jsonld_values.read_nodes` gives it.
        title: The page's title, by which its own article is known among others it lists.
        address: The page's address, for the same.
    """
    if not found:
        return Story()
    known = by_id([node for node, _, _ in found])
    ranked = sorted(
        (
            (_rank(node, depth, aside, title, address), -n)
            for n, (node, depth, aside) in enumerate(found)
            if _tells(node)
        ),
        reverse=True,
    )
    parts = [_story(found[-n][0], known) for _, n in ranked[:4]]
    story = parts[0] if parts else Story()
    for other in parts[1:]:
        story = _filled(story, other)
    return Story(
        **{name: getattr(story, name) for name in Story.__slots__ if name not in {"publishers", "types"}},
        publishers=_publishers([node for node, _, _ in found], known),
        types=frozenset(kind for node, depth, aside in found if depth <= 2 and not aside for kind in types_of(node)),
    )


def types_of(node: Node) -> list[str]:
    """Return the types of an object, in small letters and without their vocabulary."""
    value = node.get("@type")
    if value is None:
        return []
    kinds = value if isinstance(value, list) else [value]
    return [kind[max(kind.rfind("/"), kind.rfind(":")) + 1 :].lower() for kind in kinds[:10] if isinstance(kind, str)]


def _tells(node: Node) -> bool:
    return any(kind.endswith("article") or kind in _ARTICLES or kind in _PAGES for kind in types_of(node))


def _rank(node: Node, depth: int, aside: bool, title: str, address: str) -> tuple[int, ...]:
    """Order the nodes that may be the page's article: articles, then those named like the page, then the outer ones."""
    page = all(kind in _PAGES for kind in types_of(node))
    headline = _text(node.get("headline")) or _text(node.get("name")) or ""
    named = bool(headline) and (
        headline.casefold()[:60] in title.casefold() or title.casefold()[:60] in headline.casefold()
    )
    place = " ".join(str(node.get(key)) for key in ("url", "mainEntityOfPage", "@id"))
    here = bool(address) and address.rstrip("/").split("://")[-1] in place
    critic = types_of(node) == ["review"]
    return (not page and not critic, not aside, named or here, bool(node.get("author")), -depth)


def _story(node: Node, known: dict[str, Node]) -> Story:
    free = node.get("isAccessibleForFree")
    return Story(
        headline=_text(node.get("headline")) or (None if _is_page(node) else _text(node.get("name"))),
        description=_text(node.get("description")),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")) or _text(node.get("uploadDate")),
        updated=_text(node.get("dateModified")),
        authors=_signers(node.get("author") or node.get("creator"), known),
        section=_text(node.get("articleSection")),
        language=_language(node.get("inLanguage")),
        body=_text(node.get("articleBody")),
        free=None if free is None else str(free).lower() not in {"false", "no", "0"},
    )


def _is_page(node: Node) -> bool:
    return all(kind in _PAGES for kind in types_of(node))


def _filled(story: Story, other: Story) -> Story:
    """Take from another node of the page what the first leaves open; its authors only when no headline differs."""
    names = [name for name in Story.__slots__ if name not in {"authors", "body", "headline"}]
    same = not other.headline or not story.headline or other.headline == story.headline
    return Story(
        **{
            name: getattr(story, name) or getattr(other, name)
            for name in names
            if same or name in {"language", "section"}
        },
        headline=story.headline or other.headline,
        authors=story.authors or (other.authors if same else ()),
        body=story.body or (other.body if same else None),
        **({} if same else {name: getattr(story, name) for name in names if name not in {"language", "section"}}),
    )


# ---------------------------------------------------------------- nodes -> fields


def _text(value: Any) -> str | None:
    """Return a field's text: the first of several, the @value of an object, entities undone."""
    if isinstance(value, list):
        return next((text for part in value[:5] if not isinstance(part, list) and (text := _text(part))), None)
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value)
    if "&" in text:
        text = html.unescape(html.unescape(text))
    return text.strip() or None


def _language(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name") or value.get("@value")
    return _text(value)


def _signers(value: Any, known: dict[str, Node]) -> tuple[Signer, ...]:
    """Read authors however they are nested: a name, an object, a list, a reference to another node."""
    found: dict[str, Signer] = {}
    stack: list[tuple[Any, int]] = [(value, 0)]
    while stack and len(found) < MAX_AUTHORS:
        item, depth = stack.pop()
        if depth > 6:
            continue
        if isinstance(item, list):
            stack.extend((part, depth + 1) for part in reversed(item[:MAX_AUTHORS]))
        elif isinstance(item, str):
            name = _text(known[item].get("name")) if item in known else _text(item)
            if name:
                found.setdefault(name, Signer(name))
        elif isinstance(item, dict):
            stack.extend((part, depth + 1) for part in _signed(item, known, found))
    people = [signer for signer in found.values() if not signer.organisation]
    return (*people, *(signer for signer in found.values() if signer.organisation))


def _signed(item: Node, known: dict[str, Node], found: dict[str, Signer]) -> list[Any]:
    """File an author object under its name; return what must be looked into instead when it has none."""
    name_of = item.get("@id")
    node = known.get(name_of, item) if isinstance(name_of, str) else item
    name = node.get("name") or item.get("name")
    if isinstance(name, list | dict) and not (isinstance(name, dict) and "@value" in name):
        return [name]
    text = _text(name) or " ".join(part for key in ("givenName", "familyName") if (part := _text(node.get(key))))
    if text:
        kinds = types_of(node)
        is_organisation = bool(kinds) and _PEOPLE not in kinds and any(kind in _ORGANISATIONS for kind in kinds)
        found.setdefault(text, Signer(text, is_organisation))
        return []
    return [part for key in ("@list", "@set", "author", "itemListElement") if (part := item.get(key))]


def _publishers(nodes: list[Node], known: dict[str, Node]) -> tuple[str, ...]:
    """Return the names by which the outlet calls itself."""
    names: dict[str, None] = {}
    for node in nodes[:500]:
        for key in ("publisher", "sourceOrganization", "copyrightHolder"):
            for signer in _signers(value, known) if (value := node.get(key)) else ():
                names[signer.name] = None
        if any(kind in {"website", "newsmediaorganization"} for kind in types_of(node)) and "author" not in node:
            for name in (_text(node.get("name")), _text(node.get("alternateName"))):
                if name:
                    names[name] = None
    return tuple(names)[:20]

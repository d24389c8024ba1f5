"""OPML <-> feeds: what other readers export as a list of subscriptions, with their folders (opml.org, version 2)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.errors import ExtractError
from crawler.markup.xml import plain_xml

MAX_BYTES = 20_000_000
MAX_FEEDS = 20_000
MAX_DEPTH = 20  # folders within folders

_ROOT = re.compile(r"<opml\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed of a list: its address, its title, the folder it stands in (the innermost), its site's front page."""

    feed: str
    title: str | None = None
    folder: str | None = None
    site: str | None = None


def read_opml(content: bytes, name: str) -> tuple[Subscription, ...]:
    """Return the feeds of a list in its order, once each. No entity is expanded; what is broken is read leniently.

    Raises:
        ExtractError: `not-opml` when it is another kind of file; `too-large`; `hostile-markup`.
    """
    if len(content) > MAX_BYTES:
        raise ExtractError("too-large", f"{name}: {len(content):,} bytes is over {MAX_BYTES:,}")
    text, _ = plain_xml(content)
    start = _ROOT.search(text[:5000])
    if start is None:
        raise ExtractError("not-opml", f"{name}: expected OPML, got {text[:40]!r}")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring(text[start.start() :].encode(), parser)
    found: dict[str, Subscription] = {}
    for subscription in _of_outlines(root) if root is not None else ():
        found.setdefault(subscription.feed, subscription)
        if len(found) >= MAX_FEEDS:
            break
    return tuple(found.values())


def _of_outlines(root: etree._Element) -> Iterator[Subscription]:
    waiting: list[tuple[etree._Element, str | None, int]] = [(root, None, 0)]
    while waiting:
        node, folder, depth = waiting.pop()
        given = {key.lower(): " ".join(str(value).split()) for key, value in node.attrib.items()}
        title = given.get("title") or given.get("text") or None
        if given.get("xmlurl"):
            yield Subscription(given["xmlurl"], title, folder, given.get("htmlurl") or None)
        inner = title if _is_outline(node) and not given.get("xmlurl") else folder
        if depth < MAX_DEPTH:
            waiting += [(child, inner, depth + 1) for child in reversed(node) if isinstance(child.tag, str)]


def _is_outline(node: etree._Element) -> bool:
    return isinstance(node.tag, str) and node.tag.lower().rpartition("}")[2] == "outline"


def write_opml(subscriptions: Iterable[Subscription], title: str) -> str:
    """Return a list of feeds as OPML 2.0, a folder an outline, those without a folder first."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for subscription in sorted(subscriptions, key=lambda one: one.folder is not None):
        parent = body
        if subscription.folder:
            if subscription.folder not in folders:
                folders[subscription.folder] = _outline(
                    body, {"text": subscription.folder, "title": subscription.folder}
                )
            parent = folders[subscription.folder]
        name = subscription.title or subscription.feed
        given = {
            "type": "rss",
            "text": name,
            "title": name,
            "xmlUrl": subscription.feed,
            "htmlUrl": subscription.site or "",
        }
        _outline(parent, {key: value for key, value in given.items() if value})
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True).decode()


def _outline(parent: etree._Element, given: dict[str, str]) -> etree._Element:
    return etree.SubElement(parent, "outline", given)

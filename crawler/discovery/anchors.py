"""A page's tree -> its links as they are written, each looked at once: its attributes and its words."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias, cast

from lxml import etree

_Pairs: TypeAlias = list[tuple[str, str]]


class Anchor(NamedTuple):
    """An `a` or `area` element, or a `frame`, one of the pages that a frameset is made of.

    Attributes:
        words: What it shows, white space collapsed.
        has_parts: Other elements stand in it.
    """

    element: etree._Element
    tag: str
    attributes: Mapping[str, str]
    words: str
    has_parts: bool

    def get(self, name: str) -> str:
        """Return an attribute; empty where it has none."""
        return self.attributes.get(name, "")


def anchors(tree: etree._Element) -> list[Anchor]:
    """Return the links of a page in its order."""
    found: list[Anchor] = []
    for element in tree.iter("a", "area", "frame"):
        has_parts = len(element) > 0
        shown = "".join(map(str, element.itertext())) if has_parts else element.text or ""
        found.append(
            Anchor(element, element.tag, dict(cast(_Pairs, element.items())), " ".join(shown.split()), has_parts)
        )
    return found

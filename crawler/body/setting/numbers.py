"""An item of a list -> the number that its page shows, by where the list starts and which way it counts."""

import re

from lxml import etree

from crawler.markup.blocks import Blocks

_NUMBER = re.compile(r"\s*([+-]?\d{1,9})(?!\d)")


class Numbers:
    """The numbers of the items of ordered lists; a list is counted once."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._known: dict[int, dict[etree._Element, int]] = {}

    def of(self, element: int) -> int | None:
        """Return the number that an item's page shows; None for a bullet."""
        above = self._blocks.parents[element]
        if above < 0 or self._blocks.tags[above] != "ol":
            return None
        if above not in self._known:
            self._known[above] = _numbered(self._blocks.nodes[above])
        return self._known[above].get(self._blocks.nodes[element])


def _numbered(list_: etree._Element) -> dict[etree._Element, int]:
    items = list_.findall("li")
    step = -1 if list_.get("reversed") is not None else 1
    number = integer(list_.get("start"))
    number = (len(items) if step < 0 else 1) if number is None else number
    found: dict[etree._Element, int] = {}
    for item in items:
        own = integer(item.get("value"))
        number = number if own is None else own
        found[item] = number
        number += step
    return found


def integer(written: str | None) -> int | None:
    """Return the number that an attribute begins with, as browsers read it; None: it has none, or too long a one."""
    found = _NUMBER.match(written or "")
    return int(found[1]) if found else None

"""Hidden blocks of a story -> those that are only folded: a reader opens them with the control that stands before them.

Sections that open and close are marked as hidden until somebody opens them, as boxes that nobody asked for are. What
tells them apart is that the page says how they open, and that the story goes on around them.
"""

import re
from itertools import islice

from lxml import etree

from crawler.body.rules.story import Story
from crawler.markup.reading import naming

CONTROLS = 12  # elements before a folded one that are looked at for what opens it
TABS = 40  # tabs, and elements beside one that they show, that are looked at

_FOLDS = re.compile(r"collaps|accordion|expand|disclosure|(?<![a-z])(?:fold|toggle)(?:ed|able)?(?![a-z])", re.I)
# Boxes over the page, and answers to questions of readers, which stand below a story and are none of it.
_BOXES = re.compile(
    r"dialog|modal|popup|overlay|lightbox|(?<![a-z])(?:menu|nav|tooltip|faqs?)(?![a-z])|acceptedanswer|faq-?answer",
    re.I,
)


def folded(story: Story) -> frozenset[int]:
    """Return the chosen blocks that stand in a folded section, with shown blocks of the story before it."""
    blocks = story.blocks
    shown = next((n for n in story.chosen if not blocks.hidden[blocks.owners[n]]), None)
    if shown is None or not blocks.nodes:
        return frozenset()
    known: dict[int, bool] = {}
    tabs: dict[etree._Element, frozenset[str]] = {}
    found = set()
    for n in story.chosen:
        if n > shown and blocks.hidden[blocks.owners[n]]:
            outer = _outermost_hidden(story, n)
            if outer not in known:
                known[outer] = _is_folded(blocks.nodes[outer], blocks.names[outer], tabs)
            if known[outer]:
                found.add(n)
    return frozenset(found)


def _outermost_hidden(story: Story, n: int) -> int:
    at = story.blocks.owners[n]
    while (above := story.blocks.parents[at]) >= 0 and story.blocks.hidden[above]:
        at = above
    return at


def _is_folded(element: etree._Element, names: str, tabs: dict[etree._Element, frozenset[str]]) -> bool:
    """Whether an element's names, or the control before it, say that it opens and closes; `tabs` as of `_is_tab`."""
    said = " ".join((names, *map(str, element.attrib.values())))[:1_000]
    if _BOXES.search(said):
        return False
    return _FOLDS.search(said) is not None or _opens(element.getprevious()) or _is_tab(element, tabs)


def _opens(before: etree._Element | None) -> bool:
    """Whether what stands before an element is or holds a control that opens something and says so."""
    if before is None:
        return False
    return any(part.get("aria-expanded") is not None for part in islice(before.iter(), CONTROLS))


def _is_tab(element: etree._Element, tabs: dict[etree._Element, frozenset[str]]) -> bool:
    """Whether an element is what one of the tabs of a page shows, and another beside it is shown already.

    A tab names what it shows (`aria-controls`, or a link to it), or what is shown names its tab (`aria-labelledby`).
    `tabs`: how the tabs within an element are named, as far as it was looked at.
    """
    around = element.getparent()
    if element.get("role") != "tabpanel" or around is None:
        return False
    label = element.get("aria-labelledby") or ""  # a list of ids, or one with blanks in it
    named = {f"#{element.get('id')}", element.get("id"), label, *label.split()} - {"#None", None, ""}
    if (above := around.getparent()) is None:
        above = around
    if above not in tabs:
        found = islice(above.iterfind(".//*[@role='tab']"), TABS)
        tabs[above] = frozenset(tab.get(name, "") for tab in found for name in ("aria-controls", "href", "id"))
    beside = (each for each in islice(around, TABS) if each is not element and each.get("role") == "tabpanel")
    return not named.isdisjoint(tabs[above]) and any(not naming(each)[1] for each in beside)

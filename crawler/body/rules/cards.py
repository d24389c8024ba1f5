"""A story's blocks -> those of cards after it: siblings made alike, each with a linked headline and a teaser.

The cards of a row are named alike but for their numbers (`post-7`). They lead each to another page of the site, and no
text of the story stands after them. A second fact must agree, which is that of crawler/body/rules/listed.py: half of
the pages stand in the folder of the page itself, or half of the blocks are for the judge no part of the story; or half
of the headlines are the words of their addresses.
"""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.body.rules.leading import names_its_page
from crawler.body.rules.listed import folder, pages_of
from crawler.body.rules.named import without_digits
from crawler.body.rules.story import LINKED, Story
from crawler.body.words.box_words import announces
from crawler.markup.tags import HEADINGS

CARDS = 3  # of a row
LINES = 5  # blocks of a card: what it is about, its headline, its teaser, its author and day
CARD = 450  # letters of one
TEASER = 50  # letters of the line that tells what a page is about
SURE = 0.8  # probability of the blocks of cards, in the mean, from which they are the story's
HALF = 0.5  # of the cards, of which the second fact must hold
BEHIND = 0.2  # of the text that stands after the first card and is in none
LABEL = 80  # letters of the line that announces a row
LEFT = 0.25  # of the story that must stay: a brief has less text than the cards after it

_WHOLES = frozenset({"body", "main"})


class _Card(NamedTuple):
    """A linked headline and the blocks of its card."""

    head: int
    first: int
    end: int


def cards(story: Story) -> Sequence[int]:
    """The blocks of rows of cards after the story."""
    blocks = story.blocks
    chosen, heads = story.chosen, story.headlines
    if len(heads) < CARDS or not blocks.nodes or not story.cues.address:
        return ()
    rows: dict[tuple[int, str, str], list[tuple[int, int]]] = {}
    for n in heads:
        if (at := _card(story, n)) is not None:
            rows.setdefault((blocks.parents[at], blocks.tags[at], without_digits(blocks.names[at])), []).append((at, n))
    found: set[int] = set()
    for (parent, _, _), row in rows.items():
        found.update(_of_row(story, _spans(story, row, parent)) if len(row) >= CARDS else ())
    if not found:
        return ()
    behind = story.size(n for n in chosen if n > min(found) and n not in found)
    dropped = frozenset(found)
    is_behind = behind <= BEHIND * story.size(chosen)
    return sorted(dropped) if is_behind and story.enough_without(dropped, LEFT) else ()


def _of_row(story: Story, row: list[_Card]) -> list[int]:
    """The story's blocks in a row of cards; none when its lines may be the story's own."""
    inside = [n for card in row for n in story.between(card.first, card.end)]
    if not inside or sum(_tells(story, card) for card in row) < HALF * len(row):
        return []
    is_sure = sum(story.verdict.chances[n] for n in inside) >= SURE * len(inside)
    if (is_sure and not _is_announced(story, row)) or not _leads_away(story, [card.head for card in row]):
        return []
    return inside


def _is_announced(story: Story, row: list[_Card]) -> bool:
    """Whether the line right before a row says that other stories follow."""
    before = row[0].first - 1
    return before >= 0 and story.length(before) < LABEL and announces(story.text(before))


def _card(story: Story, n: int) -> int | None:
    """The largest small element around a headline that holds no other linked one; None when there is none."""
    blocks = story.blocks
    found, at = None, blocks.owners[n]
    while at > 0 and blocks.tags[at] not in _WHOLES:
        first, end = blocks.first[at], blocks.end[at]
        if end - first > LINES or sum(story.is_headline(m) for m in range(first, end)) > 1:
            break
        if story.size(range(first, end)) > CARD:
            break
        found, at = at, blocks.parents[at]
    return found


def _spans(story: Story, row: list[tuple[int, int]], parent: int) -> list[_Card]:
    """The cards of a row: their elements; or, where these hold headlines alone, what stands before the next one."""
    blocks = story.blocks
    if any(blocks.end[at] - blocks.first[at] > 1 for at, _ in row):
        return [_Card(n, blocks.first[at], blocks.end[at]) for at, n in row if blocks.tags[at] not in HEADINGS]
    heads = [n for _, n in row]
    ends = [*heads[1:], min(blocks.end[parent], heads[-1] + heads[1] - heads[0])]
    spans = [_Card(n, n, end) for n, end in zip(heads, ends, strict=True)]
    is_row = all(card.end - card.first <= LINES and story.size(range(*card[1:])) <= CARD for card in spans)
    return spans if is_row else []


def _tells(story: Story, card: _Card) -> bool:
    """Whether a card has a teaser: a line that is no link and more than a label."""
    return any(story.linked(m) < 1 - LINKED and story.length(m) >= TEASER for m in range(card.first, card.end))


def _leads_away(story: Story, row: list[int]) -> bool:
    """Whether the headlines of a row lead each to another page of the site, and a second fact agrees."""
    pages = pages_of(story, row)
    if not pages:
        return False
    own = folder(urlsplit(story.cues.address))
    facts = (
        sum(story.verdict.chances[n] < story.verdict.limit for n in row),
        sum(folder(page) == own for page in pages),
        sum(names_its_page(story.text(n), page.path) for n, page in zip(row, pages, strict=True)),
    )
    return max(facts) >= HALF * len(row)

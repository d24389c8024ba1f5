"""A story's blocks -> those of cards behind it: siblings made alike, each with a linked headline and a teaser.

The cards of a row are named alike but for their numbers (`post-7`). They lead each to another page of the site, and no
text of the story stands behind them. A second fact must agree, which is that of crawler/body/rules/listed.py: half of
the pages stand in the folder of the page itself, or half of the blocks are for the judge no part of the story; or half
of the headlines are the words of their addresses.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from crawler.body.rules.leading import names_its_page
from crawler.body.rules.listed import folder, pages_of
from crawler.body.rules.named import without_digits
from crawler.body.rules.story import Story
from crawler.markup.tags import HEADINGS
from crawler.text import text_length

CARDS = 3  # of a row
LINES = 5  # blocks of a card: what it is about, its headline, its teaser, its author and day
CARD = 450  # letters of one
TEASER = 50  # letters of the line that tells what a page is about
HEADLINE = 15  # letters of a linked headline
LINKED = 0.8  # of it
SURE = 0.8  # probability of the blocks of cards, in the mean, from which they are the story's
HALF = 0.5  # of the cards, of which the second fact must hold
BEHIND = 0.2  # of the text that stands behind the first card and is in none
LEFT = 0.25  # of the story that must stay: a brief has less text than the cards behind it

_WHOLES = frozenset({"body", "main"})


def cards(story: Story) -> Sequence[int]:
    """The blocks of rows of cards behind the story."""
    blocks = story.blocks
    heads = [n for n in story.linking if _is_headline(story, n)]
    if len(heads) < CARDS or not blocks.nodes or not story.cues.address:
        return ()
    rows: dict[tuple[int, str, str], list[tuple[int, int]]] = {}
    for n in heads:
        if (at := _card(story, n)) is not None:
            rows.setdefault((blocks.parents[at], blocks.tags[at], without_digits(blocks.names[at])), []).append((at, n))
    found: set[int] = set()
    for row in rows.values():
        telling = sum(_tells(story, at) for at, _ in row)
        if len(row) >= CARDS and telling >= HALF * len(row) and _leads_away(story, [n for _, n in row]):
            found.update(n for at, _ in row for n in story.inside(at))
    if not found:
        return ()
    behind = story.size(n for n in story.chosen if n > min(found) and n not in found)
    dropped = frozenset(found)
    if sum(story.verdict.chances[n] for n in dropped) >= SURE * len(dropped):
        return ()
    is_behind = behind <= BEHIND * story.size(story.chosen)
    return sorted(dropped) if is_behind and story.enough_without(dropped, LEFT) else ()


def _is_headline(story: Story, n: int) -> bool:
    return story.linked(n) >= LINKED and text_length(story.text(n)) >= HEADLINE


def _card(story: Story, n: int) -> int | None:
    """The largest small element around a headline that holds no other linked one; None when there is none."""
    blocks = story.blocks
    found, at = None, blocks.owners[n]
    while at > 0 and blocks.tags[at] not in _WHOLES:
        first, end = blocks.first[at], blocks.end[at]
        if end - first > LINES or sum(_is_headline(story, m) for m in range(first, end)) > 1:
            break
        if story.size(range(first, end)) > CARD:
            break
        found, at = at, blocks.parents[at]
    is_heading_alone = found is not None and blocks.tags[found] in HEADINGS
    return None if is_heading_alone else found


def _tells(story: Story, card: int) -> bool:
    """Whether a card has a teaser: a line that is no link and more than a label."""
    first, end = story.blocks.first[card], story.blocks.end[card]
    return any(story.linked(m) < 1 - LINKED and story.length(m) >= TEASER for m in range(first, end))


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

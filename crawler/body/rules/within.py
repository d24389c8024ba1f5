"""A story's blocks -> what breaks into it: polls, the card of another story, rows of links to other stories.

A poll is a form with answers to choose from. A card is a small element with a linked headline and a teaser. A row is a
line of several links to pages of the site. What a card and a row lead to must be other stories by a second fact: the
address has the words of the link, or the same link stands elsewhere on the page; of a card, or the judge doubts it.
"""

import re
from collections.abc import Iterable, Sequence

from crawler.body.rules.leading import names_its_page
from crawler.body.rules.listed import page_of
from crawler.body.rules.story import LINKED, Story
from crawler.markup.tags import HEADINGS
from crawler.text import ends_sentence

_WORDS = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)  # of a link, without the arrows around them
POLL = 300  # letters of a poll
ANSWERS = 2  # of a poll
LINES = 6  # blocks of a card
CARD = 450  # letters of one
CARDS = 2  # within a story; a story with more of them presents other pages
FEW = 0.3  # of the story that all of it may be
ROW = 2  # links of a line after the story
ITEMS = 3  # links of any other row
ROW_LINKED = 0.6  # of a line of links, which begins with what it is
UNSURE = 0.6  # probability of a block of the story

_APART = frozenset({"aside", "article"})


def polls(story: Story) -> Sequence[int]:
    """Questions to the reader, with the answers to choose from."""
    found: set[int] = set()
    for form in story.blocks.elements("form"):
        inside = story.inside(form)
        if inside and story.size(inside) < POLL and _answers(story, form) >= ANSWERS:
            found.update(inside)
    return _few(story, found)


def _answers(story: Story, form: int) -> int:
    """How many answers a form lets the reader choose from."""
    nodes = story.blocks.nodes
    fields = nodes[form].iter("input") if nodes else ()
    return sum((field.get("type") or "").lower() in {"radio", "checkbox"} for field in fields)


def single_cards(story: Story) -> Sequence[int]:
    """The cards of one or two other stories between the paragraphs."""
    blocks = story.blocks
    if not blocks.nodes or not story.cues.address:
        return ()
    found: set[int] = set()
    cards = 0
    for n in story.headlines:
        at = _card(story, n) if n not in found else None
        if at is not None and _is_other(story, n):
            cards += 1
            found.update(story.inside(at))
    return _few(story, found) if cards <= CARDS else ()


def _card(story: Story, n: int) -> int | None:
    """The small element of a linked headline and a teaser below it, with a picture or a tag of its own."""
    blocks = story.blocks
    at = blocks.owners[n]
    while at > 0:
        first, end = blocks.first[at], blocks.end[at]
        if end - first > LINES or story.size(range(first, end)) > CARD:
            return None
        if first == n and any(story.linked(m) < 1 - LINKED for m in range(n + 1, end)):
            is_made = blocks.tags[at] in _APART or next(blocks.nodes[at].iter("img"), None) is not None
            return at if is_made else None
        at = blocks.parents[at]
    return None


def rows(story: Story) -> Sequence[int]:
    """Lines that are links to other stories; a list of links may be the story's own."""
    if not story.blocks.nodes or not story.cues.address:
        return ()
    likely = [n for n in story.linking if _may_be_row(story, n, is_last=n == story.chosen[-1])]
    elsewhere = frozenset(map(_words, story.linked_elsewhere)) if likely else frozenset()
    return _few(story, [n for n in likely if _lead_away(story, n, elsewhere)])


def _may_be_row(story: Story, n: int, *, is_last: bool) -> bool:
    """Whether a line is some links and little else."""
    blocks = story.blocks
    if blocks.links[n] < (ROW if is_last else ITEMS) or story.linked(n) < (LINKED if is_last else ROW_LINKED):
        return False
    if blocks.tag(n) in HEADINGS or story.stands_in(n, "li") or story.stands_in(n, "table"):
        return False
    return not ends_sentence(story.text(n))


def _lead_away(story: Story, n: int, elsewhere: frozenset[str]) -> bool:
    """Whether a line's links lead each to a page of the site, and half of them to other stories by a second fact."""
    pieces, marks = story.blocks.marked.get(n, ([], []))
    links = [mark for mark in marks if mark.element.tag == "a"]
    pages = [page_of(story, (link.element.get("href") or "").strip()) for link in links]
    if not links or None in pages or len({page.path + page.query for page in pages if page}) < len(pages):
        return False
    said = [_words(" ".join("".join(pieces[link.first : link.end]).split())) for link in links]
    named = sum(
        text in elsewhere or names_its_page(text, page.path) for text, page in zip(said, pages, strict=True) if page
    )
    return named * 2 >= len(links)


def _words(text: str) -> str:
    found = _WORDS.search(text)
    return found[0] if found else ""


def _is_other(story: Story, n: int) -> bool:
    """Whether a card's headline leads to another story of the site."""
    node = story.blocks.nodes[story.blocks.owners[n]]
    around = node if node.tag == "a" else next(node.iter("a"), None)
    link = around if around is not None else next(node.iterancestors("a"), None)
    page = page_of(story, (link.get("href") or "").strip()) if link is not None else None
    if page is None:
        return False
    text = story.text(n)
    return story.verdict.chances[n] < UNSURE or names_its_page(text, page.path) or text in story.linked_elsewhere


def _few(story: Story, found: Iterable[int]) -> Sequence[int]:
    """Return some blocks in their order; none when they are much of the story."""
    dropped = frozenset(found)
    return sorted(dropped) if story.enough_without(dropped, 1 - FEW) else ()

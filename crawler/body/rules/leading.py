"""A story's blocks -> the lines among its paragraphs that lead to another story, in whatever language they say so.

Such a line is a label that ends as one, and one link to another page of the site; it stands alone among paragraphs.
That says little: a second fact must agree. The address has the words of the link, as the address of a headline has; the
same link stands elsewhere on the page, where none of the story is; the whole line is set bold; or the judge of blocks
doubts it. A line that says that other stories follow, and nothing else, leads to those right below it. A block of such
links alone, before the story or after it, is a menu.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import count, takewhile
from typing import NamedTuple
from urllib.parse import unquote

from corpus.people.names import fold
from crawler.body.rules.listed import page_of, pages_of
from crawler.body.rules.story import Story
from crawler.body.words.box_words import announces_alone
from crawler.markup.tags import HEADINGS
from crawler.text import text_length

LINE = 300  # letters of such a line
LINKED = 0.4  # of it
LABEL = 40  # characters of what stands before the link
HEADLINE = 15  # letters of a link that may be a headline
WHOLLY = 0.8  # of a line that is a link and nothing else
BOLD = 0.9  # of a line that is set so
WORDS = 3  # of a link, from which its address may have them
SAME = 0.7  # of the words of a link that its address has
UNSURE = 0.6  # probability of a block of the story
MENU = 3  # links to other pages of the site, and nothing else, which make a block at an end of the story a menu
BETWEEN = 3  # characters between two of them, at most
FEW = 0.3  # of the story that all such lines may be; a story with more of them presents other pages

_LETTER = re.compile(r"[^\W\d_]")
_LABELLED = re.compile(rf"([^:：]{{1,{LABEL}}}[:：])\s*(.+)")  # a link that begins with its label
_ENDED = re.compile(r"[:：>»›|–—·-]\W*$")


class _Line(NamedTuple):
    """A line that may lead to another story: what its link says, where it leads, and how many facts must agree."""

    link: str
    path: str
    needed: int


def leading(story: Story) -> Sequence[int]:
    """Lines that lead to another story of the site."""
    lines = {n: line for n in story.linking if (line := _line(story, n)) is not None}
    lines = {n: line for n, line in lines.items() if n - 1 not in lines and n + 1 not in lines}  # else a list
    under = frozenset(_under_label(story))
    if not lines and not under:
        return ()
    found = under | frozenset(
        n
        for n, line in lines.items()
        if (
            (story.blocks.bold_chars[n] >= BOLD * len(story.text(n)))
            + (story.verdict.chances[n] < UNSURE)
            + (line.link in story.linked_elsewhere)
            + names_its_page(line.link, line.path)
            >= line.needed
        )
    )
    return tuple(found) if story.enough_without(found, 1 - FEW) else ()


def menus(story: Story) -> Sequence[int]:
    """Blocks at either end of the story that are links to other pages of the site: its sections, its other stories."""
    ends = (story.chosen, story.chosen[::-1]) if story.linking else ()
    found = frozenset(n for end in ends for n in takewhile(lambda n: _is_menu(story, n), end))
    return tuple(found) if story.enough_without(found) else ()


def _is_menu(story: Story, n: int) -> bool:
    blocks = story.blocks
    if blocks.links[n] < MENU or n not in blocks.marked:
        return False
    if len(story.text(n)) - blocks.link_chars[n] > BETWEEN * blocks.links[n]:
        return False
    hrefs = [(mark.element.get("href") or "").strip() for mark in blocks.marked[n][1] if mark.element.tag == "a"]
    return len(hrefs) >= MENU and all(page_of(story, href) for href in hrefs)


def _line(story: Story, n: int) -> _Line | None:
    """What a block says when it is a label and one link after it to another page of the site; None otherwise."""
    blocks = story.blocks
    if blocks.links[n] != 1 or story.length(n) >= LINE or story.linked(n) < LINKED or blocks.tag(n) in HEADINGS:
        return None
    if n not in blocks.marked or story.stands_in(n, "li") or story.stands_in(n, "table"):
        return None
    pieces, marks = blocks.marked[n]
    link = next((mark for mark in marks if mark.element.tag == "a"), None)
    if link is None or _LETTER.search("".join(pieces[link.end :])):
        return None
    label = " ".join("".join(pieces[: link.first]).split())
    said = " ".join("".join(pieces[link.first : link.end]).split())
    needed = 1
    if not label and (inner := _LABELLED.fullmatch(said)) is not None:
        label, said = inner[1], inner[2]
        needed = 1 if announces_alone(label) else 2  # headlines have colons of their own
    is_label = 0 < len(label) <= LABEL and _ENDED.search(label) is not None and _LETTER.search(label) is not None
    page = page_of(story, (link.element.get("href") or "").strip()) if is_label else None
    if page is None or not page.path.strip("/") or text_length(said) < HEADLINE:
        return None
    return _Line(said, page.path, needed)


def _under_label(story: Story) -> Iterator[int]:
    """The lines that say only that other stories follow, and the links to these: lines of their own right below."""
    chosen = frozenset(story.chosen)
    for n in story.chosen:
        if n + 1 not in chosen or story.length(n) >= LABEL or story.blocks.links[n]:
            continue
        if not announces_alone(story.text(n)):
            continue
        below = takewhile(lambda m: m in chosen and _leads_away(story, m), count(n + 1))
        if found := [*below]:
            yield from (n, *found)


def _leads_away(story: Story, n: int) -> bool:
    """Whether a line is wholly a link to another page of the site."""
    return story.linked(n) >= WHOLLY and len(pages_of(story, [n])) == 1


def names_its_page(link: str, path: str) -> bool:
    """Whether an address has the words of a link to it, as an address made of a headline has."""
    words = [word for word in fold(link).split("-") if not word.isdigit()]  # those of a day are in many addresses
    named = set(fold(unquote(path)).split("-"))
    return len(words) >= WORDS and sum(word in named for word in words) >= SAME * len(words)

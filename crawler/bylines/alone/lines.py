"""The lines of a page that are nothing but names: under the headline, or where an author signs after the story.

A name alone is a weak sign. It counts when a given name that many bear begins it, or when the page sets it apart as
authors are: after a dash, in the brackets in which Japanese papers sign (there a common family name begins it). At
the far edge of the line, where "Back To Top" stands as well, several names may sign, and Vietnamese ones, which begin
with a family name; Korean ones in italics or after a dash. After a quotation a dash names who said it; among other
lines with dashes it begins an entry.

What the story tells of is no author: "Victoria Park" under the headline, "– Green Onions" after a recipe. So a name
that stands in it counts only with a second sign: another name, a role, or a date beside it. A rare name counts beside a
date, with a role, or in italics at the far edge, where the story does not tell of it and writes no word of it small.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress
from typing import TypeAlias

from corpus.texts import text as sentence
from crawler.bylines.alone.evidence import is_dated_across, says_what_beside, tells_of
from crawler.bylines.alone.heads import near_headline, says_what_under
from crawler.bylines.alone.tails import behind_story
from crawler.bylines.names import names_of
from crawler.markup.blocks import Blocks

_ABOVE = 4  # blocks above it, where a name stands beside a date
_DECK = 2  # blocks under the headline, one of which may be the standfirst
_UNDER = 4  # blocks under the headline among which names may stand alone
_PROSE = 80  # characters; a shorter block is a line of its own
_END = 400  # blocks before the end of the body among which its signature stands; and before it, those of other letters
_OTHERS = 2  # signed parts of a page before the last, whose names look alike
_Look: TypeAlias = tuple[str, str | None, int]  # the tag and class of a block, and how many elements stand in it


@dataclass(frozen=True, slots=True)
class NameLine:
    """A block that is nothing but names: the names as they are to be read, the rule that found them, the block."""

    text: str
    rule: str
    at: int


def names_alone(blocks: Blocks, *, start: int, prose: int, last: int, language: str | None) -> Iterator[NameLine]:
    """Give the lines of names between the headline and the story, or right after it.

    Args:
        start: The block of the headline.
        prose: The first block of the body after the headline.
        last: The last block of the body.
        language: Of the page.
    """
    story = range(start, last + 1)
    for n in range(max(start - _ABOVE, 0), start):  # who and when may stand above the headline, and so may the subject
        names = near_headline(blocks, n, story, language, beside=-1)
        is_dated = names is not None and (says_what_beside(blocks, n, -1) or is_dated_across(blocks, n, start))
        if names and is_dated and not tells_of(blocks, story, n, names):
            yield NameLine(names, sentence("a name alone above the headline"), n)
    is_long = map(_PROSE.__le__, map(len, blocks.texts[start + 1 : last + 1]))
    long = [*compress(range(start + 1, last + 1), is_long)]
    first, end = (min(long), max(long)) if long else (prose, last - 1)
    for n in range(start + 1, min(first, start + 1 + _UNDER)):
        if (names := near_headline(blocks, n, story, language, beside=start)) is not None:
            yield NameLine(names, sentence("a name alone under the headline"), n)
    yield from _under_deck(blocks, story, long, language)
    signed, counted = Counter[_Look](), start + 1  # lines before one that signs which sign, too; up to where
    for n in range(max(end + 1, prose, last + 2 - _END), min(last + 2, len(blocks.texts))):
        if (names_behind := behind_story(blocks, n, story)) is None:
            continue
        before, counted = range(max(counted, n - _END), n), n
        signed.update(_look(blocks, at) for at in before if behind_story(blocks, at, range(start + 1, n)) is not None)
        if signed[_look(blocks, n)] < _OTHERS:  # else each of them wrote a letter of many
            yield NameLine(names_behind, sentence("a name alone behind the story"), n)


def _under_deck(blocks: Blocks, story: range, long: list[int], language: str | None) -> Iterator[NameLine]:
    """Give the lines of names between what may be the standfirst, a paragraph right under the headline, and the story.

    The first paragraph of a story may be followed by whom it is about: a name there needs another sign, and the story
    must not tell of it.
    """
    start = story[0]
    if len(long) < 2 or long[0] > start + _DECK:
        return
    for n in range(long[0] + 1, min(long[1], long[0] + 1 + _UNDER)):
        if (line := near_headline(blocks, n, story, language, beside=start)) is None:
            continue
        names, _ = names_of(line, language=language)
        is_known_what = says_what_under(blocks, n) or says_what_beside(blocks, n, start)
        if is_known_what and not any(tells_of(blocks, story, n, name) for name in names):
            yield NameLine(line, sentence("a name alone under the headline"), n)


def _look(blocks: Blocks, n: int) -> _Look:
    element = blocks.nodes[blocks.owners[n]]
    return blocks.tag(n), element.get("class"), len(element)

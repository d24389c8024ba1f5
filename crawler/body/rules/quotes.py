"""A story's blocks -> the sentences of it that are set large beside it: pull quotes."""

import re
from collections.abc import Sequence

from crawler.body.rules.story import Story
from crawler.body.rules.vetoes import FEW
from crawler.markup.tags import BIT
from crawler.text import text_length

QUOTE_WORDS = (5, 80)  # of a sentence of the story that is set large
QUOTE_LETTERS = (20, 400)  # the same, of one with fewer words or without blanks
SPOKEN = 8  # words of a paragraph in quotation marks, which another has all and in order
MOST = 100  # quotations that are looked for in the text; a page with more of them is a collection
RUN = 3  # words; a quotation is known by its runs of them
NAMED = 0.6  # of its runs that the story has, in a box named as quotation, which may name the speaker too
REPEATED = 0.9  # the same of any other

_LISTS = frozenset({"li", "tr", "pre", "dt", "dd", "td"})  # boxes whose lines may repeat
_REPEATING = BIT["pre"] | BIT["li"] | BIT["table"]  # the texts of a program stand in quotation marks, too
_APART = BIT["aside"] | BIT["blockquote"]
_WORD = re.compile(r"\w+")
_OPENING = '"“„”«»「『'
_QUOTED = re.compile(f'[{_OPENING}][^"“”„«»「」『』]{{5,600}}["”“»«」』]')


def quotes(story: Story) -> Sequence[int]:
    """Sentences of the story set large beside it: marked off as a quotation, and said in a longer block as well."""
    may_be_marked = story.around & _APART or "quote" in story.kinds
    said = {n: _words(story, n) for n in story.chosen if _is_marked(story, n)} if may_be_marked else {}
    texts = story.blocks.texts
    quoted = [n for n in story.chosen if texts[n][0] in _OPENING and n not in said]
    spoken = {n: _words(story, n) for n in quoted if _is_spoken(story, n)}
    if not said and not spoken:
        return ()  # as in most stories
    runs = {n: _runs(words) for n, words in said.items() if QUOTE_WORDS[0] <= len(words) <= QUOTE_WORDS[1]}
    # Few words, a script without blanks, or quotation marks alone: the letters of all of them, one after the other.
    letters = {n: "".join(said[n]) for n in said if n not in runs and story.box(n, "quote") is not None}
    letters |= {n: "".join(words) for n, words in spoken.items() if len(words) >= SPOKEN}
    letters = {n: text for n, text in letters.items() if QUOTE_LETTERS[0] <= text_length(text) <= QUOTE_LETTERS[1]}
    wanted, found, lengths = {*runs, *letters}, set[int](), story.lengths
    for other in story.chosen if 0 < len(wanted) <= MOST else ():
        words = _words(story, other)
        known, whole = _runs(words), "".join(words)
        plain = spoken.keys() if other not in spoken else frozenset()  # they may say all of a paragraph without marks
        longer = [n for n in wanted - found if n in plain or lengths[other] > lengths[n]]
        found |= {n for n in longer if (_repeats(runs[n], known, story, n) if n in runs else letters[n] in whole)}
    return sorted(found) if story.enough_without(frozenset(found), 1 - FEW) else ()


def _is_marked(story: Story, n: int) -> bool:
    """Whether a block is marked off as a quotation, by its tag or by a name."""
    owner = story.blocks.owners[n]
    apart = story.blocks.within[owner] & _APART or "quote" in story.boxes[owner]
    return bool(apart) and story.blocks.tags[owner] not in _LISTS


def _is_spoken(story: Story, n: int) -> bool:
    """Whether quotation marks stand around all of a block."""
    blocks, owner = story.blocks, story.blocks.owners[n]
    if blocks.within[owner] & _REPEATING or blocks.tags[owner] in _LISTS:
        return False
    return _QUOTED.fullmatch(blocks.texts[n]) is not None


def _words(story: Story, n: int) -> list[str]:
    return _WORD.findall(story.text(n).lower())


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[at:] for at in range(RUN)), strict=False))


def _repeats(runs: set[tuple[str, ...]], known: set[tuple[str, ...]], story: Story, n: int) -> bool:
    """Whether another block has nearly all runs of a quotation."""
    needed = REPEATED if story.box(n, "quote") is None else NAMED
    return len(runs & known) >= needed * len(runs)

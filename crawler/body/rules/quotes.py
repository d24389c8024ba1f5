"""A story's blocks -> the sentences of it that are set large beside it: pull quotes."""

import re
from collections.abc import Sequence

from crawler.body.rules.story import Story
from crawler.body.rules.vetoes import FEW
from crawler.text import text_length

QUOTE_WORDS = (5, 80)  # of a sentence of the story that is set large
QUOTE_LETTERS = (20, 400)  # the same, of one with fewer words or without blanks
RUN = 3  # words; a quotation is known by its runs of them
NAMED = 0.6  # of its runs that the story has, in a box named as quotation, which may name the speaker too
REPEATED = 0.9  # the same of any other

_LISTS = frozenset({"li", "tr", "pre", "dt", "dd", "td"})  # boxes whose lines may repeat
_WORD = re.compile(r"\w+")


def quotes(story: Story) -> Sequence[int]:
    """Sentences of the story set large beside it: marked off as a quotation, and said in the text as well."""
    found = []
    for n in story.chosen:
        marked = any(story.stands_in(n, tag) for tag in ("aside", "blockquote"))
        if not marked and story.box(n, "quote") is None:
            continue
        if story.blocks.tag(n) in _LISTS:
            continue
        said = _WORD.findall(story.text(n).lower())
        needed = REPEATED if story.box(n, "quote") is None else NAMED
        if QUOTE_WORDS[0] <= len(said) <= QUOTE_WORDS[1]:
            repeats = _is_said(said, story, n, needed)
        else:  # few words, or a script without blanks: the letters of all of them, one behind the other
            repeats = story.box(n, "quote") is not None and _is_said_in_full(said, story, n)
        if repeats:
            found.append(n)
    return found if story.enough_without(frozenset(found), 1 - FEW) else ()


def _is_said(said: list[str], story: Story, n: int, needed: float) -> bool:
    """Whether a longer block of the story has the same words."""
    runs = {tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1)}
    for other in story.chosen:
        if other != n and story.length(other) > story.length(n):
            words = _WORD.findall(story.text(other).lower())
            known = set(zip(words, words[1:], words[2:], strict=False))
            if len(runs & known) >= needed * len(runs):
                return True
    return False


def _is_said_in_full(said: list[str], story: Story, n: int) -> bool:
    """Whether a longer block of the story has the same letters in a row."""
    letters = "".join(said)
    if not QUOTE_LETTERS[0] <= text_length(letters) <= QUOTE_LETTERS[1]:
        return False
    return any(
        letters in "".join(_WORD.findall(story.text(other).lower()))
        for other in story.chosen
        if other != n and story.length(other) > story.length(n)
    )

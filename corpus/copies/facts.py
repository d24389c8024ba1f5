"""Two texts that share most of their sentences -> whether they tell of different facts in them.

A lottery's numbers, a court's notice and a close of the stock exchange are one form, filled in again: between the same
words stand another number and another name. A copy has other words for a reason of style, other numbers in one or two
places, and passages of its own.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from corpus.characters import STOPS, UNSPACED
from corpus.copies.writing import in_one_spelling, in_one_writing

FEWEST = 2  # facts that differ: one is a misprint, or news
NUMBERS = 0.5  # of the numbers in the passages that both have; an update has a new toll, a form has all numbers new
NAMES = 0.1  # of the names there
MOST_NUMBERS = 2 / 3  # of them: then the words that differ, too, are those of a form
AMONG = 0.5  # of the places that differ: house style and misprints touch other words
LONGEST = 12  # words between the same words; what is longer is a passage of one of the texts
DENSE = 1 / 100  # of the words that both have: a form has blanks in each sentence or two, a correction is rare
OWN = 0.3  # of the words of two texts: another lead is shorter
BY_CHANCE = 0.1  # of these words stand in the other text in common phrases
MOST = 100_000  # characters of a text that are looked at: a form is shorter
ALIKE = 0.6  # letters that two spellings of one word share
LONGEST_SPELLED = 40  # letters that are compared in their order, which takes their square; of longer ones, pairs are

_ANCHOR = 3  # words that stand once in either text, by which their places are found
_ANCHOR_UNSPACED = 6
_ENDS = f"{STOPS}:"
# Papers part thousands by other marks: 1234 is 1.234, 1,234 or 1 234.
_THOUSANDS = re.compile("(?<=\\d)[.,’' \u00a0\u2009\u202f](?=\\d{3}(?!\\d))")
_TOKENS = re.compile(rf"\d+|[{UNSPACED}]|(?:(?![{UNSPACED}\d])\w)+|[{_ENDS}]")


class Words(NamedTuple):
    """The words of a text in the one writing; `named` are capitals within a sentence, `width` is that of an anchor."""

    words: Sequence[str]
    named: Sequence[bool]
    width: int


@dataclass(slots=True)
class _Differences:
    """What differs between the same words, in places: other numbers, other names, other words, and matters of style."""

    names: int = 0
    style: int = 0
    numbers: set[tuple[str, str]] = field(default_factory=set)  # each once: a new toll stands in several places
    replaced: Counter[tuple[str, str]] = field(default_factory=Counter)  # a name or words -> those in the place


def words_of(text: str) -> Words:
    """Return what `tells_otherwise` compares."""
    words, named, starts = list[str](), list[bool](), True
    for token in _TOKENS.findall(_THOUSANDS.sub("", in_one_writing(text[:MOST]))):
        if token in _ENDS:
            starts = True
            continue
        words.append(in_one_spelling(token.casefold()))
        named.append(not starts and token[0].isupper())
        starts = False
    singles = sum(len(word) == 1 for word in words)
    return Words(words, named, _ANCHOR_UNSPACED if singles * 2 > len(words) else _ANCHOR)


def tells_otherwise(one: Words, other: Words) -> bool:
    """Whether the passages that two texts share are a form, filled in with other facts."""
    found, pairs = _Differences(), _aligned(one, other)
    if _begin_otherwise(one, other, pairs):
        return True
    last = (-1, -1)
    for at, there in pairs:
        if (at, there) != (last[0] + 1, last[1] + 1) and last[0] >= 0:
            _look(one, other, (last[0] + 1, at), (last[1] + 1, there), found)
        last = (at, there)
    other_numbers, replaced = len(found.numbers), found.replaced.total()
    numbers = len({one.words[at] for at, _ in pairs if one.words[at].isdigit()}) + other_numbers
    names = sum(one.named[at] and other.named[there] for at, there in pairs) + found.names
    again = sum(times for times in found.replaced.values() if times >= FEWEST)
    others = replaced - found.names  # words in scripts without capitals may be names
    is_form = other_numbers >= MOST_NUMBERS * numbers or other_numbers + found.names >= others
    is_plain = other_numbers + replaced >= max(found.style, DENSE * len(pairs))
    if is_form and is_plain and other_numbers >= max(FEWEST, NUMBERS * numbers):
        return True
    facts = other_numbers + max(found.names, again)
    if facts < AMONG * (other_numbers + replaced + found.style):
        return False
    return again >= FEWEST or found.names >= max(FEWEST, NAMES * names)


def _aligned(one: Words, other: Words) -> list[tuple[int, int]]:
    """Return the places of words that stand in runs which each text has once, in their order in the first text."""
    width = max(one.width, other.width)
    ours, theirs = _once(one.words, width), _once(other.words, width)
    pairs = dict[int, int]()
    for run, at in ours.items():
        there = theirs.get(run)
        if there is not None:
            for further in range(width):
                pairs.setdefault(at + further, there + further)
    return sorted(pairs.items())


def _begin_otherwise(one: Words, other: Words, pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether both texts have a beginning of their own, long enough for a story, before what they share: a note."""
    ours, theirs = OWN * len(one.words), OWN * len(other.words)
    return (
        sum(at < ours for at, _ in pairs) <= BY_CHANCE * ours
        and sum(at < theirs for _, at in pairs) <= BY_CHANCE * theirs
    )


def _once(words: Sequence[str], width: int) -> dict[tuple[str, ...], int]:
    """Return the runs of words that a text has once, and where."""
    runs = [tuple(words[at : at + width]) for at in range(len(words) - width + 1)]
    times = Counter(runs)
    return {run: at for at, run in enumerate(runs) if times[run] == 1}


def _look(one: Words, other: Words, ours: tuple[int, int], theirs: tuple[int, int], found: _Differences) -> None:
    """Count what stands between the same words in either text."""
    longest = LONGEST * max(one.width, other.width) // _ANCHOR
    if not (0 <= ours[1] - ours[0] <= longest and 0 <= theirs[1] - theirs[0] <= longest):
        return
    left, right = one.words[slice(*ours)], other.words[slice(*theirs)]
    numbers = [at for at, word in enumerate(left) if word.isdigit()]
    if not numbers or numbers != [at for at, word in enumerate(right) if word.isdigit()]:
        _compare(one, other, ours, theirs, found)
        return
    found.numbers.update((left[at], right[at]) for at in numbers if left[at] != right[at])
    for at, end in pairwise([-1, *numbers, None]):  # of a list of numbers each stands for the one in its place
        between, there = (
            (start + (at or 0) + 1, upto if end is None else start + end) for start, upto in (ours, theirs)
        )
        _compare(one, other, between, there, found)


def _compare(one: Words, other: Words, ours: tuple[int, int], theirs: tuple[int, int], found: _Differences) -> None:
    left, right = one.words[slice(*ours)], other.words[slice(*theirs)]
    for kind, *places in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        start, end, there, upto = places
        spelled = "".join(left[start:end]), "".join(right[there:upto])
        numbers = [[word for word in words if word.isdigit()] for words in (left[start:end], right[there:upto])]
        if all(numbers):
            found.numbers.update(zip(*numbers, strict=False))
        elif kind != "replace" or _is_spelling(*spelled):
            found.style += 1
        else:
            named = any(one.named[ours[0] + start : ours[0] + end]) and any(
                other.named[theirs[0] + there : theirs[0] + upto]
            )
            found.names += named
            found.replaced[spelled] += 1


def _is_spelling(one: str, other: str) -> bool:
    """Whether two words are two spellings of one, or a number in letters and in digits."""
    if any(map(str.isdigit, one)) != any(map(str.isdigit, other)):
        return True
    if max(len(one), len(other)) <= LONGEST_SPELLED:
        return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
    ours, theirs = Counter(pairwise(one)), Counter(pairwise(other))
    return 2 * (ours & theirs).total() >= ALIKE * (ours.total() + theirs.total())

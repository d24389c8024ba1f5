"""A text -> the words in it that are also written as one: e-mail is email, O'Connor oconnor, 2,500 is 2500, Ph.D. phd.

Such a word is indexed twice: by its parts, one after the other, and by the joined form at the place of the first
part, so that either spelling finds the other. An apostrophe that joins a short article, pronoun or verb to the next
word makes no joined form: it would be another word (we're, he'll, n'est).
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from corpus.characters import UNSPACED, WORD
from indexer.analysis.joints import (
    APOSTROPHES,
    BLANKS,
    IOTATED,
    JOINTS,
    POINTS,
    SLASH,
    is_abbreviation,
    is_double_l,
    is_number,
    joins,
)
from indexer.analysis.plain import plain_placed
from indexer.analysis.text import MAX_FORM, forms

_CLOSED = re.compile(r'\w{1,64}[^\w\s"]?"')  # then the mark before is one of quotation
_JOINT = re.compile(rf"[{JOINTS}](?<=\w.)(?:(?=\w)|(?=[{BLANKS}]\w\.)(?<!\w\w.))")
_SHAPED_JOINT = re.compile(rb"-(?<=w-)(?:w| w-(?<!ww- w-))")  # the same in the shape of a text in ASCII, sooner found
_SHAPES = bytes(
    ord("-" if character in JOINTS else "w" if character.isalnum() or character == "_" else " ")
    for character in map(chr, range(256))
)
_COMPOUND = re.compile(rf"\w+(?:[{JOINTS}]\w+)+")
_SIMPLE = re.compile(rf"([A-Za-z]{{1,30}})-([A-Za-z]{{1,30}})(?!\w|[{JOINTS}]\w)")
_POSSESSIVE = re.compile(rf"(?<=\w)[{APOSTROPHES}][sS]$")
_SPLIT = re.compile(f"([{JOINTS}])")
_UNSPACED = re.compile(f"[{UNSPACED}]")
# The last is no part of an abbreviation without blanks: in "R. K.e-mail" K.e is one form.
_INITIALS = re.compile(rf"[^\W\d_](?:\.[{BLANKS}]?[^\W\d_](?=\.)){{1,7}}(?!\.[^\W\d_](?!\w))")
_INDIC = "\u0900-\u0963\u0970-\u09e3\u09f0-\u0dff"  # letters and marks from Devanagari to Sinhala
_OF_INDIA = re.compile(f"[{_INDIC}]")
_HEAD = 200  # characters of a text in which its script is seen; another text is not looked through for these
_SYLLABLE = 5  # characters at most
# Initials in these scripts are syllables. A point stands after the last, or there are three: two are a sentence's end.
_INNER_POINT = re.compile(rf"\.(?<=[{_INDIC}]\.)(?=[{_INDIC}]{{1,{_SYLLABLE}}}\.)")
_SYLLABLES = re.compile(
    rf"(?<![{WORD}.])(?:[{_INDIC}]{{1,{_SYLLABLE}}}\.){{2,8}}(?:[{_INDIC}]{{1,{_SYLLABLE}}}(?![{WORD}]))?"
)
MAX_POSITIONS = 1 << 20  # forms indexed of one text; four long novels
MOST_COUNTED = 1000  # long texts whose forms were counted
_counted: dict[tuple[int, int], int] = {}
_MAX_CHARS = 4 * MAX_FORM  # of a compound that is looked at


class Joined(NamedTuple):
    """A joined form, and the characters [start, end) of the text it is written by."""

    form: str
    start: int
    end: int


def joined(text: str) -> list[Joined]:
    """Return the joined forms of a text, in order; they do not overlap."""
    found: list[Joined] = []
    shape = text.encode().translate(_SHAPES) if text.isascii() else None
    at = 0
    while joint := _JOINT.search(text, at) if shape is None else _SHAPED_JOINT.search(shape, at):
        place = joint.start()
        if text[place + 1] in BLANKS:
            initials = _initials(text, place) if place > at else None
            at = initials.end if initials else place + 1
            found += [initials] if initials else []
            continue
        start = None if _joins_nothing(text, place) else _beginning(text, place, at)
        if start is None:
            at = place + 1
        elif (simple := _SIMPLE.match(text, start)) is not None and _is_whole(text, start, simple.end()):
            at = simple.end()
            found.append(Joined((simple[1] + simple[2]).lower(), start, at))
        elif (compound := _COMPOUND.match(text, start, min(len(text), place + _MAX_CHARS))) is not None:
            at = compound.end()
            form = _form(_POSSESSIVE.sub("", compound[0])) if _is_whole(text, start, at) else None
            if form is not None:
                found.append(Joined(form[0], start, start + form[1]))
        else:
            at = place + 1
    if shape is None and _OF_INDIA.search(text, 0, _HEAD) and (syllables := list(_in_syllables(text))):
        return sorted([*_apart_from(syllables, found), *syllables], key=itemgetter(1))
    return found


def _apart_from(taken: Sequence[Joined], found: Iterable[Joined]) -> Iterator[Joined]:
    """Yield what was found where nothing is taken; in the time of a text's length, as a text may have many of both."""
    ends = [one.end for one in taken]
    for one in found:
        at = bisect_right(ends, one.start)
        if at == len(taken) or taken[at].start >= one.end:
            yield one


def _in_syllables(text: str) -> Iterator[Joined]:
    """Yield the dotted abbreviations of Indian scripts, whose initials are syllables."""
    end = 0
    for point in _INNER_POINT.finditer(text):
        start = point.start()
        if start < end:
            continue
        while start > end and _OF_INDIA.match(text, start - 1) and point.start() - start < _SYLLABLE:
            start -= 1
        one = _SYLLABLES.match(text, start)
        form = forms(one[0].replace(".", "")) if one else []
        if one and len(form) == 1:
            end = one.end()
            yield Joined(form[0], start, end - one[0].endswith("."))


def _joins_nothing(text: str, place: int) -> bool:
    """Whether a joint plainly joins nothing: a possessive, or a point or comma of neither a number nor single letters.

    It spares most of the work: of the joints in English news two in three are of these kinds.
    """
    character, after = text[place], text[place + 1]
    if character in APOSTROPHES:
        return after in "sS" and not text[place + 2 : place + 3].isalnum()
    if character == '"' and after in IOTATED:
        return _CLOSED.match(text, place + 1) is not None
    if character == SLASH:
        return not (text[place - 1].isupper() and after.isupper())
    if character not in ".,":
        return False
    if text[place - 1].isdigit() and after.isdigit():
        return False
    if character == ",":
        return True
    if not (text[place - 2 : place - 1].isalnum() and text[place + 2 : place + 3].isalnum()):
        return False
    return not (is_double_l(text[place - 1], after) or _is_last_word(text, place))


def _is_last_word(text: str, place: int) -> bool:
    """Whether two letters stand after the point of a name, and no more: Node.js, last.fm; not work.We or bbc.co.uk."""
    word, after = text[place + 1 : place + 3], text[place + 3 : place + 5]
    if not (word.isalpha() and (word.islower() or word.isupper())) or after[:1].isalnum():
        return False
    start = _beginning(text, place, max(0, place - MAX_FORM - 2))
    return text[start - 1 : start] != "." and not (after[:1] in "._-" and after[1:].isalnum())


def joined_form(text: str) -> str | None:
    """Return the joined form of one typed word, or None when it has no parts or is not written as one."""
    text = _POSSESSIVE.sub("", text)
    found = joined(text)
    if len(found) != 1:
        return None
    beside = text[: found[0].start] + text[found[0].end :]
    return None if any(map(str.isalnum, beside)) else found[0].form


def words_indexed(text: str) -> tuple[int, int] | None:
    """Return how many forms of a text are indexed, and how many it has; None where all are, as nearly always."""
    if len(text) <= MAX_POSITIONS:
        return None
    key = len(text), hash(text)  # of 64 bits, with a secret of the process: the texts themselves are too long to hold
    count = _counted.get(key)  # another thread may drop them all
    if count is None:
        count = len(placed_forms(text)[0])  # a second for 5 million characters
        if len(_counted) >= MOST_COUNTED:
            _counted.clear()
        _counted[key] = count
    return (MAX_POSITIONS, count) if count > MAX_POSITIONS else None


def placed_forms(text: str) -> tuple[list[str], list[tuple[int, str]]]:
    """Return the surface forms of a text, and the joined ones, each with the position of its first part."""
    compounds = joined(text)
    if not compounds:
        return forms(text), []
    quick = plain_placed(text, [start for _, start, _ in compounds], MAX_FORM)
    if quick is not None:
        return quick[0], [(before, form) for before, (form, _, _) in zip(quick[1], compounds, strict=True)]
    found: list[str] = []
    placed: list[tuple[int, str]] = []
    at = 0
    for form, start, _ in compounds:
        found += forms(text[at:start])
        placed.append((len(found), form))
        at = start
    return found + forms(text[at:]), placed


def joined_tokens(text: str, found: Sequence[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """Yield the joined forms of a text, each with the first and last of its tokens.

    Args:
        found: The tokens, as `spans` of indexer/analysis/text.py gives them.
    """
    for form, start, end in joined(text):
        first = bisect_left(found, start, key=itemgetter(1))
        last = bisect_left(found, end, key=itemgetter(1)) - 1
        if first <= last:
            yield form, first, last


def _beginning(text: str, joint: int, at: int) -> int:
    """Where the word before a joint begins."""
    blank = text.rfind(" ", at, joint) + 1
    if blank and joint - blank <= MAX_FORM and text[blank:joint].isalnum():
        return blank
    start = joint
    least = max(at, joint - MAX_FORM - 1)
    while start > least and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return start


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no letter or mark before or after goes on with the word."""
    around = (text[start - 1 : start], text[end : end + 1])
    if around[0] == " " and around[1].isascii() and not around[1].isalnum():
        return True
    return not any(one and (one.isalnum() or unicodedata.category(one)[0] in "MC") for one in around)


def _initials(text: str, place: int) -> Joined | None:
    """Return the initials of a name, written apart, of which the first ends at a point: J. R. R. is jrr."""
    start = place - 1
    found = _INITIALS.match(text, start)
    if found is None or (start and (text[start - 1] in POINTS or not _is_whole(text, start, found.end()))):
        return None
    letters = "".join(filter(str.isalpha, found[0]))
    return None if _UNSPACED.search(letters) else Joined(letters.casefold(), start, found.end())


def _form(compound: str) -> tuple[str, int] | None:
    """Return the joined form of a compound, and how many of its characters are written by it."""
    parts = _SPLIT.split(compound)
    words, joints = parts[::2], parts[1::2]
    if not joints:
        return None
    if _UNSPACED.search(compound) or "_" in compound:
        return None
    together = all(joins(joint, *pair) for joint, pair in zip(joints, pairwise(words), strict=True))
    if not (together or is_number(words, joints) or is_abbreviation(words, joints)):
        if not (joints[-1] in ".," and joints[-1] != joints[0] and is_number(words[:-1], joints[:-1])):
            return None
        compound = compound[: -len(words.pop()) - 1]  # a decimal, which stands for itself: 2,500.50
    form = forms("".join(words))
    return (form[0], len(compound)) if len(form) == 1 and len(form[0]) > 1 else None

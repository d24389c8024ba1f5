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
from indexer.analysis.plain import plain_placed
from indexer.analysis.text import MAX_FORM, forms

HYPHENS = "-\u2010\u2011"
APOSTROPHES = "'\u2019\u02bc\uff07\u2018"  # the last in Uzbek and Hawaiian, within a word
_HEBREW_MARKS = '"\u05f3\u05f4'  # geresh, gershayim, and the quotation mark typed for it
_NON_JOINER = "\u200c"
_POINTS = "."
_GROUPING = ",.\u00a0\u202f'\u2019\u066c"  # between the thousands of a number
_BLANKS = " \u00a0\u202f"
_JOINTS = HYPHENS + APOSTROPHES + _HEBREW_MARKS + _NON_JOINER + _POINTS + _GROUPING

_JOINT = re.compile(rf"[{_JOINTS}](?<=\w.)(?:(?=\w)|(?=[{_BLANKS}]\w\.)(?<!\w\w.))")
_SHAPED_JOINT = re.compile(rb"-(?<=w-)(?:w| w-(?<!ww- w-))")  # the same in the shape of a text in ASCII, sooner found
_SHAPES = bytes(
    ord("-" if character in _JOINTS else "w" if character.isalnum() or character == "_" else " ")
    for character in map(chr, range(256))
)
_COMPOUND = re.compile(rf"\w+(?:[{_JOINTS}]\w+)+")
_SIMPLE = re.compile(rf"([A-Za-z]{{1,30}})-([A-Za-z]{{1,30}})(?!\w|[{_JOINTS}]\w)")
_POSSESSIVE = re.compile(rf"(?<=\w)[{APOSTROPHES}][sS]$")
_SPLIT = re.compile(f"([{_JOINTS}])")
_UNSPACED = re.compile(f"[{UNSPACED}]")
# The last is no part of an abbreviation without blanks: in "R. K.e-mail" K.e is one form.
_INITIALS = re.compile(rf"[^\W\d_](?:\.[{_BLANKS}]?[^\W\d_](?=\.)){{1,7}}(?!\.[^\W\d_](?!\w))")
_INDIC = "\u0900-\u0963\u0970-\u09e3\u09f0-\u0dff"  # letters and marks from Devanagari to Sinhala
_OF_INDIA = re.compile(f"[{_INDIC}]")
_HEAD = 200  # characters of a text in which its script is seen; another text is not looked through for these
_SYLLABLE = 5  # characters at most
# Initials in these scripts are syllables. A point stands behind the last, or there are three: two are a sentence's end.
_INNER_POINT = re.compile(rf"\.(?<=[{_INDIC}]\.)(?=[{_INDIC}]{{1,{_SYLLABLE}}}\.)")
_SYLLABLES = re.compile(
    rf"(?<![{WORD}.])(?:[{_INDIC}]{{1,{_SYLLABLE}}}\.){{2,8}}(?:[{_INDIC}]{{1,{_SYLLABLE}}}(?![{WORD}]))?"
)
_HEBREW = re.compile("[\u05d0-\u05ea]+")
_ARABIC = re.compile("[\u0620-\u06d3]+")

# English after the apostrophe: he'd, we'll, I'm, they're, it's. Joined they are other words (wed, well, were, its).
_CLITICS = frozenset({"d", "ll", "m", "re", "s"})
# French, Italian and Catalan before it, unless a name follows: n'est is not nest, but D'Souza is dsouza.
ELIDED = frozenset({"c", "d", "j", "l", "m", "n", "qu", "s", "t", "v"})
_LONG = 10  # digits: of an ISBN or a telephone number, not of a date or a range
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
        if text[place + 1] in _BLANKS:
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
    if character not in ".,":
        return False
    if text[place - 1].isdigit() and after.isdigit():
        return False
    return character == "," or (text[place - 2 : place - 1].isalnum() and text[place + 2 : place + 3].isalnum())


def joined_form(text: str) -> str | None:
    """Return the joined form of one typed word, or None when it has no parts or is not written as one."""
    text = _POSSESSIVE.sub("", text)
    found = joined(text)
    if len(found) != 1:
        return None
    beside = text[: found[0].start] + text[found[0].end :]
    return None if any(map(str.isalnum, beside)) else found[0].form


def words_indexed(text: str) -> tuple[int, int] | None:
    """Return how many forms of a text are indexed, and how many it has; None: all of them, as of nearly every text."""
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
    if found is None or (start and (text[start - 1] in _POINTS or not _is_whole(text, start, found.end()))):
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
    together = all(_joins(joint, *pair) for joint, pair in zip(joints, pairwise(words), strict=True))
    if not (together or _is_number(words, joints) or _is_abbreviation(words, joints)):
        if not (joints[-1] in ".," and joints[-1] != joints[0] and _is_number(words[:-1], joints[:-1])):
            return None
        compound = compound[: -len(words.pop()) - 1]  # a decimal, which stands for itself: 2,500.50
    form = forms("".join(words))
    return (form[0], len(compound)) if len(form) == 1 and len(form[0]) > 1 else None


def _is_number(words: list[str], joints: list[str]) -> bool:
    """Whether the parts are those of one number: its thousands, 1.250.000, its lakhs, 12,50,000, or groups of digits.

    A row of digits in groups is one where it is long: an ISBN, a telephone number.
    """
    if not joints or len(set(joints)) > 1:
        return False
    if joints[0] in HYPHENS:
        digits = "".join(words)
        return len(joints) > 1 and len(digits) >= _LONG and digits[:-1].isdecimal() and digits[-1] in "0123456789xX"
    if joints[0] not in _GROUPING or len(words[0]) > 3 or len(words[-1]) != 3:
        return False
    sizes = {len(word) for word in words[1:-1]}
    is_grouped = sizes <= {3} or (sizes == {2} and joints[0] == "," and len(words[0]) < 3)
    return is_grouped and "".join(words).isdecimal()


def _is_abbreviation(words: list[str], joints: list[str]) -> bool:
    """Whether a word is a dotted abbreviation with more than single letters, such as Ph.D. or B.Sc."""
    lengths = [len(word) for word in words]
    dotted = set(joints) == {"."} and all(word.isalpha() for word in words)
    return dotted and min(lengths) == 1 and 1 < max(lengths) <= 4


def _joins(joint: str, before: str, after: str) -> bool:
    if joint in HYPHENS:  # but a result, a range, a date: 5-4, 2023-24
        return not (before[-1].isdigit() and after[0].isdigit())
    if joint == _NON_JOINER:
        return bool(_ARABIC.fullmatch(before) and _ARABIC.fullmatch(after))
    if _HEBREW.fullmatch(before) and _HEBREW.fullmatch(after):
        return joint in _HEBREW_MARKS + APOSTROPHES
    if joint not in APOSTROPHES or not (before.isalpha() and after.isalpha()):
        return False
    return after.lower() not in _CLITICS and (before.lower() not in ELIDED or after[:1].isupper())

"""A sign within a word -> whether the parts on its two sides are also written as one."""

import re

HYPHENS = "-\u2010\u2011\u2043\u2212\ufe63\uff0d\u05be"
APOSTROPHES = "'\u2019\u02bc\uff07\u2018\u201b`\u00b4\u2032\u055a"  # and what is typed for them within a word
_MIDDLE_DOTS = "\u00b7\u2027\u2219\u22c5\u2022"  # of Catalan and Occitan: col·legi
SLASH = "/"
_HEBREW_MARKS = '"\u05f3\u05f4'  # geresh, gershayim, and the quotation mark typed for it
_NON_JOINER = "\u200c"
POINTS = "."
_GROUPING = ",.\u00a0\u202f'\u2019\u066c"  # between the thousands of a number
BLANKS = " \u00a0\u202f"
JOINTS = HYPHENS + APOSTROPHES + _HEBREW_MARKS + _NON_JOINER + POINTS + _GROUPING + _MIDDLE_DOTS + SLASH

_HEBREW = re.compile("[\u05d0-\u05ea]+")
_ARABIC = re.compile("[\u0620-\u06d3]+")
UKRAINIAN = "\u0400-\u045f\u0490\u0491"  # within a class of letters; those of kindred alphabets are among them
_UKRAINIAN = re.compile(f"[{UKRAINIAN}]+")
IOTATED = "яюєїёіЯЮЄЇЁІ"  # what an apostrophe stands before in Ukrainian and Belarusian
_ACRONYM = range(2, 6)  # letters

# English after the apostrophe: he'd, we'll, I'm, they're, it's. Joined they are other words (wed, well, were, its).
_CLITICS = frozenset({"d", "ll", "m", "re", "s"})
# French, Italian and Catalan before it, unless a name follows: n'est is not nest, but D'Souza is dsouza.
ELIDED = frozenset({"c", "d", "j", "l", "m", "n", "qu", "s", "t", "v"})
_LONG = 10  # digits: of an ISBN or a telephone number, not of a date or a range


def is_number(words: list[str], joints: list[str]) -> bool:
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


def is_abbreviation(words: list[str], joints: list[str]) -> bool:
    """Whether a word is a dotted abbreviation with more than single letters, such as Ph.D. or B.Sc."""
    lengths = [len(word) for word in words]
    dotted = set(joints) == {"."} and all(word.isalpha() for word in words)
    return dotted and min(lengths) == 1 and 1 < max(lengths) <= 4


def joins(joint: str, before: str, after: str) -> bool:
    """Whether two words with a sign between them are also written as one, without it."""
    if joint in HYPHENS:  # but a result, a range, a date: 5-4, 2023-24
        return not (before[-1].isdigit() and after[0].isdigit())
    if joint in POINTS:
        is_name = len(after) == 2 and len(before) > 1 and (after.islower() or after.isupper())  # Node.js
        return before.isalpha() and after.isalpha() and (is_name or is_double_l(before[-1], after[0]))
    if joint in _MIDDLE_DOTS:
        return before.isalpha() and after.isalpha() and (joint != "\u2022" or is_double_l(before[-1], after[0]))
    if joint == SLASH:  # AC/DC, but not and/or
        return all(word.isalpha() and word.isupper() and len(word) in _ACRONYM for word in (before, after))
    if joint == _NON_JOINER:
        return bool(_ARABIC.fullmatch(before) and _ARABIC.fullmatch(after))
    if _HEBREW.fullmatch(before) and _HEBREW.fullmatch(after):
        return joint in _HEBREW_MARKS + APOSTROPHES
    if joint == '"':  # typed for an apostrophe: під"їзд
        return after[0] in IOTATED and bool(_UKRAINIAN.fullmatch(before) and _UKRAINIAN.fullmatch(after))
    if joint not in APOSTROPHES or not (before.isalpha() and after.isalpha()):
        return False
    return after.lower() not in _CLITICS and (before.lower() not in ELIDED or after[:1].isupper())


def is_double_l(before: str, after: str) -> bool:
    """Whether a point stands between letters where Catalan has its middle dot: col.legi."""
    return before in "lL" and after in "lL"

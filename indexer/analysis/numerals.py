"""A form -> the words it may be written in: 12km is 12 km, 3500 is 3 500, covid19 is covid 19, EEUU is EE. UU."""

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.characters import WORD

# Units and numerals as they stand after a number, in one word with it or not; powers are of lengths.
UNITS = frozenset(
    "km m dm cm mm nm µm μm kg g mg µg μg t l hl dl cl ml h min sec ms kw mw gw tw wh kwh mwh gwh twh w v kv hz khz mhz"
    " ghz kb mb gb tb pb kbit mbit gbit mbps gbps kmh kph mph ha ft yd lb lbs oz gal k bn tn mn mrd mio mln mld am pm"
    " db px mp dpi hp ps cv bhp cal kcal j kj mj pa hpa kpa bar c f x eur usd gbp chf sek nok dkk kr pln zł czk kč tl"
    " км м дм см мм кг г мг т л мл ч мин сек руб грн млн млрд тыс кмч квт мвт гвт χλμ χμ εκ किमी"
    " m2 m3 km2 km3 cm2 cm3 dm3 ft2 м2 м3 км2".split()
)
_ONE_LETTER = frozenset("mlhtsvwмгтлч")  # units that are taken off a number; 5g and 4k are no grams and degrees, mostly
_NUMBERED = re.compile(rf"(\d+)(?=[^\W\d_])([{WORD}]+)")
_CLOCK = re.compile(r"(\d{1,2})(h)(\d{2})")
_NAMED = re.compile(r"([^\W\d_]{2,})(\d{1,4})")
_NUMERALS = "ivxlm"  # of Rome, that stand twice
_YEAR = re.compile(r"(?:19|20)(?!00)\d\d")  # which nobody writes in thousands


def is_doubled(form: str) -> bool:
    """Whether a form is a letter twice, the initial of a plural: EE of EE. UU., but not a numeral (II, XX)."""
    return len(form) == 2 and form[0] == form[1] and form.isalpha() and form[0] not in _NUMERALS


def doubled(form: str) -> tuple[str, ...]:
    """Return the doubled letters that a form is made of, ee and uu of eeuu; none of nearly any."""
    if len(form) < 4 or form[0] != form[1]:
        return ()
    parts = tuple(form[at : at + 2] for at in range(0, len(form), 2))
    return parts if all(map(is_doubled, parts)) else ()


@lru_cache(maxsize=4096)
def pieces(form: str) -> tuple[str, ...]:
    """Return the words that a form may be written in, 12 and km of 12km; itself where in none."""
    if form.isalpha():
        return doubled(form) or (form,)
    if form.isdecimal():
        return _thousands(form)
    if (found := _CLOCK.fullmatch(form)) or (found := _NAMED.fullmatch(form)):
        return found.groups()
    found = _NUMBERED.fullmatch(form)
    if found is None:
        return (form,)
    number, unit = found.groups()
    if any(map(str.isdecimal, unit)):
        is_unit = unit in UNITS
    else:
        is_unit = len(unit) > 1 or unit in _ONE_LETTER
    return (number, unit) if is_unit else (form,)


def apart(words: Sequence[str]) -> tuple[str, ...]:
    """Return words, with all apart that is written as one: units, and the thousands of numbers."""
    return tuple(piece for word in words for part in pieces(word) for piece in pieces(part))


def together(words: Sequence[str]) -> tuple[str, ...]:
    """Return words with the thousands of each number in one: 3 and 500 are 3500."""
    found: list[str] = []
    is_open = False  # whether thousands may follow
    for word in words:
        if is_open and len(word) == 3 and word.isdecimal():
            found[-1] += word
        else:
            found.append(word)
            is_open = word.isdecimal() and len(word) <= 3 and word[0] != "0"
    return tuple(found)


def _thousands(digits: str) -> tuple[str, ...]:
    if len(digits) < 4 or digits[0] == "0" or _YEAR.fullmatch(digits):
        return (digits,)
    head = len(digits) % 3 or 3
    return (digits[:head], *(digits[at : at + 3] for at in range(head, len(digits), 3)))

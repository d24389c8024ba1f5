"""A name with the family name first -> with the given name first: "Pérez, Ana" -> "Ana Pérez"; lists of such names too.

"Ana Pérez, Li Wei" are two people, "Ana Pérez, PhD" and "Ana Pérez, London" one: these stay as they are.
"""

import re

from corpus.people.names import fold
from crawler.bylines.agencies import is_agency
from crawler.bylines.family_names import are_two_names
from crawler.bylines.given_names import GIVEN_NAMES
from crawler.bylines.name_words import DESKS, NOISE, ORGANISATIONS, PARTICLES, PLACES, ROLES
from crawler.bylines.people import is_credential

MAX_TEXT = 2_000  # characters; a longer value is no list of names
_PARTS = re.compile(r"\s*;\s*|\s+(?:and|&|und|et|y)\s+")
_INITIALS = re.compile(r"[^\W\d_](?:\.?[\s-]?[^\W\d_]){0,2}\.?")  # "M.", "M. K.", "MK"
_NOT_NAMES = DESKS | ORGANISATIONS | ROLES


def turned(text: str, *, library: bool = False) -> str:
    """Turn each "Family, Given" of a value about; several are parted by ";", "and" or "&", and come back so.

    Args:
        library: The value stands where the rules put the family's name first, so that "García Márquez, Gabriel José"
            is one person.
    """
    if "," not in text or len(text) > MAX_TEXT:
        return text
    parts = [part for part in _PARTS.split(text.strip()) if part]
    if not all(_is_turned(part, library=library) for part in parts if "," in part):
        return text
    return "; ".join(_spoken(part) if "," in part else part for part in parts)


def _is_turned(part: str, *, library: bool) -> bool:
    """Whether a text with a comma is one name, the family's first."""
    family, _, given = (piece.strip() for piece in part.partition(","))
    if not family or not given or "," in given or is_credential(given) or is_agency(given) or is_agency(family):
        return False
    words = fold(part).split("-")
    if fold(given) in PLACES or not _NOT_NAMES.isdisjoint(words) or not given[0].isalpha():
        return False
    if are_two_names(family, given):
        return False
    longest = [len([word for word in piece.split() if fold(word) not in PARTICLES]) for piece in (family, given)]
    if longest[0] > 2 or longest[1] > 3 or any(fold(word) in NOISE for word in given.split()[:1]):
        return False
    if given.isupper() and not family.isupper() and not (library and _INITIALS.fullmatch(given)):
        return False  # letters after a name
    # Two names of two words each are two people, unless the rules say otherwise.
    return min(longest) < 2 or (library and fold(family.split()[0]) not in GIVEN_NAMES)


def _spoken(part: str) -> str:
    family, _, given = part.partition(",")
    return f"{given.strip()} {family.strip()}"

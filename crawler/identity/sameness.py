"""Two texts -> whether they are versions of one story, or one text contains the other. Pure comparisons, any script."""

import re

from corpus.model import Article
from corpus.people.names import fold

COMPARED = 20_000  # characters of each text; what two long texts share shows in their first pages
SHINGLE = 12  # characters: two words or so; shorter ones recur in any two texts of a language
ALL = 0.9  # share of a text's shingles in another that contains it: captions and link boxes may differ
KIN = 0.3  # share of the shorter text's shingles that two versions of one story have in common at least
LEFT = 0.5  # of a text; what was cut or mended by hand leaves more
MIN_CHARACTERS = 40  # shorter texts are the same when they are equal

_DIGITS = re.compile(r"\d+")


def is_same_story(one: Article, other: Article) -> bool:
    """Whether two texts are versions of one story: they have one headline, or much of their text in common."""
    if one.headline and other.headline and fold(one.headline) == fold(other.headline):
        return True
    shorter, longer = sorted((_shingles(one.body), _shingles(other.body)), key=len)
    return bool(shorter) and len(shorter & longer) >= KIN * len(shorter)


def tells_all(there: Article, here: Article) -> bool:
    """Whether a text contains another text, so that nothing is lost when it stands for both.

    Reports that are made of one template differ in headline and numbers alone: both must agree.
    """
    if there.body == here.body:
        return bool(here.body)
    if fold(there.headline or "") != fold(here.headline or ""):
        return False
    if set(_DIGITS.findall(here.body)) - set(_DIGITS.findall(there.body)):
        return False
    these, known = _shingles(here.body), _shingles(there.body)
    return bool(these) and len(these & known) >= ALL * len(these)


def is_beginning(here: str, whole: str) -> bool:
    """Whether a text is the beginning of another one and little else, and has less than LEFT of it."""
    if not here.strip() or len(here) >= LEFT * len(whole):
        return False
    return share_in(whole[: len(here) * 2], here) >= ALL and share_in(here, whole[: len(here) // 2]) >= ALL


def share_in(there: str, here: str) -> float:
    """Return how much of a text stands in another one, from 0 to 1, however both are set."""
    these, known = _shingles(here), _shingles(there, COMPARED * 10)
    return len(these & known) / len(these) if these else 0.0


def is_version_elsewhere(there: Article, here: Article, *, kin: bool) -> bool:
    """Whether the text behind a redirect is a version of the stored text, so that it may take the place of that text.

    Another address may tell another story of one template. Where the addresses are no kin, as by one last segment,
    the text must tell all that stood here.
    """
    return is_same_story(here, there) if kin else tells_all(there, here)


def _shingles(body: str, most: int = COMPARED) -> frozenset[str]:
    text = "".join(body[:most].casefold().split())
    if len(text) < MIN_CHARACTERS:
        return frozenset((text,)) if text else frozenset()
    return frozenset(text[n : n + SHINGLE] for n in range(len(text) - SHINGLE + 1))

"""A line -> whether it says nothing but when: "Published 3 May 2024, 14:05", "Mis à jour le 22 août 2023 à 09h10"."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from corpus.people.names import unaccented
from crawler.dates.calendars import has_number, in_our_digits
from crawler.dates.labels import without_labels
from crawler.dates.months import AGO, BETWEEN, MONTHS, SPANS, TODAY, YESTERDAY
from crawler.dates.named import FILLERS
from crawler.dates.printed import parse_date
from crawler.dates.weekdays import DAYS_BESIDE_A_DATE
from crawler.dates.zones import ZONE_WORDS

MAX_LINE = 150  # characters
HEADS = 12  # blocks of a story among which its date lines stand
TAILS = 4  # blocks at its end
MAX_WORDS = 24  # two dates with their labels, times and zones have twenty

_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # only whether there is a date is asked, not which
_WORD = re.compile(r"[^\s,;:|/·•()\[\]–—]+")
# What stands between the parts of a date.
_SMALL = frozenset(
    "de del of the um at on and am vom von den der dem im le la les el los il lo a à las alle ore kl klo uhr h o'clock"
    " em op om dne dnia w v r год года г в от um à as às st nd rd th pm a.m p.m min mins minutes hours days"
    " vers og och und et y e i last zuletzt letzte derniere ultima senast sist ostatnio".split()
)
_MONTH_WORDS = frozenset(word for name in (*MONTHS, *BETWEEN) for word in (name, *name.split("-")))
_NUMBER = re.compile(r"\d[\d.:/hH'-]*(?:st|nd|rd|th|am|pm|er|º|ª|h|z|uhr|mh|ydd|fed|eg|ko|a|ی|ê|an)?\.?", re.I)
_DENSE = re.compile(r"[\d\s年月日號号時时分秒点點년월일시분초()（）:：/.,-]+")


def says_when(text: str) -> bool:
    """Whether a line holds one or more dates with their labels and times, and nothing else."""
    if len(text) > MAX_LINE or not has_number(text):
        return False
    found = parse_date(text, today=_ANY_DAY)  # before the labels are looked for, which takes three times as long
    if found is None or not found.precision.has_day:
        return False
    rest = without_labels(text)
    if _DENSE.fullmatch(in_our_digits(rest)):
        return True
    words = _WORD.findall(rest)
    return len(words) <= MAX_WORDS and all(map(_may_stand, words))


def dated(texts: Sequence[str], chosen: Sequence[int]) -> frozenset[str]:
    """Return the texts among the first and last chosen ones that say nothing but when."""
    near = chosen if len(chosen) <= HEADS + TAILS else (*chosen[:HEADS], *chosen[-TAILS:])
    return frozenset(text for n in near if says_when(text := texts[n]))


def _may_stand(word: str) -> bool:
    """Whether a word may be part of a date: a number, a month, a day of the week, a zone, a small word between."""
    if _NUMBER.fullmatch(word):
        return True
    plain = unaccented(word.strip(".-+'’").casefold())
    if not plain or plain in _SMALL or plain in FILLERS or plain in _MONTH_WORDS or plain in DAYS_BESIDE_A_DATE:
        return True
    if plain in ZONE_WORDS:
        return word.strip(".").isupper()
    return any(plain in known for known in (SPANS, AGO, TODAY, YESTERDAY))

"""A printed byline -> the same without the date at its end: "By Ana Pérez, 28 July 2026" -> "By Ana Pérez".

Only a whole date is cut, day, month and year, with its time and zone; a month may be a name ("By April May 2026").
"""

import re
from datetime import UTC, datetime

from corpus.model import Precision
from corpus.people.names import unaccented
from crawler.dates.months import MONTHS
from crawler.dates.printed import parse_date
from crawler.dates.zones import ZONE_WORDS

MAX_WORDS = 12  # "28 de julio de 2026, a las 14:05 h CEST" has ten
MAX_DATES = 3  # "Published 27 July 2026 Updated 28 July 2026, 14:05"

_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # a whole date does not count back from it
_SIGNS = " ,;:|·•–—-(["
_WITHIN = frozenset("de del of the um at à a las às alle ore kl uhr h am pm a.m p.m г года th st nd rd".split())
_NUMBERS = re.compile(r"[(\[]?\d[\d./:年月日时時分년월일TZhH+-]*(?:st|nd|rd|th|am|pm|er|º)?[.,;)\]]*", re.I)
_TIME = re.compile(r"\s\d{1,2}[:.h]\d{2}\s*(?:[ap]\.?m\.?|Uhr|h)?[\s,|·•–—-]*$", re.I)
_LED = re.compile(
    r"[\s,;|·•–—(-](?:last\s+)?(?:published|updated|posted|modified|aktualisiert|veröffentlicht|publié|mis à jour"
    r"|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|publicerad|uppdaterad|opublikowano"
    r"|опубликовано|обновлено)(?:\s+(?:on|at|am|le|el|il|em|op|den))?\s*:?\s*$"
    r"|\s(?-i:on|am|le|el|il|em|op|den|vom)\s*$"  # "Le" is a name
    r"|\s(?:mon|tues|wednes|thurs|fri|satur|sun)day,\s*$|\s(?:mon|dien|donners|frei|sams|sonn)tag,\s*$|\smittwoch,\s*$",
    re.I,
)
_NAMED = re.compile(r"[^\W\d_]{2}")


def undated(byline: str) -> str:
    """Return a byline without the dates at its end; as it is when nothing else is in it."""
    rest = byline
    for _ in range(MAX_DATES):
        start = _date_start(rest)
        if start is None:
            break
        rest = _LED.sub("", _TIME.sub("", rest[:start])).rstrip(_SIGNS)
    return rest if _NAMED.search(rest) else byline


def _date_start(text: str) -> int | None:
    """Where the shortest whole date begins that the text ends with; None when it ends with none."""
    words = list(re.finditer(r"\S+", text))[-MAX_WORDS:]
    for word in reversed(words):
        if not _of_date(word[0]):
            return None
        found = parse_date(text[word.start() :].strip("()[] "), today=_ANY_DAY)
        if found is not None and found.precision in {Precision.DAY, Precision.MINUTE}:
            return word.start()
    return None


def _of_date(word: str) -> bool:
    """Whether a word may stand in a date: a number, a month, a time, a zone, or a small word between."""
    bare = word.strip("()[],.;|·•–—-").casefold()
    if not bare or bare in _WITHIN or _NUMBERS.fullmatch(word):
        return True
    return unaccented(bare) in MONTHS or (bare in ZONE_WORDS and word.strip("(),.").isupper())

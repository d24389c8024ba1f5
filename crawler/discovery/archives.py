"""The address of a dated archive -> the period it lists: a year, a month or a day."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from urllib.parse import unquote, urlsplit

from corpus.people.names import unaccented
from corpus.via import Via
from crawler.dates.months import MONTHS
from crawler.discovery.path_words import ARCHIVES

EARLIEST = 1800  # papers have put older years on the web; addresses with earlier numbers mean something else

_SUFFIX = re.compile(r"\.(?:s?html?|php|aspx?|jsp)$", re.IGNORECASE)
_INDEX = frozenset({"index", "default"})
_YEAR = re.compile(r"(?:1[89]|2[01])\d\d")
_JOINED = re.compile(r"((?:1[89]|2[01])\d\d)[-_.](\d{1,2})(?:[-_.](\d{1,2}))?")
_COMPACT = re.compile(r"((?:1[89]|2[01])\d\d)(\d\d)(\d\d)?")
_YEAR_NAMES = ("year", "y", "jahr", "annee", "ano", "anno")
_MONTH_NAMES = ("month", "monthnum", "mo", "monat", "mois", "mes")
_DAY_NAMES = ("day", "d", "tag", "jour", "dia")
_DATE_NAMES = ("date", "datum", "fecha", "m", "day", "month", "archive")


def period(segments: Sequence[str], parameters: Mapping[str, str]) -> tuple[date, date] | None:
    """Return the first and the last day that a dated archive lists; None for any other address.

    `/2024`, `/archive/2024/05/`, `/2024/may/06`, `/2024-05.html`, `?year=2024&month=5` and `?date=2024-05-06` are
    such addresses; `/2024/05/a-headline` is not. A number of eight digits alone is an article's more often.
    """
    given = _of_query(parameters) if parameters else _of_path(segments)
    return _span(*given) if given else None


def is_period(segments: Sequence[str], parameters: Mapping[str, str]) -> bool:
    """Whether an address is a dated archive's."""
    return period(segments, parameters) is not None


def is_year(segments: Sequence[str], parameters: Mapping[str, str]) -> bool:
    """Whether one number alone makes an address a dated archive's, and no folder of archives holds it.

    `/2013` and `/node/2013` are such addresses. The number may be a page's: what links to it or stands there decides.
    """
    given = None if parameters else _of_path(segments)
    folder = segments[-2].lower() if len(segments) > 1 else ""
    return given is not None and given[1] is None and folder not in ARCHIVES


def lies_ahead(segments: Sequence[str], parameters: Mapping[str, str], today: date) -> bool:
    """Whether an address is the archive of days to come, as a calendar has them without end."""
    found = period(segments, parameters)
    return found is not None and found[0] > today + timedelta(days=1)


def span_of(url: str) -> tuple[date, date] | None:
    """Return `period` of a whole address."""
    parts = urlsplit(url)
    pairs = (pair.partition("=") for pair in parts.query.split("&")[:10] if pair)
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    return period(segments, {name.lower(): value for name, _, value in pairs})


def is_day(url: str) -> bool:
    """Whether the path of an address ends in one day: the day's archive, or what was written or said on it."""
    parts = urlsplit(url)
    span = None if parts.query else span_of(url)
    return span is not None and span[0] == span[1]


def is_over(url: str, via: str | None, now: datetime) -> bool:
    """Whether a listing will name nothing new: a page that continues another, or a dated archive of the past."""
    if via == Via.ARCHIVE:
        span = span_of(url)
        return span is not None and span[1] < (now - timedelta(days=2)).date()
    return via == Via.NEXT_PAGE


def _of_path(segments: Sequence[str]) -> tuple[int, int | None, int | None] | None:
    tail = [_SUFFIX.sub("", segment) for segment in segments[-4:]]
    while tail and tail[-1].lower() in _INDEX:
        tail.pop()
    if not tail:
        return None
    joined = _JOINED.fullmatch(tail[-1])
    if joined:
        return int(joined[1]), int(joined[2]), int(joined[3]) if joined[3] else None
    for length in (1, 2, 3):
        part = tail[-length:]
        if len(part) == length and _YEAR.fullmatch(part[0]):
            return _numbers(part)
    return None


def _numbers(part: Sequence[str]) -> tuple[int, int | None, int | None] | None:
    month = _month(part[1]) if len(part) > 1 else None
    if len(part) > 1 and month is None:
        return None
    if len(part) > 2 and not re.fullmatch(r"\d{1,2}", part[2]):
        return None
    return int(part[0]), month, int(part[2]) if len(part) > 2 else None


def _month(text: str) -> int | None:
    if re.fullmatch(r"\d{1,2}", text):
        return int(text)
    return MONTHS.get(unaccented(text.casefold()))


def _of_query(parameters: Mapping[str, str]) -> tuple[int, int | None, int | None] | None:
    for name in _DATE_NAMES:
        value = parameters.get(name, "")
        found = _JOINED.fullmatch(value) or _COMPACT.fullmatch(value)
        if found:
            return int(found[1]), int(found[2]), int(found[3]) if found[3] else None
    year, month, day = (_first(parameters, names) for names in (_YEAR_NAMES, _MONTH_NAMES, _DAY_NAMES))
    if year is None or not _YEAR.fullmatch(str(year)):
        return None
    return year, month, day if month else None


def _first(parameters: Mapping[str, str], names: Sequence[str]) -> int | None:
    value = next((parameters[name] for name in names if name in parameters), "")
    return int(value) if re.fullmatch(r"\d{1,4}", value) else None


def _span(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    if year < EARLIEST:
        return None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is not None:
            return date(year, month, day), date(year, month, day)
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(days=1)
    except ValueError:
        return None

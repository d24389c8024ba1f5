"""A written date -> the moment it means, as precisely as it says and no more.

Reads ISO forms, numbers ("03/04/2024"), months by name in some twenty languages, Chinese, Japanese and Korean
dates, Unix times, and spans ("2 hours ago"). Several dates in one text: the first.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from corpus.model import Precision
from corpus.people.names import unaccented
from crawler.dates.months import AGO, MONTHS, SPANS, TODAY, YESTERDAY, ZONES

MAX_TEXT = 300  # characters; a date stands near the start of what is given

_ISO = re.compile(
    r"(?<!\d)([12]\d{3})-(\d{1,2})(?:-(\d{1,2}))?(?!\d)"
    r"(?:\s*[T ]?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_COMPACT = re.compile(r"(?<!\d)([12]\d{3})([01]\d)([0-3]\d)(?:T?([0-2]\d)([0-5]\d)(?:[0-5]\d)?)?(?!\d)")
_UNIX = re.compile(r"\s*(\d{10})(\d{3})?(?:\.\d+)?\s*")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日號号일])?")
_YEAR_FIRST = re.compile(r"(?<![\d.])([12]\d{3})\s?([/.])\s?(\d{1,2})(?:\s?\2\s?(\d{1,2}))?\.?(?!\d)")
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})\s?([/.\-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/]|\.\d|-\d)")
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})\s?(?:[:hH.時时점]|\s?Uhr)\s?(\d{2})(?::\d{2})?(?!\d)(?!\.\d)\s*(a\.?m\b|p\.?m\b)?", re.I
)
_HOUR = re.compile(r"(?<!\d)(\d{1,2})\s?(a\.?m|p\.?m)\b", re.I)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-])(\d{2}):?(\d{2})\b")
_ZONE = re.compile(r"\b([A-Za-z]{1,4})\b")
_TOKEN = re.compile(r"\d+|(?:[^\W\d_]|[\u0900-\u0963])+(?:-[^\W\d_]+)?")
_FILLERS = frozenset("de del do of den der the d of th st nd rd er le el a".split())
_CJK_SPAN = re.compile(r"(\d{1,3})\s?(分钟|分鐘|分|小时|小時|時間|天|日|周|週間|분|시간|일|주)\s?(前|전)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date read from text: naive local time when `offset` is None; `doubtful` when day and month may be swapped."""

    at: datetime
    precision: Precision
    offset: timedelta | None = None
    doubtful: bool = False


def parse_date(text: str, *, today: datetime, day_first: bool | None = None) -> Moment | None:
    """Read the first date of a text, such as "3 March 2024, 14:05 CET".

    Args:
        text: The printed date, markup removed; only its first 300 characters are read.
        today: When the page was fetched; aware. "2 hours ago" counts back from it.
        day_first: How this page writes 3/4/2024; None: unknown, and such a date is doubtful.

    Returns:
        The moment, or None when no date we can read is in the text.
    """
    text = " ".join(text[:MAX_TEXT].split())
    if len(text) < 4:
        return None
    for reading in (_unix, _iso, _cjk, _named, _year_first, _numbers, _compact, _relative):
        found = reading(text, today, day_first)
        if found is not None:
            return found
    return None


# ---------------------------------------------------------------- one form each


def _unix(text: str, today: datetime, day_first: bool | None) -> Moment | None:
    match = _UNIX.fullmatch(text)
    if not match:
        return None
    return Moment(datetime.fromtimestamp(int(match[1]), UTC).replace(tzinfo=None), Precision.MINUTE, timedelta())


def _iso(text: str, today: datetime, day_first: bool | None) -> Moment | None:
    match = _ISO.search(text)
    if not match:
        return None
    year, month, day, hour, minute, _, zone = match.groups()
    moment = _moment(int(year), int(month), int(day) if day else None)
    if moment is None:
        return None
    if not hour or not day:
        return _with_time(moment, text[match.end() :]) if day else moment
    offset = timedelta() if zone == "Z" else _offset(zone) if zone else None
    timed = _at(moment, int(hour), int(minute), offset)
    return timed if zone else _with_time(timed, text[match.start() :], zone_only=True)


def _compact(text: str, today: datetime, day_first: bool | None) -> Moment | None:
    match = _COMPACT.search(text)
    if not match:
        return None
    moment = _moment(int(match[1]), int(match[2]), int(match[3]))
    return _at(moment, int(match[4]), int(match[5]), None) if moment and match[4] else moment


def _cjk(text: str, today: datetime, day_first: bool | None) -> Moment | None:
    match = _CJK.search(text)
    if not match:
        return None
    moment = _moment(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    return _with_time(moment, text[match.end() :]) if moment else None


def _year_first(text: str, today: datetime, day_first: bool | None) -> Moment | None:
    match = _YEAR_FIRST.search(text)
    if not match or (match[2] == "." and not match[4]):
        return None
    moment = _moment(int(match[1]), int(match[3]), int(match[4]) if match[4] else None)
    return _with_time(moment, text[match.end() :]) if moment else None


def _numbers(text: str, today: datetime, day_first: bool | None) -> Moment | None:
    match = _NUMBERS.search(text)
    if not match:
        return None
    first, sign, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    doubtful = False
    if first > 12 or second > 12 or first == second:
        day, month = (first, second) if first > 12 or first == second else (second, first)
    elif sign == ".":  # nobody writes the month first with full stops
        day, month = first, second
    else:
        doubtful = day_first is None
        day, month = (first, second) if day_first else (second, first)
    moment = _moment(year, month, day)
    if moment is None:
        return None
    return _with_time(
        Moment(moment.at, moment.precision, None, doubtful), text[match.end() :], before=text[: match.start()]
    )


OLDEST = 1700  # no paper is older; "in June, 1657 people" is no date
_ALEFS = str.maketrans("أإآ", "ااا")  # "أغسطس" is written "اغسطس" too


def _named(text: str, today: datetime, day_first: bool | None) -> Moment | None:
    """Read a date with its month's name, whatever the order: "March 3, 2024", "3 de marzo de 2024", "mars 2024"."""
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    for n, (word, _, _) in enumerate(tokens):
        month = None if word.isdigit() else _month(word, tokens, n)
        if month is None:
            continue
        found = _around(tokens, n, month)
        if found:
            moment, last = found
            return _with_time(moment, text[tokens[last][2] :], before=text[: tokens[max(0, n - 1)][1]])
    return None


def _month(word: str, tokens: list[tuple[str, int, int]], n: int) -> int | None:
    plain = unaccented(word.casefold())
    if plain in MONTHS:
        return MONTHS[plain]
    alone = MONTHS.get(plain.translate(_ALEFS))
    if alone is None and n + 1 < len(tokens):  # "تشرين الأول": two words
        return MONTHS.get(f"{plain}-{unaccented(tokens[n + 1][0].casefold())}".translate(_ALEFS))
    return alone


def _around(tokens: list[tuple[str, int, int]], n: int, month: int) -> tuple[Moment, int] | None:
    """Find day and year beside a month's name; None when there is no year."""
    before = _number(tokens, n, -1)
    after = _number(tokens, n, +1)
    if after is None:
        return None
    number, place = after
    if number > 31:
        day = before[0] if before and before[0] <= 31 else None
        moment = _moment(number, month, day) if number >= OLDEST or number < 100 else None
        return (moment, place) if moment else None
    year = _number(tokens, place, +1)
    if year and year[0] > 1900 and (moment := _moment(year[0], month, number)):
        return moment, year[1]
    if (
        before
        and before[0] <= 31
        and len(tokens[place][0]) == 2
        and (moment := _moment(2000 + number, month, before[0]))
    ):
        return moment, place  # "3 Mar 24"
    if before and before[0] > 1900 and (moment := _moment(before[0], month, number)):
        return moment, place
    return None


def _number(tokens: list[tuple[str, int, int]], n: int, step: int) -> tuple[int, int] | None:
    """Return the number next to a token, past the small words between."""
    for at in (n + step, n + 2 * step, n + 3 * step):
        if not 0 <= at < len(tokens):
            return None
        word = tokens[at][0]
        if word.isdigit():
            return (int(word), at) if len(word) in {1, 2, 4} else None
        if unaccented(word.casefold()) not in _FILLERS and word.casefold() not in {"ل", "года", "year"}:
            return None
    return None


def _relative(text: str, today: datetime, day_first: bool | None) -> Moment | None:
    """Count a span back from `today`: "2 hours ago", "vor 3 Tagen", "3小时前", "yesterday"."""
    if len(text) > 60:
        return None
    tokens = [
        unaccented(word.casefold()) for word in re.findall(r"\d+|[^\W\d_]+", text.replace("'", "").replace("’", ""))
    ]
    match = _CJK_SPAN.search(text)
    if match:
        return _back(today, int(match[1]) * SPANS[match[2]])
    if tokens and tokens[0] in YESTERDAY and len(tokens) <= 4:
        return _back(today, 1440)
    if tokens and tokens[0] in TODAY and len(tokens) <= 4 and not text.isupper():
        return _back(today, 0, whole_day=True)
    if not any(word in AGO for word in tokens):
        return None
    for word, following in pairwise(tokens):
        if following in SPANS and (
            word.isdigit() or word in {"a", "an", "one", "einer", "une", "un", "una", "um", "uma", "een"}
        ):
            number = int(word) if word.isdigit() else 1
            return _back(today, number * SPANS[following]) if number < 400 else None
    return None


def _back(today: datetime, minutes: int, *, whole_day: bool = False) -> Moment:
    at = (today.astimezone(UTC) - timedelta(minutes=minutes)).replace(tzinfo=None)
    if minutes >= 1440 or whole_day:
        return Moment(datetime(at.year, at.month, at.day), Precision.DAY)  # noqa: DTZ001
    return Moment(at.replace(second=0, microsecond=0), Precision.MINUTE, timedelta())


# ---------------------------------------------------------------- time and zone


def _moment(year: int, month: int, day: int | None) -> Moment | None:
    if 2400 < year < 2700:
        year -= 543  # Thai years are counted from the Buddha
    if not 1000 < year < 2200:
        return None
    try:
        start = date(year, month, day or 1)
    except ValueError:
        return None
    return Moment(datetime(start.year, start.month, start.day), Precision.DAY if day else Precision.MONTH)  # noqa: DTZ001


def _at(moment: Moment, hour: int, minute: int, offset: timedelta | None) -> Moment:
    if hour > 23 or minute > 59:
        return moment
    return Moment(moment.at.replace(hour=hour, minute=minute), Precision.MINUTE, offset, moment.doubtful)


def _with_time(moment: Moment, after: str, *, before: str = "", zone_only: bool = False) -> Moment:
    """Add the time that stands right after a date (or right before it), and its zone."""
    if moment.precision not in {Precision.DAY, Precision.MINUTE}:
        return moment
    near = after[:40]
    match = _TIME.search(near) or _HOUR.search(near) or _TIME.search(before[-16:])
    if match and not zone_only:
        hour, minute, half = (
            (int(match[1]), int(match[2]), match[3]) if len(match.groups()) == 3 else (int(match[1]), 0, match[2])
        )
        if half:
            hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
        moment = _at(moment, hour, minute, None)
    if moment.precision is not Precision.MINUTE:
        return moment
    offset = _zone(after[(match.end() if match else 0) :][:14] if not zone_only else after[10:40])
    return Moment(moment.at, moment.precision, offset, moment.doubtful)


def _zone(text: str) -> timedelta | None:
    signed = _OFFSET.search(text)
    if signed:
        return _offset(signed[1] + signed[2] + signed[3])
    word = _ZONE.search(text)
    if word and (word[1].isupper()) and word[1].lower() in ZONES:
        return timedelta(minutes=ZONES[word[1].lower()])
    return None


def _offset(text: str) -> timedelta | None:
    digits = text[1:].replace(":", "").ljust(4, "0")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    if span > timedelta(hours=14):
        return None
    return -span if text[0] == "-" else span

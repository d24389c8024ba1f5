"""A date with its month by name -> the moment: "March 3, 2024", "3 de marzo de 2024", "17 Ordibehesht 1403"."""

import re
from functools import lru_cache

from corpus.characters import MARKS
from corpus.patterns import deferred
from corpus.people.names import unaccented
from crawler.dates.calendars import JALALI_MONTHS, OLDEST_BY_NAME, gregorian_year, of_jalali
from crawler.dates.clock import Moment, day_moment, with_time
from crawler.dates.months import BETWEEN, MONTHS
from crawler.dates.weekdays import DAYS_BESIDE_A_DATE

_TOKEN = deferred(rf"\d+|(?:[^\W\d_][{MARKS}]*)+(?:-(?:[^\W\d_][{MARKS}]*)+)?")
# The same where there are no letters but Latin ones, and no marks: found in a third of the time and less.
_ASCII_TOKEN = re.compile("[0-9]+|[A-Za-z]+(?:-[A-Za-z]+)?")
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
_LATIN_TOKEN = re.compile(f"[0-9]+|[{_LATIN}]+(?:-[{_LATIN}]+)?")
# Symbols that are no letters, digits or marks: of print, of money, arrows, stars. A text with others may have such.
_SYMBOLS = "\x00-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf×÷\u2010-\u2027\u2030-\u203e\u20a0-\u20bf\u2190-\u23ff\u2500-\u2767"
_BEYOND = re.compile(f"[^{_SYMBOLS}{_LATIN}]")
FILLERS = frozenset(
    "de del do of den der the d of th st nd rd er le el a o da di dia m ngay nam tahun wa ko gada ng ya mwezi"
    " b c e an ta dal su u mh dhen ydd fed af ain eg il viz la"
    " ل года г год року р лета year гада ж жылғы жыл жылдын ел елның թ թվականի ی د טן ҫ".split()
)
_BEFORE_A_DATE = FILLERS | DAYS_BESIDE_A_DATE
# After two digits, that make them hours; "12 Jan 24. 10 comments" is a year and the end of a sentence.
_IS_CLOCK = re.compile(r"\s?(?:[:.][0-5]\d(?![\d%])|[hH]\s?[0-5]\d(?!\d)|[hH]\b|[uU]hr\b|[時时시])")
_HOURS = 24
_LEAD = 60  # characters before a date, the last word of which is looked at
_NEXT_WORD = re.compile(r"\s+[^\W\d_]{4,}")  # longer than any zone or small word of a time
_VIETNAMESE = re.compile(r"\bth(?:[aá]n)?g\s+(\d{1,2})\b", re.I)
_CROATIAN = 10  # "3. listopada", which is November in Polish: there no full stop stands after the day
_ENGLISH = dict(enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1))


# Letters that Arabic and Persian papers write in several ways.
_ALEFS = str.maketrans(dict.fromkeys("أإآٱ", "ا") | dict.fromkeys("ىي", "ی") | {"ك": "ک", "ة": "ه"})
_Token = tuple[str, int, int]


@lru_cache(1_024)  # furniture has the same lines on each page
def read_named(text: str) -> Moment | None:
    """Read a date with its month's name, whatever the order: "March 3, 2024", "3 de marzo de 2024", "mars 2024"."""
    if "th" in text or "TH" in text or "Th" in text or "tH" in text:
        text = _VIETNAMESE.sub(lambda match: f"{_ENGLISH.get(int(match[1]), '')} ", text)
    words = tokens_of(text)
    if not any(map(str.isdigit, words)) or not any(map(_may_name, words)):
        return None
    tokens = [(match[0], match.start(), match.end()) for match in _pattern(text).finditer(text)]
    for n, (word, _, _) in enumerate(tokens):
        if not _may_name(word):
            continue
        month, width = _month(word, tokens, n)
        month = _CROATIAN if n and spelled(word) == "listopada" and text.startswith(".", tokens[n - 1][2]) else month
        around = tokens if width == 1 else tokens[: n + 1] + tokens[n + 2 :]
        if month:
            found = _around(around, n, month)
        else:
            found = _jalali(tokens, n, word) or _between(text, tokens, n, word)
        if found:
            moment, last = found
            number, _, end = around[last]
            if len(number) == 2 and number.isdecimal() and int(number) <= _HOURS and _IS_CLOCK.match(text, end):
                continue  # "22 nov 22h00": a day without a year
            return with_time(moment, text[around[last][2] :], before=text[: tokens[max(0, n - 1)][1]])
    return None


def tokens_of(text: str) -> list[str]:
    """Return the numbers and the words of a text, in order."""
    return _pattern(text).findall(text)


def _pattern(text: str) -> re.Pattern[str]:
    if text.isascii():
        return _ASCII_TOKEN
    return _TOKEN if _BEYOND.search(text) else _LATIN_TOKEN


@lru_cache(1_024)
def spelled(word: str) -> str:
    return unaccented(word.casefold())


@lru_cache(1_024)
def _may_name(word: str) -> bool:
    """Whether a word is the name of a month, or begins one of several words."""
    plain = spelled(word)
    return plain.removeprefix("ב") in _MONTHS or plain.translate(_ALEFS) in _BEGINNINGS or plain in BETWEEN


def _month(word: str, tokens: list[_Token], n: int) -> tuple[int | None, int]:
    """Return the month that a word names, and how many words its name has."""
    if n + 1 < len(tokens):  # "تشرين الأول", "tháng Năm"
        two = _MONTHS.get(f"{spelled(word)}-{spelled(tokens[n + 1][0])}".translate(_ALEFS))
        if two:
            return two, 2
    plain = spelled(word)
    for spelling in (plain, plain.translate(_ALEFS), plain[1:] if plain.startswith("ב") else ""):
        if spelling in _MONTHS:
            return _MONTHS[spelling], 1
    return None, 1


_MONTHS = MONTHS | {name.translate(_ALEFS): number for name, number in MONTHS.items()}
_JALALI = {name.translate(_ALEFS): number for name, number in JALALI_MONTHS.items()}
_BEGINNINGS = frozenset(
    "-".join(parts[:count])
    for parts in (name.split("-") for name in _MONTHS.keys() | _JALALI.keys())
    for count in range(1, len(parts) + 1)
)


def _jalali(tokens: list[_Token], n: int, word: str) -> tuple[Moment, int] | None:
    """Read "17 Ordibehesht 1403": a day, a Persian month, its year."""
    month = _JALALI.get(spelled(word).translate(_ALEFS))
    if not month:
        return None
    day, year = _number(tokens, n, -1), _number(tokens, n, +1)
    found = of_jalali(year[0], month, day[0]) if day and year else None
    moment = day_moment(found.year, found.month, found.day) if found else None
    return (moment, year[1]) if moment and year else None


def _between(text: str, tokens: list[_Token], n: int, word: str) -> tuple[Moment, int] | None:
    """Read "14 noll 2026", whose word is a month only between a day and a year, in no name: "iPhone 14 Pro 2022"."""
    month = BETWEEN.get(spelled(word))
    day, year = (_number(tokens, n, -1), _number(tokens, n, +1)) if month else (None, None)
    if not month or not day or not year or year[0] < OLDEST_BY_NAME:
        return None
    if not stands_apart(text, tokens[day[1]][1], tokens[year[1]][2]):
        return None
    moment = day_moment(gregorian_year(year[0]), month, day[0])
    return (moment, year[1]) if moment else None


def stands_apart(text: str, start: int, end: int) -> bool:
    """Whether a part of a text stands as a date does: after a mark, a day or a small word, and before no word."""
    words = text[max(0, start - _LEAD) : start].split()
    is_begun = not words or not words[-1][-1].isalnum() or spelled(words[-1]) in _BEFORE_A_DATE
    return is_begun and _NEXT_WORD.match(text, end) is None


def _around(tokens: list[_Token], n: int, month: int) -> tuple[Moment, int] | None:
    """Find day and year beside a month's name; None when there is no year."""
    before = _number(tokens, n, -1, month)
    after = _number(tokens, n, +1, month)
    if after is None:
        return _year_before(tokens, n, month, before)
    number, place = after
    if number > 31:
        day = before[0] if before and before[0] <= 31 else None
        moment = None
        if number >= OLDEST_BY_NAME or (number < 100 and day):
            moment = day_moment(gregorian_year(full_year(tokens[place][0])), month, day)
        return (moment, place) if moment else None
    year = _number(tokens, place, +1)
    if year and year[0] >= OLDEST_BY_NAME and (moment := day_moment(gregorian_year(year[0]), month, number)):
        return moment, year[1]
    if (
        before
        and before[0] <= 31
        and len(tokens[place][0]) == 2
        and (moment := day_moment(full_year(tokens[place][0]), month, before[0]))
    ):
        return moment, place  # "3 Mar 24"
    if before and before[0] >= OLDEST_BY_NAME and (moment := day_moment(gregorian_year(before[0]), month, number)):
        return moment, place
    return None


def _year_before(tokens: list[_Token], n: int, month: int, before: tuple[int, int] | None) -> tuple[Moment, int] | None:
    """Read a date that ends with its month: "2024. gada 6. maijs", "2024ko maiatza"."""
    if before is None:
        return None
    year, day = (before, None) if before[0] >= OLDEST_BY_NAME else (_number(tokens, before[1], -1), before[0])
    moment = day_moment(gregorian_year(year[0]), month, day) if year and year[0] >= OLDEST_BY_NAME else None
    return (moment, n) if moment else None


def _number(tokens: list[_Token], n: int, step: int, month: int | None = None) -> tuple[int, int] | None:
    """Return the number next to a token, past small words and the month's other names ("مايو/أيار")."""
    for at in (n + step, n + 2 * step, n + 3 * step):
        if not 0 <= at < len(tokens):
            return None
        word = tokens[at][0]
        if word.isdigit():
            return (int(word), at) if len(word) in {1, 2, 4} else None
        plain = spelled(word)
        if plain not in FILLERS and (month is None or _MONTHS.get(plain.translate(_ALEFS)) != month):
            return None
    return None


def full_year(written: str) -> int:
    """Return a year written with two or four digits."""
    year = int(written)
    return year if len(written) > 2 else year + (2000 if year < 70 else 1900)

"""A date of the Hebrew calendar -> ours: "17 באייר 5786", "י״ז באייר תשפ״ו", "17 Iyar 5786"; it needs day and year."""

import re
from datetime import date

from corpus.patterns import made_plain

_EPOCH = -1_373_427  # the ordinal of the first day of their first year, without the moon's delay
_YEARS = range(5360, 5900)  # from 1600 on
_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "תשרי tishri tishrei", "חשון חשוון מרחשון מרחשוון heshvan cheshvan marheshvan marcheshvan",
            "כסלו כסליו kislev", "טבת tevet tebeth", "שבט shevat shvat sebat", "אדר adar", "", "ניסן nisan nissan",
            "אייר אֲיר iyar iyyar", "סיוון סיון sivan siwan", "תמוז tammuz tamuz", "אב av menachem-av", "אלול elul",
        )
    )
    for name in names.split()
}  # fmt: skip
_ADAR, _SECOND_ADAR = 5, 6
_SECOND = frozenset({"ב", "2", "ii"})  # after the name of the second one
_OF = "av"  # a month; "of" in Swedish, Danish and Norwegian: "12 av 5400 personer"
_LETTERS = dict(zip("אבגדהוזחטיכלמנסעפצקרשת", (*range(1, 10), *range(10, 100, 10), *range(100, 500, 100)), strict=True))
_LETTERS |= dict(zip("ךםןףץ", (20, 40, 50, 80, 90), strict=True))
_MARKS = "'\"׳״’”“"
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = rf"(?:ה[{_MARKS}]?\s?)?ת[א-ת]{{0,3}}[{_MARKS}][א-ת]"
_SPELLED = re.compile(
    rf"(?<![א-ת])(?P<day>[א-ל][{_MARKS}]?[א-ט]?)[{_MARKS}]?\s+(?P<month>[בל]?[א-ת]{{2,7}}(?:\s[אב][{_MARKS}])?)"
    rf"[,\s]+(?P<year>{_YEAR})(?![א-ת])"
)
_NUMBERED = re.compile(
    rf"(?<!\d)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s)?(?:ב|ל)?)?(?<![a-z])(?P<month>{_NAME})"
    rf"(?:\s(?P<second>[אב12]|ii?)[{_MARKS}]?(?=[\s,]))?"
    r"[\s-]+(?:(?P<behind>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>5\d{3})(?!\d)"
)
_ANY_YEAR = re.compile(r"5\d{3}(?!\d)")  # a date has one, and few texts do


def is_spelled(text: str) -> bool:
    """Whether a text has a date of this calendar in letters alone."""
    return "ת" in text and _SPELLED.search(text) is not None


def in_digits(text: str) -> str:
    """Return a text with such dates in digits: "י״ז באייר תשפ״ו" becomes "17 באייר 5786"."""
    return _SPELLED.sub(_in_digits, text) if "ת" in text else text


def hebrew_date(text: str) -> tuple[date, int] | None:
    """Return the day of the first such date and where it ends; None when there is none, or no such day."""
    small = made_plain(text).lower() if _ANY_YEAR.search(text) else None  # each letter stays at its place
    match = _NUMBERED.search(small) if small is not None else None
    written = match and (match["day"] or match["behind"])
    if not match or not written or (match["month"] == _OF and text[match.start("month")].islower()):
        return None
    which = None if match["second"] is None else 2 if match["second"] in _SECOND else 1
    found = of_hebrew(int(match["year"]), _MONTHS[match["month"]], int(written), adar=which)
    return (found, match.end()) if found else None


def of_hebrew(year: int, month: int, day: int, *, adar: int | None = None) -> date | None:
    """Return a day as ours; None where there is no such day, or two. Months count from Tishri, 0; Nisan is 7.

    `adar`: which of the two months of this name that a leap year has.
    """
    if year not in _YEARS:
        return None
    begin, end = _begin(year), _begin(year + 1)
    is_leap = end - begin > 360
    lengths = [30, 29, 30, 29, 30, 30 if is_leap else 0, 29, 30, 29, 30, 29, 30, 29]
    lengths[1] += (end - begin) % 10 == 5
    lengths[2] -= (end - begin) % 10 == 3
    if month == _ADAR and is_leap and adar is None:
        return None
    if month == _ADAR and (adar == 2 or not is_leap):
        month = _SECOND_ADAR
    if not 1 <= day <= lengths[month]:
        return None
    return date.fromordinal(begin + sum(lengths[:month]) + day - 1)


def _begin(year: int) -> int:
    """The ordinal of the first day of a year: the day of the new moon of Tishri, put off by the rules."""
    before, this, after = (_moon(each) for each in (year - 1, year, year + 1))
    delay = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return _EPOCH + this + delay


def _moon(year: int) -> int:
    months = (235 * year - 234) // 19
    day = 29 * months + (12_084 + 13_753 * months) // 25_920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


def _in_digits(match: re.Match[str]) -> str:
    month, _, second = match["month"].partition(" ")
    name = month if month in _MONTHS else month[1:]
    if name not in _MONTHS:
        return match[0]
    year = _value(match["year"].removeprefix("ה"))
    return f"{_value(match['day'])} ב{name} {second[:1] + ' ' if second else ''}{5000 + year}"


def _value(letters: str) -> int:
    return sum(_LETTERS.get(letter, 0) for letter in letters)

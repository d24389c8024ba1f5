"""A date of the Ethiopian calendar -> ours: "ኅዳር 5 ቀን 2019 ዓ.ም", "ጥቅምት 26 ቀን 2018", "26 Miyazya 2018 E.C."."""

import re
from datetime import MAXYEAR, date, datetime, timedelta

from corpus.patterns import made_plain
from crawler.dates.calendars import OLDEST
from crawler.dates.months import MONTHS, normal

# Thirteen months, of which the last has five or six days; one name is spelled in several ways.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "መስከረም", "ጥቅምት", "ኅዳር ህዳር ሕዳር", "ታኅሣሥ ታህሳስ ታሕሳስ ታኅሳስ", "ጥር", "የካቲት", "መጋቢት", "ሚያዝያ ሚያዚያ", "ግንቦት", "ሰኔ",
            "ሐምሌ ሀምሌ", "ነሐሴ ነሀሴ ነሃሴ", "ጳጉሜን ጳጉሜ",
        )
    )
    for name in names.split()
}  # fmt: skip
_IN_LATIN = {
    name: number
    for number, names in enumerate(
        (
            "meskerem", "tikimt tikemt teqemt tekemt", "hidar hedar", "tahsas tahesas", "tir ter", "yekatit yakatit",
            "megabit magabit", "miyazya miazia miyazia", "ginbot genbot", "sene sane", "hamle", "nehase nehasse nahase",
            "pagume pagumen pagumiene",
        )
    )
    for name in names.split()
}  # fmt: skip
_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\s+)?(?P<month>{'|'.join(_MONTHS)})\s+(?:(?P<behind>\d{{1,2}})\s*(?:ቀን)?[\s,፣]+)?"
    r"(?P<year>\d{4})(?P<era>\s*ዓ\s?[./፡]?\s?ም)?"
)
_LATIN_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\s+)?(?<![A-Za-z])(?P<month>{'|'.join(_IN_LATIN)})\s+(?:(?P<behind>\d{{1,2}}),?\s+)?"
    r"(?P<year>\d{4})\s*(?P<era>\(?E\.?C\b\.?)",
    re.IGNORECASE,
)
# Names that Tigrinya gives to months of our calendar, too: their era must be named, or the page be in Amharic.
_SHARED = frozenset(name for name in _MONTHS if normal(name) in MONTHS)
_ALL_MONTHS = _MONTHS | _IN_LATIN
_OF_ERA = 2795  # days from 1 January of our year 1 to the day before the first of theirs
# One of these is in every date.
_SCRIPT, _LATIN_ERA = re.compile("[ሀ-፿]"), re.compile(r"\d\s*\(?[Ee]\.?[Cc]\b")


def ethiopian_date(text: str, *, shared: bool = False) -> tuple[date, int] | None:
    """Return the day of an Ethiopian date and where it ends; None where its month may be one of ours.

    "እ.ኤ.አ" before a date says that it is of our calendar, with Ethiopian names.

    Args:
        shared: Months whose names Tigrinya gives to ours are Ethiopian ones, too.
    """
    match = (_DATE.search(text) if _SCRIPT.search(text) else None) or (
        _LATIN_DATE.search(made_plain(text)) if "C" in text and _LATIN_ERA.search(text) else None
    )
    if match is None or "እ.ኤ.አ" in text[: match.start()]:
        return None
    if match["month"] in _SHARED and not (shared or match["era"]):
        return None
    month = _ALL_MONTHS[match["month"].lower()]
    day, year = int(match["behind"] or match["day"] or 0), int(match["year"])
    longest = 30 if month < 12 else 5 + (year % 4 == 3)
    if not 1 <= day <= longest or not OLDEST <= year < MAXYEAR - 8:  # theirs are seven or eight behind ours
        return None
    days = _OF_ERA + 365 * (year - 1) + year // 4 + 30 * month + day
    return date.fromordinal(days), match.end()


def may_be_ethiopian(text: str, today: datetime | None) -> bool:
    """Whether a date of a month that two calendars have may be the Ethiopian one: a day to come is not."""
    if text.isascii() or not _SCRIPT.search(text) or ethiopian_date(text):
        return False
    found = ethiopian_date(text, shared=True)
    return found is not None and (today is None or found[0] <= today.date() + timedelta(days=1))

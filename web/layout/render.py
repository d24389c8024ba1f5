"""Values -> the texts of templates: marked text, dates, numbers; never markup that was stored."""

import re
from datetime import UTC, datetime, tzinfo
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from corpus import characters
from corpus.model import PageDate, Precision
from corpus.texts import applied
from indexer.contract.values import Highlighted
from web.languages.wording import said

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SLUG_CHARACTERS = 48  # of a headline in an address; longer ones are cut between words

_SLUG_BREAK = re.compile(r"[^\w]+|_+")
_SPACES = re.compile(r"\s+")


def safe(value: Any) -> Any:
    """Drop the characters that no page may have; every template expression passes through here."""
    if isinstance(value, Markup):
        clean = characters.safe(value)
        return value if clean is value else Markup(clean)  # noqa: S704 - it was markup before
    if isinstance(value, str):
        return characters.safe(value)
    return "" if value is None else value


def marked(text: Highlighted) -> Markup:
    """Return the text with its spans in `<mark>`; everything of the text is escaped."""
    parts: list[str] = []
    at = 0
    for start, end in _neighbours_joined(text):
        parts += (escape(text.text[at:start]), "<mark>", escape(text.text[start:end]), "</mark>")
        at = end
    parts.append(escape(text.text[at:]))
    return Markup("".join(parts))  # noqa: S704 - each text was escaped


def _neighbours_joined(text: Highlighted) -> list[tuple[int, int]]:
    """Join the spans of neighbouring words, so that they get one mark."""
    joined: list[tuple[int, int]] = []
    for start, end in text.spans:
        if joined and text.text[joined[-1][1] : start] == " ":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def apart(text: str) -> Markup:
    """Isolate a name's direction from the text around it; a name in ASCII needs no isolation."""
    text = safe(said(text))
    return escape(text) if text.isascii() else Markup("<bdi>{}</bdi>").format(text)


def typographic(text: str) -> str:
    """Return the text with the quotation marks of print."""
    return applied(_with_marks_of_print, text) if '"' in text else text


def _with_marks_of_print(text: str) -> str:
    return re.sub(r'"([^"]*)"', r"“\1”", text)


def capitalized(text: str) -> str:
    """Return the text with a capital letter at its beginning; its other letters stay as they are."""
    return applied(_with_a_capital, text)


def _with_a_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def breakable(text: str) -> Markup:
    """Return an address or a citation that may break after each `/` and `-`."""
    return Markup(re.sub(r"([/-])(?=\w)", r"\1<wbr>", str(escape(text))))  # noqa: S704 - escaped first


def number(value: int) -> str:
    """Group thousands: 48,211."""
    return f"{value:,}"


def size(amount: int) -> str:
    """Return a number of bytes with its unit: 84 kB."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if amount >= step:
            shown = amount / step
            return f"{shown:.0f} {unit}" if shown >= 10 else f"{shown:.1f} {unit}"
    return f"{amount} B"


def percent(share: float) -> str:
    """Return a share of one: 41 %, 0.4 %, 0 %."""
    shown = share * 100
    return f"{shown:.0f} %" if shown >= 1 or shown == 0 else f"{shown:.1f} %"


def plural(count: int, noun: str, many: str | None = None) -> str:
    """Return "1 article", "1,284 articles"."""
    return f"{number(count)} {noun if count == 1 else many or noun + 's'}"


def day(moment: datetime, zone: tzinfo = UTC) -> str:
    """Return "12 Jan 2026"."""
    local = moment.astimezone(zone)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def minute(moment: datetime, zone: tzinfo = UTC) -> str:
    """Return "12 Jan 2026, 08:30"."""
    return f"{day(moment, zone)}, {clock(moment, zone)}"


def clock(moment: datetime, zone: tzinfo = UTC) -> str:
    """Return "08:30"."""
    return f"{moment.astimezone(zone):%H:%M}"


def near(moment: datetime, now: datetime, zone: tzinfo = UTC) -> str:
    """Return a moment as briefly as `now` allows: the time for today, the day for this year, else the date.

    "02:14", "9 Nov", "2 Oct 2025".
    """
    local, today = moment.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return clock(moment, zone)
    shown = f"{local.day} {MONTHS[local.month - 1]}"
    return shown if local.year == today.year else f"{shown} {local.year}"


def page_day(date: PageDate, zone: tzinfo = UTC) -> str:
    """Return a page's date as exactly as the page gave it, to the day: "12 Jan 2026", "Jan 2026", "2026"."""
    if date.precision is Precision.MINUTE:
        return day(date.at, zone)
    if date.precision is Precision.DAY:
        return day(date.at)
    year, month = date.at.year, date.at.month
    return str(year) if date.precision is Precision.YEAR else f"{MONTHS[month - 1]} {year}"


def page_date(date: PageDate, zone: tzinfo = UTC) -> str:
    """Return a page's date with the minute, when the page gave it."""
    return minute(date.at, zone) if date.precision is Precision.MINUTE else page_day(date, zone)


def iso(date: PageDate | datetime, zone: tzinfo = UTC) -> str:
    """Return the machine's spelling for `<time datetime>`, no more exact than the page was."""
    if isinstance(date, datetime):
        return date.astimezone(zone).isoformat(timespec="minutes")
    characters_of = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}
    if length := characters_of.get(date.precision):
        return date.at.isoformat()[:length]  # strftime writes a year before 1000 with fewer than four digits
    return date.at.astimezone(zone).isoformat(timespec="minutes")


def slug(headline: str | None) -> str:
    """Return the part of an address that says what the article is about; empty without a headline."""
    words = [word for word in _SLUG_BREAK.split(safe(headline or "").casefold()) if word]
    shown = ""
    for word in words:
        if shown and len(shown) + 1 + len(word) > SLUG_CHARACTERS:
            break
        shown = f"{shown}-{word}" if shown else word
    return shown[:SLUG_CHARACTERS]


def one_line(text: str | None) -> str:
    """Return the text with every run of white space as one space."""
    return _SPACES.sub(" ", text or "").strip()


def web_address(url: str) -> str | None:
    """Return the URL if a link may carry it: http or https with a host, and nothing else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None

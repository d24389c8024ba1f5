"""Values -> the texts of templates: marked text, dates, numbers; never markup that was stored."""

import re
from datetime import UTC, datetime, tzinfo
from functools import lru_cache, partial
from unicodedata import bidirectional
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from corpus import characters
from corpus.model import PageDate, Precision
from corpus.texts import Text, applied, message, texts
from indexer.contract.values import Highlighted
from web.languages import formats
from web.languages.catalogues import catalogue
from web.languages.choice import ENGLISH, current, speaking
from web.languages.formats import number as number
from web.languages.formats import percent as percent
from web.languages.formats import size as size
from web.languages.isolation import safe_beside_isolated
from web.languages.wording import Printed, escaped, said
from web.languages.wording import safe as safe

NAMES = 4096  # of sites, sections and people, as they stand in pages; each under 300 bytes, mostly
SLUG_CHARACTERS = 48  # of a headline in an address; longer ones are cut between words

_QUOTED = message("“{words}”")
_SLUG_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z .-]*[A-Za-z])?")  # no character at its ends turns with the direction
_ARABIC = re.compile(f"[{characters.SCRIPTS['Arabic']} ]*")
_IS_RTL = {"L": False, "R": True, "AL": True}  # letters by their direction; others have none of their own
_DIRECTIONS = frozenset(_IS_RTL.values())
_BREAKS = re.compile(r"[/-](?=\w)|[0-9A-Za-z]{16}(?=[0-9A-Za-z]{9})")  # no entity of markup has such a run


def marked(text: Highlighted) -> Printed:
    """Return the text with its spans in `<mark>`, as a page prints it; neighbouring words get one mark."""
    whole = text.text
    if not text.spans:
        made = escaped(whole)
        return Printed.of(made if made.isprintable() else safe_beside_isolated(made))
    escape_part = str if escaped(whole) is whole else escaped
    parts: list[str] = []
    at = 0
    for start, end in text.spans:
        if parts and whole[at:start] == " ":
            parts.append(escape_part(whole[at:end]))
        else:
            before = escape_part(whole[at:start])
            parts += ("</mark>" if parts else "", before, "<mark>", escape_part(whole[start:end]))
        at = end
    parts += "</mark>", escape_part(whole[at:])
    made = "".join(parts)
    return Printed.of(made if made.isprintable() else safe_beside_isolated(made))


def apart(text: str) -> Printed:
    """Return a name as a page prints it, isolated from the text around it where their directions may differ."""
    if type(text) is str:
        return _name_apart(text, current().direction)
    return _apart(safe(text), current().direction)  # a cache would not see its language


@lru_cache(NAMES)
def _name_apart(name: str, direction: str) -> Printed:
    return _apart(characters.safe(name), direction)


def _apart(text: str, direction: str) -> Printed:
    alike = text.isascii() if direction == "ltr" else _ARABIC.fullmatch(text)
    shown = escaped(text)
    # What is written in both directions, such as a query, runs as the page does, and not as its first word does.
    is_mixed = not alike and {_IS_RTL.get(bidirectional(each)) for each in text} >= _DIRECTIONS
    runs = f" dir={direction}" if is_mixed else ""
    return Printed.of(shown if alike else f"<bdi{runs}>{shown}</bdi>")


def alone(text: str) -> Printed:
    """Return a name that stands in a box of its own, as `apart` does; a plain one needs no isolation anywhere."""
    text = text if type(text) is str and text.isprintable() else safe(text)
    return Printed.of(escaped(text)) if _PLAIN.fullmatch(text) else apart(text)


def typographic(text: str) -> str:
    """Return the text with the quotation marks of print, those of the page's language."""
    return applied(_with_marks_of_print, text) if '"' in text else text


def _with_marks_of_print(text: str) -> str:
    marks = catalogue(current().code).gettext(_QUOTED)
    return re.sub('"([^"]*)"', lambda found: marks.replace("{words}", found[1]), text)


def capitalized(text: str) -> str:
    """Return the text with a capital letter at its beginning; its other letters stay as they are."""
    return applied(_with_a_capital, text)


def _with_a_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def breakable(text: str) -> Markup:
    """Return an address or a checksum that may break after each `/` and `-`, and in a long run of letters."""
    return Markup(_BREAKS.sub(r"\g<0><wbr>", str(escape(said(text)))))  # noqa: S704 - escaped first


def plural(count: int, noun: str, many: str | None = None) -> Text:
    """Return "1 article", "1,284 articles", as `texts` does: catalogues have "{n:,} article" and "{n:,} articles"."""
    return texts(f"{{n:,}} {noun}", f"{{n:,}} {many or noun + 's'}", count)


def day(moment: datetime, zone: tzinfo = UTC) -> str:
    """Return "12 Jan 2026"."""
    return formats.day(moment.astimezone(zone))


def minute(moment: datetime, zone: tzinfo = UTC) -> str:
    """Return "12 Jan 2026, 08:30"."""
    return formats.minute(moment.astimezone(zone))


def clock(moment: datetime, zone: tzinfo = UTC) -> str:
    """Return "08:30"."""
    return formats.clock(moment.astimezone(zone))


def near(moment: datetime, now: datetime, zone: tzinfo = UTC) -> str:
    """Return a moment as briefly as `now` allows: the time for today, the day for this year, else the date.

    "02:14", "9 Nov", "2 Oct 2025".
    """
    local, today = moment.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return clock(moment, zone)
    return formats.day_of_year(local) if local.year == today.year else formats.day(local)


def page_day(date: PageDate, zone: tzinfo = UTC) -> str:
    """Return a page's date as exactly as the page gave it, to the day: "12 Jan 2026", "Jan 2026", "2026"."""
    if date.precision is Precision.MINUTE:
        return day(date.at, zone)
    if date.precision is Precision.DAY:
        return day(date.at)
    year, month = date.at.year, date.at.month
    return str(year) if date.precision is Precision.YEAR else formats.month(year, month)


def page_date(date: PageDate, zone: tzinfo = UTC) -> str:
    """Return a page's date with the minute, when the page gave it."""
    return minute(date.at, zone) if date.precision is Precision.MINUTE else page_day(date, zone)


def page_date_text(date: PageDate, zone: tzinfo) -> Text:
    """Return `page_date` as a text: stored in English, shown in the language of the page that shows it."""
    with speaking(ENGLISH):
        english = page_date(date, zone)
    return Text(english, None, {}, then=partial(_date_again, date, zone))


def _date_again(date: PageDate, zone: tzinfo, _: str) -> str:
    return page_date(date, zone)


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
    whole = "-".join(_SLUG_WORD.findall(characters.safe(headline or "").casefold()))
    if len(whole) <= SLUG_CHARACTERS or whole[SLUG_CHARACTERS] == "-":
        return whole[:SLUG_CHARACTERS]
    cut = whole[:SLUG_CHARACTERS]
    return cut.rpartition("-")[0] or cut


def one_line(text: str | None) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(text.split()) if text else ""


def web_address(url: str) -> str | None:
    """Return the URL if a link may carry it: http or https with a host, and nothing else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None

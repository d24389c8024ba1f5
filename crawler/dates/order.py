"""The dates of a page, the languages it declares and its host's country -> how it writes 3/4/2026.

What a page shows goes before what it declares: another date of it that is one of the two readings, such as the month in
its URL, then a date whose day is over 12.

The countries are those of CLDR: in each, all official languages and English write their short dates in one order. The
test of this module asks Babel for them.
"""

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from corpus.model import PageDate, Precision
from crawler.dates.clock import Moment

MONTH_FIRST = frozenset("as gu mh mp ph pr um us vi".split())
DAY_FIRST = frozenset(
    """ae al ao ar at au ax ba bb bd be bf bg bh bj bl bm bn bo bq br bs by ch ci ck cl cm cr cu cv cw cy cz de dk dm do
    dz ec ee eg es et eu fi fj fk fo fr ga gb ge gf gh gi gm gn gp gq gr gt gw gy hk hr ht id ie il im in iq ir is it je
    jm jo ke kg kh ki km kn kw ky kz lb lr lu lv ma mc md mk ml mm mq mr mt mv mx my mz na nc ne nf ng ni nl no nr nz om
    pe pf pg pk pl pm pn ps pt qa re ro rs ru sa sb sd se sg si sk sl sm sn sr ss sv sy td th tj tm tn tr tt tz ua ug uk
    uy uz va ve vn vu ye yt za zm""".split()
)
# Languages whose speakers write the month first in any country, by the codes that CLDR gives them.
_MONTH_FIRST_LANGUAGES = frozenset({"ceb", "fil", "tl"})
_IN_NUMBERS = re.compile(r"(?<![\d/-])(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})(?![\d/-])")
_EITHER = frozenset({"en", "en-ca", "en-x"})


class Order(NamedTuple):
    """How a page writes its days.

    Attributes:
        day_first: None: unknown, the month is read first.
        disputed: Signs disagree: what is read by it stays in doubt.
        sign: Who says so, as `--explain` shows it.
    """

    day_first: bool | None = None
    disputed: bool = False
    sign: str = ""


def writes_day_first(language: str | None) -> bool | None:
    """How a declared language writes 3/4/2024; bare `en` is written both ways, and is None."""
    tag = (language or "").replace("_", "-").lower()
    if not tag or tag in _EITHER:
        return None  # and doubtful
    main, _, rest = tag.partition("-")
    return not (main in _MONTH_FIRST_LANGUAGES or (main in {"en", "es"} and rest in MONTH_FIRST))


def country_writes_day_first(address: str) -> bool | None:
    """How the country of an address's host writes 3/4/2024; None: it has none, or one that writes the year first.

    Endings of small countries that are sold to anybody (.co, .io, .tv) are of no country.
    """
    try:
        ending = (urlsplit(address).hostname or "").rpartition(".")[2]
    except ValueError:
        return None
    return True if ending in DAY_FIRST else False if ending in MONTH_FIRST else None


def declared_order(language: str | None, locales: Iterable[str], address: str) -> Order:
    """Return the order that a page's language, its `og:locale` and the country of its host agree on.

    A locale of another language than the page's is left from a template, and says nothing. Where they disagree, the
    host's country is followed, and the date is in doubt: templates declare `en-US` wherever they are used.
    """
    country = country_writes_day_first(address)
    own = [locale for locale in locales if not language or locale[:2].lower() == language[:2].lower()]
    named = [
        ("country of the host", country),
        ("language", writes_day_first(language)),
        *(("og:locale", writes_day_first(locale)) for locale in own[:1]),
    ]
    given = [(sign, day_first) for sign, day_first in named if day_first is not None]
    if not given:
        return Order()
    first = given[0][1]
    disputed = any(day_first != first for _, day_first in given)
    return Order(first, disputed, ", ".join(sign for sign, day_first in given if day_first == first))


def order_shown(either: Iterable[tuple[Moment, Moment]], certain: Collection[PageDate], texts: Iterable[str]) -> Order:
    """Return the order that the dates of a page show; unknown when they show none, or both.

    Args:
        either: The readings of each date that can be read both ways, with the month and with the day first.
        certain: Its dates that are read in one way.
        texts: All texts that may be its dates, or those of other stories.
    """
    same = {_agreed(both, certain) for both in either} - {None}
    if len(same) == 1:
        return Order(same.pop(), sign="another date of the page")
    shown = shown_by_texts(texts)
    return Order() if shown is None else Order(shown, sign="dates of the page whose day is over 12")


def shown_by_numbers(pairs: Iterable[tuple[str, str]]) -> bool | None:
    """Return whether the first of two numbers is the day, where one of them is no month; None: none is, or both."""
    ways = {int(first) > 12 for first, second in pairs if (int(first) > 12) != (int(second) > 12)}
    return ways.pop() if len(ways) == 1 else None


def shown_by_texts(texts: Iterable[str]) -> bool | None:
    """As `shown_by_numbers`, of the dates in numbers in some texts."""
    return shown_by_numbers(pair for written in texts for pair in _IN_NUMBERS.findall(written))


def _agreed(both: tuple[Moment, Moment], certain: Iterable[PageDate]) -> bool | None:
    """Whether the reading with the day first is one that another date of the page gives; None: neither, or both."""
    month_first, day_first = (any(_is_same(moment, date) for date in certain) for moment in both)
    return None if month_first == day_first else day_first


def _is_same(moment: Moment, date: PageDate) -> bool:
    if date.precision is Precision.MONTH:
        return (moment.at.year, moment.at.month) == (date.at.year, date.at.month)
    return date.precision.has_day and abs((moment.at.date() - date.day).days) <= 1

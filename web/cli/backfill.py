"""`pressmark crawl NAME --backfill 2019..2021`: which days a source's lists are walked back to, from now on."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime

from corpus.errors import NotFound, PressmarkError
from corpus.texts.counted import counted
from web.cli.context import Context
from web.cli.output import clean

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


def start_backfill(context: Context, names: tuple[str, ...], since: str) -> None:
    """Make the postponed older pages of the named sources due, and remember the day to go back to.

    Raises:
        PressmarkError: No source is named, or `since` names no days.
        NotFound: A source that config does not name.
    """
    from crawler.visiting.walking import resume

    day, until = read_days(since)
    if not names:
        raise PressmarkError(
            "--backfill: expected the name of a source, as in `pressmark crawl NAME --backfill 2020..`"
        )
    for name in names:
        if context.config.source(name) is None:
            known = ", ".join(source.name for source in context.config.sources) or "none"
            raise NotFound(f"{clean(name)}: no such source in config.toml; there are: {clean(known)}")
    for name in names:
        first = datetime(day.year, day.month, day.day, tzinfo=UTC)
        due, older, newer = resume(context.store, name, first, datetime.now(UTC), until=until)
        beyond = f"; {counted(older, 'archive')} before that day still to walk" if older else ""
        if until is not None:
            beyond += f"; not asked for, as newer than {until}: {counted(newer, 'page')} so far"
        context.say(f"{clean(name)}: its lists are walked back to {day}; {counted(due, 'older page')} due now{beyond}")


def read_days(text: str) -> tuple[date, date | None]:
    """Read `2020..`, `2020-06..`, `2020-06-15` or `2019..2021`: the first day, and the last; None: no last day.

    A year or a month begins with its first day and ends with its last.

    Raises:
        PressmarkError: It is none of these, is no day of the calendar, or ends before it begins.
    """
    start, _, end = text.strip().partition("..")
    try:
        first = _day(start, ends=False)
        last = _day(end, ends=True) if end else None
    except ValueError as error:
        raise PressmarkError(
            f'--backfill "{clean(text)}": expected a day to go back to, such as 2020.. or 2023-06-15..,'
            " or the first and the last, such as 2019..2021"
        ) from error
    if last is not None and last < first:
        raise PressmarkError(f'--backfill "{clean(text)}": ends before it begins; expected such as 2019..2021')
    return first, last


def _day(text: str, *, ends: bool) -> date:
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day = int(found[1]), found[2], found[3]
    whole = int(month) if month else 12 if ends else 1
    return date(year, whole, int(day) if day else monthrange(year, whole)[1] if ends else 1)

"""`pressmark crawl NAME --backfill 2020..`: how far back a source's lists are walked, from now on."""

import re
from datetime import UTC, date, datetime

from corpus.errors import NotFound, PressmarkError
from web.cli.context import Context
from web.cli.output import clean

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:\.\.)?")


def start_backfill(context: Context, names: tuple[str, ...], since: str) -> None:
    """Make the postponed older pages of the named sources due, and remember the day to go back to.

    Raises:
        PressmarkError: No source is named, or `since` is no day.
        NotFound: A source that config does not name.
    """
    from crawler.visiting.walking import resume

    day = read_day(since)
    if not names:
        raise PressmarkError(
            "--backfill: expected the name of a source, as in `pressmark crawl NAME --backfill 2020..`"
        )
    for name in names:
        if context.config.source(name) is None:
            known = ", ".join(source.name for source in context.config.sources) or "none"
            raise NotFound(f"{clean(name)}: no such source in config.toml; there are: {clean(known)}")
    for name in names:
        due, older = resume(context.store, name, datetime(day.year, day.month, day.day, tzinfo=UTC), datetime.now(UTC))
        beyond = f"; {older:,} archives end before that day and still wait" if older else ""
        context.say(f"{clean(name)}: its lists are walked back to {day}; {due:,} older pages are due now{beyond}")


def read_day(text: str) -> date:
    """Read `2020..`, `2020-06..` or `2020-06-15`; the first day of a year or month.

    Raises:
        PressmarkError: It is none of these, or is no day of the calendar.
    """
    found = _DAY.fullmatch(text.strip())
    try:
        if found is not None:
            return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        pass
    raise PressmarkError(f'--backfill "{clean(text)}": expected a day to go back to, such as 2020.. or 2023-06-15..')

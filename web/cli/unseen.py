"""An address that nothing named -> the lines and the JSON that say what a crawl would do with it."""

from typing import TYPE_CHECKING, Any

from corpus.reasons import Reason, consequence
from web.cli.context import Context
from web.cli.output import minute

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.visiting.outlook import Outlook


def prospects(context: Context, key: str, now: "datetime") -> list[dict[str, Any]]:
    """Return a record for each source whose site holds the address; none: no source follows its site."""
    from crawler.visiting.outlook import outlooks

    paused = context.store.schedule.paused()
    found = outlooks(key, context.config, context.store, now)
    return [_record(context, each, is_paused=each.source in paused) for each in found]


def _record(context: Context, outlook: "Outlook", *, is_paused: bool) -> dict[str, Any]:
    source = context.config.source(outlook.source)
    cadence = (source.schedule if source else None) or context.config.schedule.crawl
    return {
        "source": outlook.source,
        "linked": _said(outlook, outlook.linked, f"would be asked for as {_article(outlook)}"),
        "listed": _said(outlook, outlook.listed, "would be asked for"),
        "robots": _robots(context, outlook),
        "rests": f"its host is left alone until {minute(outlook.rests_until, context.config.zone)}"
        if outlook.rests_until
        else None,
        "crawled": "the source is paused" if is_paused else "only by hand" if cadence.never else str(cadence),
    }


def _article(outlook: "Outlook") -> str:
    return f"{'an' if outlook.kind == 'article' else 'a'} {outlook.kind}"


def _said(outlook: "Outlook", left_out: str | None, otherwise: str) -> str:
    if left_out:
        return f"would be left out: {left_out}: {consequence(left_out).says}"
    if refused := _refused(outlook):
        return f"would be refused: {refused}: {consequence(refused).says}"
    return otherwise


def _refused(outlook: "Outlook") -> Reason | None:
    """Return why the address, though no rule of its source leaves it out, would not be asked for."""
    if not outlook.robots_reachable:
        return Reason.ROBOTS_UNREACHABLE
    return Reason.ROBOTS if outlook.robots is False else None


def _robots(context: Context, outlook: "Outlook") -> str:
    if outlook.robots_at is None:
        return "none is stored; it is asked for before the address is"
    of = f"the robots.txt of {minute(outlook.robots_at, context.config.zone)}"
    if not outlook.robots_reachable:
        return f"{of} could not be read, so nothing is asked for"
    return f"{of} {'allows' if outlook.robots else 'disallows'} the address"
